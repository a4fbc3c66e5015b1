//! 職務 — the tasks of a post's holder in the system.

use serde::{Deserialize, Serialize};

/// 職務 — a duty of a post; each post has one or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// 事務局: compiles the party's rows, imports and publishes.
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

    /// Returns the word used on pages and in imported lists.
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

    /// Returns the key used in forms and on the command line.
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
