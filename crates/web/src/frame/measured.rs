//! A request's body on its way in, measured: it breaks off where more comes than the route takes, where it takes too long, and
//! where it stands still.

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

/// The least that moves in a while: whoever moves less is not waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub bytes: usize,
    pub within: Duration,
}

/// Why a body is not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenOff {
    TooLarge,
    /// It took too long altogether, or nothing came for a while.
    TooSlow,
}

/// What is known of a measured body while a parser reads it.
#[derive(Debug, Clone, Default)]
pub struct Measure {
    broken_off: Arc<OnceLock<BrokenOff>>,
    /// Bytes that the parser holds and has given nobody.
    held: Arc<AtomicUsize>,
}

/// The most that a parser may hold: more than one chunk is no part of a form of ours.
const MOST_HELD: usize = 256 << 10;

impl Measure {
    /// Why the body broke off; `None` where it did not, or where the client did it.
    pub fn broken_off(&self) -> Option<BrokenOff> {
        self.broken_off.get().copied()
    }

    /// The parser gave on what it held.
    pub fn handed_on(&self) {
        self.held.store(0, Ordering::Relaxed);
    }

    fn break_off(&self, why: BrokenOff) -> axum::Error {
        axum::Error::new(format!("{:?}", self.broken_off.get_or_init(|| why)))
    }
}

/// A body that keeps its measure.
pub struct Measured {
    body: Body,
    measure: Measure,
    /// Bytes that may still come.
    left: usize,
    end: Instant,
    pace: Pace,
    /// Bytes since the pace was kept last.
    moved: usize,
    /// When the time is over, or that of the pace.
    alarm: Pin<Box<Sleep>>,
    /// Whether a parser reads it, which hands on what it is done with.
    is_parsed: bool,
    /// Whether the parser was made to look at what it holds before more comes.
    paused: bool,
    /// How long the rest is read, and thrown away, where nobody reads it.
    lingering: Duration,
}

impl Measured {
    /// At most so many bytes in this time, at this pace.
    pub fn new(body: Body, measure: Measure, bytes: usize, time: Duration, pace: Pace) -> Self {
        let now = Instant::now();
        let end = now + time;
        let alarm = Box::pin(sleep_until(end.min(now + pace.within)));
        let (is_parsed, lingering) = (false, Duration::ZERO);
        Self { body, measure, left: bytes, end, pace, moved: 0, alarm, is_parsed, paused: false, lingering }
    }

    /// The same for a parser that tells what it hands on: it never holds much.
    #[must_use]
    pub fn parsed(mut self, is_parsed: bool) -> Self {
        self.is_parsed = is_parsed;
        self
    }

    /// Reads the rest for a while when it is let go: a browser looks at the answer only once it has sent all.
    #[must_use]
    pub fn lingering(mut self, lingering: Duration) -> Self {
        self.lingering = lingering;
        self
    }

    /// A parser that holds much looks at it before more comes; one that can do nothing with it gets no more.
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
