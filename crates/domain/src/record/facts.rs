//! 事実 — the circumstances of a decision: the actor, the time, and fresh ids. The first parameter of `decide`.

use jiff::Timestamp;
use jiff::tz::Offset;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::Id;

use crate::authority::actor::Actor;

/// 判断の前提 — actor, time and ids of one decision. With the same facts and the same random bits, a decision assigns the
/// same ids.
pub struct Facts {
    pub actor: Actor,
    pub now: Timestamp,
    random: Box<dyn Fn() -> u128>,
}

impl Facts {
    /// Calls `random` to get 128 bits for each id. The ids are only as hard to guess as these bits.
    pub fn new(actor: Actor, now: Timestamp, random: impl Fn() -> u128 + 'static) -> Self {
        Self { actor, now, random: Box::new(random) }
    }

    /// Returns a fresh id: a UUID of version 4 with 122 random bits. It contains nothing about the time or about
    /// earlier ids.
    pub fn id<T>(&self) -> Id<T> {
        Id::new(uuid::Builder::from_random_bytes((self.random)().to_be_bytes()).into_uuid())
    }

    /// Returns the current fiscal year in Japan.
    pub fn fiscal_year(&self) -> FiscalYear {
        FiscalYear::of(Offset::constant(9).to_datetime(self.now).date())
    }

    pub fn now_millis(&self) -> u64 {
        u64::try_from(self.now.as_millisecond()).unwrap_or(0)
    }
}

/// 試験用の乱数 — bits that look random but are the same for the same number, so that a test run can be repeated. Increasing
/// numbers do not produce increasing bits. The bits are predictable from the number: never use this on a node in
/// production.
pub fn scrambled(number: u64) -> u128 {
    let mix = |number: u64| {
        let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    };
    let first = mix(number.wrapping_add(0x9e37_79b9_7f4a_7c15));
    u128::from(first) << 64 | u128::from(mix(first ^ number.rotate_left(32)))
}

#[cfg(test)]
mod tests {
    use renkei_document::id;

    use super::*;

    fn ids(count: usize) -> Vec<Id<id::Party>> {
        let number = std::cell::Cell::new(7);
        let random = move || scrambled(number.replace(number.get() + 1));
        let facts = Facts::new(Actor::Operator { post: "事務局".into() }, Timestamp::UNIX_EPOCH, random);
        (0..count).map(|_| facts.id()).collect()
    }

    #[test]
    fn the_same_facts_give_the_same_ids_and_in_no_order() {
        let made = ids(1_000);
        assert_eq!(made, ids(1_000));
        let rising = made.windows(2).filter(|two| two[0].uuid() < two[1].uuid()).count();
        assert!((400..600).contains(&rising), "{rising} of 999 are greater than the one before");
    }
}
