//! 連鎖 — the events of one party in one dossier. The hash of each event includes the hash of the event before it.
//!
//! The hash is computed from the envelope: party, dossier, number, kind, version, time, previous hash, and the digest
//! of the salted body. It does not include the body itself, so the chain still verifies after a body is deleted. The
//! salt (16 random bytes) is deleted together with the body. Without the salt, nobody can find a short body by trying
//! all texts.

use std::fmt;

use data_encoding::HEXLOWER_PERMISSIVE;
use renkei_document::time::Hlc;
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// The previous hash of the first event of a chain.
pub const BEFORE_THE_FIRST: Hash = [0; 32];

/// The key of a chain: a party and a dossier. Neither is empty, and the party contains no `/`. The text form is
/// `party/dossier`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainKey {
    pub party: String,
    pub dossier: String,
}

/// The fields of one event from which its hash is computed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Envelope<'a> {
    pub party: &'a str,
    pub dossier: &'a str,
    /// Number of the event in its chain, from 1, without gaps.
    pub number: u64,
    pub kind: &'a str,
    pub version: u32,
    pub time: Hlc,
    pub previous: &'a Hash,
    pub body_digest: &'a Hash,
}

impl ChainKey {
    pub fn new(party: impl Into<String>, dossier: impl Into<String>) -> Self {
        Self { party: party.into(), dossier: dossier.into() }
    }

    /// Whether the text form `party/dossier` can be parsed as this chain only.
    pub(crate) fn is_nameable(&self) -> bool {
        !self.party.is_empty() && !self.dossier.is_empty() && !self.party.contains('/')
    }
}

impl fmt::Display for ChainKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.party, self.dossier)
    }
}

impl Envelope<'_> {
    pub fn hash(&self) -> Hash {
        let mut hasher = Fields::of("renkei-envelope/1");
        hasher.text(self.party);
        hasher.text(self.dossier);
        hasher.number(self.number);
        hasher.text(self.kind);
        hasher.number(self.version.into());
        hasher.number(self.time.millis);
        hasher.number(self.time.counter.into());
        hasher.bytes(self.previous);
        hasher.bytes(self.body_digest);
        hasher.finish()
    }
}

/// Computes the digest of a salt and a body.
pub(crate) fn body_digest(salt: &[u8], body: &[u8]) -> Hash {
    let mut hasher = Fields::of("renkei-body/1");
    hasher.bytes(salt);
    hasher.bytes(body);
    hasher.finish()
}

/// Parses 64 hexadecimal digits, of either case; `None` for any other text.
pub(crate) fn hash_from_hex(text: &str) -> Option<Hash> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// A hasher of a sequence of fields. The length of each field is hashed before the field, so different sequences give
/// different input.
pub(crate) struct Fields(Sha256);

impl Fields {
    /// Starts a hash. Different texts for `purpose` ensure that hashes for different uses differ.
    pub fn of(purpose: &str) -> Self {
        let mut fields = Self(Sha256::new());
        fields.text(purpose);
        fields
    }

    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    pub fn number(&mut self, number: u64) {
        self.0.update(number.to_be_bytes());
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    pub fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    fn envelope() -> Envelope<'static> {
        Envelope {
            party: "city",
            dossier: "agreement",
            number: 3,
            kind: "ObservationReported",
            version: 2,
            time: Hlc { millis: 5, counter: 1 },
            previous: &BEFORE_THE_FIRST,
            body_digest: &[7; 32],
        }
    }

    #[test]
    fn each_field_of_the_envelope_changes_the_hash() {
        let original = envelope();
        let changed = [
            Envelope { party: "ward", ..original },
            Envelope { dossier: "organisation", ..original },
            Envelope { number: 4, ..original },
            Envelope { kind: "ObservationCorrected", ..original },
            Envelope { version: 1, ..original },
            Envelope { time: Hlc { millis: 6, counter: 1 }, ..original },
            Envelope { time: Hlc { millis: 5, counter: 2 }, ..original },
            Envelope { previous: &[1; 32], ..original },
            Envelope { body_digest: &[8; 32], ..original },
            Envelope { party: "citya", dossier: "greement", ..original },
        ];
        for envelope in changed {
            assert_ne!(envelope.hash(), original.hash(), "{envelope:?}");
        }
    }

    /// The format of hashes never changes, because every later release must verify chains of earlier releases. The
    /// expected values were computed by another program from the description of the format.
    #[test]
    fn the_hash_of_a_known_envelope_never_changes() {
        assert_eq!(
            HEXLOWER.encode(&envelope().hash()),
            "b7b69acbbd7aff86348069d13ef1997ad702cf15ffcd77c6501f1c317b7c97ab"
        );
        assert_eq!(
            HEXLOWER.encode(&body_digest(b"salt", b"{}")),
            "cd7a2c7a156588788ecdd4a90578fa10b5dfd06830c4f706c9781dd3dd45480b"
        );
    }

    #[test]
    fn a_salt_cannot_be_confused_with_the_start_of_the_body() {
        assert_ne!(body_digest(b"ab", b"c"), body_digest(b"a", b"bc"));
    }

    #[test]
    fn hexadecimal_is_written_and_parsed_and_other_text_refused() {
        let hash: Hash = std::array::from_fn(|place| place as u8 * 8);
        assert_eq!(hash_from_hex(&HEXLOWER.encode(&hash)), Some(hash));
        for text in ["", "00", &"0".repeat(63), &"g".repeat(64), &"あ".repeat(22), &format!("+{}", "0".repeat(63))] {
            assert_eq!(hash_from_hex(text), None, "{text}");
        }
    }
}
