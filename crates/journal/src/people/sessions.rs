//! サインイン中 — who is signed in, and from which device. Only the digest of the browser's token is stored. An ended session
//! is kept for a while: a form sent after it gets a message, and its input is kept for the person.

use crate::owner::AccountOwner;

/// サインイン — the session of one browser. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub digest: [u8; 32],
    pub account: AccountOwner,
    /// The browser's description of itself.
    pub device: String,
    pub made_at: u64,
    pub seen_at: u64,
    pub ended_at: Option<u64>,
}
