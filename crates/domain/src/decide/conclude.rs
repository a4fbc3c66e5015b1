//! 協定の締結 — registers the parties and records the text.

use super::{Decision, pending, unless};
use crate::agreement::{Agreement, AgreementParty, Party};
use crate::chain::{DossierKey, Pending};
use crate::document::AgreementText;
use crate::dossiers::Dossiers;
use crate::event::Event;
use crate::facts::Facts;
use crate::id::Id;
use crate::refusal::Refusal;

pub fn conclude(facts: &Facts, dossiers: &Dossiers, text: AgreementText) -> Decision {
    let mut refusals = Vec::new();
    if text.parties.len() < 2 {
        refusals.push(Refusal::TooFewParties { named: text.parties.len() });
    }
    let same = |known: &Agreement| known.text.title == text.title && known.text.parties == text.parties;
    if let Some(known) = dossiers.agreements.values().filter_map(|dossier| dossier.agreement.as_ref()).find(|a| same(a))
    {
        refusals.push(Refusal::AgreementExists { title: known.text.title.clone().unwrap_or_default() });
    }
    let parties: Vec<(Id<Party>, bool)> = text
        .parties
        .iter()
        .map(|party| dossiers.party_named(&party.name).map_or_else(|| (facts.id(), true), |id| (id, false)))
        .collect();
    if !parties.iter().any(|(id, new)| *new || facts.actor.acts_for(*id)) {
        refusals.push(Refusal::NotYourParty);
    }
    unless(refusals, || events(facts, &parties, text))
}

fn events(facts: &Facts, parties: &[(Id<Party>, bool)], text: AgreementText) -> Vec<Pending> {
    let mut events = Vec::new();
    for ((id, new), party) in parties.iter().zip(&text.parties) {
        if *new {
            let registered = Event::PartyRegistered {
                name: party.name.clone(),
                short_name: party.short_name.clone(),
                kind: party.kind,
            };
            events.push(pending(facts, *id, DossierKey::Party(*id), registered));
        }
    }
    let keys =
        parties.iter().zip(&text.parties).map(|((id, _), party)| AgreementParty { id: *id, key: party.key.clone() });
    let agreement = Box::new(Agreement { parties: keys.collect(), text });
    let author = agreement.parties.iter().map(|party| party.id).find(|id| facts.actor.acts_for(*id));
    let id = facts.id();
    if let Some(author) = author.or_else(|| agreement.parties.first().map(|party| party.id)) {
        events.push(pending(facts, author, DossierKey::Agreement(id), Event::AgreementConcluded { agreement }));
    }
    events
}
