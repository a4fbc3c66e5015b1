//! 上限 — how much of each thing one owner may have. The numbers are here and nowhere else. Each is for one owner: an owner at a limit
//! stops nobody else.

use renkei_journal::{DeskQuota, DeskQuotas, FormQuota};

/// Files that wait on a desk, with their corrections. A desk has room for more than one account may bring, so that one clerk cannot
/// fill it.
pub(crate) const DESK: DeskQuotas =
    DeskQuotas { account: DeskQuota { files: 40, bytes: 256 << 20 }, party: DeskQuota { files: 80, bytes: 512 << 20 } };
/// Forms of one account that were typed into and not sent.
pub(crate) const TYPED: FormQuota = FormQuota { forms: 50, bytes: 8 << 20 };
/// Forms of one account that came after its session had ended.
pub(crate) const UNSENT: FormQuota = FormQuota { forms: 20, bytes: 8 << 20 };
/// Browsers in which one account is signed in, or was lately.
pub(crate) const SESSIONS: u32 = 50;
pub(crate) const PASSKEYS: usize = 20;
/// People of issuers outside who are bound to one account.
pub(crate) const OUTSIDE_IDENTITIES: u32 = 5;
