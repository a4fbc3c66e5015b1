//! 鍵の合言葉 — derives a key from a passphrase with argon2id, with which a file can be encrypted.

use crate::NoRandomness;
use crate::hashing::on_hashing_thread;
use crate::password::{hasher, normalised};

/// Returns a random salt.
pub fn salt() -> Result<[u8; 16], NoRandomness> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|_| NoRandomness)?;
    Ok(salt)
}

/// Derives a key from a passphrase and a salt. The same passphrase and salt always give the same key.
pub fn key(passphrase: &str, salt: [u8; 16]) -> Result<[u8; 32], NoRandomness> {
    let passphrase = normalised(passphrase.trim());
    let derived = on_hashing_thread(move || {
        let mut key = [0; 32];
        hasher().hash_password_into(passphrase.as_bytes(), &salt, &mut key).map(|()| key)
    });
    derived.and_then(Result::ok).ok_or(NoRandomness)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_gives_one_key_for_each_salt() {
        let given = key("plum tree in the rain", [1; 16]).unwrap();
        assert_eq!(key("ｐlum tree in the rain\n", [1; 16]).unwrap(), given, "from any keyboard");
        assert_ne!(key("plum tree in the rain", [2; 16]).unwrap(), given);
        assert_ne!(key("plum tree in the snow", [1; 16]).unwrap(), given);
    }
}
