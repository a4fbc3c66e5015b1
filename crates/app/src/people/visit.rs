//! 訪問 — records when people visit, so that pages can show the changes since the last visit.

use renkei_document::time::Hlc;
use renkei_journal::Visit;

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::state::State;
use crate::people::visitor::Visitor;

/// A request after a pause of this length begins a new visit.
const PAUSE_MILLIS: u64 = 30 * 60 * 1000;

/// 前回 — the time of the previous visit, and the position of the journal at that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastVisit {
    pub position: u64,
    pub at: Hlc,
}

/// Records that the visitor has seen this state. Returns the previous visit; `None` at the first visit, and for a
/// visitor without an account, whose visits are not recorded.
pub fn visit(node: &Node, visitor: &Visitor, state: &State) -> Result<Option<LastVisit>, AppError> {
    if visitor.account.is_none() {
        return Ok(None);
    }
    let at = u64::try_from((node.context.clock)().as_millisecond()).unwrap_or(0);
    let now = Visit { position: state.position, at };
    let before = node.journal.visit(&visitor.account_owner()?, now, PAUSE_MILLIS)?;
    Ok(before.map(|before| LastVisit { position: before.position, at: Hlc { millis: before.at, counter: 0 } }))
}
