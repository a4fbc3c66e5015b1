//! 表記の設定.

use renkei_document::house_style::HouseStyle;
use renkei_document::id::{self, Id};

use super::{Decision, pending};
use crate::chain::DossierKey;
use crate::dossiers::Dossiers;
use crate::event::Event;
use crate::facts::Facts;
use crate::refusal::Refusal;

pub fn set(facts: &Facts, dossiers: &Dossiers, party: Id<id::Party>, style: HouseStyle) -> Decision {
    let Some(dossier) = dossiers.parties.get(&party) else {
        return Err(vec![Refusal::PartyUnknown { name: party.to_string() }]);
    };
    if dossier.house_style == style {
        return Err(vec![Refusal::NothingChanged]);
    }
    Ok(vec![pending(facts, party, DossierKey::Party(party), Event::HouseStyleSet { style })])
}
