//! 連鎖 — the chain that an event belongs to, and the single order in which all chains fold.

use std::cmp::Ordering;

use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::agreement::Agreement;

/// 簿冊の名 — identifies the dossier of a chain, and whether the chain is private or is transferred to the other side.
/// Prints as `agreement/ID`, `party/ID` or `agreement/ID/own`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DossierKey {
    /// An agreement's dossier (協定簿冊): the data that the parties show to each other.
    Agreement(Id<Agreement>),
    /// A party's dossier (組織簿冊).
    Party(Id<id::Party>),
    /// 手元の連鎖: a party's private data in an agreement. It folds into the agreement's dossier and never leaves the node.
    AgreementOwn(Id<Agreement>),
}

impl std::fmt::Display for DossierKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DossierKey::Agreement(id) => write!(f, "agreement/{id}"),
            DossierKey::Party(id) => write!(f, "party/{id}"),
            DossierKey::AgreementOwn(id) => write!(f, "agreement/{id}/own"),
        }
    }
}

impl std::str::FromStr for DossierKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = text.split_once('/').and_then(|(kind, id)| match kind {
            "agreement" => match id.strip_suffix("/own") {
                Some(id) => id.parse().ok().map(DossierKey::AgreementOwn),
                None => id.parse().ok().map(DossierKey::Agreement),
            },
            "party" => id.parse().ok().map(DossierKey::Party),
            _ => None,
        });
        known.ok_or_else(|| format!("「{text}」は簿冊の名ではありません"))
    }
}

/// 連鎖 — one party's events in one dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChainKey {
    pub party: Id<id::Party>,
    pub dossier: DossierKey,
}

/// 順序 — the position of an event among all events. Events are ordered by time, then by party, dossier and number in the
/// chain.
///
/// A node gives each event a unique time. Only if two nodes wrote at the same time do the chain ids decide, so that all
/// nodes fold in one order. The order of two such events has no meaning and is not shown to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Order {
    pub time: Hlc,
    pub party: Id<id::Party>,
    pub dossier: DossierKey,
    /// The event's number in its chain, from 1.
    pub number: u64,
}

impl Order {
    pub fn chain(&self) -> ChainKey {
        ChainKey { party: self.party, dossier: self.dossier }
    }

    fn rank(&self) -> impl Ord {
        let dossier = match self.dossier {
            DossierKey::Agreement(id) => (0, id.uuid()),
            DossierKey::Party(id) => (1, id.uuid()),
            DossierKey::AgreementOwn(id) => (2, id.uuid()),
        };
        (self.time, self.party.uuid(), dossier, self.number)
    }
}

impl PartialOrd for Order {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Order {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dossier_reads_back_from_its_name() {
        let id = uuid::Uuid::from_u128(7);
        for (key, name) in [
            (DossierKey::Agreement(Id::new(id)), format!("agreement/{id}")),
            (DossierKey::AgreementOwn(Id::new(id)), format!("agreement/{id}/own")),
            (DossierKey::Party(Id::new(id)), format!("party/{id}")),
        ] {
            assert_eq!((key.to_string(), name.parse()), (name.clone(), Ok(key)));
        }
        for name in
            [format!("party/{id}/own"), format!("agreement/{id}/own/own"), format!("agreement/{id}/"), "own".into()]
        {
            assert!(name.parse::<DossierKey>().is_err(), "{name}");
        }
    }
}
