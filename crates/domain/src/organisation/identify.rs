//! 組織の改称の答え — decides on a party's answer whether two names mean the same division.

use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::search::folded;

use crate::organisation::event::OrganisationEvent;
use crate::record::chain::DossierKey;
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground, pending, unless};
use crate::refusal::Refusal;

pub fn identify(
    facts: &Ground<'_>,
    dossiers: &Dossiers,
    party: Id<id::Party>,
    (former, latter): (String, String),
    since: FiscalYear,
    same: bool,
) -> Decision {
    let Some(dossier) = dossiers.parties.get(&party) else {
        return Err(vec![Refusal::PartyUnknown { name: party.to_string() }]);
    };
    let mut refusals = Vec::new();
    let (one, other) = (folded(&former), folded(&latter));
    if one.is_empty() || other.is_empty() || one == other {
        refusals.push(Refusal::DivisionNamesUnclear);
    }
    if dossier.division_answer(&former, &latter).is_some_and(|known| known.same == same) {
        refusals.push(Refusal::NothingChanged);
    }
    unless(refusals, || {
        let event = OrganisationEvent::DivisionsIdentified { former, latter, since, same };
        vec![pending(facts, party, DossierKey::Party(party), event)]
    })
}
