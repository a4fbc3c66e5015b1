//! 上限 — how much one owner may store of each thing. All numbers are in this file. Each limit is per owner: an owner who
//! reaches it does not affect others.

use renkei_journal::{DeskQuota, DeskQuotas, FormQuota};

/// Files that wait on a desk, with their corrections. A party's limit is higher than an account's, so that one clerk
/// cannot fill the desk.
pub(crate) const DESK: DeskQuotas =
    DeskQuotas { account: DeskQuota { files: 40, bytes: 256 << 20 }, party: DeskQuota { files: 80, bytes: 512 << 20 } };
/// Unsent forms into which one account has typed.
pub(crate) const TYPED: FormQuota = FormQuota { forms: 50, bytes: 8 << 20 };
/// Forms of one account that arrived after its session had ended.
pub(crate) const UNSENT: FormQuota = FormQuota { forms: 20, bytes: 8 << 20 };
/// Browsers in which one account is signed in, or was recently.
pub(crate) const SESSIONS: u32 = 50;
pub(crate) const PASSKEYS: usize = 20;
/// Identities at external issuers that are bound to one account.
pub(crate) const OUTSIDE_IDENTITIES: u32 = 5;
