//! 共通実績の申立て・取下げ・説明 — decides on stating, withdrawing and explaining shared facts.

use renkei_document::blank::is_blank;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::indicator::refusal::IndicatorRefusal;
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground, in_agreement, party_of_agreement, unless};
use crate::refusal::Refusal;
use crate::shared_fact::FactMember;
use crate::shared_fact::command::FactDeed;
use crate::shared_fact::event::SharedFactEvent;
use crate::shared_fact::view::FactView;
use crate::view::AgreementView;

pub fn decide(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    (agreement, party): (Id<Agreement>, Id<id::Party>),
    deed: FactDeed,
) -> Decision {
    party_of_agreement(dossiers, agreement, party)?;
    // The reports of a fact must be visible to the actor.
    let seen = dossiers.seen_by(facts.actor.viewer()).agreement(agreement);
    let seen = seen.ok_or_else(|| vec![Refusal::AgreementUnknown])?;
    let event = match deed {
        FactDeed::State { fact, name, members } => {
            let members = seen.in_order(&members);
            faults_of_statement(seen, party, fact, &name, &members)?;
            SharedFactEvent::SharedFactStated { fact: fact.unwrap_or_else(|| facts.id()), name, members }
        }
        FactDeed::Withdraw { fact } => {
            own_fact(seen, party, fact)?;
            SharedFactEvent::SharedFactWithdrawn { fact }
        }
        FactDeed::Explain { fact, reason } => {
            let known = own_fact(seen, party, fact)?;
            let mut refusals = Vec::new();
            if known.differences().is_empty() {
                refusals.push(Refusal::Indicator(IndicatorRefusal::NothingToExplain));
            }
            if is_blank(&reason) {
                refusals.push(Refusal::ReasonMissing);
            }
            let values = known.values();
            return unless(refusals, || {
                in_agreement(facts, party, agreement, SharedFactEvent::SharedFactExplained { fact, reason, values })
            });
        }
    };
    Ok(in_agreement(facts, party, agreement, event))
}

fn own_fact(
    seen: AgreementView<'_>,
    party: Id<id::Party>,
    fact: Id<id::SharedFact>,
) -> Result<FactView<'_>, Vec<Refusal>> {
    let known = seen.shared_facts(&seen.indicators()).into_iter().find(|known| known.id == fact);
    let own = known.filter(|known| known.fact.parties().contains(&party));
    own.ok_or_else(|| vec![Refusal::Indicator(IndicatorRefusal::FactUnknown)])
}

fn faults_of_statement(
    seen: AgreementView<'_>,
    party: Id<id::Party>,
    fact: Option<Id<id::SharedFact>>,
    name: &str,
    members: &[FactMember],
) -> Result<(), Vec<Refusal>> {
    let known = fact.map(|fact| own_fact(seen, party, fact)).transpose()?;
    let indicators = seen.indicators();
    let mut refusals = Vec::new();
    if is_blank(name) {
        refusals.push(IndicatorRefusal::FactNameMissing);
    }
    if members.len() < 2 {
        refusals.push(IndicatorRefusal::TooFewReports);
    }
    if !members.iter().any(|member| member.party == party) {
        refusals.push(IndicatorRefusal::NoReportOfYours);
    }
    if members.iter().any(|member| !indicators.knows(member)) {
        refusals.push(IndicatorRefusal::Unknown);
    }
    let mut refusals: Vec<Refusal> = refusals.into_iter().map(Refusal::Indicator).collect();
    let again = |known: FactView<'_>| known.fact.is_stated_by(party) && known.says(name, members);
    if known.is_some_and(again) {
        refusals.push(Refusal::NothingChanged);
    }
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}
