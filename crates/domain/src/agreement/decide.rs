//! 協定の締結 — registers the parties and records the text.

use renkei_document::document::AgreementText;

use crate::agreement::event::AgreementEvent;
use crate::agreement::{Agreement, AgreementParty};
use crate::authority::actor::Actor;
use crate::record::chain::DossierKey;
use crate::record::dossiers::Dossiers;
use crate::record::entry::Pending;
use crate::record::ground::{Decision, Ground, pending, unless};
use crate::refusal::Refusal;

pub fn conclude(facts: &Ground<'_>, dossiers: &Dossiers, text: AgreementText) -> Decision {
    // Anybody can write a text that names parties. Only the operator, who serves all parties, can conclude an agreement
    // for them. Officers get the same refusal whether or not this node knows the agreement.
    if let Actor::Officer { .. } = facts.actor {
        return Err(vec![Refusal::NoAgreementOfYours]);
    }
    let mut refusals = Vec::new();
    if text.parties.len() < 2 {
        refusals.push(Refusal::TooFewParties { named: text.parties.len() });
    }
    let same = |known: &Agreement| known.text.title == text.title && known.text.parties == text.parties;
    if let Some(known) = dossiers.agreements.values().filter_map(|dossier| dossier.agreement.as_ref()).find(|a| same(a))
    {
        refusals.push(Refusal::AgreementExists { title: known.text.title.clone().unwrap_or_default() });
    }
    unless(refusals, || events(facts, dossiers, text))
}

fn events(facts: &Ground<'_>, dossiers: &Dossiers, text: AgreementText) -> Vec<Pending> {
    let mut events = Vec::new();
    let mut parties = Vec::with_capacity(text.parties.len());
    for party in &text.parties {
        let id = dossiers.party_named(&party.name).unwrap_or_else(|| {
            let id = facts.id();
            let (name, short_name, kind) = (party.name.clone(), party.short_name.clone(), party.kind);
            let registered = AgreementEvent::PartyRegistered { name, short_name, kind };
            events.push(pending(facts, id, DossierKey::Party(id), registered));
            id
        });
        parties.push(AgreementParty { id, key: party.key.clone() });
    }
    let author = parties.first().map(|party| party.id);
    let concluded = AgreementEvent::AgreementConcluded { agreement: Box::new(Agreement { parties, text }) };
    events.extend(author.map(|author| pending(facts, author, DossierKey::Agreement(facts.id()), concluded)));
    events
}
