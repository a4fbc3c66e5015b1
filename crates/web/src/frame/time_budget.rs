//! 時間の枠 — limits the processor time that all connections of strangers use together. Without a limit, a thousand
//! connections that each send a byte now and then would delay signed-in users, because reading one byte costs as much
//! as reading a page of bytes.
//!
//! Time is counted in short windows. When the strangers' share of a window is used up, their connections are polled
//! again in the next window. The first polls of a connection are not counted, so that a caller can always present a
//! session.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use crate::frame::slots::Slot;

const WINDOW: Duration = Duration::from_millis(20);
/// Number of polls of a connection that are not counted: to accept it, read its request, look up the session, send the
/// answer.
const FREE_LOOKS: u32 = 6;

/// The processor time that strangers have used in the present window.
#[derive(Debug)]
pub(crate) struct TimeBudget {
    most: Duration,
    window: Mutex<(Instant, Duration)>,
}

/// The work of one connection. It is polled only when its budget allows.
pub(crate) struct Limited<F> {
    talk: Pin<Box<F>>,
    slot: Arc<Slot>,
    budget: Arc<TimeBudget>,
    looks: u32,
    until_next: Option<Pin<Box<Sleep>>>,
}

impl TimeBudget {
    /// Returns a budget that gives strangers a quarter of this machine's processor time.
    pub fn of_this_machine() -> Arc<Self> {
        let cores = available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(1));
        Self::with(WINDOW * cores / 4)
    }

    /// Returns a budget that gives strangers this much processor time in each window.
    fn with(most: Duration) -> Arc<Self> {
        Arc::new(Self { most, window: Mutex::new((Instant::now(), Duration::ZERO)) })
    }

    pub fn limit<F>(self: &Arc<Self>, talk: F, slot: Arc<Slot>) -> Limited<F> {
        Limited { talk: Box::pin(talk), slot, budget: Arc::clone(self), looks: 0, until_next: None }
    }

    /// Returns the start of the next window if the time of the present window is used up.
    fn next_window(&self) -> Option<Instant> {
        let (now, mut window) = (Instant::now(), self.window());
        if now >= window.0 + WINDOW {
            *window = (now, Duration::ZERO);
        }
        (window.1 >= self.most).then(|| window.0 + WINDOW)
    }

    fn spend(&self, time: Duration) {
        self.window().1 += time;
    }

    fn window(&self) -> MutexGuard<'_, (Instant, Duration)> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<F> Limited<F> {
    /// Whether this connection has to wait. If so, it is woken when the next window begins.
    fn waits(&mut self, context: &mut Context<'_>) -> bool {
        if !self.slot.is_a_strangers() || self.looks < FREE_LOOKS {
            self.looks = self.looks.saturating_add(1);
            return false;
        }
        loop {
            if let Some(until) = &mut self.until_next {
                if until.as_mut().poll(context).is_pending() {
                    return true;
                }
                self.until_next = None;
            }
            let Some(next) = self.budget.next_window() else { return false };
            self.until_next = Some(Box::pin(sleep_until(next)));
        }
    }
}

impl<F: Future<Output = ()>> Future for Limited<F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.waits(context) {
            return Poll::Pending;
        }
        let begun = Instant::now();
        let told = self.talk.as_mut().poll(context);
        if self.slot.is_a_strangers() {
            self.budget.spend(begun.elapsed());
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use renkei_app::Visitor;
    use renkei_document::language::Language;

    use super::*;
    use crate::frame::slots::{SlotLimits, Slots};

    const MANY: u32 = 1000;

    /// Returns how often a busy connection is polled while another task runs for a fixed time.
    fn looks(is_owned: bool) -> u32 {
        let slot = Slots::of(SlotLimits::default()).take("192.0.2.1").map(Arc::new).unwrap();
        if is_owned {
            slot.assign_to(&Visitor::local_operator(Language::Japanese));
        }
        let (mut looks, mut left) = (0, MANY);
        let busy = poll_fn(|context| {
            looks += 1;
            context.waker().wake_by_ref();
            Poll::Pending
        });
        let other = poll_fn(|context| {
            left -= 1;
            context.waker().wake_by_ref();
            if left == 0 { Poll::Ready(()) } else { Poll::Pending }
        });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let governed = TimeBudget::with(Duration::ZERO).limit(busy, slot);
            tokio::select! {
                () = governed => {}
                () = other => {}
            }
        });
        looks
    }

    #[test]
    fn a_stranger_without_budget_is_not_polled_and_a_signed_in_user_always_is() {
        assert_eq!(looks(false), FREE_LOOKS);
        assert!(looks(true) >= MANY - 1);
    }
}
