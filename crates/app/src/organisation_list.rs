//! 組織一覧の取込み — a list of divisions and posts from CSV or Excel: read by the names of its columns, tried, and recorded.

use jiff::civil::Date;
use renkei_domain::agreement::Party;
use renkei_domain::command::Command;
use renkei_domain::facts::Actor;
use renkei_domain::id::Id;
use renkei_domain::language::Language;
use renkei_domain::organisation::{ListProposal, ListedLine, Outcome};
use renkei_domain::phrases::say;
use renkei_domain::plan::Plan;
use renkei_domain::refusal::Refusal;
use renkei_domain::search::folded;
use renkei_domain::view::{AgreementView, Viewer};
use renkei_import::PlainRow;

use crate::carry_out::Deliberation;
use crate::error::AppError;
use crate::open::Renkei;
use crate::state::State;

/// 組織一覧 — a list as it was brought, from which day it holds, and whether it names everything there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationList {
    pub lines: Vec<ListedLine>,
    pub on: Date,
    pub is_complete: bool,
}

/// 組織一覧の失敗 — why a list is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFault {
    /// No row names its columns.
    NoColumns,
    /// Some lines are not clear.
    Unclear,
}

impl ListFault {
    /// What is wrong with the list, and what to do next.
    pub fn message_in(&self, language: Language) -> String {
        let said = match self {
            ListFault::NoColumns => say(
                language,
                "課名の列が見つかりません。「課名」「上位組織」「職名」「職務」などの見出しを付けて、もう一度入れてください。",
            ),
            ListFault::Unclear => say(
                language,
                "わからない行があるため、記録していません。試しの結果を見て一覧を直し、もう一度入れてください。",
            ),
        };
        said.to_owned()
    }
}

/// 組織一覧の試し — what would be recorded, and every reason against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListTrial {
    pub proposal: ListProposal,
    pub faults: Vec<Refusal>,
}

impl ListTrial {
    /// Whether it can be recorded: something changes, and nothing is unclear.
    pub fn is_recordable(&self) -> bool {
        self.faults.is_empty() && self.proposal.count(Outcome::Unclear) == 0 && !self.proposal.changes.is_empty()
    }
}

type Column = (&'static [&'static str], fn(&mut ListedLine) -> &mut String);

/// The columns by the words that offices write over them.
const COLUMNS: [Column; 7] = [
    (&["課名", "所属名", "組織名", "部署名", "名称", "所属", "組織"], |line| &mut line.division),
    (&["旧課名", "旧名称", "旧組織名", "旧所属名", "改称前"], |line| &mut line.former),
    (&["上位組織", "上位所属", "局部名", "部名", "親組織"], |line| &mut line.parent),
    (&["種別", "区分"], |line| &mut line.kind),
    (&["管轄", "担当区域", "区域"], |line| &mut line.area),
    (&["職名", "職", "役職"], |line| &mut line.post),
    (&["職務", "役割", "権限"], |line| &mut line.duties),
];

/// Reads a list. Its columns are named in its first row that has 課名, in any order; columns of other names are left out.
pub fn read_organisation_list(bytes: &[u8]) -> Result<Vec<ListedLine>, AppError> {
    lines_of(renkei_import::plain_rows(bytes)?).ok_or(AppError::List(ListFault::NoColumns))
}

fn lines_of(rows: Vec<PlainRow>) -> Option<Vec<ListedLine>> {
    let named = |value: &String| COLUMNS.iter().find(|(names, _)| names.contains(&folded(value).as_str()));
    let is_head = |row: &&PlainRow| row.values.iter().any(|value| COLUMNS[0].0.contains(&folded(value).as_str()));
    let head = rows.iter().find(is_head)?.clone();
    let columns: Vec<Option<&Column>> = head.values.iter().map(named).collect();
    let below = rows.into_iter().skip_while(|row| *row != head).skip(1);
    let line = |row: PlainRow| {
        let mut line = ListedLine { place: row.place, ..ListedLine::default() };
        for ((_, field), value) in
            columns.iter().zip(row.values).filter_map(|(column, value)| Some((column.as_ref()?, value)))
        {
            *field(&mut line) = value;
        }
        line
    };
    Some(below.map(line).collect())
}

impl Renkei {
    /// What a list would change; nothing happens.
    pub fn try_organisation_list(
        &self,
        actor: Actor,
        party: Id<Party>,
        list: &OrganisationList,
    ) -> Result<ListTrial, AppError> {
        self.rehearse(actor, |deliberation| Ok(tried(deliberation, party, list)))
    }

    /// Records what a list changes, as one event.
    pub fn record_organisation_list(
        &self,
        actor: Actor,
        party: Id<Party>,
        list: &OrganisationList,
    ) -> Result<ListTrial, AppError> {
        self.carry_out(actor, |deliberation| {
            let proposal = proposed(deliberation, party, list);
            if proposal.count(Outcome::Unclear) > 0 {
                return Err(AppError::List(ListFault::Unclear));
            }
            let changes = proposal.changes.clone();
            deliberation.decide(Command::ChangeOrganisation { party, changes })?;
            Ok(ListTrial { proposal, faults: Vec::new() })
        })
    }
}

fn tried(deliberation: &mut Deliberation, party: Id<Party>, list: &OrganisationList) -> ListTrial {
    let proposal = proposed(deliberation, party, list);
    let changes = proposal.changes.clone();
    let refused = match changes.is_empty() {
        true => Vec::new(),
        false => deliberation.decide(Command::ChangeOrganisation { party, changes }).err().unwrap_or_default(),
    };
    ListTrial { proposal, faults: refused }
}

fn proposed(deliberation: &Deliberation, party: Id<Party>, list: &OrganisationList) -> ListProposal {
    let known = deliberation.dossiers.parties.get(&party).map(|dossier| dossier.organisation.clone());
    let facts = deliberation.facts();
    known.unwrap_or_default().propose(&list.lines, list.on, list.is_complete, || facts.id::<Plan>().uuid())
}

impl State {
    /// The divisions that a party's newest table prints, as a list to begin with: the first need not be typed.
    pub fn printed_divisions(&self, viewer: Viewer, party: Id<Party>) -> Vec<ListedLine> {
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

/// The divisions of the newest table that has rows of the party, in its order.
fn printed_in(agreement: AgreementView<'_>, party: Id<Party>) -> Vec<String> {
    let of_table = |plan: &Plan| -> Vec<String> {
        let rows = plan.sections().flat_map(|section| &section.rows);
        let rows = rows.filter_map(|id| agreement.initiative(*id)).map(|row| row.initiative);
        rows.filter(|row| row.party == party).flat_map(|row| row.wording.divisions.clone()).collect()
    };
    agreement.plans().into_iter().map(|(_, plan)| of_table(plan)).find(|names| !names.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names_in_any_order() {
        let row = |place: &str, values: &[&str]| PlainRow {
            place: place.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let rows = vec![
            row("1行目", &["令和8年度 組織一覧"]),
            row("3行目", &["職名", "備考", "上位 組織", "課名"]),
            row("4行目", &["課長", "兼務", "産業部", "しごと課"]),
            row("5行目", &["", "", "", "まち課"]),
        ];
        let lines = lines_of(rows).expect("a head");
        let shown: Vec<_> =
            lines.iter().map(|l| [l.place.as_str(), &l.division, &l.parent, &l.post].join("|")).collect();
        assert_eq!(shown, ["4行目|しごと課|産業部|課長", "5行目|まち課||"]);
        assert_eq!(lines_of(vec![row("1行目", &["氏名"])]), None);
    }
}
