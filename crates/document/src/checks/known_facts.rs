//! 周知の共通実績 — the figures that are known to report one fact, so that they repeat on purpose and must agree.

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
