//! 表記の設定 — decides on the style in which a party's rows are printed.

use renkei_document::house_style::HouseStyle;
use renkei_document::id::{self, Id};

use crate::organisation::event::OrganisationEvent;
use crate::record::chain::DossierKey;
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground, pending};
use crate::refusal::Refusal;

pub fn set(facts: &Ground<'_>, dossiers: &Dossiers, party: Id<id::Party>, style: HouseStyle) -> Decision {
    let Some(dossier) = dossiers.parties.get(&party) else {
        return Err(vec![Refusal::PartyUnknown { name: party.to_string() }]);
    };
    if dossier.house_style == style {
        return Err(vec![Refusal::NothingChanged]);
    }
    Ok(vec![pending(facts, party, DossierKey::Party(party), OrganisationEvent::HouseStyleSet { style })])
}
