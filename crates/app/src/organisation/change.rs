//! 組織 — changes divisions, posts and deputies. A reorganisation is recorded as a whole; the holder of a post later
//! reviews what a deputy did.

use jiff::civil::Date;
use renkei_document::id::{self, Id};
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::{Deputation, Organisation, OrganisationChange};
use renkei_domain::record::chain::DossierKey;
use renkei_domain::record::facts::Facts;
use renkei_domain::view::Viewer;

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::state::State;

/// Records a reorganisation as one event. `changes` gets the facts of the decision, which supply the ids of new items.
pub fn change_organisation(
    node: &Node,
    actor: Actor,
    party: Id<id::Party>,
    changes: impl FnOnce(&Facts) -> Vec<OrganisationChange>,
) -> Result<(), AppError> {
    node.carry_out(actor, |deliberation| {
        let changes = changes(deliberation.facts());
        Ok(deliberation.decide(Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes }))?)
    })
}

/// Checks whether a reorganisation would be recorded, without recording it.
pub fn try_organisation(
    node: &Node,
    actor: Actor,
    party: Id<id::Party>,
    changes: impl FnOnce(&Facts) -> Vec<OrganisationChange>,
) -> Result<(), AppError> {
    node.rehearse(actor, |deliberation| {
        let changes = changes(deliberation.facts());
        Ok(deliberation.decide(Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes }))?)
    })
}

/// Names the deputy who decides while the holder of a post is absent.
pub fn name_deputy(node: &Node, actor: Actor, party: Id<id::Party>, named: Deputation) -> Result<(), AppError> {
    node.do_as(actor, Command::Organisation(OrganisationCommand::NameDeputy { party, named }))
}

pub fn end_deputy(
    node: &Node,
    actor: Actor,
    party: Id<id::Party>,
    deputation: Id<Deputation>,
    until: Date,
) -> Result<(), AppError> {
    node.do_as(actor, Command::Organisation(OrganisationCommand::EndDeputy { party, deputation, until }))
}

/// Records that the holder of a post has reviewed the decisions that a deputy made for that post.
pub fn after_review(
    node: &Node,
    actor: Actor,
    party: Id<id::Party>,
    decided: Vec<(DossierKey, u64)>,
) -> Result<(), AppError> {
    node.do_as(actor, Command::Organisation(OrganisationCommand::AfterReview { party, decided }))
}
impl State {
    /// Returns the organisations that a viewer may see, with their parties' names.
    pub fn organisations(&self, viewer: Viewer) -> Vec<(Id<id::Party>, &str, &Organisation)> {
        let view = self.seen_by(viewer);
        let parties = self.dossiers.parties.iter();
        let seen = parties.filter_map(|(id, dossier)| Some((*id, dossier.name.as_str(), view.organisation(*id)?)));
        seen.collect()
    }
}
