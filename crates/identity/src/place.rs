//! 順番 — the place in line of a browser that has to wait before it may try to sign in. The browser stores the place; this
//! node stores nothing and recognises its own places by a code (HMAC-SHA-256) with a key that ends with the process.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::NoRandomness;
use crate::token::{self, TokenDigest};

/// 順番の鍵 — the key by which a node recognises the places that it gave.
pub struct PlaceKey([u8; 32]);

/// 順番 — a place in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// When the place was given, in milliseconds since 1970.
    pub given_at: u64,
    pub digest: TokenDigest,
}

const TIME: usize = 8;
const RANDOM: usize = 16;

impl PlaceKey {
    pub fn fresh() -> Result<Self, NoRandomness> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| NoRandomness)?;
        Ok(Self(key))
    }

    /// Returns a new place as text for a cookie: hexadecimal digits.
    pub fn give(&self, now: u64) -> Result<String, NoRandomness> {
        let mut content = [0; TIME + RANDOM];
        content[..TIME].copy_from_slice(&now.to_be_bytes());
        getrandom::fill(&mut content[TIME..]).map_err(|_| NoRandomness)?;
        let code = self.code(&content).finalize().into_bytes();
        Ok(format!("{}{}", HEXLOWER.encode(&content), HEXLOWER.encode(&code)))
    }

    /// Returns the place that a browser sent; `None` if this node did not give it.
    pub fn read(&self, text: &str) -> Option<Place> {
        let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
        let (content, code) = bytes.split_at_checked(TIME + RANDOM)?;
        self.code(content).verify_slice(code).ok()?;
        let given_at = u64::from_be_bytes(content[..TIME].try_into().ok()?);
        Some(Place { given_at, digest: token::digest(text) })
    }

    fn code(&self, content: &[u8]) -> Hmac<Sha256> {
        let mut code = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        code.update(content);
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_that_this_node_gave_are_recognised() {
        let [key, other] = [PlaceKey::fresh().unwrap(), PlaceKey::fresh().unwrap()];
        let given = key.give(1_234).unwrap();
        assert_eq!(key.read(&given).unwrap().given_at, 1_234);
        assert_ne!(key.read(&given).unwrap().digest, key.read(&key.give(1_234).unwrap()).unwrap().digest);
        assert_eq!(other.read(&given), None);
        let later = format!("{}{}", "0".repeat(16), &given[16..]);
        for wrong in ["", "00", "あ", &later, &given[..given.len() - 2], &format!("{given}00"), &given.to_uppercase()]
        {
            assert_eq!(key.read(wrong), None, "{wrong}");
        }
    }
}
