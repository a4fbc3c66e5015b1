//! 組織の改称 — finds divisions that seem to be renamed, and records the answers of people.

use renkei_document::document::PlanTable;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::plan::lineage::suggest_knowing;
use renkei_domain::plan::renamed_divisions::Renaming;
use renkei_domain::view::{AgreementView, Viewer};

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::state::State;

impl State {
    /// Returns the renamings that the tables of all agreements suggest and that nobody has confirmed or denied yet.
    pub fn renamed_divisions(&self, viewer: Viewer) -> Vec<Renaming> {
        self.seen_by(viewer).agreements().flat_map(renamed_divisions).collect()
    }
}

fn renamed_divisions(agreement: AgreementView<'_>) -> Vec<Renaming> {
    let tables: Vec<PlanTable> = agreement.plans().into_iter().filter_map(|(id, _)| agreement.table(id)).collect();
    let tables: Vec<&PlanTable> = tables.iter().collect();
    agreement.renamed_divisions(&tables, |old, new| {
        let carried = agreement.carried_over(new.id?);
        Some(suggest_knowing(old, new, &agreement.same_divisions([old, new]), &carried))
    })
}

/// Records whether two names of a party's divisions mean the same division.
pub fn identify_divisions(
    node: &Node,
    actor: Actor,
    party: Id<id::Party>,
    (former, latter): (&str, &str),
    since: FiscalYear,
    same: bool,
) -> Result<(), AppError> {
    let (former, latter) = (former.to_owned(), latter.to_owned());
    node.do_as(
        actor,
        Command::Organisation(OrganisationCommand::IdentifyDivisions { party, former, latter, since, same }),
    )
}
