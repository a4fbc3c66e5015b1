//! The world, as use cases see it: a clock and randomness. Tests give fixed ones.

use jiff::Timestamp;

/// 環境 — clock and randomness of a node.
pub struct Context {
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    pub random: Box<dyn Fn() -> u64 + Send + Sync>,
}

impl Context {
    /// The machine's own clock and randomness.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the world comes in")]
    pub fn of_this_machine() -> Self {
        Self {
            clock: Box::new(Timestamp::now),
            random: Box::new(|| getrandom::u64().unwrap_or_else(|_| Timestamp::now().as_nanosecond() as u64)),
        }
    }

    /// A clock that stands at `now` and randomness that counts up from `seed`: the same run gives the same journal.
    pub fn fixed(now: Timestamp, seed: u64) -> Self {
        let count = std::sync::atomic::AtomicU64::new(seed);
        Self {
            clock: Box::new(move || now),
            random: Box::new(move || count.fetch_add(1, std::sync::atomic::Ordering::Relaxed)),
        }
    }
}
