//! 記録 — an event with its position, and an event that waits for one.

use crate::event::Authored;
use crate::record::chain::{ChainKey, Order};

/// 記録 — an event with its position. An entry whose body is withheld or blacked out keeps its position but has no
/// effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub order: Order,
    pub authored: Option<Authored>,
}

/// これから記録する出来事 — the result of a decision: an event for a chain; its number and time are assigned when it is appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    pub chain: ChainKey,
    pub authored: Authored,
}
