//! 拠点の鍵 — the Ed25519 key with which this node signs the heads of its chains.
//!
//! The data directory contains the key as `node.key`: the seed in 64 hexadecimal digits and a newline, mode 0600. The
//! key also encrypts the secrets of one-time codes. No backup contains the key, because a person with a copy of the
//! journal must not be able to sign as this node; a second file beside it can contain the key, encrypted. A new key is
//! made only for a new journal, or when a person acknowledges that the old one is lost. Older heads keep their
//! signatures and public keys.

use std::fs;
use std::io::Write;
use std::path::Path;

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signer, SigningKey};

use crate::error::{JournalError, KeyFault};
use crate::events::chain::{Fields, Hash, hash_from_hex};
use crate::events::head::{HeadMark, signed_bytes};

use crate::private::{private_file, sync_directory_of};
use crate::sealed::{seal, unseal};

pub const FILE_NAME: &str = "node.key";

#[derive(Clone)]
pub(crate) struct NodeKey(SigningKey);

impl NodeKey {
    /// Reads the key of this data directory, or makes a new one.
    pub fn of(directory: &Path) -> Result<Self, JournalError> {
        match Self::existing(directory)? {
            Some(key) => Ok(key),
            None => {
                let key = Self::new()?;
                key.write(directory)?;
                Ok(key)
            }
        }
    }

    /// Reads the key of this data directory; `None` if it has none.
    pub fn existing(directory: &Path) -> Result<Option<Self>, JournalError> {
        let path = directory.join(FILE_NAME);
        if path.exists() { Self::read(&path).map(Some) } else { Ok(None) }
    }

    /// Makes a new key.
    pub fn new() -> Result<Self, JournalError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|_| JournalError::NoRandomness)?;
        Ok(Self::of_seed(seed))
    }

    pub fn of_seed(seed: [u8; 32]) -> Self {
        Self(SigningKey::from_bytes(&seed))
    }

    pub fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Stores the key in a data directory.
    pub fn write(&self, directory: &Path) -> Result<(), JournalError> {
        let path = directory.join(FILE_NAME);
        write_secret(&path, self.0.as_bytes()).map_err(JournalError::io("node.key を書く", &path))
    }

    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    pub fn sign(&self, mark: &HeadMark) -> [u8; 64] {
        self.0.sign(&signed_bytes(mark)).to_bytes()
    }

    /// Returns a secret for another purpose, which does not reveal the key.
    pub fn derived(&self, purpose: &str) -> Hash {
        let mut fields = Fields::of("renkei-derived/1");
        fields.bytes(self.0.as_bytes());
        fields.text(purpose);
        fields.finish()
    }

    /// Encrypts the secret of an account's one-time codes.
    pub fn seal_one_time(&self, account: &str, secret: &[u8]) -> Result<Vec<u8>, JournalError> {
        seal(&self.derived("one-time codes"), account, secret)
    }

    /// Decrypts the secret of an account's one-time codes; `None` if this key has not encrypted it.
    pub fn unseal_one_time(&self, account: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        unseal(&self.derived("one-time codes"), account, sealed)
    }

    fn read(path: &Path) -> Result<Self, JournalError> {
        let text = fs::read_to_string(path).map_err(JournalError::io("node.key を読む", path))?;
        let seed = hash_from_hex(text.trim())
            .ok_or_else(|| JournalError::Key { path: path.to_owned(), fault: KeyFault::Unreadable })?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }
}

/// Writes the key to a temporary file and renames the file, so that a crash never leaves an incomplete key.
fn write_secret(path: &Path, seed: &[u8; 32]) -> std::io::Result<()> {
    let partial = path.with_extension("key.partial");
    if partial.exists() {
        fs::remove_file(&partial)?;
    }
    let mut file = private_file(&partial, true)?;
    writeln!(file, "{}", HEXLOWER.encode(seed))?;
    file.sync_all()?;
    fs::rename(&partial, path)?;
    sync_directory_of(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_keeps_its_key() {
        let directory = tempfile::tempdir().unwrap();
        let first = NodeKey::of(directory.path()).unwrap().public();
        assert_eq!(NodeKey::of(directory.path()).unwrap().public(), first);
        let other = tempfile::tempdir().unwrap();
        assert_ne!(NodeKey::of(other.path()).unwrap().public(), first);
    }

    #[test]
    fn a_damaged_key_is_refused_and_never_replaced() {
        let directory = tempfile::tempdir().unwrap();
        NodeKey::of(directory.path()).unwrap();
        let path = directory.path().join(FILE_NAME);
        fs::write(&path, "no key").unwrap();
        assert!(matches!(NodeKey::of(directory.path()), Err(JournalError::Key { fault: KeyFault::Unreadable, .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "no key");
    }
}
