//! 協定 — an agreement as it is stored, and the parties that signed it.

pub(crate) mod decide;
pub mod event;
mod fold;

use renkei_document::document::AgreementText;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use serde::{Deserialize, Serialize};

use crate::record::facts::Actor;

/// 協定 — the text as concluded, and the registered party of each party key in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub text: AgreementText,
    pub parties: Vec<AgreementParty>,
}

/// 協定の当事者 — a party's key in the agreement's documents, and the party's id on this node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementParty {
    pub id: Id<id::Party>,
    pub key: PartyKey,
}

impl Agreement {
    pub fn party_of(&self, key: &PartyKey) -> Option<Id<id::Party>> {
        self.parties.iter().find(|party| party.key == *key).map(|party| party.id)
    }

    /// Returns the party in whose name an actor speaks: an officer's own party; for the operator, the first party.
    /// `None` if the officer's party is not a party of the agreement.
    pub fn author(&self, actor: &Actor) -> Option<Id<id::Party>> {
        self.parties.iter().map(|party| party.id).find(|id| actor.acts_for(*id))
    }

    pub fn key_of(&self, id: Id<id::Party>) -> Option<&PartyKey> {
        self.parties.iter().find(|party| party.id == id).map(|party| &party.key)
    }
}
