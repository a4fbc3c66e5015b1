//! 待ち — how long a person has to wait after failed sign-ins. The wait is always limited, because with a permanent lock
//! anybody could lock others out.
//!
//! For an account (whether it exists or not), waiting begins after five failures; for an address after twenty, because
//! a whole office may share it. The wait begins with thirty seconds and doubles up to fifteen minutes. An attempt
//! during the wait is not counted and does not prolong the wait.
//!
//! An attempt counts as a failure before its password is checked; if the password was right, the failure is removed
//! again. So simultaneous attempts cannot evade the limit. For an address, this applies only after its first twenty
//! failures, because a whole office may sign in at the same time.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};

use data_encoding::HEXLOWER;
use renkei_identity::token;
use renkei_journal::{Attempts, Journal};

use crate::node::error::AppError;

const FREE_FOR_AN_ACCOUNT: u32 = 5;
const FREE_FOR_AN_ADDRESS: u32 = 20;
const FIRST_WAIT: u64 = 30_000;
const LONGEST_WAIT: u64 = 15 * 60_000;
/// Time after the last failure at which all failures are forgotten, in milliseconds.
const FORGOTTEN_AFTER: u64 = 24 * 60 * 60_000;

/// 対象 — an account or an address whose failures are counted. Its name is stored as a digest, because people sometimes
/// type a password into the field of the login name.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    name: String,
    free: u32,
    /// Whether every attempt counts before its password is checked. If false, this begins after the first free
    /// failures.
    counts_ahead: bool,
}

/// 数えた試み — an attempt whose password is being checked.
#[derive(Debug)]
pub(crate) struct Tried {
    /// Subjects for which the attempt is already counted, with the number of failures before and after.
    ahead: Vec<(Subject, Attempts, Attempts)>,
    /// Subjects for which the attempt is counted only if the password is wrong.
    behind: Vec<Subject>,
}

impl Subject {
    pub fn account(login: &str) -> Self {
        Self::of("account", login, FREE_FOR_AN_ACCOUNT)
    }

    pub fn code(account: &str) -> Self {
        Self::of("code", account, FREE_FOR_AN_ACCOUNT)
    }

    pub fn address(address: &str) -> Self {
        Self { counts_ahead: false, ..Self::of("address", &network_of(address), FREE_FOR_AN_ADDRESS) }
    }

    fn of(kind: &str, name: &str, free: u32) -> Self {
        let bytes = HEXLOWER.encode(format!("{kind}:{name}").as_bytes());
        let name = HEXLOWER.encode(&token::digest(&bytes));
        Self { name, free, counts_ahead: true }
    }
}

/// Returns the network of an address. For IPv6 it is the /64, because a client can usually use all addresses of its
/// /64.
pub fn network_of(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX));
            format!("{network}/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

/// Returns how many seconds to wait; `None` if an attempt is allowed now.
pub(crate) fn waiting(journal: &Journal, subjects: &[Subject], now: u64) -> Result<Option<u64>, AppError> {
    let mut longest = 0;
    for subject in subjects {
        let until = open_again(journal.attempts(&subject.name)?, subject.free);
        longest = longest.max(until.saturating_sub(now));
    }
    Ok((longest > 0).then(|| longest.div_ceil(1000)))
}

/// Returns the same as [`waiting`], computed from failures that were already read for many subjects.
pub(crate) fn waiting_among(known: &BTreeMap<String, Attempts>, subjects: &[Subject], now: u64) -> Option<u64> {
    let until = |subject: &Subject| open_again(known.get(&subject.name).copied().unwrap_or_default(), subject.free);
    let longest = subjects.iter().map(until).max().unwrap_or(0).saturating_sub(now);
    (longest > 0).then(|| longest.div_ceil(1000))
}

/// Counts a failure for each subject.
pub(crate) fn failed(journal: &Journal, subjects: &[Subject], now: u64) -> Result<(), AppError> {
    subjects.iter().try_for_each(|subject| count(journal, subject, now).map(drop))
}

/// Counts an attempt as a failure before its password is checked; or returns how many seconds to wait.
pub(crate) fn begin(journal: &Journal, subjects: &[Subject], now: u64) -> Result<Result<Tried, u64>, AppError> {
    if let Some(seconds) = waiting(journal, subjects, now)? {
        return Ok(Err(seconds));
    }
    let mut tried = Tried { ahead: Vec::new(), behind: Vec::new() };
    for subject in subjects.iter().cloned() {
        let before = journal.attempts(&subject.name)?;
        if subject.counts_ahead || before.failures >= subject.free {
            let counted = count(journal, &subject, now)?;
            tried.ahead.push((subject, before, counted));
        } else {
            tried.behind.push(subject);
        }
    }
    Ok(Ok(tried))
}

impl Tried {
    /// Counts the attempt for the remaining subjects, after the password was wrong.
    pub fn failed(self, journal: &Journal, now: u64) -> Result<(), AppError> {
        failed(journal, &self.behind, now)
    }

    /// Removes the failures that were counted in advance, after the password was right. Failures that others caused
    /// meanwhile stay.
    pub fn was_right(self, journal: &Journal, now: u64) -> Result<(), AppError> {
        for (subject, before, counted) in self.ahead {
            let known = journal.attempts(&subject.name)?;
            let fewer = Attempts { failures: known.failures.saturating_sub(1), ..known };
            let left = if known == counted { before } else { fewer };
            if left.failures == 0 {
                journal.forget_attempts(&subject.name)?;
            } else {
                journal.count_attempts(&subject.name, left, now.saturating_sub(FORGOTTEN_AFTER))?;
            }
        }
        Ok(())
    }
}

fn count(journal: &Journal, subject: &Subject, now: u64) -> Result<Attempts, AppError> {
    let known = journal.attempts(&subject.name)?;
    let before = if known.last_at + FORGOTTEN_AFTER < now { 0 } else { known.failures };
    let counted = Attempts { failures: before.saturating_add(1), last_at: now };
    journal.count_attempts(&subject.name, counted, now.saturating_sub(FORGOTTEN_AFTER))?;
    Ok(counted)
}

/// Removes all failures of subjects after a successful sign-in.
pub(crate) fn succeeded(journal: &Journal, subjects: &[Subject]) -> Result<(), AppError> {
    for subject in subjects {
        journal.forget_attempts(&subject.name)?;
    }
    Ok(())
}

/// Returns the time from which an attempt is allowed again.
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
    fn all_addresses_of_an_ipv6_network_count_as_one() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("::1", "::/64"),
            ("", ""),
        ] {
            assert_eq!(network_of(address), expected, "{address}");
        }
        let of = |address| Subject::address(address).name;
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    }

    #[test]
    fn simultaneous_attempts_count_in_advance_and_successes_are_removed() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let subjects = [Subject::account("tanto"), Subject::address("192.0.2.7")];
        let begin = |subjects: &[Subject]| begin(&journal, subjects, 1_000).unwrap();
        let mut under_way: Vec<Tried> = (0..5).map(|_| begin(&subjects).unwrap()).collect();
        assert_eq!(begin(&subjects).unwrap_err(), 30, "the sixth waits though none has failed yet");
        let office: Vec<Tried> = (0..40)
            .map(|number| begin(&[Subject::account(&number.to_string()), subjects[1].clone()]).unwrap())
            .collect();
        for tried in office {
            tried.was_right(&journal, 1_000).unwrap();
        }
        assert_eq!(journal.attempts(&subjects[1].name).unwrap(), Attempts::default(), "an office is let in");
        under_way.pop().unwrap().was_right(&journal, 1_000).unwrap();
        under_way.into_iter().for_each(|tried| tried.failed(&journal, 1_000).unwrap());
        let failures = subjects.each_ref().map(|subject| journal.attempts(&subject.name).unwrap().failures);
        assert_eq!(failures, [4, 4]);
    }

    #[test]
    fn an_address_with_many_failures_has_one_attempt_at_a_time() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let address = [Subject::address("2001:db8::1")];
        for _ in 0..FREE_FOR_AN_ADDRESS {
            failed(&journal, &address, 1_000).unwrap();
        }
        assert_eq!(begin(&journal, &address, 1_000).unwrap().unwrap_err(), 30);
        let tried = begin(&journal, &address, 31_000).unwrap().unwrap();
        assert_eq!(begin(&journal, &address, 31_000).unwrap().unwrap_err(), 60);
        tried.was_right(&journal, 31_000).unwrap();
        assert!(begin(&journal, &address, 31_000).unwrap().is_ok());
    }

    #[test]
    fn the_stored_name_of_a_subject_reveals_nothing() {
        let [one, other] = [Subject::account("あ"), Subject::account("い")];
        assert_ne!(one.name, other.name);
        assert_ne!(one.name, Subject::code("あ").name);
        assert_eq!(one.name.len(), 64);
    }
}
