//! 招待と再設定のリンク — links that the administrator gives to people and that can be used once. Only the digest of the printed
//! secret is stored.

use crate::owner::AccountOwner;

/// リンク — a link by which a person sets a password. Times are in milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub digest: [u8; 32],
    pub account: AccountOwner,
    pub purpose: LinkPurpose,
    pub made_at: u64,
    pub expires_at: u64,
    pub used_at: Option<u64>,
}

/// リンクの用途 — the purpose of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkPurpose {
    /// 招待: the person sets a first password.
    Invitation,
    /// 再設定: the person sets a new password, and sets up one-time codes again.
    Reset,
}

impl LinkPurpose {
    /// Returns the word under which the purpose is stored.
    pub(crate) fn key(self) -> &'static str {
        match self {
            LinkPurpose::Invitation => "invitation",
            LinkPurpose::Reset => "reset",
        }
    }
}
