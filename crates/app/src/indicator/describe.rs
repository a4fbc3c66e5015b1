//! 指標と共通実績 — a party's statements about its indicators, and both sides' statements about a shared fact.

use renkei_document::id::{self, Id};
use renkei_domain::agreement::Agreement;
use renkei_domain::command::Command;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::record::facts::Actor;
use renkei_domain::shared_fact::command::FactDeed;

use crate::node::error::AppError;
use crate::node::open::Renkei;

impl Renkei {
    /// Describes, merges or splits indicators, or sets a target.
    pub fn change_indicator(&self, actor: Actor, command: IndicatorCommand) -> Result<(), AppError> {
        self.do_as(actor, Command::Indicator(command))
    }

    /// States, explains or withdraws a shared fact.
    pub fn tell_of_shared_fact(
        &self,
        actor: Actor,
        agreement: Id<Agreement>,
        party: Id<id::Party>,
        deed: FactDeed,
    ) -> Result<(), AppError> {
        self.do_as(actor, Command::SharedFact { agreement, party, deed })
    }
}
