//! 組織一覧の取込み — imports divisions and posts from CSV or Excel. Columns are found by their names, and a list can be tried
//! before it is recorded.

use jiff::civil::Date;
use renkei_document::id::{self, Id};
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::{ListProposal, ListedLine, Outcome};
use renkei_domain::plan::Plan;
use renkei_domain::refusal::Refusal;
use renkei_domain::view::{AgreementView, Viewer};

use crate::node::carry_out::Deliberation;
use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::state::State;
use crate::organisation::list_columns::{Column, DIVISION, Headed, PARENT, POST};
use crate::organisation::list_fault::ListFault;

/// 組織一覧 — an imported list, the first day on which it applies, and whether it is complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationList {
    pub lines: Vec<ListedLine>,
    pub on: Date,
    pub is_complete: bool,
}

/// 組織一覧の試し — what would be recorded, and every reason why the list cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListTrial {
    pub proposal: ListProposal,
    pub faults: Vec<Refusal>,
}

impl ListTrial {
    /// Whether the list can be recorded: it changes something, and every line is clear.
    pub fn is_recordable(&self) -> bool {
        self.faults.is_empty() && self.proposal.count(Outcome::Unclear) == 0 && !self.proposal.changes.is_empty()
    }
}

const COLUMNS: [Column<ListedLine>; 7] = [
    (DIVISION, |line| &mut line.division),
    (&["旧課名", "旧名称", "旧組織名", "旧所属名", "改称前"], |line| &mut line.former),
    (PARENT, |line| &mut line.parent),
    (&["種別", "区分"], |line| &mut line.kind),
    (&["管轄", "担当区域", "区域"], |line| &mut line.area),
    (POST, |line| &mut line.post),
    (&["職務", "役割", "権限"], |line| &mut line.duties),
];

/// Reads a list. The first row that contains a heading such as 課名 names the columns, which may have any order. Columns
/// with unknown names are ignored.
pub fn read_organisation_list(bytes: &[u8]) -> Result<Vec<ListedLine>, AppError> {
    let headed = Headed::of(renkei_import::plain_rows(bytes)?).ok_or(AppError::List(ListFault::NoColumns))?;
    Ok(headed.lines(&COLUMNS, |line| &mut line.place))
}

/// Returns what a list would change, without recording it.
pub fn try_organisation_list(
    node: &Node,
    actor: Actor,
    party: Id<id::Party>,
    list: &OrganisationList,
) -> Result<ListTrial, AppError> {
    node.rehearse(actor, |deliberation| Ok(tried(deliberation, party, list)))
}

/// Records the changes of a list as one event.
pub fn record_organisation_list(
    node: &Node,
    actor: Actor,
    party: Id<id::Party>,
    list: &OrganisationList,
) -> Result<ListTrial, AppError> {
    node.carry_out_at_length(actor, |deliberation| {
        let proposal = proposed(deliberation, party, list);
        if proposal.count(Outcome::Unclear) > 0 {
            return Err(AppError::List(ListFault::Unclear));
        }
        let changes = proposal.changes.clone();
        deliberation.decide(Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes }))?;
        Ok(ListTrial { proposal, faults: Vec::new() })
    })
}
fn tried(deliberation: &mut Deliberation, party: Id<id::Party>, list: &OrganisationList) -> ListTrial {
    let proposal = proposed(deliberation, party, list);
    let changes = proposal.changes.clone();
    let refused = match changes.is_empty() {
        true => Vec::new(),
        false => deliberation
            .decide(Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes }))
            .err()
            .unwrap_or_default(),
    };
    ListTrial { proposal, faults: refused }
}

fn proposed(deliberation: &Deliberation, party: Id<id::Party>, list: &OrganisationList) -> ListProposal {
    let known = deliberation.dossiers.parties.get(&party).map(|dossier| dossier.organisation.clone());
    let facts = deliberation.facts();
    known.unwrap_or_default().propose(&list.lines, list.on, list.is_complete, || facts.id::<Plan>().uuid())
}

impl State {
    /// Returns the divisions that are printed in a party's newest table, as a first list that nobody has to type.
    pub fn printed_divisions(&self, viewer: Viewer, party: Id<id::Party>) -> Vec<ListedLine> {
        let mut names: Vec<String> = Vec::new();
        for agreement in self.seen_by(viewer).agreements() {
            for name in printed_in(agreement, party) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        let line =
            |division: String| ListedLine { place: format!("「{division}」"), division, ..ListedLine::default() };
        names.into_iter().map(line).collect()
    }
}

/// Returns the divisions of the newest table that has rows of the party, in the order of the table.
fn printed_in<'a>(agreement: AgreementView<'a>, party: Id<id::Party>) -> Vec<String> {
    let of_table = |plan: &'a Plan| -> Vec<String> {
        let rows = plan.sections().flat_map(|section| agreement.rows(section)).map(|(_, _, row)| row);
        rows.filter(|row| row.party == party).flat_map(|row| row.wording.divisions.clone()).collect()
    };
    agreement.plans().into_iter().map(|(_, plan)| of_table(plan)).find(|names| !names.is_empty()).unwrap_or_default()
}
