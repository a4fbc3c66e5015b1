//! 事実 — what the world says when a decision is taken: who acts, when, and fresh ids. The first parameter of `decide`.

use std::cell::Cell;

use jiff::Timestamp;

use crate::agreement::Party;
use crate::id::Id;

/// 行為者 — who acts, as a post and not as a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The operator of a node that serves all parties; acts for each of them and sees all that they keep to themselves.
    Operator { post: String },
    /// An officer of one party.
    Officer {
        party: Id<Party>,
        post: String,
        /// 代決: the post whose holder is away, where the officer stands in for it.
        on_behalf_of: Option<String>,
    },
}

impl Actor {
    /// The post that stands in the journal.
    pub fn post(&self) -> &str {
        match self {
            Actor::Operator { post } | Actor::Officer { post, .. } => post,
        }
    }

    /// The post whose holder is away, where the actor stands in for it.
    pub fn on_behalf_of(&self) -> Option<&str> {
        match self {
            Actor::Operator { .. } => None,
            Actor::Officer { on_behalf_of, .. } => on_behalf_of.as_deref(),
        }
    }

    /// Whether the actor may author in a party's name.
    pub fn acts_for(&self, party: Id<Party>) -> bool {
        match self {
            Actor::Operator { .. } => true,
            Actor::Officer { party: own, .. } => *own == party,
        }
    }
}

/// 判断の前提 — actor, time and ids of one decision. The same facts give the same ids.
#[derive(Debug)]
pub struct Facts {
    pub actor: Actor,
    pub now: Timestamp,
    random: u64,
    made: Cell<u64>,
}

impl Facts {
    /// `random` makes the ids of this decision unlike those of any other in the same millisecond.
    pub fn new(actor: Actor, now: Timestamp, random: u64) -> Self {
        Self { actor, now, random, made: Cell::new(0) }
    }

    /// A fresh UUIDv7: the time, then a counter so that ids sort in the order in which they were made, then the randomness.
    pub fn id<T>(&self) -> Id<T> {
        let made = self.made.get();
        self.made.set(made + 1);
        let mut bytes = [0; 10];
        bytes[..2].copy_from_slice(&u16::try_from(made & 0x0fff).unwrap_or(0).to_be_bytes());
        bytes[2..].copy_from_slice(&self.random.wrapping_add(made << 32).to_be_bytes());
        let millis = u64::try_from(self.now.as_millisecond()).unwrap_or(0) + (made >> 12);
        Id::new(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    pub fn now_millis(&self) -> u64 {
        u64::try_from(self.now.as_millisecond()).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_ids_of_one_decision_differ_and_sort_in_order() {
        let facts = Facts::new(Actor::Operator { post: "事務局".into() }, Timestamp::UNIX_EPOCH, 7);
        let ids: Vec<Id<Party>> = (0..10_000).map(|_| facts.id()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(ids[0].uuid().get_version_num(), 7);
    }
}
