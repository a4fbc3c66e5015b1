//! 職務 — what the holder of a post does in the system.

use serde::{Deserialize, Serialize};

/// 職務 — a post carries one or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// 事務局: brings the party's rows together, imports and publishes.
    Secretariat,
    /// 担当: writes the rows of the own division.
    Clerk,
    /// 決裁者: shows the division's rows to the other side.
    Approver,
    /// 長: the head of the party.
    Head,
    /// 閲覧: reads what the own party may read.
    Reader,
    /// 委員: a member of the operating council; reads what all parties have shown.
    Councillor,
}

impl Duty {
    pub const ALL: [Duty; 6] =
        [Duty::Secretariat, Duty::Clerk, Duty::Approver, Duty::Head, Duty::Reader, Duty::Councillor];

    /// The word of the pages and of imported lists.
    pub fn name(self) -> &'static str {
        match self {
            Duty::Secretariat => "事務局",
            Duty::Clerk => "担当",
            Duty::Approver => "決裁者",
            Duty::Head => "長",
            Duty::Reader => "閲覧",
            Duty::Councillor => "委員",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.name() == name)
    }

    /// The key of forms and of the command line.
    pub fn key(self) -> &'static str {
        match self {
            Duty::Secretariat => "secretariat",
            Duty::Clerk => "clerk",
            Duty::Approver => "approver",
            Duty::Head => "head",
            Duty::Reader => "reader",
            Duty::Councillor => "councillor",
        }
    }

    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.key() == key)
    }
}
