//! One connection: its requests are answered one after the other, and no more is made than its client takes.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::Response;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use renkei_app::network_of;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::gate::Gate;
use crate::line::{Exchange, UnderWay};
use crate::patience::Patience;
use crate::seats::{Seat, Seats};

const MOST_BYTES_OF_HEADERS: usize = 32 << 10;
/// The most that is ready to be sent, or was read and not looked at: beyond that nothing is asked for.
const MOST_BYTES_AT_HAND: usize = 64 << 10;
/// An answer is handed over in portions: the next request is looked at once the last one is on its way.
const PORTION: usize = 32 << 10;

/// What every connection is given.
#[derive(Clone)]
pub(crate) struct Hall {
    pub site: Router,
    pub gate: Arc<Gate>,
    pub patience: Patience,
    pub seats: Arc<Seats>,
    pub stopped: watch::Receiver<()>,
}

/// Answers the requests of one connection until its client leaves, or is no longer waited for.
pub(crate) async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    seat: Option<Arc<Seat>>,
    exchange: Arc<Exchange>,
    hall: Hall,
) {
    let (patience, mut stopped) = (hall.patience, hall.stopped.clone());
    let answering = Arc::clone(&exchange);
    let service = service_fn(move |request: Request<Incoming>| {
        let (under_way, hall, seat) = (answering.begin(), hall.clone(), seat.clone());
        async move { Ok::<_, Infallible>(hall.answer(peer, seat, under_way, request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.headers);
    http.max_header_size(MOST_BYTES_OF_HEADERS).max_buf_size(MOST_BYTES_AT_HAND);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service));
    // A connection that broke off has nobody left to be told.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = exchange.is_overdue() => return,
        _ = stopped.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

impl Hall {
    /// Answers one request. A proxy's connection carries everybody's: each has a seat of its client's network.
    async fn answer(
        &self,
        peer: SocketAddr,
        own: Option<Arc<Seat>>,
        under_way: UnderWay,
        mut request: Request<Incoming>,
    ) -> Response<Body> {
        let client = self.gate.client(peer.ip(), request.headers());
        let is_own = own.is_some();
        let taken = || self.seats.take(&network_of(&client.0.to_string())).map(Arc::new);
        let Some(seat) = own.or_else(taken) else { return self.gate.busy() };
        request.extensions_mut().insert(client);
        request.extensions_mut().insert(Arc::clone(&seat));
        let answered = self.site.clone().oneshot(request.map(Body::new));
        let response = tokio::select! {
            Ok(response) = answered => response,
            () = seat.is_wanted_back(), if !is_own => self.gate.busy(),
        };
        response.map(|body| Body::new(Portions { body, rest: Bytes::new(), _until_sent: (under_way, seat) }))
    }
}

/// A body that is handed over in portions. Its request is under way until its last one is.
struct Portions {
    body: Body,
    rest: Bytes,
    _until_sent: (UnderWay, Arc<Seat>),
}

impl HttpBody for Portions {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)).map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(bytes))) => self.rest = bytes,
                Some(Ok(Err(other))) => return Poll::Ready(Some(Ok(other))),
                Some(Err(fault)) => return Poll::Ready(Some(Err(fault))),
                None => return Poll::Ready(None),
            }
        }
        let portion = PORTION.min(self.rest.len());
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(portion)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (mut hint, rest) = (self.body.size_hint(), self.rest.len() as u64);
        if let Some(upper) = hint.upper() {
            hint.set_upper(upper + rest);
        }
        hint.set_lower(hint.lower() + rest);
        hint
    }
}
