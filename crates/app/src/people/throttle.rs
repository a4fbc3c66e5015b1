//! 待ち — how long a person has to wait after failed sign-ins. Strangers are slowed, and nobody is locked out for good,
//! because otherwise anybody could lock others out.
//!
//! - A browser by which the owner of an account has signed in before (see `browsers`) has a counter of its own for this
//!   account. Failures of anybody else do not count for it.
//! - Any other browser is a stranger's. Its failures are counted for the login name (whether it exists or not) together
//!   with the network: after five, it waits thirty seconds; the time doubles up to fifteen minutes. So an attacker in one
//!   network does not slow down the owner in another.
//! - All strangers together have 100 failures for one login name and 40 from one network. Then one more is allowed for a
//!   login name each 150 seconds, and from a network each thirty seconds. So attempts from many networks are limited.
//! - A stranger's browser that was told to wait has a place in line: a minute later it has a counter of its own, under
//!   the two common limits. So an owner with a new browser need not win a race against an attacker in the same network.
//!
//! An attempt during the wait is not counted and does not prolong the wait. An attempt counts as a failure before its
//! password is checked; if the password was right, the failure is removed again. So simultaneous attempts cannot evade
//! the limit. For a network, this applies only after its free failures, because a whole office may sign in at the same
//! time.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};

use data_encoding::HEXLOWER;
use renkei_identity::token::{self, TokenDigest};
use renkei_journal::{Attempts, Journal};

use crate::node::error::AppError;

const FREE_FOR_ONE: u32 = 5;
const FREE_FOR_A_PLACE: u32 = 2;
const FREE_FOR_A_LOGIN: u32 = 100;
const FREE_FOR_A_NETWORK: u32 = 40;
/// Time after which one failure of a login name is forgotten, in milliseconds. An attacker in one network causes fewer
/// failures in this time, so five such attackers do not exhaust the limit of a login name.
const LOGIN_RECOVERS: u64 = 150_000;
const NETWORK_RECOVERS: u64 = 30_000;
const FIRST_WAIT: u64 = 30_000;
const LONGEST_WAIT: u64 = 15 * 60_000;
/// Time after the last failure at which all failures are forgotten, in milliseconds.
const FORGOTTEN_AFTER: u64 = 24 * 60 * 60_000;

/// 対象 — the counter of an account, a browser or a network. Its name is stored as a digest, because people sometimes type
/// a password into the field of the login name.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    name: String,
    /// Number of failures without a wait.
    free: u32,
    recovery: Recovery,
    /// Whether every attempt counts before its password is checked. If false, this begins after the first free
    /// failures.
    counts_ahead: bool,
}

/// 回復 — how a counter recovers from failures.
#[derive(Debug, Clone, Copy)]
enum Recovery {
    /// The wait doubles with each failure; all failures are forgotten together.
    Doubling,
    /// One failure is forgotten after each time of this length, in milliseconds.
    OneEach(u64),
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
    /// Counter of a browser that is known to an account.
    pub fn known_browser(account: &str, browser: &TokenDigest) -> Self {
        Self::of("browser", &[account, &HEXLOWER.encode(browser)], FREE_FOR_ONE, Recovery::Doubling)
    }

    /// Counter of a login name for strangers in one network.
    pub fn login_from(login: &str, address: &str) -> Self {
        Self::of("login from", &[login, &network_of(address)], FREE_FOR_ONE, Recovery::Doubling)
    }

    /// Counter of a login name for all strangers.
    pub fn login(login: &str) -> Self {
        Self::of("login", &[login], FREE_FOR_A_LOGIN, Recovery::OneEach(LOGIN_RECOVERS))
    }

    /// Counter of a network for all strangers.
    pub fn address(address: &str) -> Self {
        let recovery = Recovery::OneEach(NETWORK_RECOVERS);
        let network = Self::of("network", &[&network_of(address)], FREE_FOR_A_NETWORK, recovery);
        Self { counts_ahead: false, ..network }
    }

    /// Counter of a stranger's browser that has a place in line.
    pub fn place(login: &str, place: &TokenDigest) -> Self {
        Self::of("place", &[login, &HEXLOWER.encode(place)], FREE_FOR_A_PLACE, Recovery::Doubling)
    }

    /// Counter of the codes of an account, for browsers that are not known to it.
    pub fn code(account: &str) -> Self {
        Self::of("code", &[account], FREE_FOR_ONE, Recovery::Doubling)
    }

    /// Counter of the codes of an account in a browser that is known to it.
    pub fn code_in(account: &str, browser: &TokenDigest) -> Self {
        Self::of("code in", &[account, &HEXLOWER.encode(browser)], FREE_FOR_ONE, Recovery::Doubling)
    }

    /// Counter of the proofs in one session.
    pub fn session(session: &TokenDigest) -> Self {
        Self::of("session", &[&HEXLOWER.encode(session)], FREE_FOR_ONE, Recovery::Doubling)
    }

    fn of(kind: &str, names: &[&str], free: u32, recovery: Recovery) -> Self {
        // The digest of a token ignores all characters except letters and digits, so the text is encoded first.
        let bytes = HEXLOWER.encode(format!("{kind}:{}", names.join("\n")).as_bytes());
        let name = HEXLOWER.encode(&token::digest(&bytes));
        Self { name, free, recovery, counts_ahead: true }
    }

    /// Returns the failures that are not forgotten at this time.
    fn remaining(&self, known: Attempts, now: u64) -> Attempts {
        match self.recovery {
            Recovery::Doubling if known.last_at + FORGOTTEN_AFTER < now => Attempts::default(),
            Recovery::Doubling => known,
            Recovery::OneEach(time) => {
                let recovered = now.saturating_sub(known.last_at) / time;
                match u32::try_from(recovered).ok().filter(|recovered| *recovered < known.failures) {
                    Some(some) => {
                        Attempts { failures: known.failures - some, last_at: known.last_at + recovered * time }
                    }
                    None => Attempts::default(),
                }
            }
        }
    }

    /// Returns the same failures and one more. A counter that recovers keeps its rhythm.
    fn with_one_more(&self, known: Attempts, now: u64) -> Attempts {
        let last_at = match self.recovery {
            Recovery::OneEach(_) if known.failures > 0 => known.last_at,
            _ => now,
        };
        Attempts { failures: known.failures.saturating_add(1), last_at }
    }

    /// Returns the time from which an attempt is allowed again.
    fn open_again(&self, known: Attempts) -> u64 {
        if known.failures < self.free {
            return 0;
        }
        let over = known.failures - self.free;
        match self.recovery {
            Recovery::Doubling => known.last_at + (FIRST_WAIT << over.min(10)).min(LONGEST_WAIT),
            Recovery::OneEach(time) => known.last_at + (u64::from(over) + 1) * time,
        }
    }

    fn read(&self, journal: &Journal, now: u64) -> Result<Attempts, AppError> {
        Ok(self.remaining(journal.attempts(&self.name)?, now))
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
        let until = subject.open_again(subject.read(journal, now)?);
        longest = longest.max(until.saturating_sub(now));
    }
    Ok((longest > 0).then(|| longest.div_ceil(1000)))
}

/// Returns the number of failures of a subject that are not forgotten yet, from failures that were read for many
/// subjects.
pub(crate) fn failures_among(known: &BTreeMap<String, Attempts>, subject: &Subject, now: u64) -> u32 {
    subject.remaining(known.get(&subject.name).copied().unwrap_or_default(), now).failures
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
        let before = subject.read(journal, now)?;
        if subject.counts_ahead || before.failures + 1 >= subject.free {
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
    let counted = subject.with_one_more(subject.read(journal, now)?, now);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_and_ends() {
        for (failures, seconds) in [(0, 0), (4, 0), (5, 30), (6, 60), (7, 120), (9, 480), (10, 900), (999, 900)] {
            let until = Subject::login_from("a", "").open_again(Attempts { failures, last_at: 1_000_000 });
            assert_eq!(until.saturating_sub(1_000_000) / 1000, seconds, "{failures}");
        }
    }

    #[test]
    fn a_common_limit_recovers_one_failure_at_a_time() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let login = [Subject::login("tanto")];
        for _ in 0..FREE_FOR_A_LOGIN {
            failed(&journal, &login, 1_000).unwrap();
        }
        for (now, expected) in [(1_000, Some(150)), (150_999, Some(1)), (151_000, None)] {
            assert_eq!(waiting(&journal, &login, now).unwrap(), expected, "{now}");
        }
        failed(&journal, &login, 160_000).unwrap();
        assert_eq!(waiting(&journal, &login, 160_000).unwrap(), Some(141), "the next one comes in the same rhythm");
        let last = 1_000 + u64::from(FREE_FOR_A_LOGIN + 1) * LOGIN_RECOVERS;
        assert_eq!(login[0].read(&journal, last - 1).unwrap().failures, 1);
        assert_eq!(login[0].read(&journal, last).unwrap(), Attempts::default());
    }

    /// Five attackers, each in a network of its own, try whenever they may for a day.
    #[test]
    fn attackers_in_five_networks_do_not_exhaust_a_login() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let networks = (1..=5).map(|number| format!("192.0.2.{number}")).collect::<Vec<_>>();
        for minute in 0..24 * 60 {
            let now = 1_000_000 + minute * 60_000;
            for address in &networks {
                let subjects = [Subject::login_from("tanto", address), Subject::login("tanto")];
                while let Ok(tried) = begin(&journal, &subjects, now).unwrap() {
                    tried.failed(&journal, now).unwrap();
                }
            }
            let own = [Subject::login_from("tanto", "198.51.100.1"), Subject::login("tanto")];
            assert_eq!(waiting(&journal, &own, now).unwrap(), None, "minute {minute}");
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
        let subjects = [Subject::login_from("tanto", "192.0.2.7"), Subject::address("192.0.2.7")];
        let begin = |subjects: &[Subject]| begin(&journal, subjects, 1_000).unwrap();
        let mut under_way: Vec<Tried> = (0..5).map(|_| begin(&subjects).unwrap()).collect();
        assert_eq!(begin(&subjects).unwrap_err(), 30, "the sixth waits though none has failed yet");
        let office: Vec<Tried> = (0..40)
            .map(|number| begin(&[Subject::login_from(&number.to_string(), "192.0.2.7"), subjects[1].clone()]).unwrap())
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
        for _ in 0..FREE_FOR_A_NETWORK {
            failed(&journal, &address, 1_000).unwrap();
        }
        assert_eq!(begin(&journal, &address, 1_000).unwrap().unwrap_err(), 30);
        let tried = begin(&journal, &address, 31_000).unwrap().unwrap();
        assert_eq!(begin(&journal, &address, 31_000).unwrap().unwrap_err(), 30);
        tried.was_right(&journal, 31_000).unwrap();
        assert!(begin(&journal, &address, 31_000).unwrap().is_ok());
    }

    #[test]
    fn the_stored_name_of_a_subject_reveals_nothing() {
        let [one, other] = [Subject::login("あ"), Subject::login("い")];
        assert_ne!(one.name, other.name);
        assert_ne!(one.name, Subject::code("あ").name);
        assert_eq!(one.name.len(), 64);
    }
}
