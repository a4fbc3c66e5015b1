//! 合言葉 — passwords: the requirements for them, and their storage.
//!
//! Requires a length, not a composition (NIST SP 800-63B-4): at least twelve characters, but no capitals or symbols,
//! and no expiry. Stores an argon2id hash with the parameters of OWASP's Password Storage Cheat Sheet (19 MiB, 2
//! passes).

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use unicode_normalization::UnicodeNormalization;

use crate::NoRandomness;
use crate::hashing::on_hashing_thread;

pub const LEAST_CHARACTERS: usize = 12;
pub const MOST_CHARACTERS: usize = 128;

/// 合言葉の難 — why a password is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    TooShort,
    TooLong,
    /// The password is the login name, once or several times.
    IsLogin,
    /// The password is a common one, repeats a short text, or is a sequence such as 1234.
    Common,
}

/// Common parts of passwords, in lower case. It is a list of our own: sequences of keys and numbers, and words of this
/// field of work.
const COMMON: [&str; 28] = [
    "password",
    "passwort",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "pasuwado",
    "pasuwaado",
    "パスワード",
    "ぱすわーど",
    "あいことば",
    "qwerty",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc",
    "1q2w3e4r5t6y",
    "letmein",
    "welcome",
    "iloveyou",
    "administrator",
    "admin",
    "kanrisha",
    "管理者",
    "renkei",
    "連携",
    "koyoutaisaku",
    "hellowork",
    "ハローワーク",
];

/// The hash of a text that nobody can type. It is checked for an account without a password, so that this takes as long
/// as for an account with one.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash("\0").unwrap_or_default());

/// Returns why a password is not accepted; `None` if it is accepted.
pub fn weakness(password: &str, login: &str) -> Option<Weakness> {
    let plain = normalised(password);
    let characters = plain.chars().count();
    if characters < LEAST_CHARACTERS {
        return Some(Weakness::TooShort);
    }
    if characters > MOST_CHARACTERS {
        return Some(Weakness::TooLong);
    }
    let small = plain.to_lowercase();
    let login = normalised(login).to_lowercase();
    if !login.is_empty() && small.contains(&login) && small.replace(&login, "").chars().all(is_filler) {
        return Some(Weakness::IsLogin);
    }
    (repeats(&small) || counts(&small) || is_common(&small)).then_some(Weakness::Common)
}

/// Hashes a password for storage.
pub fn hash(password: &str) -> Result<String, NoRandomness> {
    let password = normalised(password);
    let hashed = on_hashing_thread(move || hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string()));
    hashed.and_then(Result::ok).ok_or(NoRandomness)
}

/// Whether a password matches the stored hash. If there is no stored hash, does the same work and returns false.
pub fn verify(password: &str, kept: Option<&str>) -> bool {
    let too_long = password.chars().count() > MOST_CHARACTERS * 4;
    let typed = if too_long { String::new() } else { normalised(password) };
    let matches = |kept: &str| {
        let (typed, kept) = (typed.clone(), kept.to_owned());
        let verify = move || {
            let kept = PasswordHash::new(&kept);
            kept.is_ok_and(|kept| hasher().verify_password(typed.as_bytes(), &kept).is_ok())
        };
        on_hashing_thread(verify).unwrap_or(false)
    };
    match kept {
        Some(kept) => matches(kept) && !too_long,
        None => {
            matches(&NOBODYS);
            false
        }
    }
}

/// Returns a random password, for a demonstration or for a machine.
pub fn fresh() -> Result<String, NoRandomness> {
    crate::token::Token::for_paper().map(|token| token.text().to_owned())
}

pub(crate) fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Normalises a password, so that full-width and composed characters of different keyboards give the same text.
pub(crate) fn normalised(password: &str) -> String {
    password.nfkc().collect()
}

fn is_filler(c: char) -> bool {
    c.is_ascii_digit() || !c.is_alphanumeric()
}

/// Whether the text consists of repetitions of one piece of up to four characters.
fn repeats(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    (1..=4).any(|length| characters.iter().zip(&characters[length..]).all(|(one, later)| one == later))
}

/// Whether each character is the successor (or each the predecessor) of the one before: 123456789012, abcdefghijkl.
fn counts(password: &str) -> bool {
    let codes: Vec<i64> = password.chars().map(|c| i64::from(u32::from(c))).collect();
    let by = |step: i64| {
        codes.windows(2).all(|pair| {
            let wraps = (pair[0], pair[1]) == if step > 0 { (57, 48) } else { (48, 57) };
            pair[1] - pair[0] == step || wraps
        })
    };
    by(1) || by(-1)
}

/// Whether only digits and symbols remain after common parts of passwords are removed.
fn is_common(password: &str) -> bool {
    let mut words = COMMON;
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words.iter().fold(password.to_owned(), |rest, word| rest.replace(word, ""));
    rest != password && rest.chars().filter(|c| !is_filler(*c)).count() == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(password: &str, expected: Option<Weakness>) {
        assert_eq!(weakness(password, "shi-tanto"), expected, "{password}");
    }

    #[test]
    fn a_password_needs_a_length_and_no_composition() {
        check("あさがおのたねをまくひ", Some(Weakness::TooShort));
        check("あさがおのたねをまくひに", None);
        check("plum tree in the rain", None);
        check("eleven char", Some(Weakness::TooShort));
        check(&"ことり は".repeat(30), Some(Weakness::TooLong));
        check("", Some(Weakness::TooShort));
    }

    #[test]
    fn common_passwords_are_refused() {
        check("Shi-Tanto2026!", Some(Weakness::IsLogin));
        check("ｓｈｉ－ｔａｎｔｏ００００", Some(Weakness::IsLogin));
        check("shi-tantoshi-tanto", Some(Weakness::IsLogin));
        for common in [
            "password1234",
            "Password!2026",
            "ＰＡＳＳＷＯＲＤ１２３４",
            "qwertyuiop12",
            "123456789012",
            "987654321098",
            "abcdefghijklm",
            "aaaaaaaaaaaaa",
            "abcabcabcabc",
            "renkei-admin-2026",
        ] {
            check(common, Some(Weakness::Common));
        }
        check("password of the old gardener", None);
    }

    #[test]
    fn a_password_matches_from_any_keyboard_and_another_does_not() {
        let kept = hash("ｺｳﾖｳ no 秋 2026").unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("コウヨウ ｎｏ 秋 2026", Some(&kept)));
        assert!(!verify("コウヨウ no 秋 2025", Some(&kept)));
        assert!(!verify("", Some(&kept)));
        assert!(!verify(&"あ".repeat(9999), Some(&kept)));
        assert!(!verify("コウヨウ no 秋 2026", None));
        assert!(!verify("\0", None));
        assert!(!verify("x", Some("broken")));
        assert_ne!(hash("ｺｳﾖｳ no 秋 2026").unwrap(), kept, "each has its own salt");
    }

    #[test]
    fn a_fresh_password_is_good_enough() {
        check(&fresh().unwrap(), None);
    }
}
