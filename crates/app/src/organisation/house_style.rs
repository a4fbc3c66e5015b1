//! 表記の設定 — shows and sets the style in which each party's rows are printed.

use renkei_document::house_style::HouseStyle;
use renkei_document::id::{self, Id};
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::refusal::Refusal;
use renkei_domain::view::Viewer;

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::state::State;

/// 当事者の表記 — a party, with its name in the agreement and its house style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyStyle {
    pub party: Id<id::Party>,
    pub name: String,
    /// Short name of the party, for example 市 or 労働局.
    pub short_name: String,
    pub style: HouseStyle,
}

impl State {
    /// Returns the house styles of an agreement's parties.
    pub fn house_styles(&self, viewer: Viewer, agreement: Option<&str>) -> Result<Vec<PartyStyle>, AppError> {
        let agreement = self.choose_agreement(viewer, agreement)?;
        let style = |party: Id<id::Party>| PartyStyle {
            party,
            name: agreement.party_name(party).to_owned(),
            short_name: agreement.party_short_name(party).to_owned(),
            style: agreement.house_style(party),
        };
        Ok(agreement.agreement.parties.iter().map(|party| style(party.id)).collect())
    }

    /// Returns the house style of a party by its name or short name.
    pub fn house_style(&self, viewer: Viewer, agreement: Option<&str>, party: &str) -> Result<PartyStyle, AppError> {
        let mut known = self.house_styles(viewer, agreement)?.into_iter();
        let named = known.find(|known| known.name == party || known.short_name == party);
        named.ok_or_else(|| AppError::Refused(vec![Refusal::PartyUnknown { name: party.to_owned() }]))
    }
}

/// Sets the style in which a party's rows are printed from now on.
pub fn set_house_style(node: &Node, actor: Actor, party: Id<id::Party>, style: HouseStyle) -> Result<(), AppError> {
    node.do_as(actor, Command::Organisation(OrganisationCommand::SetHouseStyle { party, style }))
}
