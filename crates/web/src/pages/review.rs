//! 取込みの確認: the file and what was read of it side by side, each figure with its place; then recorded or put away.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use renkei_app::{Review, RowPlace, placed_rows};
use renkei_domain::document::{Document, Initiative};
use renkei_domain::figure::Figure;
use renkei_domain::finding::Finding;
use renkei_domain::language::Language;
use renkei_domain::locus::{Locus, SourceLine};
use renkei_domain::merging::{Change, RowChange};
use renkei_domain::party::PartyKey;

use super::findings::{FindingBlock, finding_block};
use super::html;
use super::imports::at;
use crate::answer::Answer;
use crate::figure_words::{self, comma};
use crate::frame::{Frame, Place};
use crate::names::{line_name, table_name};
use crate::phrases::{phrase, say, tell};
use crate::problem::Problem;
use crate::routes::{Ask, Deed, Done};

/// Lines outside of rows that stand together are folded from this number on.
const FOLDED: usize = 6;

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    frame: Frame,
    address: String,
    file_name: String,
    at: String,
    summary: Vec<String>,
    /// Whether corrections were saved just now.
    saved: bool,
    refusals: Vec<String>,
    changes: Vec<ChangeBlock>,
    /// Rows of the other side that stay although the document says otherwise.
    stay: Vec<ChangeBlock>,
    /// How many rows the merge leaves as they are.
    same: usize,
    /// What was noticed of the file as a whole.
    findings: Vec<FindingBlock>,
    strips: Vec<Strip>,
    left_out: Vec<(String, String)>,
}

/// A stretch of the file, and what was read from it.
struct Strip {
    lines: Vec<LineBlock>,
    /// More lines than are shown at once.
    folded: bool,
    heading: Option<String>,
    row: Option<ReadRow>,
    findings: Vec<FindingBlock>,
}

struct LineBlock {
    number: usize,
    /// 3ページ, シート「計画」B12.
    at: String,
    cells: Vec<String>,
}

struct ReadRow {
    anchor: String,
    edit: String,
    name: String,
    party: String,
    divisions: String,
    text: String,
    items: Vec<(String, String)>,
    figures: Vec<ReadFigure>,
    corrected: bool,
}

struct ReadFigure {
    label: String,
    value: String,
    unit: String,
    measured: String,
    /// The line that it stands on, and its place in words.
    line: Option<(u32, String)>,
}

/// A row that a merge changes.
struct ChangeBlock {
    id: String,
    kept: bool,
    kind: &'static str,
    name: String,
    before: String,
    after: String,
}

pub fn review(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let review = ask.site.renkei.review(ask.visitor, ask.part("id"))?;
    let (document, language) = (&review.document.value, ask.visitor.language);
    let names = party_names(ask, document);
    let changes = review.merged.iter().flatten().flat_map(|merged| &merged.changes);
    let block = |change: &RowChange| change_block(language, change, &names);
    let mut placed = Placed::of(language, &review);
    let strips = placed.strips(&review, &names, ask.part("id"));
    html(&ReviewPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "取込みの確認"), Place::Imports, "/imports"),
        address: format!("/imports/{}", ask.part("id")),
        at: at(language, review.brought_at),
        summary: summary(language, &review),
        saved: ask.query.get("done") == Some("saved"),
        same: changes.clone().filter(|change| change.change == Change::Same).count(),
        stay: changes.clone().filter(|change| stays(&review, change)).map(block).collect(),
        changes: changes.filter(|change| change.change != Change::Same && !stays(&review, change)).map(block).collect(),
        findings: placed.elsewhere(),
        left_out: left_out(language, &review, ask.part("id")),
        file_name: review.file_name.clone(),
        refusals: review.refusals.iter().map(|refusal| refusal.message_in(language)).collect(),
        strips,
    })
}

/// 取り込む, 取りやめる, or which rows stay.
pub fn decide_on(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (site, visitor, id) = (deed.ask.site, deed.ask.visitor, deed.ask.part("id"));
    match deed.form.get("do").as_str() {
        "accept" => {
            let recorded = site.renkei.accept(visitor, id)?;
            let done = if recorded.waiting.is_empty() { "accepted" } else { "waiting" };
            Ok(Done::See(format!("/imports?done={done}")))
        }
        "put-away" => {
            site.renkei.put_away(visitor, id)?;
            Ok(Done::See("/imports?done=put-away".to_owned()))
        }
        "keep" => {
            let kept = deed.form.all("kept").filter_map(|row| row.parse().ok()).collect();
            site.renkei.keep_rows(visitor, id, kept)?;
            Ok(Done::See(format!("/imports/{id}?done=saved#changes")))
        }
        _ => Err(Problem::UnreadableForm {
            sentences: phrase("画面を開き直して、もう一度送ってください。").into()
        }),
    }
}

/// What the parties of a document are called on its pages.
pub fn party_names(ask: &Ask<'_>, document: &Document) -> BTreeMap<PartyKey, String> {
    let known = ask.moment.agreement().ok().map(|agreement| agreement.agreement.text.parties.clone());
    let own = document.agreement.iter().flat_map(|text| text.parties.clone());
    let all = known.into_iter().flatten().chain(own);
    all.map(|party| (party.key.clone(), party.short_name.unwrap_or(party.name))).collect()
}

fn summary(language: Language, review: &Review) -> Vec<String> {
    let document = &review.document.value;
    let tables = document.plans.iter().zip(&review.merged).enumerate().map(|(place, (table, merged))| {
        let rows = table.chapters.iter().flat_map(|chapter| &chapter.sections).flat_map(|section| &section.initiatives);
        let figures: usize = rows.clone().map(|row| row.figures.len()).sum();
        let what = match merged {
            None if review.drafted.contains(&place) => {
                say(language, "作成中の計画があるため、取り込めません").to_owned()
            }
            None => say(language, "新しく取り込みます").to_owned(),
            Some(merged) => {
                let counts =
                    [Change::New, Change::Changed, Change::Gone].map(|change| merged.count(change).to_string());
                tell(language, "既にある表に統合します：新規{}件、変更{}件、なくなる{}件", counts)
            }
        };
        let name = table_name(language, table.fiscal_year, table.kind);
        let parts = [name, rows.count().to_string(), figures.to_string(), what];
        tell(language, "{}：取組{}件、数値{}件。{}。", parts)
    });
    let articles = document.agreement.as_ref().map_or(0, |agreement| agreement.articles.len());
    let agreement = (articles > 0).then(|| tell(language, "協定書：{}条。", [articles.to_string()]));
    let figures = document.figures.len().to_string();
    let other = (document.plans.is_empty()).then(|| tell(language, "表のない文書：数値{}件。", [figures]));
    let waiting = review.waiting.iter().map(|(party, rows)| {
        let parts = [party.clone(), rows.to_string(), party.clone()];
        tell(language, "{}の取組{}件は、{}が引き継ぐまで資料のままです。", parts)
    });
    agreement.into_iter().chain(tables).chain(other).chain(waiting).collect()
}

/// Whether a row of the other side stays although the document says otherwise: nobody chose it.
fn stays(review: &Review, change: &RowChange) -> bool {
    let chosen = change.before.as_ref().and_then(|row| row.id).is_some_and(|id| review.kept.contains(&id));
    change.change == Change::Kept && !chosen
}

fn change_block(language: Language, change: &RowChange, names: &BTreeMap<PartyKey, String>) -> ChangeBlock {
    let kind = match change.change {
        Change::New => phrase("新規"),
        Change::Changed => phrase("変更"),
        Change::Gone => phrase("なくなる"),
        Change::Kept | Change::Same => phrase("今のまま残す"),
    };
    let told = |row: Option<&Initiative>| row.map(in_words).unwrap_or_default();
    // Whose row it is and where is said as it stands after the merge.
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    let row = if change.change == Change::Kept { before.or(after) } else { after.or(before) };
    let party = row.and_then(|row| names.get(&row.party)).map_or("", String::as_str);
    let divisions = row.map(|row| row.divisions.join(comma(language))).unwrap_or_default();
    ChangeBlock {
        id: before.and_then(|row| row.id).map(|id| id.to_string()).unwrap_or_default(),
        name: format!("{}({}) {party} {divisions}", change.chapter, change.section),
        before: told(before),
        after: told(after),
        kept: change.change == Change::Kept,
        kind: say(language, kind),
    }
}

/// A row's words, and its figures where the words may be the same.
fn in_words(row: &Initiative) -> String {
    let items = row.items.iter().enumerate().map(|(place, item)| format!("{}{item}", row.mark_of_item(place)));
    std::iter::once(row.text.clone()).chain(items).collect::<Vec<_>>().join("\n")
}

fn left_out(language: Language, review: &Review, id: &str) -> Vec<(String, String)> {
    let address = |place: &RowPlace| (format!("/imports/{id}/rows/{place}"), row_name(language, review, *place));
    review.left_out.iter().map(address).collect()
}

/// 令和7年度 1(5) ④.
pub fn row_name(language: Language, review: &Review, place: RowPlace) -> String {
    let row = placed_rows(&review.document.value).find(|(known, _)| *known == place).map(|(_, row)| row);
    name_of(language, review, place, row)
}

/// The same of a row that is at hand: looking each up among all would be work that grows with the square of a file.
fn name_of(language: Language, review: &Review, place: RowPlace, row: Option<&Initiative>) -> String {
    let table = review.document.value.plans.get(place.table);
    let year = table.map(|table| table.fiscal_year.in_language(language)).unwrap_or_default();
    let counted = || tell(language, "{}番目の行", [place.row.to_string()]);
    let mark = row.and_then(|row| row.mark.clone()).unwrap_or_else(counted);
    format!("{year} {}({}) {mark}", place.chapter, place.section)
}

/// Which row, heading and findings stand at which line.
struct Placed<'a> {
    language: Language,
    rows: BTreeMap<u32, (RowPlace, &'a Initiative)>,
    headings: BTreeMap<u32, String>,
    findings: BTreeMap<u32, Vec<&'a Finding>>,
    loose: Vec<&'a Finding>,
}

impl<'a> Placed<'a> {
    fn of(language: Language, review: &'a Review) -> Self {
        let document = &review.document.value;
        let mut rows = BTreeMap::new();
        for (place, row) in placed_rows(document) {
            for line in &row.lines {
                rows.entry(*line).or_insert((place, row));
            }
        }
        let mut headings = BTreeMap::new();
        for chapter in document.plans.iter().flat_map(|plan| &plan.chapters) {
            let mut heading = |source: &Option<renkei_domain::document::Source>, name: String| {
                if let Some(line) = source.as_ref().and_then(|source| source.line) {
                    headings.insert(line, name);
                }
            };
            heading(&chapter.source, format!("{}　{}", chapter.number, chapter.title));
            for section in &chapter.sections {
                heading(&section.source, format!("{}({})　{}", chapter.number, section.number, section.title));
            }
        }
        let mut findings: BTreeMap<u32, Vec<&Finding>> = BTreeMap::new();
        let mut loose = Vec::new();
        for finding in &review.document.findings {
            match finding.place.line {
                Some(line) => findings.entry(line).or_default().push(finding),
                None => loose.push(finding),
            }
        }
        Self { language, rows, headings, findings, loose }
    }

    /// The file from its first line to its last, cut where what was read begins.
    fn strips(&mut self, review: &Review, names: &BTreeMap<PartyKey, String>, id: &str) -> Vec<Strip> {
        let mut strips: Vec<Strip> = Vec::new();
        let mut shown = BTreeSet::new();
        let mut last: Option<RowPlace> = None;
        let mut sheet = None;
        for (number, line) in (1u32..).zip(&review.lines) {
            if line.text.trim().is_empty() {
                continue;
            }
            let row = self.rows.get(&number).copied();
            let heading = self.headings.get(&number).cloned();
            let goes_on = !strips.is_empty()
                && heading.is_none()
                && row.map(|(place, _)| place) == last
                && strips.last().is_some_and(|strip| row.is_some() || strip.heading.is_none());
            if !goes_on {
                let first = row.filter(|(place, _)| shown.insert(*place));
                let row = first.map(|(place, row)| read_row(self.language, review, (place, row), names, id));
                strips.push(Strip { lines: Vec::new(), folded: false, heading, row, findings: Vec::new() });
            }
            last = row.map(|(place, _)| place);
            let Some(strip) = strips.last_mut() else { continue };
            let mut block = line_block(self.language, number, line);
            let here = sheet_of(line);
            if here.is_some() && here == sheet {
                block.at = at_of(line).map(|at| short_name(self.language, at)).unwrap_or_default();
            }
            sheet = here;
            strip.lines.push(block);
            let noticed = self.findings.remove(&number).unwrap_or_default();
            strip.findings.extend(noticed.into_iter().map(|finding| finding_block(self.language, finding, None)));
        }
        for strip in &mut strips {
            strip.folded = strip.row.is_none() && strip.lines.len() >= FOLDED;
        }
        strips
    }

    /// The findings that stand on no line of the file.
    fn elsewhere(&self) -> Vec<FindingBlock> {
        let left = self.findings.values().flatten();
        self.loose.iter().chain(left).map(|finding| finding_block(self.language, finding, None)).collect()
    }
}

fn line_block(language: Language, number: u32, line: &SourceLine) -> LineBlock {
    let cells = match line.cells.is_empty() {
        true => line.text.split('\t').map(str::to_owned).collect(),
        false => line.cells.iter().map(|cell| cell.text.clone()).collect(),
    };
    let at = at_of(line).map_or_else(|| line_name(language, number), |at| at.name_in(language));
    LineBlock { number: number as usize, at, cells }
}

fn at_of(line: &SourceLine) -> Option<&Locus> {
    line.at.as_ref().or_else(|| line.cells.iter().find_map(|cell| cell.at.as_ref()))
}

fn sheet_of(line: &SourceLine) -> Option<&str> {
    match at_of(line) {
        Some(Locus::Sheet { sheet, .. }) => Some(sheet),
        _ => None,
    }
}

/// The place without the sheet, which stands above.
fn short_name(language: Language, at: &Locus) -> String {
    match at {
        Locus::Sheet { cell, .. } => cell.clone(),
        other => other.name_in(language),
    }
}

fn read_row(
    language: Language,
    review: &Review,
    (place, row): (RowPlace, &Initiative),
    names: &BTreeMap<PartyKey, String>,
    id: &str,
) -> ReadRow {
    let items = row.items.iter().enumerate().map(|(item, text)| (row.mark_of_item(item).to_owned(), text.clone()));
    ReadRow {
        anchor: format!("row-{place}"),
        edit: format!("/imports/{id}/rows/{place}"),
        name: name_of(language, review, place, Some(row)),
        party: names.get(&row.party).cloned().unwrap_or_else(|| row.party.to_string()),
        divisions: row.divisions.join(comma(language)),
        text: row.text.clone(),
        items: items.collect(),
        figures: row.figures.iter().map(|figure| read_figure(language, figure)).collect(),
        corrected: review.corrected.contains(&place),
    }
}

fn read_figure(language: Language, figure: &Figure) -> ReadFigure {
    let source = &figure.source;
    let named = |line| source.at.as_ref().map_or_else(|| line_name(language, line), |at| short_name(language, at));
    let line = source.line.map(|line| (line, named(line)));
    let scope = figure.scope.iter().cloned();
    let when = figure_words::measured_in(language, figure.as_of, figure.period, &figure.event_dates);
    let measured = Some(when).filter(|when| !when.is_empty()).into_iter().chain(scope).collect::<Vec<_>>();
    let measured = measured.join(figure_words::dot(language));
    ReadFigure {
        label: figure.label.clone(),
        value: figure_words::value_in(language, figure),
        unit: figure.unit.clone().unwrap_or_default(),
        measured,
        line,
    }
}
