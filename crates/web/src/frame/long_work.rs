//! 重い仕事の順番 — limits how much long work (reading files, merging, printing) runs at once, and how much may wait.
//!
//! A side is the users of one party, or the users without a party. Each side has one turn of its own, and may have one
//! of the shared turns in addition. Each account has one turn. Further requests wait in the queue of their side, whose
//! length is limited. Long work runs on threads of lower priority (`low_priority`). Pages and saves come first, and
//! have separate turns (`concurrency`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use renkei_app::Visitor;
use renkei_document::id::{self, Id};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::frame::phrases::phrase;
use crate::frame::problem::Problem;

/// Turns that all sides share, in addition to one turn of each side.
const SHARED: usize = 2;
/// Largest number of requests of one side that run or wait. `IN_QUEUE_OF_ACCOUNT` limits those of one account.
const IN_QUEUE: usize = 16;
const IN_QUEUE_OF_ACCOUNT: usize = 8;

/// The turns for long work on this site.
pub(crate) struct LongWork {
    /// Sides by party; `None` is the side of the users without a party.
    sides: Mutex<HashMap<Option<Id<id::Party>>, Arc<Side>>>,
    shared: Arc<Semaphore>,
}

struct Side {
    queue: Arc<Semaphore>,
    own: Arc<Semaphore>,
    one_more: Arc<Semaphore>,
    of_accounts: Mutex<HashMap<Option<String>, Arc<OfAccount>>>,
}

struct OfAccount {
    queue: Arc<Semaphore>,
    turn: Arc<Semaphore>,
}

/// A place in the queue of a side.
pub(crate) struct QueuePlace {
    side: Arc<Side>,
    shared: Arc<Semaphore>,
    account: Arc<OfAccount>,
    places: [OwnedSemaphorePermit; 2],
}

/// The turn of one piece of long work; dropping it ends the turn.
pub(crate) struct LongWorkTurn {
    _held: Vec<OwnedSemaphorePermit>,
}

impl Default for LongWork {
    fn default() -> Self {
        Self { sides: Mutex::default(), shared: Arc::new(Semaphore::new(SHARED)) }
    }
}

impl LongWork {
    /// Enters the queue of a visitor's side; `Err` if the queue is full.
    pub fn enqueue(&self, visitor: &Visitor) -> Result<QueuePlace, Problem> {
        let side = {
            let mut sides = self.sides.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(sides.entry(visitor.party).or_insert_with(|| Arc::new(Side::new())))
        };
        let account = {
            let mut accounts = side.of_accounts.lock().unwrap_or_else(PoisonError::into_inner);
            let of = |permits| Arc::new(Semaphore::new(permits));
            let new = || Arc::new(OfAccount { queue: of(IN_QUEUE_OF_ACCOUNT), turn: of(1) });
            Arc::clone(accounts.entry(visitor.account.clone()).or_insert_with(new))
        };
        let place_in = |queue: &Arc<Semaphore>| Arc::clone(queue).try_acquire_owned().map_err(|_| busy());
        let places = [place_in(&account.queue)?, place_in(&side.queue)?];
        Ok(QueuePlace { side, shared: Arc::clone(&self.shared), account, places })
    }
}

impl Side {
    fn new() -> Self {
        let of = |permits| Arc::new(Semaphore::new(permits));
        Self { queue: of(IN_QUEUE), own: of(1), one_more: of(1), of_accounts: Mutex::default() }
    }
}

impl QueuePlace {
    /// Waits for a turn: the side's own one, or a shared one.
    pub async fn turn(self) -> LongWorkTurn {
        let Self { side, shared, account, places } = self;
        let account = Arc::clone(&account.turn).acquire_owned().await;
        let one_more = async {
            let more = Arc::clone(&side.one_more).acquire_owned().await;
            [more, shared.acquire_owned().await]
        };
        // No semaphore here is ever closed, so each result is a permit.
        let taken = tokio::select! {
            biased;
            own = Arc::clone(&side.own).acquire_owned() => vec![own],
            more = one_more => Vec::from(more),
        };
        LongWorkTurn { _held: taken.into_iter().flatten().chain(account).chain(places).collect() }
    }
}

fn busy() -> Problem {
    let sentences = phrase(
        "あなたの側で、取込みや報告書づくりなどの時間のかかる操作がいくつも続いています。終わるのを待って、もう一度行ってください。",
    );
    Problem::TryAgain { sentences: sentences.into() }
}
