//! パスキー — the public keys of the passkeys with which people sign in. The journal does not parse a credential: it stores
//! bytes.

use crate::owner::AccountOwner;

/// パスキー — one key of an account. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// The id that the device uses.
    pub id: Vec<u8>,
    pub account: AccountOwner,
    /// The name that its owner gave it.
    pub name: String,
    pub credential: Vec<u8>,
    pub made_at: u64,
    pub used_at: Option<u64>,
}
