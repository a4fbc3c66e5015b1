//! 数値の由来: the page of one figure of an edition, which a reference names: value, as-of date, scope, reporter, and later
//! corrections.

use askama::Template;
use renkei_document::edition::Reference;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::edition::view::Provenance;
use renkei_domain::indicator::observation::{Correction, Report};

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words as words;
use crate::frame::names::line_name;
use crate::frame::page::html;
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;

#[derive(Template)]
#[template(path = "edition/reference.html")]
struct ReferencePage {
    frame: Frame,
    reference: String,
    edition: String,
    edition_href: String,
    row: String,
    /// Address of the page of the figure's row; `None` if the row no longer exists.
    row_href: Option<String>,
    label: String,
    qualifier: Option<String>,
    value: String,
    unit: String,
    provisional: bool,
    kind: &'static str,
    measured: String,
    scope: String,
    reported: Option<ReportedBlock>,
    source: Option<SourceBlock>,
}

/// The first report of the figure, its later corrections, and its present value.
struct ReportedBlock {
    by: String,
    at: String,
    stated: String,
    corrections: Vec<CorrectionLine>,
    current: String,
    /// Whether the present value differs from the value in the edition.
    moved: bool,
}

struct CorrectionLine {
    at: String,
    post: String,
    reason: String,
    stated: String,
    after: bool,
}

/// The document that the figure was read from, and the text at that place.
struct SourceBlock {
    file_name: String,
    at: String,
    post: String,
    line: Option<String>,
    text: String,
}

pub fn reference(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
    let reference: Reference = ask.part("reference").parse().map_err(|()| Problem::NoSuchReference)?;
    let found = agreement.provenance(reference).ok_or(Problem::NoSuchReference)?;
    let figure = found.printed.figure;
    let row_id = found.initiative.and(found.printed.initiative).and_then(|row| row.id);
    html(&ReferencePage {
        frame: Frame::of(ask.visitor, ask.moment, &reference.to_string(), Place::Editions, "/editions"),
        reference: reference.to_string(),
        edition: found.edition.name().in_words_in(language),
        edition_href: address::edition(agreement.id, found.edition.name()),
        row_href: row_id.map(|id| address::initiative(agreement.id, id)),
        row: found.printed.row.clone().unwrap_or_default(),
        label: figure.label.clone(),
        qualifier: figure.qualifier.clone(),
        value: words::value_in(language, figure),
        unit: figure.unit.clone().filter(|_| figure.value.is_some()).unwrap_or_default(),
        provisional: figure.provisional,
        kind: say(language, words::kind(figure.kind)),
        measured: words::measured_in(language, figure.as_of, figure.period, &figure.event_dates),
        scope: figure.scope.clone().unwrap_or_default(),
        reported: reported(language, &found, |party| agreement.party_name(party).to_owned()),
        source: source(language, &found),
    })
}

fn reported(
    language: Language,
    found: &Provenance<'_>,
    party_name: impl Fn(Id<id::Party>) -> String,
) -> Option<ReportedBlock> {
    let kept = found.observation?;
    let Report { stated, post, at } = &kept.observation.reported;
    let correction = |Correction { report, reason }: &Correction| CorrectionLine {
        at: words::japan_time_in(language, report.at),
        post: report.post.clone(),
        reason: reason.clone(),
        stated: words::stated_in(language, &report.stated),
        after: report.at > found.edition.at,
    };
    let current = kept.observation.current();
    let printed = renkei_document::figure::Stated::of(found.printed.figure);
    Some(ReportedBlock {
        by: format!("{} {post}", party_name(kept.party)),
        at: words::japan_time_in(language, *at),
        stated: words::stated_in(language, stated),
        corrections: kept.observation.corrections.iter().map(correction).collect(),
        current: words::stated_in(language, &current),
        moved: current != printed,
    })
}

fn source(language: Language, found: &Provenance<'_>) -> Option<SourceBlock> {
    let (evidence, read) = found.evidence?;
    let source = read.map(|figure| &figure.source);
    Some(SourceBlock {
        file_name: evidence.file_name.clone(),
        at: words::japan_time_in(language, evidence.at),
        post: evidence.post.clone(),
        line: source.and_then(|source| source.line).map(|line| line_name(language, line)),
        text: source.map(|source| source.text.clone()).unwrap_or_default(),
    })
}
