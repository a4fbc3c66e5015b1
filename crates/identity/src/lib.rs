//! 本人確認 — authentication: passwords, one-time codes, passkeys, external issuers, tokens. Only [`oidc`] uses the network
//! and a clock. Random numbers come from the operating system.

mod hashing;
pub mod oidc;
pub mod one_time;
pub mod passkey;
pub mod passphrase;
pub mod password;
pub mod place;
pub mod priority;
pub mod token;

/// 乱数の欠如 — the operating system supplies no random numbers, so no secret can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRandomness;

impl std::fmt::Display for NoRandomness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "この機械から乱数を得られません。もう一度行ってください。")
    }
}

impl std::error::Error for NoRandomness {}
