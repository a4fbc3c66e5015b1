//! 復元 — the key of a restored journal, and the result of restoring.

use std::path::PathBuf;

use crate::events::verify::Verified;
use crate::ledger::key_copy::KeyCopy;
use crate::ledger::noted::Fingerprint;

/// Which key a restored journal gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreKey {
    /// The key that signed the copy is already in the data directory.
    InPlace,
    /// The key is in an encrypted copy, which the wrapping key opens. `path` is the file of the copy.
    Copied { path: PathBuf, copy: KeyCopy, wrapping: [u8; 32] },
    /// The key is lost. A new one is made, and a person acknowledges the keys that signed the copy. `at` is in
    /// milliseconds since 1970.
    Lost { by: String, at: u64 },
}

/// The result of restoring a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub verified: Verified,
    /// The keys that signed the copy and that the new key replaces.
    pub replaced: Vec<Fingerprint>,
    /// The login names of the accounts whose one-time codes must be set up again, because the new key cannot decrypt
    /// their secrets.
    pub without_codes: Vec<String>,
}
