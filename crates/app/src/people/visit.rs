//! 訪問 — since when somebody has not been here.

use renkei_document::time::Hlc;
use renkei_journal::Visit;

use crate::node::error::AppError;
use crate::node::open::Renkei;
use crate::node::state::State;
use crate::people::visitor::Visitor;

/// After so long without a look a new visit begins.
const PAUSE_MILLIS: u64 = 30 * 60 * 1000;

/// 前回 — when somebody was here before, and what the node had heard by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastVisit {
    pub position: u64,
    pub at: Hlc,
}

impl Renkei {
    /// Notes that somebody with an account looks at this state, and says when they were here before.
    pub fn visit(&self, visitor: &Visitor, state: &State) -> Result<Option<LastVisit>, AppError> {
        if visitor.account.is_none() {
            return Ok(None);
        }
        let at = u64::try_from((self.context.clock)().as_millisecond()).unwrap_or(0);
        let now = Visit { position: state.position, at };
        let before = self.journal.visit(&visitor.account_owner()?, now, PAUSE_MILLIS)?;
        Ok(before.map(|before| LastVisit { position: before.position, at: Hlc { millis: before.at, counter: 0 } }))
    }
}
