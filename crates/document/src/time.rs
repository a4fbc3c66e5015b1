//! 時刻 — the clock of the journal: a hybrid logical clock. It gives all events one order even if the wall clocks of two
//! nodes differ.

use serde::{Deserialize, Serialize};

/// Maximum number of milliseconds by which an event of another node may be ahead of our wall clock. Events further
/// ahead do not move our clock.
pub const TRUSTED_LEAD_MILLIS: u64 = 5 * 60 * 1000;

/// 混成論理時計 — milliseconds since 1970 (UTC), and a counter that orders the events of one millisecond.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hlc {
    pub millis: u64,
    pub counter: u32,
}

/// Counter step between two events that both sides know. Private events of one side use the numbers in between.
const SHARED_STRIDE: u32 = 1 << 16;

impl Hlc {
    /// Returns the time of our next event that only our side knows. It is later than every known event, and not before
    /// our wall clock.
    pub fn next(self, now_millis: u64) -> Self {
        if now_millis > self.millis {
            return Self { millis: now_millis, counter: 0 };
        }
        self.counted(self.counter.checked_add(1))
    }

    /// Returns the time of our next event that both sides know. It is later than every known event, and not before our
    /// wall clock. Its counter is a multiple of the step, whatever number of private events came since the last shared
    /// event, because that number must not be revealed.
    pub fn next_shared(self, now_millis: u64) -> Self {
        if now_millis > self.millis {
            return Self { millis: now_millis, counter: SHARED_STRIDE };
        }
        self.counted((self.counter / SHARED_STRIDE + 1).checked_mul(SHARED_STRIDE))
    }

    /// Returns the time with this counter. `None` means that the counter overflowed, which is possible because another
    /// node may send any counter; the time is then in the next millisecond.
    fn counted(self, counter: Option<u32>) -> Self {
        match counter {
            Some(counter) => Self { millis: self.millis, counter },
            None => Self { millis: self.millis.saturating_add(1), counter: SHARED_STRIDE },
        }
    }

    /// Returns our clock after an event of another node. An event more than five minutes ahead of our wall clock does
    /// not move our clock.
    pub fn hear(self, other: Self, now_millis: u64) -> Self {
        if other.is_ahead_of(now_millis) { self } else { self.max(other) }
    }

    pub fn is_ahead_of(self, now_millis: u64) -> bool {
        self.millis > now_millis.saturating_add(TRUSTED_LEAD_MILLIS)
    }
}

/// Prints milliseconds and counter as used in HTML forms: 1700000000000.0.
impl std::fmt::Display for Hlc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.millis, self.counter)
    }
}

impl std::str::FromStr for Hlc {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (millis, counter) = text.split_once('.').ok_or(())?;
        Ok(Self { millis: millis.parse().map_err(|_| ())?, counter: counter.parse().map_err(|_| ())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_time_is_later_than_all_that_is_known() {
        let known = Hlc { millis: 1_000, counter: 3 };
        assert_eq!(known.next(999), Hlc { millis: 1_000, counter: 4 });
        assert_eq!(known.next(1_000), Hlc { millis: 1_000, counter: 4 });
        assert_eq!(known.next(1_001), Hlc { millis: 1_001, counter: 0 });
        let full = Hlc { millis: 1_000, counter: u32::MAX };
        assert_eq!(full.next(1_000), Hlc { millis: 1_001, counter: SHARED_STRIDE });
        assert_eq!(full.next_shared(1_000), Hlc { millis: 1_001, counter: SHARED_STRIDE });
    }

    #[test]
    fn the_time_of_a_shared_event_does_not_depend_on_private_events() {
        for start in [Hlc::default(), Hlc { millis: 1_000, counter: SHARED_STRIDE }] {
            let expected = start.next_shared(1_000);
            let mut known = start;
            for done in 0..100 {
                assert_eq!(known.next_shared(1_000), expected, "after {done} events that nobody else knows");
                assert!(known < expected);
                known = known.next(1_000);
            }
        }
    }

    #[test]
    fn a_clock_more_than_five_minutes_ahead_never_moves_ours() {
        let ours = Hlc { millis: 1_000, counter: 0 };
        let near = Hlc { millis: 1_000 + TRUSTED_LEAD_MILLIS, counter: 0 };
        let far = Hlc { millis: 1_001 + TRUSTED_LEAD_MILLIS, counter: 0 };
        assert_eq!(ours.hear(near, 1_000), near);
        assert_eq!(ours.hear(far, 1_000), ours);
    }
}
