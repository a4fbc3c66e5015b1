//! 指標 — records a party's definitions of its indicators.

use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::indicator::command::IndicatorCommand;

use crate::node::error::AppError;
use crate::node::open::Node;

/// Describes, merges or splits indicators, or sets a target.
pub fn change_indicator(node: &Node, actor: Actor, command: IndicatorCommand) -> Result<(), AppError> {
    node.do_as(actor, Command::Indicator(command))
}
