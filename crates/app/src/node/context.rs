//! The source of time and random numbers for the use cases. Tests use fixed ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use renkei_domain::authority::actor::Actor;
use renkei_domain::record::facts::{Facts, scrambled};

/// 環境 — clock and randomness of a node.
pub struct Context {
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// 128 random bits for each id. People see and type ids; knowing some ids must not make others easier to guess.
    pub random: Arc<dyn Fn() -> u128 + Send + Sync>,
}

impl Context {
    /// Returns the clock and the randomness of this machine.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the world comes in")]
    pub fn of_this_machine() -> Self {
        Self { clock: Box::new(Timestamp::now), random: Arc::new(from_the_system) }
    }

    /// Returns a clock that always shows `now`, and ids that depend only on `seed`, so that every run makes the same
    /// journal.
    pub fn fixed(now: Timestamp, seed: u64) -> Self {
        let count = AtomicU64::new(seed);
        let random = move || scrambled(count.fetch_add(1, Ordering::Relaxed));
        Self { clock: Box::new(move || now), random: Arc::new(random) }
    }

    /// Returns the facts for a decision of this actor at the present time.
    pub(crate) fn facts(&self, actor: Actor) -> Facts {
        let random = Arc::clone(&self.random);
        Facts::new(actor, (self.clock)(), move || random())
    }
}

/// Returns the date of a time in Japan.
pub fn day_of(now: Timestamp) -> Date {
    Offset::constant(9).to_datetime(now).date()
}

pub(crate) fn millis(now: Timestamp) -> u64 {
    u64::try_from(now.as_millisecond()).unwrap_or(0)
}

/// Returns random bits of the operating system. Panics if the system has none: that happens only while a machine
/// starts, and a failed request is better than an id that can be guessed.
fn from_the_system() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use renkei_document::id::{self, Id};

    use super::*;

    /// Returns the ids that one decision draws, as numbers.
    fn ids(context: &Context, count: usize) -> Vec<u128> {
        let facts = context.facts(crate::people::access::local_operator());
        (0..count).map(|_| facts.id()).map(|id: Id<id::Party>| id.uuid().as_u128()).collect()
    }

    #[test]
    fn a_thousand_ids_of_one_decision_do_not_help_to_guess_another() {
        let machine = Context::of_this_machine();
        let made = ids(&machine, 1_000);
        for id in &made {
            assert_eq!((id >> 76 & 0xf, id >> 62 & 3), (4, 2), "{id:032x} is of version 4");
        }
        assert_eq!(made.iter().collect::<HashSet<_>>().len(), 1_000, "all differ");
        // All bits except the six for version and variant are independent and random, and so is the equality of a bit
        // with that of the next id. Of 1,000 values, 380 to 620 are 1, except in one of 10^11 runs.
        let coin = |heads: usize, throws: usize, what: &str| {
            assert!((throws * 38 / 100..=throws * 62 / 100).contains(&heads), "{what}: {heads} of {throws}");
        };
        for bit in (0..128).filter(|bit| !(76..80).contains(bit) && !(62..64).contains(bit)) {
            let of = |id: &u128| id >> bit & 1;
            coin(made.iter().filter(|id| of(id) == 1).count(), 1_000, &format!("bit {bit}"));
            let agree = made.windows(2).filter(|two| of(&two[0]) == of(&two[1])).count();
            coin(agree, 999, &format!("bit {bit} beside the next id"));
        }
        coin(made.windows(2).filter(|two| two[0] < two[1]).count(), 999, "rising");
        // No difference between successive ids occurs twice. Another decision at the same time shares no half of an id
        // with this one.
        let steps: HashSet<_> = made.windows(2).map(|two| two[1].wrapping_sub(two[0])).collect();
        assert_eq!(steps.len(), 999);
        let known: HashSet<_> = made.iter().flat_map(|id| [id >> 64, id & u128::from(u64::MAX)]).collect();
        let other = ids(&machine, 1_000);
        assert!(other.iter().flat_map(|id| [id >> 64, id & u128::from(u64::MAX)]).all(|half| !known.contains(&half)));
    }

    #[test]
    fn each_id_takes_random_numbers_from_the_system_once() {
        let asked = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&asked);
        let random = move || {
            counted.fetch_add(1, Ordering::Relaxed);
            from_the_system()
        };
        let context = Context { random: Arc::new(random), ..Context::of_this_machine() };
        ids(&context, 10);
        assert_eq!(asked.load(Ordering::Relaxed), 10);
        // The system's random numbers are used unshortened: no half of a value occurs twice.
        let given: HashSet<u64> = (0..1_000)
            .flat_map(|_| {
                let bits = (Context::of_this_machine().random)();
                [(bits >> 64) as u64, bits as u64]
            })
            .collect();
        assert_eq!(given.len(), 2_000);
    }

    #[test]
    fn a_fixed_context_gives_the_same_ids_in_no_order() {
        let world = |seed| ids(&Context::fixed(Timestamp::UNIX_EPOCH, seed), 1_000);
        assert_eq!(world(7), world(7));
        assert!(!world(7).is_sorted() && world(7)[0] != world(8)[0]);
    }
}
