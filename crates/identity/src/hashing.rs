//! 計算のスレッド — a small thread pool in which all passwords are hashed. Each hash uses 19 MiB on purpose. If a hundred
//! people sign in at the same time, they wait a moment for each other, and the process does not use two gigabytes. The
//! allocator keeps freed memory for each thread, so a small pool also limits this memory.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::priority::yield_to_others;

type Work = Box<dyn FnOnce() + Send>;

const THREADS: usize = 2;

/// Niceness of these threads. Strangers decide how often passwords are hashed, so hashing has a lower priority than
/// pages. No lock is held meanwhile, so a slow hash delays only the person who signs in.
const NICENESS: i32 = 10;

static WORK: LazyLock<Sender<Work>> = LazyLock::new(|| {
    let (sender, receiver) = channel::<Work>();
    let receiver = Arc::new(Mutex::new(receiver));
    for _ in 0..THREADS {
        let receiver = Arc::clone(&receiver);
        // If no thread can be started, `on_hashing_thread` returns `None` for all work.
        let _ = std::thread::Builder::new().name("hashing".to_owned()).spawn(move || hash_what_comes(&receiver));
    }
    sender
});

/// Runs the work on a thread of the pool; `None` if the work panics.
pub(crate) fn on_hashing_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (tell, told) = channel();
    let work: Work = Box::new(move || {
        let _ = tell.send(work());
    });
    WORK.send(work).ok()?;
    told.recv().ok()
}

fn hash_what_comes(receiver: &Mutex<Receiver<Work>>) {
    yield_to_others(NICENESS);
    loop {
        let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        // If the work panics, it sends no result. The thread continues with the next work.
        let _ = catch_unwind(AssertUnwindSafe(work));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn no_more_work_runs_at_a_time_than_there_are_threads() {
        static HERE: AtomicUsize = AtomicUsize::new(0);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let one = || {
            on_hashing_thread(|| {
                MOST.fetch_max(HERE.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::yield_now();
                HERE.fetch_sub(1, Ordering::SeqCst);
                1
            })
        };
        let done: usize = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
            all.into_iter().map(|one| one.join().unwrap().unwrap()).sum()
        });
        assert_eq!(done, 8);
        assert!(MOST.load(Ordering::SeqCst) <= THREADS);
    }

    #[test]
    fn work_that_panics_returns_none_and_frees_its_thread() {
        for _ in 0..=THREADS {
            assert_eq!(on_hashing_thread(|| panic!("broken")), None::<u8>);
        }
        assert_eq!(on_hashing_thread(|| 1), Some(1));
    }
}
