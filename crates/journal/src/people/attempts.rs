//! 失敗の回数 — the number of recent failed sign-ins, under a name that reveals neither login nor address.

/// 失敗の回数 — consecutive failures, and the time of the last one (milliseconds since 1970).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attempts {
    pub failures: u32,
    pub last_at: u64,
}

/// Largest number of subjects kept. A stranger can try any number of logins that do not exist: without a limit the
/// table would keep growing.
pub(crate) const MOST_SUBJECTS: u32 = 20_000;
/// Number of extra subjects that are deleted once the table is over its limit.
pub(crate) const FORGOTTEN_AT_ONCE: u32 = 1_000;
