//! The body of a request, measured while it is read. Reading stops if the body is too large, takes too long, or stalls.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep_until, timeout};

/// The minimum number of bytes that must be transferred within a period. A slower client is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub bytes: usize,
    pub within: Duration,
}

/// The reason why reading a body stopped before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenOff {
    TooLarge,
    /// The body took too long as a whole, or arrived more slowly than the minimum pace.
    TooSlow,
}

/// The measurements of a body while a parser reads it.
#[derive(Debug, Clone, Default)]
pub struct Measure {
    broken_off: Arc<OnceLock<BrokenOff>>,
    /// Bytes that the parser has received and not yet passed on.
    held: Arc<AtomicUsize>,
}

/// Maximum number of bytes that a parser may have received and not yet passed on. Our own forms never need more than
/// one chunk.
const MOST_HELD: usize = 256 << 10;

impl Measure {
    /// Returns why reading was stopped; `None` if it was not, or if the client itself ended the transfer.
    pub fn broken_off(&self) -> Option<BrokenOff> {
        self.broken_off.get().copied()
    }

    /// Records that the parser has passed on all bytes that it had received.
    pub fn handed_on(&self) {
        self.held.store(0, Ordering::Relaxed);
    }

    fn break_off(&self, why: BrokenOff) -> axum::Error {
        axum::Error::new(format!("{:?}", self.broken_off.get_or_init(|| why)))
    }
}

/// A body that can be read only within its limits.
pub struct Measured {
    body: Body,
    measure: Measure,
    /// Number of bytes that may still arrive.
    left: usize,
    end: Instant,
    pace: Pace,
    /// Number of bytes read in the current period of the pace.
    moved: usize,
    /// Timer for the end of the total time, or of the current period of the pace if that is earlier.
    alarm: Pin<Box<Sleep>>,
    /// Whether a parser reads the body and reports the bytes that it passes on.
    is_parsed: bool,
    /// Whether the parser was already made to process its bytes before more are read.
    paused: bool,
    /// How long the rest of the body is read and discarded after this value is dropped.
    lingering: Duration,
}

impl Measured {
    /// Returns a body that may have at most this many bytes, take this time, and must keep this pace.
    pub fn new(body: Body, measure: Measure, bytes: usize, time: Duration, pace: Pace) -> Self {
        let now = Instant::now();
        let end = now + time;
        let alarm = Box::pin(sleep_until(end.min(now + pace.within)));
        let (is_parsed, lingering) = (false, Duration::ZERO);
        Self { body, measure, left: bytes, end, pace, moved: 0, alarm, is_parsed, paused: false, lingering }
    }

    /// Sets whether a parser reads the body and reports the bytes that it passes on. Such a parser never stores many
    /// bytes.
    #[must_use]
    pub fn parsed(mut self, is_parsed: bool) -> Self {
        self.is_parsed = is_parsed;
        self
    }

    /// Sets how long the rest is read after a drop. A browser reads the answer only after it has sent the whole body.
    #[must_use]
    pub fn lingering(mut self, lingering: Duration) -> Self {
        self.lingering = lingering;
        self
    }

    /// Whether the parser must process its bytes before more are read. `Err` if the parser had that chance before and
    /// still has too many bytes.
    fn is_held_up(&mut self) -> Result<bool, axum::Error> {
        let is_full = self.is_parsed && self.measure.held.load(Ordering::Relaxed) > MOST_HELD;
        if is_full && self.paused {
            return Err(self.measure.break_off(BrokenOff::TooLarge));
        }
        self.paused = is_full;
        Ok(is_full)
    }

    fn count(&mut self, bytes: usize) -> Result<(), axum::Error> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| self.measure.break_off(BrokenOff::TooLarge))?;
        self.measure.held.fetch_add(bytes, Ordering::Relaxed);
        self.moved += bytes;
        if self.moved >= self.pace.bytes {
            self.moved = 0;
            let next = self.end.min(Instant::now() + self.pace.within);
            self.alarm.as_mut().reset(next);
        }
        Ok(())
    }
}

impl HttpBody for Measured {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.is_held_up() {
            Err(fault) => return Poll::Ready(Some(Err(fault))),
            Ok(false) => {}
            Ok(true) => {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
            ready!(self.alarm.as_mut().poll(context));
            return Poll::Ready(Some(Err(self.measure.break_off(BrokenOff::TooSlow))));
        };
        let Some(Ok(frame)) = frame else { return Poll::Ready(frame) };
        let bytes = frame.data_ref().map_or(0, Bytes::len);
        Poll::Ready(Some(self.count(bytes).map(|()| frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Measured {
    fn drop(&mut self) {
        let is_over = self.body.is_end_stream() || self.measure.broken_off() == Some(BrokenOff::TooSlow);
        if is_over || self.lingering.is_zero() {
            return;
        }
        let (mut body, lingering) = (std::mem::take(&mut self.body), self.lingering);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(timeout(lingering, async move {
                while let Some(Ok(_)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {}
            }));
        }
    }
}
