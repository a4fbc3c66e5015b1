//! 訂正 — corrects a wrong figure. Every sentence that prints the figure changes too.

use renkei_document::figure::Stated;
use renkei_document::id::{self, Id};
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::indicator::command::IndicatorCommand;

use crate::node::error::AppError;
use crate::node::open::Node;

/// Corrects an observation of a party.
pub fn correct(
    node: &Node,
    actor: Actor,
    party: Id<id::Party>,
    observation: Id<id::Observation>,
    stated: Stated,
    reason: &str,
) -> Result<(), AppError> {
    node.do_as(
        actor,
        Command::Indicator(IndicatorCommand::CorrectObservation {
            party,
            observation,
            stated,
            reason: reason.to_owned(),
        }),
    )
}
