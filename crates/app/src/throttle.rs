//! 待ち — how long somebody waits after failures. Never for ever: a lock that stays is a way to lock others out.
//!
//! For an account (known or not) waiting begins after five failures, for an address after twenty: a whole office may stand
//! behind one. It doubles from thirty seconds to fifteen minutes. What is tried while waiting neither counts nor prolongs.

use renkei_identity::token;
use renkei_journal::{Attempts, Journal};

use crate::error::AppError;

const FREE_FOR_AN_ACCOUNT: u32 = 5;
const FREE_FOR_AN_ADDRESS: u32 = 20;
const FIRST_WAIT: u64 = 30_000;
const LONGEST_WAIT: u64 = 15 * 60_000;
/// Failures are forgotten after a day without another.
const FORGOTTEN_AFTER: u64 = 24 * 60 * 60_000;

/// 対象 — whose failures are counted. Stored as a digest: what is typed as a login may be a password.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    name: String,
    free: u32,
}

impl Subject {
    pub fn account(login: &str) -> Self {
        Self::of("account", login, FREE_FOR_AN_ACCOUNT)
    }

    pub fn code(account: &str) -> Self {
        Self::of("code", account, FREE_FOR_AN_ACCOUNT)
    }

    pub fn address(address: &str) -> Self {
        Self::of("address", address, FREE_FOR_AN_ADDRESS)
    }

    fn of(kind: &str, name: &str, free: u32) -> Self {
        let bytes: String = format!("{kind}:{name}").bytes().map(|byte| format!("{byte:02x}")).collect();
        let name = token::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name, free }
    }
}

/// How many seconds somebody must wait; none where they may try.
pub(crate) fn waiting(journal: &Journal, subjects: &[Subject], now: u64) -> Result<Option<u64>, AppError> {
    let mut longest = 0;
    for subject in subjects {
        let until = open_again(journal.attempts(&subject.name)?, subject.free);
        longest = longest.max(until.saturating_sub(now));
    }
    Ok((longest > 0).then(|| longest.div_ceil(1000)))
}

/// Counts a failure.
pub(crate) fn failed(journal: &Journal, subjects: &[Subject], now: u64) -> Result<(), AppError> {
    for subject in subjects {
        let known = journal.attempts(&subject.name)?;
        let before = if known.last_at + FORGOTTEN_AFTER < now { 0 } else { known.failures };
        let counted = Attempts { failures: before.saturating_add(1), last_at: now };
        journal.count_attempts(&subject.name, counted, now.saturating_sub(FORGOTTEN_AFTER))?;
    }
    Ok(())
}

/// Forgets the failures of somebody who is in.
pub(crate) fn succeeded(journal: &Journal, subjects: &[Subject]) -> Result<(), AppError> {
    for subject in subjects {
        journal.forget_attempts(&subject.name)?;
    }
    Ok(())
}

/// From when on somebody may try again.
fn open_again(attempts: Attempts, free: u32) -> u64 {
    if attempts.failures < free {
        return 0;
    }
    let doublings = (attempts.failures - free).min(10);
    attempts.last_at + (FIRST_WAIT << doublings).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_and_ends() {
        for (failures, seconds) in [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (999, 900)] {
            let until = open_again(Attempts { failures, last_at: 1_000_000 }, FREE_FOR_AN_ACCOUNT);
            assert_eq!(until.saturating_sub(1_000_000) / 1000, seconds, "{failures}");
        }
    }

    #[test]
    fn a_subject_tells_nothing() {
        let [one, other] = [Subject::account("あ"), Subject::account("い")];
        assert_ne!(one.name, other.name);
        assert_ne!(one.name, Subject::code("あ").name);
        assert_eq!(one.name.len(), 64);
    }
}
