//! 利用者 — accounts, the posts they hold and the log of what administrators did: persons and passwords are in no chain.

use crate::owner::AccountOwner;

/// 利用者 — one person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: String,
    /// The name typed to sign in; unique.
    pub login: String,
    pub name: String,
    /// `ja` or `en`.
    pub language: String,
    pub is_administrator: bool,
    /// The hash of the password; `None` until one is set.
    pub password: Option<String>,
    /// The secret of one-time codes; `None` if the account does not use them.
    pub one_time_secret: Option<Vec<u8>>,
    /// The time step of the last accepted code.
    pub one_time_step: u64,
    /// A secret that was shown but that no code has confirmed yet.
    pub one_time_offered: Option<Vec<u8>>,
    pub made_at: u64,
    pub closed_at: Option<u64>,
}

/// 任命 — the appointment of an account to a post. Both days are included; without a last day it has no end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentRow {
    pub id: String,
    pub account: String,
    pub party: String,
    pub post: String,
    /// YYYY-MM-DD.
    pub from_day: String,
    pub until_day: Option<String>,
}

/// 利用者の管理の記録 — something an administrator did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountDeed {
    pub done_at: u64,
    /// The login name of the administrator; empty for the command line.
    pub done_by: String,
    /// The action, as a word that the caller chooses.
    pub deed: String,
    /// The login name of the changed account.
    pub login: String,
    /// The party of the post that the action concerns.
    pub party: Option<String>,
    pub detail: String,
}

impl Account {
    /// Returns the owner under which other tables hold the rows of this account.
    pub fn owner(&self) -> AccountOwner {
        AccountOwner::Account(self.id.clone())
    }
}
