//! 計画 of a year: the outline, and every row.

use askama::Template;
use renkei_domain::document::{PlanKind, PlanTable};
use renkei_domain::fiscal_year::FiscalYear;
use renkei_domain::id::Id;
use renkei_domain::language::Language;
use renkei_domain::plan::{Plan, PlanState};
use renkei_domain::refusal::plan_kind;
use renkei_domain::view::AgreementView;

use super::beside::{Before, Beside};
use super::draft::{PlanTools, RowTools, SectionTools, Tools};
use super::html;
use super::plan_filter::{FilterForm, PlanFilter};
use super::taking_over::to_take_over;
use crate::address::{self, kind_of, section_anchor};
use crate::answer::Answer;
use crate::frame::{Frame, Place};
use crate::names::table_name;
use crate::phrases::{InBoth, say, tell};
use crate::placed::{Placed, count_in};
use crate::problem::Problem;
use crate::routes::Ask;
use crate::row_block::{Marks, PartyMark, Placing, RowBlock, party_marks};

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage {
    frame: Frame,
    heading: String,
    address: String,
    /// Where it was read from; none for one of our own.
    source: Option<String>,
    totals: Totals,
    /// The visitor's own rows that wait to be taken over: the page to do it, and how many.
    to_take_over: Vec<(String, usize)>,
    parties: Vec<PartyMark>,
    form: FilterForm,
    chapters: Vec<ChapterBlock>,
    beside: Option<BesideHead>,
    /// The year of the report that shows this plan.
    report_year: i16,
    /// What can be done with a draft.
    tools_of_plan: Option<PlanTools>,
}

/// Counts of the whole table, and of what is shown.
struct Totals {
    rows: usize,
    shown: usize,
    figures: usize,
    findings: usize,
}

/// What stands over the column of last year, and what ended.
struct BesideHead {
    /// The table that stands beside; none where there is none.
    name: Option<String>,
    ended: Vec<RowBlock>,
}

struct ChapterBlock {
    number: u32,
    title: String,
    shown: usize,
    sections: Vec<SectionBlock>,
}

struct SectionBlock {
    anchor: String,
    number: u32,
    title: String,
    lead: Option<String>,
    rows: Vec<ShownRow>,
    tools: Option<SectionTools>,
}

struct ShownRow {
    row: RowBlock,
    before: Option<Before>,
    tools: Option<RowTools>,
}

pub fn plan(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
    let (id, plan) = asked_plan(ask, agreement)?;
    let table = ask.moment.table(id).ok_or(Problem::Broken)?;
    let parties = party_marks(agreement);
    let filter = PlanFilter::read(ask.query, &table, &parties)?;
    let findings = ask.moment.findings(plan.report_year());
    let old_id = if filter.beside { ask.moment.year_before(plan) } else { None };
    let old = old_id.and_then(|old| Some((ask.moment.table(old)?, ask.moment.lineage(old, id)?)));
    let beside = old.as_ref().map(|(old, lineage)| Beside { language, old, lineage });
    let tools = Tools::of(ask, agreement, plan);
    let shelf = Shown {
        language,
        parties: &parties,
        filter: &filter,
        findings: &findings,
        beside: beside.as_ref(),
        tools: tools.as_ref(),
    };
    let chapters: Vec<ChapterBlock> = shelf.chapters(&table);
    let heading = table_name(language, plan.fiscal_year, plan.kind);
    let address = address::plan(plan.fiscal_year, plan.kind);
    let head = filter.beside.then(|| BesideHead {
        name: beside.as_ref().map(|beside| table_name(language, beside.old.fiscal_year, beside.old.kind)),
        ended: beside.as_ref().filter(|_| !filter.is_active()).map(|b| b.ended(&parties)).unwrap_or_default(),
    });
    html(&PlanPage {
        frame: Frame::of(ask.visitor, ask.moment, &heading, Place::Plan, &address),
        heading,
        address,
        source: source(agreement, plan),
        to_take_over: to_take_over(ask, agreement, id),
        totals: shelf.totals(&table, &chapters),
        form: filter.form(language, &table, &parties),
        chapters,
        beside: head,
        report_year: plan.report_year().0,
        tools_of_plan: tools.as_ref().map(Tools::plan),
        parties: parties.clone(),
    })
}

pub(super) fn asked_plan<'a>(ask: &Ask<'_>, agreement: AgreementView<'a>) -> Result<(Id<Plan>, &'a Plan), Problem> {
    let (year, kind) = (ask.part("year"), ask.part("kind"));
    let known = |(year, kind): (FiscalYear, PlanKind)| {
        let asked = || InBoth::of(|language| in_question(language, year, kind));
        let mut plans = agreement.plans().into_iter();
        plans
            .find(|(_, plan)| (plan.fiscal_year, plan.kind) == (year, kind))
            .ok_or_else(|| Problem::NoSuchPlan { asked: asked() })
    };
    year.parse().ok().map(FiscalYear).zip(kind_of(kind)).ok_or(Problem::NoSuchPage).and_then(known)
}

/// 令和13年度の事業計画.
fn in_question(language: Language, year: FiscalYear, kind: PlanKind) -> String {
    tell(language, "{}の{}", [year.in_language(language).as_str(), say(language, plan_kind(kind))])
}

/// 取り込んだ資料 of a recorded plan.
fn source(agreement: AgreementView<'_>, plan: &Plan) -> Option<String> {
    let PlanState::Recorded { evidence } = plan.state else { return None };
    agreement.evidence_named(evidence).map(|evidence| evidence.file_name.clone())
}

/// How many findings wait at a row.
pub fn findings_at(placing: Placing<'_>, findings: &[Placed]) -> usize {
    placing.row.id.map_or(0, |id| findings.iter().filter(|placed| placed.concerns(id)).count())
}

/// What decides which rows are shown, and how.
struct Shown<'a> {
    language: Language,
    parties: &'a [PartyMark],
    filter: &'a PlanFilter<'a>,
    findings: &'a [Placed],
    beside: Option<&'a Beside<'a>>,
    tools: Option<&'a Tools<'a>>,
}

impl Shown<'_> {
    /// The chapters and sections that have rows to show; without a filter, all.
    fn chapters(&self, table: &PlanTable) -> Vec<ChapterBlock> {
        let mut chapters = Vec::new();
        for chapter in &table.chapters {
            let mut sections = Vec::new();
            for section in &chapter.sections {
                let placings = section.initiatives.iter().map(|row| Placing {
                    table,
                    chapter: chapter.number,
                    section: section.number,
                    row,
                });
                let rows: Vec<ShownRow> = placings.filter_map(|placing| self.row(placing)).collect();
                if !rows.is_empty() || !self.filter.is_active() {
                    let anchor = section_anchor(chapter.number, section.number);
                    let (number, title, lead) = (section.number, section.title.clone(), section.lead.clone());
                    let tools = self.tools.and_then(|tools| tools.section(section.id));
                    sections.push(SectionBlock { anchor, number, title, lead, rows, tools });
                }
            }
            if !sections.is_empty() || !self.filter.is_active() {
                let shown = sections.iter().map(|section| section.rows.len()).sum();
                chapters.push(ChapterBlock { number: chapter.number, title: chapter.title.clone(), shown, sections });
            }
        }
        chapters
    }

    fn row(&self, placing: Placing<'_>) -> Option<ShownRow> {
        let findings = findings_at(placing, self.findings);
        if !self.filter.keeps(placing, findings) {
            return None;
        }
        let mut row = placing.block(self.parties, findings, &Marks { small_print: true, ..Marks::none(self.language) });
        let before = self.beside.map(|beside| {
            let (before, blocks) = beside.compare(placing, self.parties);
            row.blocks = blocks;
            before
        });
        let tools = self.tools.and_then(|tools| tools.row(placing));
        Some(ShownRow { row, before, tools })
    }

    fn totals(&self, table: &PlanTable, chapters: &[ChapterBlock]) -> Totals {
        let all = || crate::row_block::placings(table);
        Totals {
            rows: all().filter(|placing| !placing.row.repeated).count(),
            shown: chapters.iter().map(|chapter| chapter.shown).sum(),
            figures: all().map(|placing| placing.row.figures.len()).sum(),
            findings: count_in(table, self.findings),
        }
    }
}
