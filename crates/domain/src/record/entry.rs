//! 記録 — an event with its position, and an event that waits for one.

use crate::event::Authored;
use crate::record::chain::{ChainKey, Order};

/// 記録 — an event with its position. An entry without a body (withheld or blacked out) still has its position in the
/// chain, but changes nothing.
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
