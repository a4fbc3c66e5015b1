//! パスキー — the public keys of people's passkeys. The journal stores each credential as bytes and does not parse it.

use crate::owner::AccountOwner;

/// パスキー — a passkey of an account. Times are in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// The id by which the device identifies the passkey.
    pub id: Vec<u8>,
    pub account: AccountOwner,
    /// The name that the owner gave to the passkey.
    pub name: String,
    pub credential: Vec<u8>,
    pub made_at: u64,
    pub used_at: Option<u64>,
}
