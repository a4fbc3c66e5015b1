//! 訂正 — a figure that was wrong is stated anew; every sentence that shows it follows.

use renkei_domain::agreement::Party;
use renkei_domain::command::Command;
use renkei_domain::facts::Actor;
use renkei_domain::id::Id;
use renkei_domain::observation::{Observation, Stated};

use crate::error::AppError;
use crate::open::Renkei;

impl Renkei {
    /// Corrects an observation of a party.
    pub fn correct(
        &self,
        actor: Actor,
        party: Id<Party>,
        observation: Id<Observation>,
        stated: Stated,
        reason: &str,
    ) -> Result<(), AppError> {
        self.do_as(actor, Command::CorrectObservation { party, observation, stated, reason: reason.to_owned() })
    }
}
