//! 先頭 — the head of a chain: its last event, signed by the node that wrote it. Editions and bundles print heads.
//!
//! The signature proves that the chain was not changed. It is not an official seal (公印) and not an 電子署名 in the sense of
//! the law.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signature, VerifyingKey};
use renkei_document::time::Hlc;

use crate::events::chain::{ChainKey, Fields, Hash, hash_from_hex};

/// The signed last event of a chain. Its hash depends on all events before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub party: String,
    pub dossier: String,
    /// Number of the last event, which is also the number of events in the chain.
    pub number: u64,
    pub hash: Hash,
    /// Time of the last event.
    pub time: Hlc,
    pub signature: [u8; 64],
    /// The public key of the node that signed.
    pub public_key: [u8; 32],
}

/// A head in its printed form: `party/dossier:number:hash`, with the hash in 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadMark {
    pub chain: ChainKey,
    pub number: u64,
    pub hash: Hash,
}

/// A text that is not a [`HeadMark`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoHeadMark {
    pub text: String,
}

impl Head {
    pub fn chain(&self) -> ChainKey {
        ChainKey::new(&self.party, &self.dossier)
    }

    pub fn mark(&self) -> HeadMark {
        HeadMark { chain: self.chain(), number: self.number, hash: self.hash }
    }

    /// Whether the signature is valid for this head and its public key.
    pub fn signature_holds(&self) -> bool {
        self.mark().is_signed_by(&self.public_key, &self.signature)
    }
}

impl HeadMark {
    pub(crate) fn is_signed_by(&self, public_key: &[u8; 32], signature: &[u8; 64]) -> bool {
        VerifyingKey::from_bytes(public_key)
            .is_ok_and(|key| key.verify_strict(&signed_bytes(self), &Signature::from_bytes(signature)).is_ok())
    }
}

/// Returns the bytes that a node signs.
pub(crate) fn signed_bytes(mark: &HeadMark) -> Hash {
    let mut fields = Fields::of("renkei-head/1");
    fields.text(&mark.chain.party);
    fields.text(&mark.chain.dossier);
    fields.number(mark.number);
    fields.bytes(&mark.hash);
    fields.finish()
}

impl fmt::Display for HeadMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.chain, self.number, HEXLOWER.encode(&self.hash))
    }
}

impl FromStr for HeadMark {
    type Err = NoHeadMark;

    fn from_str(text: &str) -> Result<Self, NoHeadMark> {
        parse(text.trim()).ok_or_else(|| NoHeadMark { text: text.to_owned() })
    }
}

/// Parses the text from its end, because the name of a dossier may contain a colon.
fn parse(text: &str) -> Option<HeadMark> {
    let (front, hash) = text.rsplit_once(':')?;
    let (chain, number) = front.rsplit_once(':')?;
    let (party, dossier) = chain.split_once('/')?;
    let chain = ChainKey::new(party, dossier);
    let number = number.parse().ok().filter(|number| *number > 0)?;
    chain.is_nameable().then_some(HeadMark { chain, number, hash: hash_from_hex(hash)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_parsed_from_its_own_text() {
        for (party, dossier) in [("city", "agreement"), ("labour_bureau", "agreement:2015"), ("市", "協定/付属:一")]
        {
            let mark = HeadMark { chain: ChainKey::new(party, dossier), number: 31, hash: [0xab; 32] };
            assert_eq!(mark.to_string().parse(), Ok(mark.clone()), "{mark}");
            assert_eq!(format!("  {mark}\n").parse(), Ok(mark));
        }
    }

    #[test]
    fn a_text_that_is_not_a_head_is_refused() {
        let hash = "0".repeat(64);
        let cases = [
            String::new(),
            hash.clone(),
            format!("city:3:{hash}"),
            format!("city/a:{hash}"),
            format!("city/a:x:{hash}"),
            format!("city/a:0:{hash}"),
            format!("/a:3:{hash}"),
            format!("city/:3:{hash}"),
            "city/a:3:00".to_owned(),
        ];
        for text in cases {
            assert_eq!(text.parse::<HeadMark>(), Err(NoHeadMark { text: text.clone() }));
        }
    }
}
