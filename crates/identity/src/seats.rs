//! 計算の席 — how much costly work is done at a time. Hashing a password takes 19 MiB on purpose: a hundred people who sign in
//! at nine wait a moment for each other, and never take two gigabytes together.

use std::sync::{Condvar, Mutex, PoisonError};

/// A number of seats; whoever finds none waits for one.
pub(crate) struct Seats {
    free: Mutex<usize>,
    freed: Condvar,
}

/// A seat that is taken until this goes.
struct Taken<'a>(&'a Seats);

impl Seats {
    pub const fn new(number: usize) -> Self {
        Self { free: Mutex::new(number), freed: Condvar::new() }
    }

    /// Does the work as soon as a seat is free.
    pub fn seated<T>(&self, work: impl FnOnce() -> T) -> T {
        let _taken = self.take();
        work()
    }

    fn take(&self) -> Taken<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Taken(self)
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn no_more_work_is_done_at_a_time_than_there_are_seats() {
        let (seats, here, most, done) = (Seats::new(2), AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    seats.seated(|| {
                        most.fetch_max(here.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        here.fetch_sub(1, Ordering::SeqCst);
                        done.fetch_add(1, Ordering::SeqCst);
                    });
                });
            }
        });
        assert!(most.into_inner() <= 2);
        assert_eq!(done.into_inner(), 8);
    }

    #[test]
    fn a_seat_is_free_again_after_work_that_broke_off() {
        let seats = Seats::new(1);
        let broke_off = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| seats.seated(|| panic!("broken"))));
        assert!(broke_off.is_err());
        assert_eq!(seats.seated(|| 1), 1);
    }
}
