//! 失敗の回数 — the numbers of recent failed sign-ins. Each is stored under a name that reveals neither a login name nor an
//! address.

/// 失敗の回数 — the number of consecutive failures, and the time of the last one in milliseconds since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attempts {
    pub failures: u32,
    pub last_at: u64,
}

/// Maximum number of stored subjects (accounts or addresses). A stranger can try any number of login names that do not
/// exist, so the table would grow without this limit.
pub(crate) const MOST_SUBJECTS: u32 = 20_000;
/// Number of additional subjects that are deleted when the table exceeds its limit.
pub(crate) const FORGOTTEN_AT_ONCE: u32 = 1_000;
