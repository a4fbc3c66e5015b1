//! 時刻 — the clock of the journal: a hybrid logical clock, so that two nodes with clocks that differ agree on one order.

use serde::{Deserialize, Serialize};

/// How far ahead of ours another clock may be and still move ours, in milliseconds.
pub const TRUSTED_LEAD_MILLIS: u64 = 5 * 60 * 1000;

/// 混成論理時計 — milliseconds since 1970 (UTC) and a counter that orders what falls into one millisecond.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hlc {
    pub millis: u64,
    pub counter: u32,
}

impl Hlc {
    /// The time of the next event of ours: later than every event known, and never before our own clock.
    pub fn next(self, now_millis: u64) -> Self {
        if now_millis > self.millis {
            return Self { millis: now_millis, counter: 0 };
        }
        // Another node may send any counter: a full one goes over into the next millisecond.
        match self.counter.checked_add(1) {
            Some(counter) => Self { millis: self.millis, counter },
            None => Self { millis: self.millis.saturating_add(1), counter: 0 },
        }
    }

    /// What our clock knows after an event of another node was heard. One that is more than five minutes ahead of our
    /// wall clock does not move ours.
    pub fn hear(self, other: Self, now_millis: u64) -> Self {
        if other.is_ahead_of(now_millis) { self } else { self.max(other) }
    }

    pub fn is_ahead_of(self, now_millis: u64) -> bool {
        self.millis > now_millis.saturating_add(TRUSTED_LEAD_MILLIS)
    }
}

/// 1700000000000.0 — as forms carry it.
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
        assert_eq!(full.next(1_000), Hlc { millis: 1_001, counter: 0 });
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
