//! 共通実績 — records the statements of both sides about a shared fact.

use renkei_document::id::{self, Id};
use renkei_domain::agreement::Agreement;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::shared_fact::command::FactDeed;

use crate::node::error::AppError;
use crate::node::open::Node;

/// States, explains or withdraws a shared fact.
pub fn tell(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    party: Id<id::Party>,
    deed: FactDeed,
) -> Result<(), AppError> {
    node.do_as(actor, Command::SharedFact { agreement, party, deed })
}
