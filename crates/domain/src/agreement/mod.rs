//! 協定 — an agreement as it is stored, and the parties that signed it.

pub(crate) mod decide;
pub mod event;
mod fold;

use renkei_document::document::AgreementText;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKey;
use serde::{Deserialize, Serialize};

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

    pub fn key_of(&self, id: Id<id::Party>) -> Option<&PartyKey> {
        self.parties.iter().find(|party| party.id == id).map(|party| &party.key)
    }
}
