//! Determines the party of each row: from its organisation cell, from the usual owner of its divisions, or from
//! neighbouring rows.
//!
//! An organisation cell spans rows, and a page break moves it, merges it or removes it. A division belongs to one party
//! in the whole document, so all rows that name the division vote on its party. A cell in the row itself has twice the
//! votes of a cell that spans to the row; the kind of office, and a text that names the owner, have more votes.

use std::collections::HashMap;

use renkei_document::finding::{Finding, Notice, Place};
use renkei_document::party::PartyKind;

use crate::blocks::squash;
use crate::drafts::{DraftPlan, DraftRow};
use crate::parties::Parties;

/// Words in the names of offices of a Labour Bureau (都道府県労働局の組織).
const BUREAU_OFFICES: [&str; 13] = [
    "公共職業安定所",
    "ハローワーク",
    "労働基準",
    "職業安定",
    "職業対策",
    "需給調整",
    "雇用環境",
    "監督",
    "賃金",
    "労災",
    "健康安全",
    "助成金",
    "労働局",
];

/// Words in the names of offices of a local government.
const LOCAL_OFFICES: [&str; 11] =
    ["区役所", "福祉", "保育", "子育て", "介護", "住宅", "商工", "農", "観光", "教育", "市民"];

const CELL: u32 = 4;
const SPAN: u32 = 2;
const KIND: u32 = 5;
const SAID: u32 = 6;

/// The votes for each party as the owner of a division.
#[derive(Debug, Clone, Default)]
struct Votes(Vec<u32>);

impl Votes {
    fn add(&mut self, party: usize, weight: u32) {
        if self.0.len() <= party {
            self.0.resize(party + 1, 0);
        }
        self.0[party] += weight;
    }

    /// Returns the party with at least seven tenths of the votes.
    fn winner(&self) -> Option<usize> {
        let all: u32 = self.0.iter().sum();
        let (party, most) = self.0.iter().copied().enumerate().max_by_key(|(_, votes)| *votes)?;
        (most >= CELL && most * 10 >= all * 7).then_some(party)
    }
}

/// The reason why a row was assigned to its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Because {
    Cell,
    Span,
    Division,
    Next,
    Order,
}

/// The party that one row was assigned to, with the reason.
#[derive(Debug, Clone, Copy)]
struct Settled {
    party: usize,
    because: Because,
    /// The party in the organisation column of this row, if it has one.
    shown: Option<usize>,
}

/// Returns the party of each row of the plans, in order, and the findings.
pub fn settle(plans: &[DraftPlan], parties: &Parties) -> (Vec<usize>, Vec<Finding>) {
    let sections: Vec<&[DraftRow]> =
        plans.iter().flat_map(|plan| plan.sections().map(|section| section.rows.as_slice())).collect();
    let testimony = by_rows_alone(&sections, parties);
    let mut votes = testimony.clone();
    let mut settled = Vec::new();
    for _ in 0..3 {
        settled = sections.iter().map(|rows| walk(rows, &votes, parties)).collect::<Vec<_>>();
        votes = testimony.clone();
        for (rows, decisions) in sections.iter().zip(&settled) {
            for (row, decision) in rows.iter().zip(decisions) {
                if decision.because == Because::Span {
                    vote(&mut votes, row, decision.party, SPAN);
                }
            }
        }
    }
    let mut findings = Vec::new();
    for (rows, decisions) in sections.iter().zip(&settled) {
        report(rows, decisions, parties, &mut findings);
    }
    (settled.into_iter().flatten().map(|decision| decision.party).collect(), findings)
}

fn vote(votes: &mut HashMap<String, Votes>, row: &DraftRow, party: usize, weight: u32) {
    for division in &row.divisions {
        votes.entry(division.clone()).or_default().add(party, weight);
    }
}

/// Counts the votes that do not depend on other rows: the row's own cell, the kind of its office, its text.
fn by_rows_alone(sections: &[&[DraftRow]], parties: &Parties) -> HashMap<String, Votes> {
    let mut votes: HashMap<String, Votes> = HashMap::new();
    for row in sections.iter().copied().flatten() {
        if let Some(party) = own_party(row, parties) {
            vote(&mut votes, row, party, CELL);
        }
        for division in &row.divisions {
            if let Some(party) = said_in_text(row, division, parties) {
                votes.entry(division.clone()).or_default().add(party, SAID);
            }
        }
    }
    let divisions: Vec<String> = sections.iter().copied().flatten().flat_map(|row| row.divisions.clone()).collect();
    let mut hinted = std::collections::HashSet::new();
    for division in divisions {
        if hinted.insert(division.clone())
            && let Some(party) = by_kind_of_office(&division, parties)
        {
            votes.entry(division).or_default().add(party, KIND);
        }
    }
    votes
}

/// Returns the only party named in the row's own organisation cell.
fn own_party(row: &DraftRow, parties: &Parties) -> Option<usize> {
    let cell = if row.raw.organisation.is_empty() { &row.late_organisation } else { &row.raw.organisation };
    match parties.in_cell(cell).as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

fn by_kind_of_office(division: &str, parties: &Parties) -> Option<usize> {
    let has = |words: &[&str]| words.iter().any(|word| division.contains(word));
    match (has(&BUREAU_OFFICES), has(&LOCAL_OFFICES)) {
        (true, false) => parties.of_kind(PartyKind::LabourBureau),
        (false, true) => parties.of_kind(PartyKind::LocalGovernment),
        _ => None,
    }
}

/// Returns the party that the row's text names before a division: 「あおば労働局労働基準部監督課」.
fn said_in_text(row: &DraftRow, division: &str, parties: &Parties) -> Option<usize> {
    let text = squash(&row.content.text);
    let at = text.find(division)?;
    let before: String = text[..at].chars().rev().take(16).collect::<Vec<_>>().into_iter().rev().collect();
    let stop = before
        .rfind(['、', '。', '（', '「'])
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let before = &before[stop..];
    let named = |place: &usize| {
        parties.names(*place).iter().any(|name| name.chars().count() >= 3 && before.contains(name.as_str()))
    };
    (0..parties.list.len()).find(named)
}

/// Returns the party that owns the divisions of a row; `None` if the votes are not clear.
fn owner(row: &DraftRow, votes: &HashMap<String, Votes>) -> Option<usize> {
    let mut sum = Votes::default();
    for winner in row.divisions.iter().filter_map(|division| votes.get(division)?.winner()) {
        sum.add(winner, CELL);
    }
    sum.winner()
}

/// Assigns each row of one section to a party, in order.
fn walk(rows: &[DraftRow], votes: &HashMap<String, Votes>, parties: &Parties) -> Vec<Settled> {
    let mut spanning: Option<usize> = None;
    let mut shown: Option<usize> = None;
    let mut settled = Vec::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let own = own_party(row, parties);
        if own.is_some() {
            (spanning, shown) = (own, own);
        } else if !row.raw.organisation.is_empty() {
            (spanning, shown) = (None, None);
        }
        let seen = if row.raw.has_organisation_column || own.is_some() { shown } else { None };
        let (party, because) = match (owner(row, votes), own, spanning) {
            (Some(owner), Some(own), _) if owner == own => (own, Because::Cell),
            (Some(owner), None, Some(span)) if owner == span => (span, Because::Span),
            (Some(owner), _, _) => (owner, Because::Division),
            (None, Some(own), _) => (own, Because::Cell),
            (None, None, Some(span)) => (span, Because::Span),
            (None, None, None) => next_party(&rows[place + 1..], votes, parties)
                .map_or((parties.of_kind(PartyKind::LabourBureau).unwrap_or(0), Because::Order), |next| {
                    (next, Because::Next)
                }),
        };
        if own.is_none() && spanning.is_some_and(|span| span != party) {
            spanning = Some(party);
        }
        settled.push(Settled { party, because, shown: seen });
    }
    settled
}

/// Returns the party of the next row whose party is known from the row itself.
fn next_party(rows: &[DraftRow], votes: &HashMap<String, Votes>, parties: &Parties) -> Option<usize> {
    rows.iter().take(8).find_map(|row| own_party(row, parties).or_else(|| owner(row, votes)))
}

/// Reports conflicts and missing cells, with one finding for neighbouring rows.
fn report(rows: &[DraftRow], settled: &[Settled], parties: &Parties, findings: &mut Vec<Finding>) {
    let mut open: Option<(usize, bool, bool)> = None;
    for (row, decision) in rows.iter().zip(settled) {
        let several = parties.in_cell(&row.raw.organisation).len() > 1;
        let conflict = several || decision.shown.is_some_and(|shown| shown != decision.party);
        let missing = !conflict && decision.shown.is_none();
        let state = (decision.party, conflict, missing);
        let place = Place::line(row.line());
        if (conflict || missing) && !several && open == Some(state) {
            if let Some(last) = findings.last_mut() {
                last.also.push(place);
            }
        } else if conflict {
            findings.push(Finding::new(conflict_notice(row, *decision, parties), place));
        } else if missing {
            findings.push(Finding::new(missing_notice(row, *decision, parties), place));
        }
        open = (conflict || missing).then_some(state);
    }
}

fn conflict_notice(row: &DraftRow, decision: Settled, parties: &Parties) -> Notice {
    let cell = match decision.shown {
        Some(shown) if row.raw.organisation.is_empty() => parties.display(shown),
        _ => row.raw.organisation.clone(),
    };
    Notice::PartyConflict { cell, division: row.divisions.join("、"), taken: parties.display(decision.party) }
}

fn missing_notice(row: &DraftRow, decision: Settled, parties: &Parties) -> Notice {
    let divisions = row.divisions.join("、");
    let taken = parties.display(decision.party);
    let because = match decision.because {
        Because::Division if !row.raw.organisation.is_empty() => {
            format!("組織欄「{}」からは決まらず、「{divisions}」は他の行で{taken}の所管課である", row.raw.organisation)
        }
        Because::Division => format!("「{divisions}」が他の行で{taken}の所管課である"),
        Because::Cell | Because::Span => "上の行に続いている".to_owned(),
        Because::Next => "次の行と並んでいる".to_owned(),
        Because::Order => "項目の初めにある".to_owned(),
    };
    Notice::PartyMissing { taken, because }
}
