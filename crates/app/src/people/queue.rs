//! 計算待ちの列 — limits the number of requests that wait for a password to be hashed, because each of them occupies a thread
//! that also serves pages. A request beyond the limit is told at once to try again. On a small machine, other limits
//! are reached first.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Maximum number of passwords that are being hashed or wait for hashing: about two seconds of work.
const MOST_WAITING: usize = 50;

/// 列 — the number of requests in the queue.
#[derive(Debug, Default)]
pub(crate) struct Queue(AtomicUsize);

/// A place in the queue; dropping it frees the place.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Queue);

impl Queue {
    /// Takes a place; `None` if the queue is full.
    pub fn enter(&self) -> Option<Place<'_>> {
        let place = Place(self);
        (self.0.fetch_add(1, Ordering::SeqCst) < MOST_WAITING).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_queue_is_limited_and_a_freed_place_can_be_taken() {
        let queue = Queue::default();
        let mut line: Vec<_> = (0..MOST_WAITING).map(|_| queue.enter().unwrap()).collect();
        for _ in 0..3 {
            assert!(queue.enter().is_none(), "whoever was turned away stands nowhere");
        }
        line.pop();
        line.push(queue.enter().unwrap());
        assert!(queue.enter().is_none());
        drop(line);
        assert_eq!(queue.0.into_inner(), 0);
    }
}
