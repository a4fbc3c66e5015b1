//! The stream of a connection. The connection ends if its client reads more slowly than a minimum pace. The stream also
//! records what the connection is doing.

use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::frame::measured::Pace;
use crate::frame::patience::Patience;
use crate::frame::slots::Slot;

/// The present activity of a connection.
#[derive(Debug, Clone, Copy)]
enum Doing {
    /// The connection has waited for a request since this instant.
    Waiting(Instant),
    Answering,
    /// The answer is complete, and its last bytes are being sent.
    SendingTheRest,
}

/// The activity of a connection, shared by its stream and its answers.
#[derive(Debug)]
pub(crate) struct Exchange {
    doing: Mutex<Doing>,
    slot: Option<Arc<Slot>>,
    patience: Patience,
}

/// Marks an answer as under way; dropping it marks the answer as complete.
#[derive(Debug)]
pub(crate) struct UnderWay(Arc<Exchange>);

impl Exchange {
    /// Makes the record of what a new connection is doing; it begins as waiting for a request. `slot` is `None` for a proxy's connection.
    pub fn on(slot: Option<Arc<Slot>>, patience: Patience) -> Arc<Self> {
        Arc::new(Self { doing: Mutex::new(Doing::Waiting(Instant::now())), slot, patience })
    }

    /// Records that a request has arrived and its answer is under way.
    pub fn begin(self: &Arc<Self>) -> UnderWay {
        self.is(|_| Doing::Answering);
        UnderWay(Arc::clone(self))
    }

    /// Waits until a stranger's connection has been without a request for too long. Otherwise it waits forever.
    pub async fn is_overdue(&self) {
        let most = self.patience.waiting_of_strangers;
        loop {
            let waiting = match *self.doing.lock().unwrap_or_else(PoisonError::into_inner) {
                Doing::Waiting(since) if self.is_a_strangers() => Some(since + most),
                _ => None,
            };
            let now = Instant::now();
            match waiting {
                Some(until) if until <= now => return,
                Some(until) => sleep_until(until).await,
                None => sleep_until(now + most).await,
            }
        }
    }

    /// Returns the minimum pace at which waiting data must be sent.
    fn pace(&self) -> Pace {
        if self.is_a_strangers() { self.patience.pace_of_strangers } else { self.patience.pace }
    }

    fn is_a_strangers(&self) -> bool {
        self.slot.as_ref().is_some_and(|slot| slot.is_a_strangers())
    }

    /// Records that all bytes have been passed to the system.
    fn all_is_sent(&self) {
        self.is(|before| match before {
            Doing::SendingTheRest => Doing::Waiting(Instant::now()),
            other => other,
        });
    }

    fn is(&self, now: impl FnOnce(Doing) -> Doing) {
        let mut doing = self.doing.lock().unwrap_or_else(PoisonError::into_inner);
        *doing = now(*doing);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.is(|_| Doing::SendingTheRest);
    }
}

/// A stream whose client must read at a minimum pace.
#[derive(Debug)]
pub(crate) struct PacedStream<S> {
    stream: S,
    exchange: Arc<Exchange>,
    /// Timer that runs while data waits to be sent.
    alarm: Option<Pin<Box<Sleep>>>,
    /// Number of bytes sent in the current period of the pace.
    moved: usize,
}

impl<S> PacedStream<S> {
    pub fn over(stream: S, exchange: Arc<Exchange>) -> Self {
        Self { stream, exchange, alarm: None, moved: 0 }
    }

    /// Returns the result of a write, or an error if too few bytes were sent for too long.
    fn kept(&mut self, written: Poll<io::Result<usize>>, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        let pace = self.exchange.pace();
        match &written {
            Poll::Ready(Ok(bytes)) => self.moved += bytes,
            Poll::Ready(Err(_)) => {}
            Poll::Pending => {
                let alarm = self.alarm.get_or_insert_with(|| after(pace.within));
                if alarm.as_mut().poll(context).is_ready() {
                    return Poll::Ready(Err(ErrorKind::TimedOut.into()));
                }
            }
        }
        if self.moved >= pace.bytes {
            self.begin_anew();
        }
        written
    }

    fn begin_anew(&mut self) {
        (self.alarm, self.moved) = (None, 0);
    }
}

fn after(time: Duration) -> Pin<Box<Sleep>> {
    Box::pin(sleep_until(Instant::now() + time))
}

impl<S: AsyncRead + Unpin> AsyncRead for PacedStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for PacedStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.kept(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, pieces);
        self.kept(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Restarts the count, because a caller that flushes has nothing left to write.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.begin_anew();
        self.exchange.all_is_sent();
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
