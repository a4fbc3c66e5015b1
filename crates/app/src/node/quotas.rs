//! 上限 — the limits on stored things, all in this file. Each limit applies to one owner. An owner who reaches it does
//! not affect others.

use renkei_journal::{DeskQuota, DeskQuotas, FormQuota};

/// Limits for files that wait for a review, with their corrections. A party's limit is higher than that of an account,
/// so that one clerk cannot fill the desk of the party.
pub(crate) const DESK: DeskQuotas =
    DeskQuotas { account: DeskQuota { files: 40, bytes: 256 << 20 }, party: DeskQuota { files: 80, bytes: 512 << 20 } };
/// Limits for the unsent input of one account.
pub(crate) const TYPED: FormQuota = FormQuota { forms: 50, bytes: 8 << 20 };
/// Limits for forms of one account that arrived after its session had ended.
pub(crate) const UNSENT: FormQuota = FormQuota { forms: 20, bytes: 8 << 20 };
/// Maximum number of sessions of one account, including sessions that ended recently.
pub(crate) const SESSIONS: u32 = 50;
pub(crate) const PASSKEYS: usize = 20;
/// Maximum number of browsers that are known to one account.
pub(crate) const KNOWN_BROWSERS: u32 = 20;
/// Maximum number of external identities that are bound to one account.
pub(crate) const OUTSIDE_IDENTITIES: u32 = 5;
