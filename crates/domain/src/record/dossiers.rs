//! 簿冊 — all data of a node: the fold of the journal.

use std::sync::Arc;

use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::agreement::Agreement;
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::{ChainKey, DossierKey, Order};
use crate::record::entry::Entry;
use crate::record::party_dossier::PartyDossier;
use crate::record::register::Register;

/// 簿冊 — the dossiers of all agreements and parties of a node.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossiers {
    /// Each dossier is shared with earlier states until it changes: a decision copies only the dossier that it changes.
    pub agreements: Register<Id<Agreement>, Arc<AgreementDossier>>,
    pub parties: Register<Id<id::Party>, Arc<PartyDossier>>,
    /// Last event number of each chain.
    pub heads: Register<ChainKey, u64>,
    /// The greatest order folded so far.
    pub last: Option<Order>,
}

/// 畳み込みの結果 — whether an entry could be folded after the entries that are already folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    Folded,
    /// The entry precedes one that is already folded: fold again from the beginning, or from a snapshot before the
    /// entry.
    Late,
}

impl Dossiers {
    /// Folds entries in the single order of all chains, regardless of the order in which they are given.
    pub fn fold(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        entries.sort_by_key(|entry| entry.order);
        let mut dossiers = Self::default();
        for entry in &entries {
            dossiers.apply(entry);
        }
        dossiers
    }

    /// Folds one more entry if its position is after all entries that are already folded.
    pub fn hear(&mut self, entry: &Entry) -> Heard {
        if self.last.is_some_and(|last| entry.order <= last) {
            return Heard::Late;
        }
        self.apply(entry);
        Heard::Folded
    }

    /// Applies an entry. This is the only code that changes state. It never fails: an entry that does not fit is
    /// ignored.
    fn apply(&mut self, entry: &Entry) {
        let order = entry.order;
        self.last = Some(order);
        let head = self.heads.get_or_default(order.chain());
        *head = order.number.max(*head);
        let Some(authored) = &entry.authored else { return };
        if authored.on_behalf_of.is_some() {
            Arc::make_mut(self.parties.get_or_default(order.party)).note_meanwhile(&order, authored);
        }
        match order.dossier {
            DossierKey::Agreement(id) => {
                Arc::make_mut(self.agreements.get_or_default(id)).apply(&order, authored);
            }
            DossierKey::Party(id) if id == order.party => {
                Arc::make_mut(self.parties.get_or_default(id)).apply(&order, authored);
            }
            DossierKey::Party(_) => {}
            DossierKey::AgreementOwn(id) => {
                Arc::make_mut(self.agreements.get_or_default(id)).apply_own(&order, authored);
            }
        }
    }

    /// Returns the last event number of a chain; 0 before its first event.
    pub fn head(&self, chain: ChainKey) -> u64 {
        self.heads.get(&chain).copied().unwrap_or(0)
    }

    /// Returns the time of the next event of a dossier, if this node's clock shows `now_millis`.
    pub fn time_of_next(&self, dossier: DossierKey, now_millis: u64) -> Hlc {
        match dossier {
            DossierKey::Agreement(_) => self.clock().next_shared(now_millis),
            DossierKey::Party(_) | DossierKey::AgreementOwn(_) => self.clock().next(now_millis),
        }
    }

    /// Returns the latest known time.
    pub fn clock(&self) -> Hlc {
        self.last.map_or_else(Hlc::default, |order| order.time)
    }

    /// Returns the registered party that has this name.
    pub fn party_named(&self, name: &str) -> Option<Id<id::Party>> {
        self.parties.iter().find(|(_, party)| party.name == name).map(|(id, _)| *id)
    }
}
