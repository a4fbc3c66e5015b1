//! 周知の共通実績 — figures that the parties have declared to report one fact. They are repeated on purpose, and their values
//! must be equal.

use std::collections::HashMap;

use crate::id::{self, Id};

/// 周知の共通実績 — the figures of a document that are known to report the same shared fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownFacts {
    pub fact_of: HashMap<Id<id::Observation>, Id<id::SharedFact>>,
    /// Reports of one fact that differ without a recorded explanation, with the fact's name.
    pub differing: Vec<(String, Id<id::Observation>, Id<id::Observation>)>,
}

impl KnownFacts {
    /// Whether two figures are known to report one fact.
    pub(super) fn are_one(&self, one: Option<Id<id::Observation>>, other: Option<Id<id::Observation>>) -> bool {
        let fact = |id: Option<Id<id::Observation>>| id.and_then(|id| self.fact_of.get(&id));
        fact(one).is_some() && fact(one) == fact(other)
    }
}
