//! 送れなかった入力 — forms that were sent after the session had expired.

use crate::owner::AccountOwner;

/// 送れなかった入力 — one form, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    pub id: String,
    pub account: AccountOwner,
    /// The address to which the form was sent.
    pub address: String,
    /// The fields, in a format that the caller chooses.
    pub fields: Vec<u8>,
    /// Time at which the form was stored, in milliseconds since 1970.
    pub kept_at: u64,
}
