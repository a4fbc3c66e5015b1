//! 計画: the page of one year's table, with an outline and all rows.

use std::collections::{HashMap, HashSet};

use askama::Template;
use renkei_document::document::{Chapter, PlanTable, Section};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::agreement::Agreement;
use renkei_domain::evidence::view::WaitingRows;
use renkei_domain::plan::{Plan, PlanState};
use renkei_domain::view::AgreementView;

use crate::edition::report::no_pdf;
use crate::evidence::taking_over::to_take_over;
use crate::frame::address::{self, Query, section_anchor};
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::names::table_name;
use crate::frame::page::html;
use crate::frame::paging::Pager;
use crate::frame::placed::{Placed, count_in};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Done};
use crate::frame::row_block::{Marks, PartyMark, Placing, RowBlock, party_marks, placings};
use crate::plan::asked_plan::asked_plan;
use crate::plan::beside::{Before, Beside};
use crate::plan::draft::{PlanTools, RowTools, SectionTools, Tools};
use crate::plan::filter::{FilterForm, PlanFilter};
use crate::plan::pages::{Entries, Entry};

#[derive(Template)]
#[template(path = "plan/plan.html")]
struct PlanPage {
    frame: Frame,
    heading: String,
    address: String,
    /// Name of the imported file; `None` for a plan that was drafted in this program.
    source: Option<String>,
    totals: Totals,
    /// The documents with rows of the visitor's side that wait to be taken over: address of the page for taking them
    /// over, and number of rows.
    to_take_over: Vec<(String, usize)>,
    parties: Vec<PartyMark>,
    form: FilterForm,
    outline: Vec<OutlineChapter>,
    pager: Option<Pager>,
    chapters: Vec<ChapterBlock>,
    beside: Option<BesideHead>,
    /// The year of the report that shows this plan.
    report_year: i16,
    /// Why the report has no PDF; `None` if it has one.
    no_pdf: Option<String>,
    /// The actions on a draft; `None` for a recorded plan.
    tools_of_plan: Option<PlanTools>,
}

/// Numbers of rows, figures and findings, in the whole table and among the shown rows.
struct Totals {
    rows: usize,
    shown: usize,
    figures: usize,
    findings: usize,
}

/// The heading of the column for last year, and the rows of last year that ended.
struct BesideHead {
    /// Name of last year's table; `None` if there is no such table.
    name: Option<String>,
    ended: Vec<RowBlock>,
}

/// A chapter in the outline, with the number of its shown rows. Its link leads to the page on which the chapter begins.
struct OutlineChapter {
    href: String,
    number: u32,
    title: String,
    shown: usize,
    sections: Vec<OutlineSection>,
}

struct OutlineSection {
    href: String,
    number: u32,
    title: String,
    shown: usize,
}

/// The part of a chapter on this page.
struct ChapterBlock {
    number: u32,
    title: String,
    sections: Vec<SectionBlock>,
}

struct SectionBlock {
    anchor: String,
    number: u32,
    title: String,
    lead: Option<String>,
    /// Whether the section began on an earlier page; if so, `before` is the id of its last row there.
    goes_on: bool,
    before: Option<String>,
    rows: Vec<ShownRow>,
    tools: Option<SectionTools>,
}

struct ShownRow {
    row: RowBlock,
    /// Whether the party of the row has not taken it over yet. Such a row only shows the text of its document.
    waits: bool,
    before: Option<Before>,
    tools: Option<RowTools>,
}

pub fn plan(ask: &Ask<'_>) -> Result<Answer, Problem> {
    shown(ask, |shown, entries, plan, table| {
        let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
        let address = address::plan(agreement.id, plan.fiscal_year, plan.kind);
        let page = ask.page_of(&entries.paging, "page")?;
        let on_page = |page: usize| ask.query.with("page", &page.to_string()).behind(&address);
        let chapters = shown.chapters(entries, page);
        let heading = table_name(language, plan.fiscal_year, plan.kind);
        let head = shown.filter.beside.then(|| BesideHead {
            name: shown.beside.map(|beside| table_name(language, beside.old.fiscal_year, beside.old.kind)),
            ended: shown.ended(entries, page),
        });
        html(&PlanPage {
            frame: Frame::of(ask.visitor, ask.moment, &heading, Place::Plan, &address),
            heading,
            source: source(agreement, plan),
            to_take_over: table.id.map(|id| to_take_over(ask, agreement, (id, shown.waiting))).unwrap_or_default(),
            totals: shown.totals(table, entries),
            form: shown.filter.form(language, table, shown.parties),
            outline: outline(entries, |to, anchor| {
                if to == page { format!("#{anchor}") } else { format!("{}#{anchor}", on_page(to)) }
            }),
            pager: entries.paging.pager(language, page, on_page),
            chapters,
            beside: head,
            report_year: plan.report_year().0,
            no_pdf: agreement.too_long_for_pdf(plan.report_year()).map(|rows| no_pdf(language, rows)),
            tools_of_plan: shown.tools.map(Tools::plan),
            parties: shown.parties.to_vec(),
            address,
        })
    })
}

/// Redirects to the page of a plan that contains the requested row, section or chapter.
pub fn on_plan(ask: &Ask<'_>) -> Result<Done, Problem> {
    shown(ask, |_, entries, plan, _| {
        let (agreement, anchor) = (ask.moment.agreement()?.id, ask.part("anchor"));
        let address = address::plan(agreement, plan.fiscal_year, plan.kind);
        let page = entries.page_of(anchor).ok_or(Problem::NoSuchInitiative)?;
        Ok(Done::See(format!("{}#{anchor}", ask.query.with("page", &page.to_string()).behind(&address))))
    })
}

/// Returns the rows of a plan that meet the conditions of this filter.
pub(crate) fn rows_shown<'t>(
    ask: &Ask<'_>,
    filter: &Query,
    (plan, table): (&Plan, &'t PlanTable),
) -> Result<Vec<Placing<'t>>, Problem> {
    let parties = party_marks(ask.moment.agreement()?);
    let ask = Ask { query: filter, ..*ask };
    let filter = PlanFilter::read(&ask, table, &parties)?;
    let at_rows = findings_at_rows(&ask.moment.findings(plan.report_year()));
    Ok(placings(table).filter(|placing| filter.keeps(*placing, findings_of(*placing, &at_rows))).collect())
}

/// Calls `make` with the filtered plan that the address names, and with its division into pages.
fn shown<T>(
    ask: &Ask<'_>,
    make: impl FnOnce(&Shown<'_>, &Entries<'_>, &Plan, &PlanTable) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
    let (id, plan) = asked_plan(ask, agreement)?;
    let table = ask.moment.table(id).ok_or(Problem::Broken)?;
    let parties = party_marks(agreement);
    let filter = PlanFilter::read(ask, &table, &parties)?;
    let findings = ask.moment.findings(plan.report_year());
    let old_id = if filter.beside { ask.moment.year_before(plan) } else { None };
    let old = old_id.and_then(|old| Some((ask.moment.table(old)?, ask.moment.lineage(old, id)?)));
    let beside = old.as_ref().map(|(old, lineage)| Beside { agreement: agreement.id, language, old, lineage });
    let tools = Tools::of(ask, agreement, plan);
    let at_rows = findings_at_rows(&findings);
    let keeps = |placing: Placing<'_>| filter.keeps(placing, findings_of(placing, &at_rows));
    let entries = Entries::of(&table, &filter, (beside.as_ref(), tools.as_ref()), keeps);
    let waiting = agreement.waiting_rows();
    let not_taken_over = waiting.iter().flat_map(|waiting| &waiting.rows).copied().collect();
    let shown = Shown {
        agreement: agreement.id,
        language,
        waiting: &waiting,
        not_taken_over: &not_taken_over,
        parties: &parties,
        filter: &filter,
        findings: &findings,
        at_rows: &at_rows,
        beside: beside.as_ref(),
        tools: tools.as_ref(),
    };
    make(&shown, &entries, plan, &table)
}

/// The headings of the present entry. They are compared by identity, because a document may use a number twice.
#[derive(Default)]
struct Under<'a> {
    chapter: Option<&'a Chapter>,
    section: Option<&'a Section>,
}

impl<'a> Under<'a> {
    fn begins_chapter(&mut self, chapter: &'a Chapter) -> bool {
        let begins = self.chapter.is_none_or(|last| !std::ptr::eq(last, chapter));
        self.chapter = Some(chapter);
        begins
    }

    fn begins_section(&mut self, section: &'a Section) -> bool {
        let begins = self.section.is_none_or(|last| !std::ptr::eq(last, section));
        self.section = Some(section);
        begins
    }
}

/// Returns the outline: the chapters and sections with shown rows (all of them without a filter), with links to their
/// pages.
fn outline(entries: &Entries<'_>, href: impl Fn(usize, &str) -> String) -> Vec<OutlineChapter> {
    let mut outline: Vec<OutlineChapter> = Vec::new();
    let mut under = Under::default();
    for (place, entry) in entries.all.iter().enumerate() {
        let (chapter, section) = match *entry {
            Entry::Chapter(chapter) => (chapter, None),
            Entry::Section(chapter, section) => (chapter, Some((section, 0))),
            Entry::Row(chapter, section, ..) => (chapter, Some((section, 1))),
            Entry::Ended(_) => continue,
        };
        let page = entries.paging.page_of(place);
        if under.begins_chapter(chapter) {
            let href = href(page, &format!("c{}", chapter.number));
            let (number, title) = (chapter.number, chapter.title.clone());
            outline.push(OutlineChapter { href, number, title, shown: 0, sections: Vec::new() });
        }
        let (Some(last), Some((section, rows))) = (outline.last_mut(), section) else { continue };
        last.shown += rows;
        if under.begins_section(section) {
            let href = href(page, &section_anchor(chapter.number, section.number));
            let (number, title) = (section.number, section.title.clone());
            last.sections.push(OutlineSection { href, number, title, shown: 0 });
        }
        last.sections.iter_mut().last().into_iter().for_each(|section| section.shown += rows);
    }
    outline
}

/// Returns the file name of a recorded plan's 取り込んだ資料; `None` for a draft.
fn source(agreement: AgreementView<'_>, plan: &Plan) -> Option<String> {
    let PlanState::Recorded { evidence } = plan.state else { return None };
    agreement.evidence_named(evidence).map(|evidence| evidence.file_name.clone())
}

/// Number of findings about each row.
type AtRows = HashMap<Id<id::Initiative>, usize>;

fn findings_at_rows(findings: &[Placed]) -> AtRows {
    let mut at_rows = AtRows::new();
    for row in findings.iter().flat_map(|placed| placed.row.iter().chain(&placed.also)) {
        *at_rows.entry(*row).or_default() += 1;
    }
    at_rows
}

fn findings_of(placing: Placing<'_>, at_rows: &AtRows) -> usize {
    placing.row.id.and_then(|id| at_rows.get(&id)).copied().unwrap_or(0)
}

/// The data that decides which rows are shown, and how.
struct Shown<'a> {
    agreement: Id<Agreement>,
    language: Language,
    /// The rows that their parties have not taken over yet: by document and party, and as one set.
    waiting: &'a [WaitingRows<'a>],
    not_taken_over: &'a HashSet<Id<id::Initiative>>,
    parties: &'a [PartyMark],
    filter: &'a PlanFilter<'a>,
    findings: &'a [Placed],
    at_rows: &'a AtRows,
    beside: Option<&'a Beside<'a>>,
    tools: Option<&'a Tools<'a>>,
}

impl Shown<'_> {
    /// Returns the chapters on a page, with their sections and rows.
    fn chapters(&self, entries: &Entries<'_>, page: usize) -> Vec<ChapterBlock> {
        let mut chapters: Vec<ChapterBlock> = Vec::new();
        let mut under = Under::default();
        for place in entries.paging.entries(page) {
            let (chapter, section, row) = match entries.all[place] {
                Entry::Chapter(chapter) => (chapter, None, None),
                Entry::Section(chapter, section) => (chapter, Some(section), None),
                Entry::Row(chapter, section, placing, place) => (chapter, Some(section), Some((placing, place))),
                Entry::Ended(_) => continue,
            };
            if under.begins_chapter(chapter) {
                let (number, title) = (chapter.number, chapter.title.clone());
                chapters.push(ChapterBlock { number, title, sections: Vec::new() });
            }
            let (Some(last), Some(section)) = (chapters.last_mut(), section) else { continue };
            if under.begins_section(section) {
                let before =
                    row.filter(|(_, place)| *place > 0).and(place.checked_sub(1)).map(|place| entries.all[place]);
                last.sections.push(self.section(chapter, section, before));
            }
            let shown = row.map(|(placing, _)| self.row(placing));
            last.sections.iter_mut().last().into_iter().zip(shown).for_each(|(section, row)| section.rows.push(row));
        }
        chapters
    }

    /// Makes the part of a section on a page. If the section began on the previous page, `before` is its last entry
    /// there.
    fn section(&self, chapter: &Chapter, section: &Section, before: Option<Entry<'_>>) -> SectionBlock {
        let id_of = |entry| match entry {
            Entry::Row(_, _, placing, _) => placing.row.id.map(|id| id.to_string()),
            _ => None,
        };
        SectionBlock {
            anchor: section_anchor(chapter.number, section.number),
            number: section.number,
            title: section.title.clone(),
            lead: section.lead.clone().filter(|_| before.is_none()),
            goes_on: before.is_some(),
            before: before.and_then(id_of),
            rows: Vec::new(),
            tools: self.tools.and_then(|tools| tools.section(section.id)),
        }
    }

    fn row(&self, placing: Placing<'_>) -> ShownRow {
        let findings = findings_of(placing, self.at_rows);
        let mut row = placing.block(
            self.parties,
            findings,
            &Marks { small_print: true, ..Marks::none(self.agreement, self.language) },
        );
        let before = self.beside.map(|beside| {
            let (before, blocks) = beside.compare(placing, self.parties);
            row.blocks = blocks;
            before
        });
        let tools = self.tools.and_then(|tools| tools.row(placing));
        let waits = placing.row.id.is_some_and(|id| self.not_taken_over.contains(&id));
        ShownRow { row, waits, before, tools }
    }

    /// Returns last year's rows on a page that no row of this year continues.
    fn ended(&self, entries: &Entries<'_>, page: usize) -> Vec<RowBlock> {
        let ended = entries.all[entries.paging.entries(page)].iter().filter_map(|entry| match entry {
            Entry::Ended(placing) => Some(placing.block(self.parties, 0, &Marks::none(self.agreement, self.language))),
            _ => None,
        });
        ended.collect()
    }

    fn totals(&self, table: &PlanTable, entries: &Entries<'_>) -> Totals {
        let all = || placings(table);
        Totals {
            rows: all().filter(|placing| !placing.row.repeated).count(),
            shown: entries.all.iter().filter(|entry| matches!(entry, Entry::Row(..))).count(),
            figures: all().map(|placing| placing.row.figures.len()).sum(),
            findings: count_in(table, self.findings),
        }
    }
}
