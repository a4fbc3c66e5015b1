//! 確認事項: the list of findings, each with its place, the quoted words, the fault, and advice for correcting it.

use std::collections::HashMap;

use askama::Template;
use renkei_document::finding::{Finding, Severity};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::agreement::Agreement;
use renkei_domain::view::AgreementView;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place, Way};
use crate::frame::figure_words::comma;
use crate::frame::hits::hits;
use crate::frame::names::line_name;
use crate::frame::page::html;
use crate::frame::paging::{Pager, Paging};
use crate::frame::phrases::{phrase, say, tell};
use crate::frame::placed::Placed;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::{PartyMark, Placing, party_mark, party_marks, texts};
use crate::frame::runs::{Overlay, Run, runs};

#[derive(Template)]
#[template(path = "finding/findings.html")]
struct FindingsPage {
    frame: Frame,
    /// Year of the report; `None` if no report exists.
    year: Option<String>,
    years: Vec<Way>,
    severities: Vec<SeverityWay>,
    all: usize,
    /// Number of rows of a report that is too long to be checked; `None` if the report was checked.
    unchecked_rows: Option<usize>,
    /// Name of the division to which the list is limited, and the address of the list of all divisions.
    division: Option<(String, String)>,
    groups: Vec<Group>,
    pager: Option<Pager>,
}

/// A filter by severity, with the number of its findings.
struct SeverityWay {
    name: &'static str,
    class: &'static str,
    way: Way,
    count: usize,
}

/// The findings about one row, or about one place outside of rows.
struct Group {
    name: String,
    href: Option<String>,
    party: Option<PartyMark>,
    divisions: String,
    findings: Vec<FindingBlock>,
}

/// One finding as a page shows it.
pub struct FindingBlock {
    pub severity: &'static str,
    pub class: &'static str,
    pub code: &'static str,
    /// Line in the document, such as 174行.
    pub line: String,
    pub message: String,
    pub advice: &'static str,
    /// The text of the row, with the quoted words marked.
    pub excerpt: Vec<Run>,
    pub also: Vec<String>,
}

/// Estimated size of a finding on its page without the text that it quotes, in bytes.
const FINDING: usize = 1_600;
/// Maximum number of further places of a finding that the page names; the other places are only counted.
const MOST_PLACES: usize = 20;

pub const SEVERITIES: [(&str, Severity); 4] = [
    ("error", Severity::Error),
    ("warning", Severity::Warning),
    ("question", Severity::Question),
    ("note", Severity::Note),
];

pub fn findings(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
    let years = agreement.report_years();
    let year = asked_year(ask, agreement, &years)?;
    let severity = asked_severity(ask)?;
    let all = year.map(|year| ask.moment.findings(year)).unwrap_or_default();
    let division = ask.query.get("division");
    let all: Vec<&Placed> = all.iter().filter(|placed| division.is_none_or(|name| is_of(ask, placed, name))).collect();
    let shown: Vec<&Placed> = all
        .iter()
        .copied()
        .filter(|placed| severity.is_none_or(|wanted| placed.finding.notice.severity() == wanted))
        .collect();
    let shown = in_order(shown);
    let paging = Paging::of(shown.iter().map(|placed| FINDING + placed.quoted_bytes));
    let page = ask.page_of(&paging, "page")?;
    let year_ways = years.iter().map(|known| Way {
        label: tell(language, "{}の報告書", [known.in_language(language)]),
        href: ask.query.with("year", &known.0.to_string()).with("page", "").behind(ask.path),
        here: Some(*known) == year,
    });
    html(&FindingsPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "確認事項"), Place::Findings, "/findings"),
        year: year.map(|year| year.in_language(language)),
        years: year_ways.collect(),
        severities: severity_ways(ask, severity, &all),
        all: all.len(),
        unchecked_rows: year.and_then(|year| agreement.too_long_for_pdf(year)),
        division: division
            .map(|name| (name.to_owned(), ask.query.with("division", "").with("page", "").behind(ask.path))),
        groups: groups(ask, &shown[paging.entries(page)]),
        pager: paging
            .pager(ask.visitor.language, page, |page| ask.query.with("page", &page.to_string()).behind(ask.path)),
    })
}

/// Whether a finding is about a row for which a division is responsible. A division of the visitor's own posts is
/// matched under each of its past and present names.
fn is_of(ask: &Ask<'_>, placed: &Placed, division: &str) -> bool {
    let row = placed.row.and_then(|row| ask.moment.agreement().ok()?.initiative(row));
    let Some(names) = row.map(|seen| &seen.initiative.wording.divisions) else { return false };
    ask.visitor.is_of_division(names, division)
}

fn asked_year(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    years: &[FiscalYear],
) -> Result<Option<FiscalYear>, Problem> {
    let Some(asked) = ask.query.get("year") else { return Ok(agreement.present_report()) };
    let year = address::canonical(asked).map(FiscalYear).filter(|year| years.contains(year));
    year.map(Some).ok_or_else(|| ask.no_such_choice("year", phrase("年度")))
}

fn asked_severity(ask: &Ask<'_>) -> Result<Option<Severity>, Problem> {
    let Some(asked) = ask.query.get("severity") else { return Ok(None) };
    let known = SEVERITIES.iter().find(|(name, _)| *name == asked);
    known.map(|(_, severity)| Some(*severity)).ok_or_else(|| ask.no_such_choice("severity", phrase("重要度")))
}

fn severity_ways(ask: &Ask<'_>, chosen: Option<Severity>, all: &[&Placed]) -> Vec<SeverityWay> {
    let count = |severity| all.iter().filter(|placed| placed.finding.notice.severity() == severity).count();
    let way = |(name, severity): (&'static str, Severity)| SeverityWay {
        name: severity.name_in(ask.visitor.language),
        class: name,
        way: Way {
            label: severity.name_in(ask.visitor.language).to_owned(),
            href: {
                let severity = if chosen == Some(severity) { "" } else { name };
                ask.query.with("severity", severity).with("page", "").behind(ask.path)
            },
            here: chosen == Some(severity),
        },
        count: count(severity),
    };
    SEVERITIES.map(way).into_iter().collect()
}

/// Returns the CSS class for a severity.
fn class(severity: Severity) -> &'static str {
    SEVERITIES.iter().find(|(_, known)| *known == severity).map_or("note", |(name, _)| name)
}

/// Sorts findings by their line in the document, with the findings of one row together.
fn in_order(mut findings: Vec<&Placed>) -> Vec<&Placed> {
    findings.sort_by_key(|placed| placed.finding.place.line.unwrap_or(0));
    let mut first_of_row: HashMap<Id<id::Initiative>, usize> = HashMap::new();
    let mut placed: Vec<(usize, &Placed)> = Vec::with_capacity(findings.len());
    for (place, finding) in findings.into_iter().enumerate() {
        let first = finding.row.map_or(place, |row| *first_of_row.entry(row).or_insert(place));
        placed.push((first, finding));
    }
    placed.sort_by_key(|(first, _)| *first);
    placed.into_iter().map(|(_, finding)| finding).collect()
}

/// Groups the findings of one page by row.
fn groups(ask: &Ask<'_>, findings: &[&Placed]) -> Vec<Group> {
    let Ok(agreement) = ask.moment.agreement() else { return Vec::new() };
    let (parties, language) = (party_marks(agreement), ask.visitor.language);
    let of_row = findings.chunk_by(|one, next| one.row.is_some() && one.row == next.row);
    let made = of_row.filter_map(|of_row| {
        let row = of_row.first()?.row.and_then(|row| ask.moment.row(row));
        let placing = row.as_ref().and_then(|row| row.placing());
        let blocks = of_row.iter().map(|placed| finding_block(language, &placed.finding, placing)).collect();
        Some(group((agreement.id, language), placing, &parties, &of_row.first()?.finding, blocks))
    });
    made.collect()
}

fn group(
    (agreement, language): (Id<Agreement>, Language),
    placing: Option<Placing<'_>>,
    parties: &[PartyMark],
    finding: &Finding,
    findings: Vec<FindingBlock>,
) -> Group {
    let place = || finding.place.row.clone().unwrap_or_else(|| say(language, "文書全体").to_owned());
    Group {
        name: placing.map_or_else(place, |placing| placing.name(language)),
        href: placing.map(|placing| placing.href(agreement)),
        party: placing.map(|placing| party_mark(parties, &placing.row.party)),
        divisions: placing.map(|placing| placing.row.divisions.join(comma(language))).unwrap_or_default(),
        findings,
    }
}

/// Returns a finding as a page shows it, with an excerpt of the row that contains the quoted words.
pub fn finding_block(language: Language, finding: &Finding, placing: Option<Placing<'_>>) -> FindingBlock {
    let severity = finding.notice.severity();
    let also = finding.also.iter().take(MOST_PLACES).map(|place| match (&place.row, place.line) {
        (Some(row), Some(line)) => format!("{row}{}", tell(language, "（{}）", [line_name(language, line)])),
        (Some(row), None) => row.clone(),
        (None, Some(line)) => line_name(language, line),
        (None, None) => say(language, "文書全体").to_owned(),
    });
    let left_out = finding.also.len().checked_sub(MOST_PLACES).filter(|count| *count > 0);
    FindingBlock {
        severity: severity.name_in(language),
        class: class(severity),
        code: finding.notice.code(),
        line: match (&finding.place.at, finding.place.line) {
            (Some(at), _) => at.name_in(language),
            (None, Some(line)) => line_name(language, line),
            (None, None) => String::new(),
        },
        message: finding.notice.message_in(language),
        advice: finding.notice.advice_in(language),
        excerpt: placing.map(|placing| excerpt(finding, placing)).unwrap_or_default(),
        also: also.chain(left_out.map(|count| tell(language, "さらに{}か所", [count.to_string()]))).collect(),
    }
}

/// Returns the text of the row (or of one of its items) with the most quoted words, with these words marked.
fn excerpt(finding: &Finding, placing: Placing<'_>) -> Vec<Run> {
    let quoted = words_in_question(finding);
    let parts = quoted.iter().flat_map(|text| text.split('、')).map(str::to_owned).collect::<Vec<_>>();
    let whole = marked_sentence(&quoted, placing);
    if whole.is_empty() { marked_sentence(&parts, placing) } else { whole }
}

fn marked_sentence(words: &[String], placing: Placing<'_>) -> Vec<Run> {
    let words = words.iter().filter(|word| word.chars().count() >= 2);
    let marked = texts(placing.row).into_iter().map(|text| {
        let places = words.clone().flat_map(|word| hits(text, &word.split_whitespace().collect::<String>())).collect();
        (crate::frame::hits::merged(places), text)
    });
    let best = marked
        .filter(|(places, _)| !places.is_empty())
        .max_by_key(|(places, _)| places.iter().map(ExactSizeIterator::len).sum::<usize>());
    best.map(|(hits, text)| runs(text, &Overlay { hits, ..Overlay::default() })).unwrap_or_default()
}

/// Returns the words that a finding quotes from the document.
fn words_in_question(finding: &Finding) -> Vec<String> {
    let facts = serde_json::to_value(&finding.notice).unwrap_or_default();
    let facts = facts.get("facts").and_then(serde_json::Value::as_object).cloned().unwrap_or_default();
    let texts = facts.into_iter().flat_map(|(_, fact)| match fact {
        serde_json::Value::Array(several) => several,
        one => vec![one],
    });
    texts.filter_map(|fact| fact.as_str().map(|text| text.trim_end_matches('…').trim().to_owned())).collect()
}
