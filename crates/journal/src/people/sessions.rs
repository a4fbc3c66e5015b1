//! サインイン中 — the sessions of signed-in people, each with its device. Only the digest of the browser's token is stored.
//! An ended session is kept for a while, so that a form which arrives later gets a helpful answer and its input is kept
//! for the person.

use crate::owner::AccountOwner;

/// サインイン — the session of a person in one browser. Times are in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub digest: [u8; 32],
    pub account: AccountOwner,
    /// The browser and its system, in short.
    pub device: String,
    pub made_at: u64,
    pub seen_at: u64,
    pub ended_at: Option<u64>,
    /// When the person last proved in this session who they are; `None` if they have not.
    pub proved_at: Option<u64>,
}
