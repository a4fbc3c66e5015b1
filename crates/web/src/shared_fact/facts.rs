//! 共通実績 on the page of an indicator: proposed facts, agreed facts, and differences between the reports of a fact.

use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::indicator::view::{IndicatorView, Indicators};
use renkei_domain::shared_fact::Reporting;
use renkei_domain::shared_fact::needs::to_tell;
use renkei_domain::shared_fact::view::FactView;
use renkei_domain::view::{AgreementView, ObservationView};

use crate::frame::address;
use crate::frame::indicator_words as words;
use crate::frame::phrases::{say, tell};
use crate::frame::route::Ask;
use crate::frame::typed::Typed;

pub(crate) struct FactBlock {
    pub id: String,
    pub name: String,
    pub agreed: bool,
    /// Whether the indicator's party has not stated the fact yet.
    pub waits_for_us: bool,
    /// Names of the parties that have not stated the fact yet.
    pub missing: String,
    pub reports: Vec<ReportLine>,
    pub differences: Vec<String>,
    pub explained: Option<String>,
    pub may_tell: bool,
    /// The refused explanation of a difference, as typed; else empty.
    pub reason: String,
}

pub(crate) struct ReportLine {
    pub party: String,
    pub label: String,
    pub href: String,
    pub newest: String,
    /// Whether the fact concerns only this one value of the indicator. Otherwise it concerns the values at all times.
    pub only: bool,
}

/// A shared fact, shown beside a figure that belongs to it.
pub(crate) struct SharedLine {
    pub name: String,
    pub href: String,
    pub state: String,
    /// The values in the other reports of the fact.
    pub others: Vec<String>,
    pub explained: Option<String>,
}

/// Another indicator that may belong to the same fact.
pub(crate) struct Partner {
    pub id: String,
    pub label: String,
    pub chosen: bool,
}

pub(crate) fn fact_blocks<'a>(
    ask: &Ask<'_>,
    agreement: AgreementView<'a>,
    view: &IndicatorView<'a>,
    facts: &[FactView<'a>],
    typed: &Typed<'_>,
) -> Vec<FactBlock> {
    let about = |fact: &&FactView<'a>| fact.reports.iter().any(|report| report.indicator.id == view.id);
    let mut blocks: Vec<FactBlock> =
        facts.iter().filter(about).map(|fact| block(ask, agreement, view.party, fact)).collect();
    for block in blocks.iter_mut().filter(|block| block.id == typed.field("explain", "fact")) {
        block.reason = typed.field("explain", "reason");
    }
    blocks
}

fn block(ask: &Ask<'_>, agreement: AgreementView<'_>, party: Id<id::Party>, view: &FactView<'_>) -> FactBlock {
    let language = ask.visitor.language;
    let said = |seen: &ObservationView<'_>| said(language, agreement, seen);
    let reports = view.reports.iter().map(|report| ReportLine {
        party: agreement.party_short_name(report.member.party).to_owned(),
        label: report.indicator.printed.label.clone(),
        href: address::indicator(agreement.id, report.indicator.id),
        newest: report.observations.last().map(said).unwrap_or_default(),
        only: matches!(report.member.of, Reporting::Observation(_)),
    });
    let differences = view.differences();
    let explanation = view.explanation();
    FactBlock {
        id: view.id.to_string(),
        name: view.fact.name.clone(),
        agreed: view.fact.is_agreed(),
        waits_for_us: !view.fact.is_stated_by(party),
        missing: missing(language, agreement, view),
        reports: reports.collect(),
        differences: differences
            .iter()
            .map(|(one, other)| tell(language, "{}と{}", [said(one), said(other)]))
            .collect(),
        explained: explanation.map(|told| told.reason.clone()),
        may_tell: ask.visitor.meets(&to_tell(ask.moment.view(), party, &view.fact.members)),
        reason: String::new(),
    }
}

/// Returns the names of the parties that have not stated the fact yet.
fn missing(language: Language, agreement: AgreementView<'_>, view: &FactView<'_>) -> String {
    let parties = view.fact.parties().into_iter().filter(|party| !view.fact.is_stated_by(*party));
    parties.map(|party| agreement.party_short_name(party)).collect::<Vec<_>>().join(say(language, "、"))
}

/// Returns a value with its party and its date, such as 市 1,304人（令和8年1月末）.
fn said(language: Language, agreement: AgreementView<'_>, seen: &ObservationView<'_>) -> String {
    let newest = words::newest(language, seen);
    let party = agreement.party_short_name(seen.party);
    let measured = words::or_unsaid(language, &newest.measured);
    tell(language, "{}{}{}（{}）", [party, &newest.value, &newest.unit, &measured])
}

/// Returns the facts to which a value of a row belongs, with the values of the other reports and the state of any
/// difference.
pub(crate) fn shared_lines(
    language: Language,
    agreement: AgreementView<'_>,
    facts: &[FactView<'_>],
    observation: Id<id::Observation>,
) -> Vec<SharedLine> {
    let line = |fact: &FactView<'_>| {
        let own = fact.reports.iter().find(|report| report.observations.iter().any(|seen| seen.id == observation))?;
        let differing = fact.differences();
        let ours: Vec<_> = differing.iter().filter(|(one, other)| [one.id, other.id].contains(&observation)).collect();
        let explanation = fact.explanation().filter(|_| !ours.is_empty());
        let state = match (fact.fact.is_agreed(), ours.is_empty(), &explanation) {
            (false, ..) => tell(language, "{}の確認待ち", [missing(language, agreement, fact)]),
            (true, true, _) => say(language, "双方が確認").to_owned(),
            (true, false, None) => say(language, "食い違い（説明なし）").to_owned(),
            (true, false, Some(_)) => say(language, "食い違い（説明済み）").to_owned(),
        };
        let others = fact.reports.iter().filter(|report| report.member != own.member);
        let others = others.filter_map(|report| match ours.as_slice() {
            [] => report.observations.last().copied(),
            _ => ours
                .iter()
                .flat_map(|(one, other)| [*one, *other])
                .find(|seen| seen.id != observation && report.observations.iter().any(|known| known.id == seen.id)),
        });
        Some(SharedLine {
            name: fact.fact.name.clone(),
            href: format!("{}#shared", address::indicator(agreement.id, own.indicator.id)),
            state,
            others: others.map(|seen| said(language, agreement, &seen)).collect(),
            explained: explanation.map(|told| told.reason.clone()),
        })
    };
    facts.iter().filter_map(line).collect()
}

/// Returns all other indicators, each of which may belong to one fact with this one. Those of other parties come first.
pub(crate) fn partners(
    agreement: AgreementView<'_>,
    indicators: &Indicators<'_>,
    view: &IndicatorView<'_>,
    typed: &Typed<'_>,
) -> Vec<Partner> {
    let mut others: Vec<&IndicatorView<'_>> = indicators.iter().filter(|other| other.id != view.id).collect();
    others.sort_by_key(|other| other.party == view.party);
    let label = |other: &IndicatorView<'_>| {
        let unit = words::unit_of(other);
        format!("{} {} {unit}", agreement.party_short_name(other.party), other.printed.label)
    };
    others
        .into_iter()
        .map(|other| Partner {
            id: other.id.to_string(),
            label: label(other),
            chosen: other.id.to_string() == typed.field("fact", "other"),
        })
        .collect()
}
