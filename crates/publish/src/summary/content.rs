//! 概要の内容 — the content of the summary of a year's report, in order. The page and the paper show the same content.

use renkei_document::document::{Document, PlanKind, PlanTable};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::party::{Party, PartyKey};
use serde::Serialize;

use super::bars::{Chart, counts};
use super::chosen::{self, ChosenChapter, chosen};
use super::trends::trends;
use super::words;
use crate::printed_text::printed_date;
use crate::sheet::{day_of, party_name, title_of};

/// The content of the page, in order.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Summary {
    pub title: String,
    /// The agreement's title.
    pub agreement: String,
    /// The full names of the parties.
    pub parties: Vec<String>,
    pub lead: Vec<String>,
    pub counts: Option<Chart>,
    pub chapters: Vec<ChosenChapter>,
    /// The rule by which the figures were selected.
    pub rule: String,
    pub trends: Vec<Chart>,
    pub notes: Vec<String>,
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

impl Summary {
    /// Summarizes a year's report; the trends are computed from the reports of earlier years.
    pub(crate) fn of(report: &Document, earlier: &[Document]) -> Self {
        let report = &*report.without_repeats();
        let parties = report.agreement.as_ref().map_or(&[][..], |agreement| &agreement.parties);
        let (done, planned) = done_and_planned(&report.plans);
        let shown = done.or(planned);
        let day = day_of(report);
        let title = match (done, shown) {
            (Some(plan), _) => format!("{}の取組のあらまし", plan.fiscal_year),
            (None, Some(plan)) => format!("{}の計画のあらまし", plan.fiscal_year),
            _ => "取組のあらまし".to_owned(),
        };
        let counted = shown.map(|plan| counts(plan, &in_order(plan, parties)));
        Self {
            title,
            agreement: report.agreement.as_ref().and_then(|text| text.title.clone()).unwrap_or_default(),
            parties: parties.iter().map(|party| party.name.clone()).collect(),
            lead: lead(done, planned, parties),
            counts: counted.filter(|chart| !chart.rows.is_empty()),
            chapters: done.map(chosen).unwrap_or_default(),
            rule: chosen::RULE.to_owned(),
            trends: done.map(|plan| trends(plan, earlier)).unwrap_or_default(),
            notes: notes(report, shown.map(|plan| plan.fiscal_year)),
            year: day.year(),
            month: day.month(),
            day: day.day(),
        }
    }
}

/// Returns the newest table of progress or results, and the newest plan.
fn done_and_planned(plans: &[PlanTable]) -> (Option<&PlanTable>, Option<&PlanTable>) {
    let newest = |is_plan: bool| {
        let of_kind = plans.iter().filter(|plan| (plan.kind == PlanKind::Plan) == is_plan);
        of_kind.max_by_key(|plan| plan.fiscal_year)
    };
    (newest(false), newest(true))
}

/// Returns the parties of a plan's rows with their names in charts, in the order of the agreement.
fn in_order(plan: &PlanTable, parties: &[Party]) -> Vec<(PartyKey, String)> {
    let rows = plan.chapters.iter().flat_map(|chapter| &chapter.sections).flat_map(|section| &section.initiatives);
    let mut keys: Vec<PartyKey> = parties.iter().map(|party| party.key.clone()).collect();
    let mut present: Vec<PartyKey> = Vec::new();
    for row in rows {
        if !keys.contains(&row.party) {
            keys.push(row.party.clone());
        }
        if !present.contains(&row.party) {
            present.push(row.party.clone());
        }
    }
    keys.retain(|key| present.contains(key));
    keys.into_iter().map(|key| (key.clone(), party_name(&key, parties))).collect()
}

fn lead(done: Option<&PlanTable>, planned: Option<&PlanTable>, parties: &[Party]) -> Vec<String> {
    let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
    let mut lead = Vec::new();
    if !names.is_empty() {
        lead.push(format!("{}が力を合わせ、地域の雇用を支えています。", names.join("と")));
    }
    let counted = |plan: &PlanTable| {
        let sections = plan.chapters.iter().map(|chapter| chapter.sections.len()).sum::<usize>();
        format!("{}の柱、{sections}の項目で、{}の取組", plan.chapters.len(), words::number(rows_of(plan)))
    };
    lead.extend(done.map(|plan| {
        let did = if plan.kind == PlanKind::Result { "行いました" } else { "進めました" };
        format!("{}は、{}を{did}。", plan.fiscal_year, counted(plan))
    }));
    lead.extend(planned.map(|plan| format!("{}は、{}を計画しています。", plan.fiscal_year, counted(plan))));
    lead
}

fn rows_of(plan: &PlanTable) -> usize {
    plan.chapters.iter().flat_map(|chapter| &chapter.sections).map(|section| section.initiatives.len()).sum()
}

fn notes(report: &Document, year: Option<FiscalYear>) -> Vec<String> {
    let title = title_of(report);
    let issued = report.issued_on.map(|day| format!("（{}）", printed_date(day))).unwrap_or_default();
    let mut notes = vec![format!("出典：{title}{issued}")];
    notes.extend(year.map(|year| {
        let (first, last) = (year.first_day(), year.last_day());
        format!("{year}は、{}年4月1日から{}年3月31日までです。", first.year(), last.year())
    }));
    notes
}
