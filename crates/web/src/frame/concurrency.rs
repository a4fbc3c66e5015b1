//! 順番 — limits how much work runs at a time for strangers, for a party, and for an account. Nobody waits behind the
//! work of another party or of a stranger. A stranger waits behind strangers of the same network, then behind all
//! strangers. Exception: the lookup of a session that is not in memory waits in a group of strangers. `long_work`
//! limits long work.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;

use renkei_app::network_of;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::frame::caller::Caller;

/// 順番の数 — how many pieces of work run at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConcurrencyLimits {
    pub of_party: usize,
    pub of_account: usize,
    /// Limit for all strangers together, for each kind of work.
    pub of_strangers: usize,
    pub of_network: usize,
}

impl Default for ConcurrencyLimits {
    /// Strangers get half of the cores for each kind of work. An account gets at least two turns, so that one slow page
    /// does not block the account's other pages.
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, NonZero::get);
        let half = (cores / 2).max(1);
        Self { of_party: cores.max(2), of_account: half.max(2), of_strangers: half, of_network: 1 }
    }
}

/// Largest number of forms with files that are read at a time for one party, and for one account.
const FILES: usize = 1;

/// The kind of work. Strangers have a separate group for each kind, so that their pages do not wait for password
/// hashing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Work {
    Page,
    /// A submitted form (a deed); hashing a password may be part of it.
    Deed,
    /// Reading files that were sent. Meanwhile the whole file and the data read from it are in memory.
    Files,
    /// Looking up a token that is not in memory.
    LookUp,
}

/// All groups with running or waiting work.
#[derive(Debug)]
pub(crate) struct Concurrency {
    limits: ConcurrencyLimits,
    open: Mutex<HashMap<Group, Arc<Semaphore>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Group {
    Party(Option<String>),
    Account(Option<String>),
    FilesOfParty(Option<String>),
    FilesOfAccount(Option<String>),
    Strangers(Work),
    Network(Work, String),
}

/// Permission to run one piece of work; dropping it ends the turn.
#[derive(Debug)]
pub(crate) struct Turn {
    groups: Arc<Concurrency>,
    waits_in: [(Group, usize); 2],
    permits: Vec<OwnedSemaphorePermit>,
}

impl Concurrency {
    pub fn of(limits: ConcurrencyLimits) -> Arc<Self> {
        Arc::new(Self { limits, open: Mutex::default() })
    }

    /// Waits for a turn of the caller.
    pub async fn turn_of(self: &Arc<Self>, caller: &Caller, work: Work) -> Turn {
        if caller.is_stranger() {
            return self.turn_of_network(&caller.address, work).await;
        }
        let (account, party) = (caller.visitor.account.clone(), caller.visitor.party.map(|party| party.to_string()));
        let limits = self.limits;
        let waits_in = match work {
            Work::Files => [(Group::FilesOfAccount(account), FILES), (Group::FilesOfParty(party), FILES)],
            _ => [(Group::Account(account), limits.of_account), (Group::Party(party), limits.of_party)],
        };
        self.turn(waits_in).await
    }

    /// Waits for a turn of a network address whose user is unknown.
    pub async fn turn_of_network(self: &Arc<Self>, address: &str, work: Work) -> Turn {
        let own = (Group::Network(work, network_of(address)), self.limits.of_network);
        self.turn([own, (Group::Strangers(work), self.limits.of_strangers)]).await
    }

    /// Waits first in the caller's own group, then in the shared group. The own group's limit also limits the caller's
    /// places in the shared group.
    async fn turn(self: &Arc<Self>, waits_in: [(Group, usize); 2]) -> Turn {
        let mut turn = Turn { groups: Arc::clone(self), waits_in, permits: Vec::with_capacity(2) };
        for (group, width) in turn.waits_in.clone() {
            let semaphore = Arc::clone(self.open().entry(group).or_insert_with(|| Arc::new(Semaphore::new(width))));
            // The semaphore is never closed.
            turn.permits.extend(semaphore.acquire_owned().await);
        }
        turn
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Group, Arc<Semaphore>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    /// Removes the groups without running or waiting work.
    fn drop(&mut self) {
        self.permits.clear();
        let mut open = self.groups.open();
        for (group, _) in &self.waits_in {
            if open.get(group).is_some_and(|semaphore| Arc::strong_count(semaphore) == 1) {
                open.remove(group);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use super::*;

    const LIMITS: ConcurrencyLimits = ConcurrencyLimits { of_party: 3, of_account: 2, of_strangers: 2, of_network: 1 };

    fn turn_now(turn: Pin<&mut impl Future<Output = Turn>>) -> Option<Turn> {
        match turn.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(turn) => Some(turn),
            Poll::Pending => None,
        }
    }

    fn member(party: &str, account: &str) -> [(Group, usize); 2] {
        [
            (Group::Account(Some(account.to_owned())), LIMITS.of_account),
            (Group::Party(Some(party.to_owned())), LIMITS.of_party),
        ]
    }

    #[test]
    fn a_network_with_many_requests_delays_only_its_own() {
        let groups = Concurrency::of(LIMITS);
        let ask = |address: &'static str| groups.turn_of_network(address, Work::Deed);
        let first = turn_now(pin!(ask("192.0.2.1"))).expect("at once");
        let mut more: Vec<_> = (0..50).map(|_| Box::pin(ask("192.0.2.1"))).collect();
        assert!(more.iter_mut().all(|turn| turn_now(turn.as_mut()).is_none()));
        let other = turn_now(pin!(ask("2001:db8::1"))).expect("at once");
        let mut third = Box::pin(ask("192.0.2.3"));
        assert!(turn_now(third.as_mut()).is_none(), "two at a time");
        drop(first);
        let third = turn_now(third.as_mut()).expect("before the other fifty");
        assert!(more.iter_mut().all(|turn| turn_now(turn.as_mut()).is_none()));
        drop((other, third));
        assert_eq!(more.iter_mut().filter_map(|turn| turn_now(turn.as_mut())).count(), 50, "each in its turn");
    }

    #[test]
    fn signed_in_users_wait_for_neither_strangers_nor_other_parties() {
        let groups = Concurrency::of(LIMITS);
        let strangers = ["192.0.2.1", "192.0.2.2"].map(|from| turn_now(pin!(groups.turn_of_network(from, Work::Deed))));
        let busy: Vec<_> = ["a", "a", "b"].map(|account| turn_now(pin!(groups.turn(member("city", account))))).into();
        assert!(strangers.iter().chain(&busy).all(Option::is_some));
        assert!(turn_now(pin!(groups.turn(member("city", "c")))).is_none(), "three of a party");
        assert!(turn_now(pin!(groups.turn(member("bureau", "d")))).is_some());
        assert!(turn_now(pin!(groups.turn_of_network("192.0.2.3", Work::Page))).is_some());
    }

    #[test]
    fn an_account_gets_only_part_of_its_party_s_turns() {
        let groups = Concurrency::of(LIMITS);
        let _held = ["a", "a"].map(|account| turn_now(pin!(groups.turn(member("city", account)))).expect("at once"));
        let mut more: Vec<_> = (0..50).map(|_| Box::pin(groups.turn(member("city", "a")))).collect();
        assert!(more.iter_mut().all(|turn| turn_now(turn.as_mut()).is_none()));
        assert!(turn_now(pin!(groups.turn(member("city", "b")))).is_some(), "a colleague");
    }

    #[test]
    fn an_unused_group_is_removed() {
        let groups = Concurrency::of(LIMITS);
        let held = turn_now(pin!(groups.turn_of_network("192.0.2.1", Work::Page)));
        let mut waiting = Box::pin(groups.turn_of_network("192.0.2.1", Work::Page));
        assert!(turn_now(waiting.as_mut()).is_none());
        drop(held);
        assert_eq!(groups.open().len(), 1, "somebody waits in it");
        drop(waiting);
        assert!(groups.open().is_empty());
    }
}
