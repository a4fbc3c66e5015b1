//! 控え — keys and heads that were noted outside of the database, and with which a verification compares it.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;

use crate::events::chain::hash_from_hex;
use crate::events::head::{HeadMark, NoHeadMark};

/// Keys and heads that were noted outside of the database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// The public keys of nodes that may sign.
    pub keys: BTreeSet<Fingerprint>,
    pub heads: Vec<HeadMark>,
}

/// 鍵の指紋 — the public key of a node, in 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

/// One line that is neither a fingerprint nor a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotNoted {
    pub line: String,
}

impl Noted {
    /// Adds a fingerprint or a head.
    pub fn note(&mut self, text: &str) -> Result<(), NotNoted> {
        let text = text.trim();
        if let Ok(key) = text.parse() {
            self.keys.insert(key);
            return Ok(());
        }
        let head = text.parse().map_err(|NoHeadMark { text }| NotNoted { line: text })?;
        self.heads.push(head);
        Ok(())
    }

    /// Adds the fingerprints and heads of a text, one on each line. Ignores empty lines and lines that begin with `#`.
    pub fn note_all(&mut self, text: &str) -> Result<(), NotNoted> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.into_iter().try_for_each(|line| self.note(line))
    }
}

impl From<HeadMark> for Noted {
    fn from(head: HeadMark) -> Self {
        Self { heads: vec![head], ..Self::default() }
    }
}

impl From<Fingerprint> for Noted {
    fn from(key: Fingerprint) -> Self {
        Self { keys: BTreeSet::from([key]), ..Self::default() }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for Fingerprint {
    type Err = NotNoted;

    /// Parses 64 hexadecimal digits; spaces between them are ignored.
    fn from_str(text: &str) -> Result<Self, NotNoted> {
        let digits: String = text.split_whitespace().collect();
        hash_from_hex(&digits).map(Self).ok_or_else(|| NotNoted { line: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_and_heads_are_read_from_lines() {
        let (key, hash) = ("ab".repeat(32), "00".repeat(32));
        let mut noted = Noted::default();
        noted.note_all(&format!("# 2026-12-01\n\n{key}\n  node/ledger:7:{hash}\n")).unwrap();
        assert_eq!(noted.keys, BTreeSet::from([Fingerprint([0xab; 32])]));
        assert_eq!(noted.heads[0].to_string(), format!("node/ledger:7:{hash}"));
        let spaced = key.as_bytes().chunks(8).map(|part| String::from_utf8_lossy(part).into_owned() + " ");
        assert_eq!(spaced.collect::<String>().parse(), Ok(Fingerprint([0xab; 32])));
        assert_eq!(noted.note("node.key"), Err(NotNoted { line: "node.key".to_owned() }));
    }
}
