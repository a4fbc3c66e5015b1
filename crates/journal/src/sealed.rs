//! 封 — secrets that are stored encrypted (XChaCha20-Poly1305): 24 random bytes, then the ciphertext with its tag.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};

use crate::error::JournalError;
use crate::events::chain::Hash;

const NONCE: usize = 24;

/// Encrypts a secret. Only a reader who gives the same text for `about` can decrypt it, so a sealed secret cannot be
/// moved from one account to another.
pub(crate) fn seal(key: &Hash, about: &str, secret: &[u8]) -> Result<Vec<u8>, JournalError> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| JournalError::NoRandomness)?;
    let payload = Payload { msg: secret, aad: about.as_bytes() };
    let sealed = XChaCha20Poly1305::new(&(*key).into()).encrypt(&nonce.into(), payload);
    Ok([&nonce[..], &sealed.map_err(|_| JournalError::NoRandomness)?].concat())
}

/// Decrypts a secret; `None` if it was sealed with another key or about something else, or was changed.
pub(crate) fn unseal(key: &Hash, about: &str, sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let payload = Payload { msg: sealed, aad: about.as_bytes() };
    XChaCha20Poly1305::new(&(*key).into()).decrypt(&(*nonce).into(), payload).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_with_its_key_and_its_subject_only() {
        let sealed = seal(&[1; 32], "tanto", b"secret").unwrap();
        assert_eq!(unseal(&[1; 32], "tanto", &sealed).as_deref(), Some(&b"secret"[..]));
        assert_ne!(seal(&[1; 32], "tanto", b"secret").unwrap(), sealed, "each seal has its own nonce");
        assert_eq!(unseal(&[2; 32], "tanto", &sealed), None);
        assert_eq!(unseal(&[1; 32], "kessai", &sealed), None);
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(unseal(&[1; 32], "tanto", &changed), None, "{place}");
        }
        assert_eq!(unseal(&[1; 32], "tanto", b"short"), None);
    }
}
