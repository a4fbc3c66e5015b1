//! 取組: one row with its figures, their history, the related rows of other years, and the text of its source.

use askama::Template;
use renkei_document::document::Initiative as Row;
use renkei_document::figure::Figure;
use renkei_document::language::Language;
use renkei_domain::indicator::observation::Observation;
use renkei_domain::plan::{Plan, PlanState, Standing};
use renkei_domain::shared_fact::view::FactView;
use renkei_domain::view::{AgreementView, InitiativeView};

use crate::finding::list::{FindingBlock, finding_block};
use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::figure_words as words;
use crate::frame::hits::merged;
use crate::frame::names::{line_name, table_name};
use crate::frame::page::html;
use crate::frame::phrases::{phrase, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::frame::row_block::{Marks, RowBlock, figure_anchor, party_marks};
use crate::frame::runs::{Overlay, Run, runs};
use crate::frame::step::Step;
use crate::plan::draft::{SuggestionBlock, suggestions};
use crate::shared_fact::facts::{SharedLine, shared_lines};

#[derive(Template)]
#[template(path = "plan/initiative.html")]
struct InitiativePage {
    frame: Frame,
    plan: String,
    plan_address: String,
    chapter: String,
    section: String,
    /// Address of the row's section on the plan's page.
    section_address: String,
    row_address: String,
    row: RowBlock,
    standing: String,
    previous: Option<String>,
    next: Option<String>,
    figures: Vec<FigureLine>,
    findings: Vec<FindingBlock>,
    path: Vec<Step>,
    source: Option<SourceBlock>,
    wordings: usize,
    suggestions: Vec<SuggestionBlock>,
    /// Address of the page that compares wordings; `None` if the row has only one wording.
    history: Option<String>,
}

/// One figure of the table.
struct FigureLine {
    anchor: String,
    /// Address of the page of the figure's indicator; `None` if no party has taken over the figure.
    indicator: Option<String>,
    label: String,
    qualifier: Option<String>,
    value: String,
    unit: String,
    measured: String,
    scope: String,
    kind: &'static str,
    provisional: bool,
    /// The post of the person who reported the figure.
    post: String,
    line: Option<String>,
    corrections: Vec<CorrectionLine>,
    /// Values of the same indicator at other times, each as a time and a value.
    others: Vec<(String, String)>,
    /// Shared facts to which the figure belongs.
    shared: Vec<SharedLine>,
}

struct CorrectionLine {
    at: String,
    was: String,
    became: String,
    reason: String,
    post: String,
}

/// The document that a row was read from, and the lines with its figures.
struct SourceBlock {
    file_name: String,
    at: String,
    post: String,
    lines: String,
    texts: Vec<SourceLine>,
}

struct SourceLine {
    line: String,
    runs: Vec<Run>,
}

pub fn initiative(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (agreement, language) = (ask.moment.agreement()?, ask.visitor.language);
    let id = ask.part("id").parse().map_err(|_| Problem::NoSuchInitiative)?;
    let seen = agreement.initiative(id).ok_or(Problem::NoSuchInitiative)?;
    let alone = ask.moment.row(id).ok_or(Problem::NoSuchInitiative)?;
    let placing = alone.placing().ok_or(Problem::Broken)?;
    let findings = ask.moment.about(id);
    let parties = party_marks(agreement);
    let row = placing.block(&parties, findings.len(), &Marks::none(agreement.id, language));
    let plan = table_name(language, seen.plan.fiscal_year, seen.plan.kind);
    let plan_address = address::plan(agreement.id, seen.plan.fiscal_year, seen.plan.kind);
    let section_anchor = address::section_anchor(placing.chapter, placing.section);
    let indicators = agreement.has_shared_facts().then(|| agreement.indicators());
    let facts = indicators.as_ref().map(|known| agreement.shared_facts(known)).unwrap_or_default();
    let earlier = agreement.wordings(seen.initiative).earlier();
    html(&InitiativePage {
        frame: Frame::of(ask.visitor, ask.moment, &row.name, Place::Plan, &plan_address),
        chapter: format!("{} {}", seen.chapter, chapter_title(seen.plan, seen.chapter)),
        section: format!("({}) {}", seen.section_number, seen.section.title),
        section_address: address::on_plan(&plan_address, &section_anchor),
        row_address: address::on_plan(&plan_address, &row.anchor),
        standing: standing(language, agreement, seen),
        previous: alone.previous.map(|id| address::initiative(agreement.id, id)),
        next: alone.next.map(|id| address::initiative(agreement.id, id)),
        figures: Lines { language, agreement, seen, facts: &facts }.of(placing.row),
        findings: findings.iter().map(|about| finding_block(language, &about.finding, Some(placing))).collect(),
        path: ask.moment.path(id, language).to_vec(),
        source: source(language, agreement, seen, placing.row),
        wordings: earlier,
        suggestions: suggestions(ask, agreement, id, seen.initiative),
        history: (earlier > 0 || agreement.follows(id).is_some())
            .then(|| format!("{}/history", address::initiative(agreement.id, id))),
        row,
        plan,
        plan_address,
    })
}

fn chapter_title(plan: &Plan, chapter: usize) -> &str {
    chapter.checked_sub(1).and_then(|place| plan.chapters.get(place)).map_or("", |chapter| chapter.title.as_str())
}

/// Returns a sentence about the origin of the row: read from a document, taken over, drafted, or shown.
fn standing(language: Language, agreement: AgreementView<'_>, seen: InitiativeView<'_>) -> String {
    let party = agreement.party_short_name(seen.initiative.party);
    let told = |sentence, at| tell(language, sentence, [party, &words::japan_time_in(language, at)]);
    match &seen.initiative.standing {
        Standing::Evidence { .. } => say(language, "資料から読み取ったままです（引継ぎ前）").to_owned(),
        Standing::TakenOver { at, .. } => told(phrase("資料から{}が引き継ぎました（{}）"), *at),
        Standing::Private => tell(language, "{}が起案中です（まだ相手方に示していません）", [party]),
        Standing::Shared { at } => told(phrase("{}が起案し、示しました（{}）"), *at),
    }
}

/// The data from which the lines of a row's figures are made.
struct Lines<'a> {
    language: Language,
    agreement: AgreementView<'a>,
    seen: InitiativeView<'a>,
    facts: &'a [FactView<'a>],
}

impl Lines<'_> {
    fn of(&self, row: &Row) -> Vec<FigureLine> {
        row.figures.iter().enumerate().map(|(place, figure)| self.line(place, figure)).collect()
    }

    fn line(&self, place: usize, figure: &Figure) -> FigureLine {
        let Self { language, agreement, seen, facts } = *self;
        let kept = figure.observation.and_then(|id| agreement.observation(seen.initiative, id));
        let observation = kept.map(|kept| kept.observation);
        let history = kept.map(|kept| agreement.history(seen.initiative, kept.indicator_id)).unwrap_or_default();
        let others = history.into_iter().filter(|(id, _)| Some(*id) != figure.observation).map(|(_, known)| {
            let said = &known.measured;
            let when = words::measured_in(language, said.as_of, said.period, &said.event_dates);
            (when, words::stated_in(language, &known.current()))
        });
        FigureLine {
            anchor: figure_anchor(place),
            indicator: kept.map(|kept| address::indicator(agreement.id, kept.indicator_id)),
            label: figure.label.clone(),
            qualifier: figure.qualifier.clone(),
            value: words::value_in(language, figure),
            unit: figure.unit.clone().unwrap_or_default(),
            measured: words::measured_in(language, figure.as_of, figure.period, &figure.event_dates),
            scope: figure.scope.clone().unwrap_or_default(),
            kind: say(language, words::kind(figure.kind)),
            provisional: figure.provisional,
            post: observation.map(|known| known.reported.post.clone()).unwrap_or_default(),
            line: figure.source.line.map(|line| line_name(language, line)),
            corrections: observation.map(|known| corrections(language, known)).unwrap_or_default(),
            shared: kept.map(|kept| shared_lines(language, agreement, facts, kept.id)).unwrap_or_default(),
            others: others.filter(|(when, _)| !when.is_empty()).collect(),
        }
    }
}

/// Returns the corrections of a figure after its first report, oldest first.
fn corrections(language: Language, observation: &Observation) -> Vec<CorrectionLine> {
    let mut was = observation.reported.stated;
    let mut lines = Vec::new();
    for correction in &observation.corrections {
        let became = correction.report.stated;
        lines.push(CorrectionLine {
            at: words::japan_time_in(language, correction.report.at),
            was: words::stated_in(language, &was),
            became: words::stated_in(language, &became),
            reason: correction.reason.clone(),
            post: correction.report.post.clone(),
        });
        was = became;
    }
    lines
}

/// Returns the source of a row: the document, the line numbers, and the text of each line with figures; the figures are
/// marked.
fn source(
    language: Language,
    agreement: AgreementView<'_>,
    seen: InitiativeView<'_>,
    row: &Row,
) -> Option<SourceBlock> {
    let PlanState::Recorded { evidence } = seen.plan.state else { return None };
    let evidence = agreement.evidence_named(evidence)?;
    let stated = |figure: &Figure| {
        let original = figure.observation.and_then(|id| agreement.stated_in_evidence(seen.initiative, id));
        original.unwrap_or(figure).clone()
    };
    let read: Vec<Figure> = row.figures.iter().map(stated).collect();
    Some(SourceBlock {
        file_name: evidence.file_name.clone(),
        at: words::japan_time_in(language, evidence.at),
        post: evidence.post.clone(),
        lines: line_range(language, &row.lines),
        texts: source_lines(language, &read),
    })
}

/// Returns a range of lines as text, such as 129～133行.
fn line_range(language: Language, lines: &[u32]) -> String {
    match (lines.iter().min(), lines.iter().max()) {
        (Some(first), Some(last)) if first == last => line_name(language, *first),
        (Some(first), Some(last)) => tell(language, "{}～{}行", [first.to_string(), last.to_string()]),
        _ => String::new(),
    }
}

/// Returns each source line with figures once, with these figures marked.
fn source_lines(language: Language, figures: &[Figure]) -> Vec<SourceLine> {
    let mut known: Vec<(u32, &str)> = Vec::new();
    for figure in figures {
        let Some(line) = figure.source.line.filter(|_| !figure.source.text.is_empty()) else { continue };
        if !known.contains(&(line, figure.source.text.as_str())) {
            known.push((line, figure.source.text.as_str()));
        }
    }
    known.sort_by_key(|(line, _)| *line);
    let of = |(line, text): (u32, &str)| {
        let here = figures.iter().filter(|figure| figure.source.line == Some(line) && figure.source.text == text);
        SourceLine {
            line: line_name(language, line),
            runs: runs(text, &Overlay { hits: places_of(here, text), ..Overlay::default() }),
        }
    };
    known.into_iter().map(of).collect()
}

/// Returns the ranges of the figures in a line. The search for each printed value begins after the previous one; if the
/// value is not found there, the whole line is searched.
fn places_of<'a>(figures: impl Iterator<Item = &'a Figure>, text: &str) -> Vec<std::ops::Range<usize>> {
    let mut places = Vec::new();
    let mut from = 0;
    for figure in figures {
        let value = words::value_in(Language::Japanese, figure);
        let forms = [value.clone(), value.replace(',', "")];
        let found = |start: usize| {
            let rest = text.get(start..)?;
            let places = forms.iter().filter_map(|form| crate::frame::hits::hits(rest, form).into_iter().next());
            places.min_by_key(|place| place.start).map(|place| place.start + start..place.end + start)
        };
        if let Some(place) = found(from).or_else(|| found(0)) {
            from = place.end;
            places.push(place);
        }
    }
    merged(places)
}
