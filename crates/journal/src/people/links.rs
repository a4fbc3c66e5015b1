//! 招待と再設定のリンク — single-use links that the administrator hands over. Only the digest of the printed secret is stored.

use crate::owner::AccountOwner;

/// リンク — a link that lets one person set a password. Times are milliseconds since 1970.
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
    /// 招待: to set the first password.
    Invitation,
    /// 再設定: to set another password and set up one-time codes again.
    Reset,
}

impl LinkPurpose {
    /// The word under which the purpose is stored.
    pub(crate) fn key(self) -> &'static str {
        match self {
            LinkPurpose::Invitation => "invitation",
            LinkPurpose::Reset => "reset",
        }
    }
}
