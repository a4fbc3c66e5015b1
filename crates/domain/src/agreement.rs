//! 協定 — the agreement as it is kept, and the parties that signed it.

use serde::{Deserialize, Serialize};

use crate::document::AgreementText;
use crate::facts::Actor;
use crate::id::Id;
use crate::party::PartyKey;

/// 登録当事者 — marks ids of parties; the party's own facts stand in its [`crate::party_dossier::PartyDossier`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {}

/// 協定 — the text as concluded, and which registered party stands behind each key of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub text: AgreementText,
    pub parties: Vec<AgreementParty>,
}

/// 協定の当事者 — a party's key in the agreement's documents and its id here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementParty {
    pub id: Id<Party>,
    pub key: PartyKey,
}

impl Agreement {
    pub fn party_of(&self, key: &PartyKey) -> Option<Id<Party>> {
        self.parties.iter().find(|party| party.key == *key).map(|party| party.id)
    }

    /// In whose name an actor speaks: an officer in that of the own party, the operator in that of the first. None where the
    /// officer's party has no part.
    pub fn author(&self, actor: &Actor) -> Option<Id<Party>> {
        self.parties.iter().map(|party| party.id).find(|id| actor.acts_for(*id))
    }

    pub fn key_of(&self, id: Id<Party>) -> Option<&PartyKey> {
        self.parties.iter().find(|party| party.id == id).map(|party| &party.key)
    }
}
