//! 原文と読み取り: shows a whole file beside the rows that were read from it, on short pages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use renkei_app::{Review, RowPlace, placed_rows};
use renkei_document::document::Initiative;
use renkei_document::figure::Figure;
use renkei_document::finding::Finding;
use renkei_document::language::Language;
use renkei_document::limits;
use renkei_document::locus::{Locus, SourceLine};
use renkei_document::party::PartyKey;

use crate::evidence::row_name::name_of;
use crate::finding::list::{FindingBlock, finding_block};
use crate::frame::figure_words::{self, comma};
use crate::frame::names::line_name;
use crate::frame::paging::{Paging, bytes_of};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;

/// Maximum number of findings, headings and left-out rows that the page lists.
pub const MOST_LISTED: usize = 200;

/// Folds at least this many adjacent lines if no row was read from them.
const FOLDED: usize = 6;

/// Maximum number of lines in one stretch (some consecutive lines of the file), and of their bytes.
const MOST_LINES: usize = 400;
const MOST_BYTES: usize = 200_000;
/// Maximum number of cells of a line that are shown, and of characters.
const MOST_CELLS: usize = 200;
const MOST_LETTERS: usize = limits::ROW;
/// Estimated size on the page of a line, a row, a figure and a finding, without their texts, in bytes.
const LINE: usize = 90;
const ROW: usize = 500;
const FIGURE: usize = 200;
const FINDING: usize = 900;

fn bytes_of_longest_line() -> usize {
    5 * MOST_LETTERS
}

/// Consecutive lines of the file as the page shows them, with the row that was read from them.
pub struct Strip {
    pub lines: Vec<LineBlock>,
    /// Whether the lines are folded.
    pub folded: bool,
    pub heading: Option<String>,
    pub row: Option<ReadRow>,
    pub findings: Vec<FindingBlock>,
}

/// Consecutive lines of the file with at most one row, from which a [`Strip`] is made.
pub struct Stretch<'a> {
    pub lines: Vec<(u32, &'a SourceLine)>,
    /// Estimated size of the lines on the page, in bytes.
    pub bytes: usize,
    pub heading: Option<String>,
    pub row: Option<(RowPlace, &'a Initiative)>,
    pub findings: Vec<&'a Finding>,
}

pub struct LineBlock {
    pub number: usize,
    /// Place of the line in the file, such as 3ページ or シート「計画」B12.
    pub at: String,
    pub cells: Vec<String>,
}

pub struct ReadRow {
    pub anchor: String,
    pub edit: String,
    pub name: String,
    pub party: String,
    pub divisions: String,
    pub text: String,
    pub items: Vec<(String, String)>,
    pub figures: Vec<ReadFigure>,
    pub corrected: bool,
}

pub struct ReadFigure {
    pub label: String,
    pub value: String,
    pub unit: String,
    pub measured: String,
    /// Address and name of the line that contains the figure; `None` if it is unknown.
    pub line: Option<(String, String)>,
}

/// Returns the page to show: the page of the row that the query names, else the page with the number in the query.
pub fn asked_page(ask: &Ask<'_>, paging: &Paging, stretches: &[Stretch<'_>]) -> Result<usize, Problem> {
    let row = ask.query.get("row").and_then(|row| row.parse().ok());
    let of_row = |row: RowPlace| stretches.iter().position(|known| known.row.is_some_and(|(place, _)| place == row));
    match row.and_then(of_row) {
        Some(stretch) => Ok(paging.page_of(stretch)),
        None => ask.page_of(paging, "page"),
    }
}

/// The rows, headings and findings of a document, by the line of the file from which they were read.
pub struct Placed<'a> {
    pub language: Language,
    pub rows: BTreeMap<u32, (RowPlace, &'a Initiative)>,
    pub headings: BTreeMap<u32, String>,
    pub findings: BTreeMap<u32, Vec<&'a Finding>>,
    pub loose: Vec<&'a Finding>,
}

impl<'a> Placed<'a> {
    pub fn of(language: Language, review: &'a Review) -> Self {
        let document = &review.document.value;
        let mut rows = BTreeMap::new();
        for (place, row) in placed_rows(document) {
            for line in &row.lines {
                rows.entry(*line).or_insert((place, row));
            }
        }
        let mut headings = BTreeMap::new();
        for chapter in document.plans.iter().flat_map(|plan| &plan.chapters) {
            let mut heading = |source: &Option<renkei_document::locus::Source>, name: String| {
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

    /// Divides the whole file into stretches. A new stretch begins at each row, at each heading, and when one is full.
    pub fn stretches(&mut self, review: &'a Review) -> Vec<Stretch<'a>> {
        let mut stretches: Vec<Stretch<'a>> = Vec::new();
        let mut shown = BTreeSet::new();
        let mut last: Option<RowPlace> = None;
        for (number, line) in (1u32..).zip(&review.lines) {
            if line.text.trim().is_empty() {
                continue;
            }
            let row = self.rows.get(&number).copied();
            let heading = self.headings.remove(&number);
            let goes_on = heading.is_none()
                && row.map(|(place, _)| place) == last
                && stretches.last().is_some_and(|last| (row.is_some() || last.heading.is_none()) && !last.is_full());
            if !goes_on {
                let row = row.filter(|(place, _)| shown.insert(*place));
                stretches.push(Stretch { lines: Vec::new(), bytes: 0, heading, row, findings: Vec::new() });
            }
            last = row.map(|(place, _)| place);
            let Some(stretch) = stretches.last_mut() else { continue };
            stretch.bytes += LINE + bytes_of(&line.text).min(bytes_of_longest_line());
            stretch.lines.push((number, line));
            stretch.findings.extend(self.findings.remove(&number).unwrap_or_default());
        }
        stretches
    }

    /// Returns the findings without a line of the file, which the page lists separately.
    pub fn elsewhere(&self) -> Vec<FindingBlock> {
        let all = self.all_elsewhere().take(MOST_LISTED);
        all.map(|finding| finding_block(self.language, finding, None)).collect()
    }

    pub fn all_elsewhere(&self) -> impl Iterator<Item = &'a Finding> {
        self.loose.iter().chain(self.findings.values().flatten()).copied()
    }
}

impl Stretch<'_> {
    fn is_full(&self) -> bool {
        self.lines.len() >= MOST_LINES || self.bytes >= MOST_BYTES
    }

    pub fn bytes(&self) -> usize {
        let row = self.row.map_or(0, |(_, row)| {
            let texts = std::iter::once(&row.text).chain(&row.items).chain(&row.divisions);
            ROW + texts.map(|text| bytes_of(text)).sum::<usize>() + FIGURE * row.figures.len()
        });
        self.bytes + row + FINDING * self.findings.len()
    }
}

/// Makes the [`Strip`]s of one page.
pub struct Strips<'a> {
    pub language: Language,
    pub review: &'a Review,
    pub names: &'a BTreeMap<PartyKey, String>,
    pub id: &'a str,
    /// Number of this page; `pages` has the page number of each line of the file.
    pub page: usize,
    pub pages: &'a HashMap<u32, usize>,
}

impl Strips<'_> {
    pub fn of(&self, stretches: &[Stretch<'_>]) -> Vec<Strip> {
        let mut sheet = None;
        let mut strips = Vec::with_capacity(stretches.len());
        for stretch in stretches {
            let lines = stretch.lines.iter().map(|(number, line)| {
                let mut block = line_block(self.language, *number, line);
                let here = sheet_of(line);
                if here.is_some() && here == sheet {
                    block.at = at_of(line).map(|at| short_name(self.language, at)).unwrap_or_default();
                }
                sheet = here;
                block
            });
            strips.push(Strip {
                lines: lines.collect(),
                folded: stretch.row.is_none() && stretch.lines.len() >= FOLDED,
                heading: stretch.heading.clone(),
                row: stretch.row.map(|row| self.row(row)),
                findings: stretch.findings.iter().map(|one| finding_block(self.language, one, None)).collect(),
            });
        }
        strips
    }

    fn row(&self, (place, row): (RowPlace, &Initiative)) -> ReadRow {
        let items = row.items.iter().enumerate().map(|(item, text)| (row.mark_of_item(item).to_owned(), text.clone()));
        ReadRow {
            anchor: format!("row-{place}"),
            edit: format!("/imports/{}/rows/{place}", self.id),
            name: name_of(self.language, self.review, place, Some(row)),
            party: self.names.get(&row.party).cloned().unwrap_or_else(|| row.party.to_string()),
            divisions: row.divisions.join(comma(self.language)),
            text: row.text.clone(),
            items: items.collect(),
            figures: row.figures.iter().map(|figure| self.figure(figure)).collect(),
            corrected: self.review.corrected.contains(&place),
        }
    }

    fn figure(&self, figure: &Figure) -> ReadFigure {
        let (language, source) = (self.language, &figure.source);
        let named = |line| source.at.as_ref().map_or_else(|| line_name(language, line), |at| short_name(language, at));
        let scope = figure.scope.iter().cloned();
        let when = figure_words::measured_in(language, figure.as_of, figure.period, &figure.event_dates);
        let measured = Some(when).filter(|when| !when.is_empty()).into_iter().chain(scope).collect::<Vec<_>>();
        ReadFigure {
            label: figure.label.clone(),
            value: figure_words::value_in(language, figure),
            unit: figure.unit.clone().unwrap_or_default(),
            measured: measured.join(figure_words::dot(language)),
            line: source.line.map(|line| (self.line(line), named(line))),
        }
    }

    /// Returns the address of a line of the file.
    fn line(&self, line: u32) -> String {
        match self.pages.get(&line) {
            Some(page) if *page != self.page => format!("/imports/{}?page={page}#L{line}", self.id),
            _ => format!("#L{line}"),
        }
    }
}

/// Returns a line as the page shows it, cut at the length to which rows are limited.
fn line_block(language: Language, number: u32, line: &SourceLine) -> LineBlock {
    let cells: Vec<&str> = match line.cells.is_empty() {
        true => line.text.split('\t').take(MOST_CELLS).collect(),
        false => line.cells.iter().take(MOST_CELLS).map(|cell| cell.text.as_str()).collect(),
    };
    let mut left = MOST_LETTERS;
    let cells = cells.into_iter().map(|cell| {
        let shown: String = cell.chars().take(left).collect();
        left -= shown.chars().count();
        if shown.len() < cell.len() { format!("{shown}…") } else { shown }
    });
    let cells = cells.collect();
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

/// Returns the name of a place without its sheet, because the page shows the sheet above.
fn short_name(language: Language, at: &Locus) -> String {
    match at {
        Locus::Sheet { cell, .. } => cell.clone(),
        other => other.name_in(language),
    }
}
