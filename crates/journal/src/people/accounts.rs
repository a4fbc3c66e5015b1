//! 利用者 — the Rust types of accounts, of appointments to posts, and of the administrators' log. No chain contains
//! persons or passwords.

use crate::owner::AccountOwner;

/// 利用者 — one person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: String,
    /// The name with which the person signs in; unique.
    pub login: String,
    pub name: String,
    /// Language of the pages: `ja` or `en`.
    pub language: String,
    pub is_administrator: bool,
    /// The hash of the password; `None` if no password was set yet.
    pub password: Option<String>,
    pub password_times: Times,
    /// The secret of one-time codes, which is stored encrypted; `None` if the account does not use them.
    pub one_time_secret: Option<Vec<u8>>,
    /// The time step of the last accepted code.
    pub one_time_step: u64,
    pub one_time_times: Times,
    /// Grows with each change of credentials that ends other sessions. A sign-in that began in an earlier generation
    /// cannot be completed.
    pub generation: u64,
    /// The number of the last entry of the log that the owner has seen.
    pub told_until: u64,
    pub made_at: u64,
    pub closed_at: Option<u64>,
}

/// 追加と使用の時 — when a credential was added and last used, in milliseconds since 1970. Earlier versions did not store
/// the times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    pub made_at: Option<u64>,
    pub used_at: Option<u64>,
}

/// 任命 — the appointment of an account to a post, from a first day to a last day. Without a last day it does not end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentRow {
    pub id: String,
    pub account: String,
    pub party: String,
    pub post: String,
    /// The first day, as YYYY-MM-DD.
    pub from_day: String,
    pub until_day: Option<String>,
}

/// 利用者の管理の記録 — an entry in the log of administrators' actions.
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
    /// Returns this account as the owner of rows in other tables.
    pub fn owner(&self) -> AccountOwner {
        AccountOwner::Account(self.id.clone())
    }
}
