//! 計算待ちの列 — who waits for a password to be hashed. Each request that waits occupies a thread that also makes pages, so their
//! number is limited; one more is asked at once to come again. On a small machine the lanes of the pages admit fewer than that.

use std::sync::atomic::{AtomicUsize, Ordering};

/// So many passwords are hashed or wait to be: about two seconds' work.
const MOST_WAITING: usize = 50;

/// 列 — counts who stands in it.
#[derive(Debug, Default)]
pub(crate) struct Queue(AtomicUsize);

/// A place in the line, until it goes.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Queue);

impl Queue {
    /// A place; none where the line is too long.
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
    fn so_many_stand_in_line_and_who_leaves_makes_room() {
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
