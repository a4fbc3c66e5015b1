//! 符号 — secrets that a browser stores or that are printed on paper. This node stores only their SHA-256, so a person
//! who can read the database cannot use them.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::NoRandomness;

/// The digest of a token, which is stored in its place.
pub type TokenDigest = [u8; 32];

/// Letters and digits that cannot be confused on paper. Left out are 0 and o; 1, i and l; and u, which looks like v.
const PAPER: &[u8; 30] = b"23456789abcdefghjkmnpqrstvwxyz";
/// Number of letters of a token on paper: 24 letters out of 30 possible ones contain 117 random bits.
const PAPER_LETTERS: usize = 24;

/// 符号 — a new secret, which is shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Makes a token for cookies: 256 random bits in hexadecimal digits.
    pub fn fresh() -> Result<Self, NoRandomness> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
        Ok(Self(HEXLOWER.encode(&bytes)))
    }

    /// Makes a token for a link that a person types from paper: 117 random bits in six groups of four letters.
    pub fn for_paper() -> Result<Self, NoRandomness> {
        let mut letters = String::with_capacity(PAPER_LETTERS + 5);
        let mut taken = 0;
        while taken < PAPER_LETTERS {
            let mut byte = [0; 1];
            getrandom::fill(&mut byte).map_err(|_| NoRandomness)?;
            // 240 is the largest multiple of 30 in a byte. If larger values were used, some letters would be more
            // likely than others.
            if byte[0] >= 240 {
                continue;
            }
            if taken > 0 && taken % 4 == 0 {
                letters.push('-');
            }
            letters.push(char::from(PAPER[usize::from(byte[0]) % PAPER.len()]));
            taken += 1;
        }
        Ok(Self(letters))
    }

    pub fn text(&self) -> &str {
        &self.0
    }

    pub fn digest(&self) -> TokenDigest {
        digest(&self.0)
    }
}

/// Debug output must not reveal the secret.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Token(…)")
    }
}

/// Returns the digest of a token that a person typed. Capitals, blanks and hyphens make no difference.
pub fn digest(text: &str) -> TokenDigest {
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    Sha256::digest(plain.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_and_never_the_same() {
        let [one, other] = [Token::fresh().unwrap(), Token::fresh().unwrap()];
        assert_eq!(one.text().len(), 64);
        assert_ne!(one, other);
        assert_ne!(one.digest(), other.digest());
        assert_eq!(format!("{one:?}"), "Token(…)");
    }

    #[test]
    fn a_token_from_paper_may_have_capitals_blanks_and_hyphens() {
        let token = Token::for_paper().unwrap();
        let text = token.text();
        assert_eq!(text.split('-').map(str::len).collect::<Vec<_>>(), [4; 6]);
        assert!(text.bytes().all(|letter| letter == b'-' || PAPER.contains(&letter)), "{text}");
        for typed in [text.to_uppercase(), text.replace('-', ""), text.replace('-', " "), format!(" {text}\n")] {
            assert_eq!(digest(&typed), token.digest(), "{typed}");
        }
        assert_ne!(digest(&text[1..]), token.digest());
    }
}
