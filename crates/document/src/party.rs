//! 当事者 — the organisations that sign an agreement.

use serde::{Deserialize, Serialize};

/// 当事者の種類 — what kind of organisation a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// 都道府県・市町村・特別区: a prefecture, municipality or special ward.
    LocalGovernment,
    /// 厚生労働省の都道府県労働局: a prefectural labour bureau of the ministry.
    LabourBureau,
    /// 経済団体・国の他機関など: another organisation, such as a business association or an office of the State.
    Other,
}

/// 当事者の略号 — `city`, `prefecture`, `town`, `village`, `ward`, `labour_bureau`, `other`; the second party of the same
/// kind gets a number: `city-2`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PartyKey(String);

impl PartyKey {
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn kind(&self) -> PartyKind {
        match self.0.split('-').next() {
            Some("labour_bureau") => PartyKind::LabourBureau,
            Some("city" | "prefecture" | "town" | "village" | "ward") => PartyKind::LocalGovernment,
            _ => PartyKind::Other,
        }
    }
}

impl std::fmt::Display for PartyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// 当事者 — one signing organisation, as documents name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub key: PartyKey,
    pub kind: PartyKind,
    /// The full name, for example 厚生労働省○○労働局.
    pub name: String,
    /// The short name that the report defines by 以下「…」という, for example 労働局.
    pub short_name: Option<String>,
}
