//! 鍵の写し — the node's key, encrypted with a key that a passphrase gives, in a file beside a backup.
//!
//! The file has four lines: `renkei-key/1`, the fingerprint, the salt for the passphrase, and the sealed seed (all three
//! in hexadecimal digits). The caller computes the wrapping key from the passphrase and the salt.

use std::fmt;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::str::FromStr;

use data_encoding::HEXLOWER;

use crate::error::{JournalError, KeyFault};
use crate::ledger::noted::Fingerprint;
use crate::node_key::NodeKey;
use crate::private::{private_file, sync_directory_of};
use crate::sealed::{seal, unseal};

const FORMAT: &str = "renkei-key/1";

const WRITING: &str = "鍵の写しを書く";

/// The encrypted key of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyCopy {
    pub fingerprint: Fingerprint,
    /// The salt with which the passphrase gives the wrapping key.
    pub salt: [u8; 16],
    sealed: Vec<u8>,
}

impl KeyCopy {
    /// Encrypts the key of a data directory.
    pub fn of(directory: &Path, salt: [u8; 16], wrapping: &[u8; 32]) -> Result<Self, JournalError> {
        let missing = || JournalError::KeyMissing { path: directory.to_owned() };
        let key = NodeKey::existing(directory)?.ok_or_else(missing)?;
        let fingerprint = Fingerprint(key.public());
        let sealed = seal(wrapping, &fingerprint.to_string(), key.seed())?;
        Ok(Self { fingerprint, salt, sealed })
    }

    /// Reads a file that contains a copy.
    pub fn read(path: &Path) -> Result<Self, JournalError> {
        let text = fs::read_to_string(path).map_err(JournalError::io("鍵の写しを読む", path))?;
        text.parse().map_err(|fault| JournalError::Key { path: path.to_owned(), fault })
    }

    /// Writes the copy to a file that does not exist yet.
    pub fn write(&self, path: &Path) -> Result<(), JournalError> {
        let write = || {
            let mut file = private_file(path, true)?;
            write!(file, "{self}")?;
            file.sync_all()?;
            sync_directory_of(path)
        };
        write().map_err(JournalError::io(WRITING, path))
    }

    /// Decrypts the key; `None` if the wrapping key is another one.
    pub(crate) fn key(&self, wrapping: &[u8; 32]) -> Option<NodeKey> {
        let seed = unseal(wrapping, &self.fingerprint.to_string(), &self.sealed)?;
        let key = NodeKey::of_seed(seed.try_into().ok()?);
        (key.public() == self.fingerprint.0).then_some(key)
    }
}

impl fmt::Display for KeyCopy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fingerprint, salt, sealed } = self;
        writeln!(f, "{FORMAT}\n{fingerprint}\n{}\n{}", HEXLOWER.encode(salt), HEXLOWER.encode(sealed))
    }
}

impl FromStr for KeyCopy {
    type Err = KeyFault;

    fn from_str(text: &str) -> Result<Self, KeyFault> {
        parse(text).ok_or(KeyFault::NoCopy)
    }
}

fn parse(text: &str) -> Option<KeyCopy> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let [FORMAT, fingerprint, salt, sealed] = lines[..] else { return None };
    let bytes = |digits: &str| HEXLOWER.decode(digits.as_bytes()).ok();
    Some(KeyCopy {
        fingerprint: fingerprint.parse().ok()?,
        salt: bytes(salt)?.try_into().ok()?,
        sealed: bytes(sealed)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_the_key_opens_with_its_passphrase_only() {
        let directory = tempfile::tempdir().unwrap();
        let key = NodeKey::of(directory.path()).unwrap();
        let copy = KeyCopy::of(directory.path(), [3; 16], &[1; 32]).unwrap();
        let path = directory.path().join("写し.key");
        copy.write(&path).unwrap();
        assert!(copy.write(&path).is_err(), "nothing is overwritten");
        let read = KeyCopy::read(&path).unwrap();
        assert_eq!(read, copy);
        assert_eq!(read.key(&[1; 32]).unwrap().public(), key.public());
        assert!(read.key(&[2; 32]).is_none());
        assert!(!copy.to_string().contains(&HEXLOWER.encode(key.seed())));
        fs::write(&path, "node.key").unwrap();
        assert!(matches!(KeyCopy::read(&path), Err(JournalError::Key { fault: KeyFault::NoCopy, .. })));
    }
}
