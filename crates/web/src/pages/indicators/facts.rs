//! 共通実績 as an indicator's page shows it: what is proposed, what both have said, and where the reports differ.

use renkei_domain::agreement::Party;
use renkei_domain::id::Id;
use renkei_domain::view::{AgreementView, FactView, IndicatorView, Indicators, ObservationView};

use super::words;
use crate::address;
use crate::phrases::{say, tell};
use crate::routes::Ask;

pub(super) struct FactBlock {
    pub id: String,
    pub name: String,
    pub agreed: bool,
    /// Whether the own party has still to say it.
    pub waits_for_us: bool,
    /// Which parties have not said it yet.
    pub missing: String,
    pub reports: Vec<ReportLine>,
    pub differences: Vec<String>,
    pub explained: Option<String>,
    pub may_tell: bool,
}

pub(super) struct ReportLine {
    pub party: String,
    pub label: String,
    pub href: String,
    pub newest: String,
}

/// Another indicator that may report the same thing.
pub(super) struct Partner {
    pub id: String,
    pub label: String,
}

pub(super) fn fact_blocks<'a>(
    ask: &Ask<'_>,
    agreement: AgreementView<'a>,
    view: &IndicatorView<'a>,
    facts: &[FactView<'a>],
) -> Vec<FactBlock> {
    let about = |fact: &&FactView<'a>| fact.reports.iter().any(|report| report.indicator.id == view.id);
    let may_tell = super::one::may_define(ask.visitor, agreement, view);
    facts.iter().filter(about).map(|fact| block(ask, agreement, view.party, fact, may_tell)).collect()
}

fn block(
    ask: &Ask<'_>,
    agreement: AgreementView<'_>,
    party: Id<Party>,
    view: &FactView<'_>,
    may_tell: bool,
) -> FactBlock {
    let language = ask.visitor.language;
    let missing: Vec<&str> = view
        .fact
        .parties()
        .into_iter()
        .filter(|party| !view.fact.is_stated_by(*party))
        .map(|party| agreement.party_short_name(party))
        .collect();
    let said = |seen: &ObservationView<'_>| {
        let newest = words::newest(language, seen);
        let party = agreement.party_short_name(seen.party);
        tell(
            language,
            "{}{}{}（{}）",
            [party, &newest.value, &newest.unit, &words::or_unsaid(language, &newest.measured)],
        )
    };
    let reports = view.reports.iter().map(|report| ReportLine {
        party: agreement.party_short_name(report.member.party).to_owned(),
        label: report.indicator.printed.label.clone(),
        href: address::indicator(report.indicator.id),
        newest: report.observations.last().map(said).unwrap_or_default(),
    });
    let differences = view.differences();
    let explanation = view.fact.explanations.values().last().filter(|_| view.is_explained());
    FactBlock {
        id: view.id.to_string(),
        name: view.fact.name.clone(),
        agreed: view.fact.is_agreed(),
        waits_for_us: !view.fact.is_stated_by(party),
        missing: missing.join(say(language, "、")),
        reports: reports.collect(),
        differences: differences
            .iter()
            .map(|(one, other)| tell(language, "{}と{}", [said(one), said(other)]))
            .collect(),
        explained: explanation.map(|told| told.reason.clone()),
        may_tell,
    }
}

/// The indicators that may be one thing with this: those of the other parties first.
pub(super) fn partners(
    agreement: AgreementView<'_>,
    indicators: &Indicators<'_>,
    view: &IndicatorView<'_>,
) -> Vec<Partner> {
    let mut others: Vec<&IndicatorView<'_>> = indicators.iter().filter(|other| other.id != view.id).collect();
    others.sort_by_key(|other| other.party == view.party);
    let label = |other: &IndicatorView<'_>| {
        let unit = words::unit_of(other);
        format!("{} {} {unit}", agreement.party_short_name(other.party), other.printed.label)
    };
    others.into_iter().map(|other| Partner { id: other.id.to_string(), label: label(other) }).collect()
}
