//! One connection. Its requests are answered one after another, and the server makes answers only as fast as the client
//! reads them.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

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

use crate::frame::gate::Gate;
use crate::frame::paced_stream::{Exchange, UnderWay};
use crate::frame::patience::Patience;
use crate::frame::slots::{Slot, Slots};

/// Largest total size of the headers of one request, in bytes. For longer headers (431), longer addresses (414) and
/// input other than HTTP (400), hyper itself sends an answer without a body; it offers no hook to add a sentence.
const MOST_BYTES_OF_HEADERS: usize = 32 << 10;
/// Limit, in bytes, for unsent answers before the next request is read, and for input that is not yet parsed. A single
/// answer may exceed it; the next request then waits.
const MOST_BYTES_AT_HAND: usize = 64 << 10;

/// The parts of the server that all connections share.
#[derive(Clone)]
pub(crate) struct ConnectionContext {
    pub site: Router,
    pub gate: Arc<Gate>,
    pub patience: Patience,
    pub slots: Arc<Slots>,
    pub stopped: watch::Receiver<()>,
}

/// Answers the requests of one connection until its client leaves or times out, or the server stops.
pub(crate) async fn serve_connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    slot: Option<Arc<Slot>>,
    exchange: Arc<Exchange>,
    context: ConnectionContext,
) {
    let (patience, mut stopped) = (context.patience, context.stopped.clone());
    let answering = Arc::clone(&exchange);
    let service = service_fn(move |request: Request<Incoming>| {
        let (under_way, context, slot) = (answering.begin(), context.clone(), slot.clone());
        async move { Ok::<_, Infallible>(context.answer(peer, slot, under_way, request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.headers);
    http.max_header_size(MOST_BYTES_OF_HEADERS).max_buf_size(MOST_BYTES_AT_HAND);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), service));
    // Errors are ignored, because nobody can be told about a broken connection.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = exchange.is_overdue() => return,
        _ = stopped.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

impl ConnectionContext {
    /// Answers one request. On the connection of a proxy, requests come from many clients, and each request takes a
    /// slot of its client's network.
    async fn answer(
        &self,
        peer: SocketAddr,
        own: Option<Arc<Slot>>,
        under_way: UnderWay,
        mut request: Request<Incoming>,
    ) -> Response<Body> {
        let client = self.gate.client(peer.ip(), request.headers());
        let is_own = own.is_some();
        let taken = || self.slots.take(&network_of(&client.0.to_string())).map(Arc::new);
        let Some(slot) = own.or_else(taken) else { return self.gate.busy() };
        request.extensions_mut().insert(client);
        request.extensions_mut().insert(Arc::clone(&slot));
        let answered = self.site.clone().oneshot(request.map(Body::new));
        let response = tokio::select! {
            Ok(response) = answered => response,
            () = slot.is_displaced(), if !is_own => self.gate.busy(),
        };
        response.map(|body| Body::new(UntilSent { body, _what_it_holds: (under_way, slot) }))
    }
}

/// The body of an answer. Its request counts as under way until the whole body is handed to the connection.
struct UntilSent {
    body: Body,
    _what_it_holds: (UnderWay, Arc<Slot>),
}

impl HttpBody for UntilSent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use axum::routing::get;
    use socket2::{Domain, SockRef, Socket, Type};
    use tokio::net::TcpListener;

    use super::*;
    use crate::frame::measured::Pace;
    use crate::frame::paced_stream::PacedStream;
    use crate::frame::slots::SlotLimits;

    /// Sends many requests on one connection and reads no answer. Returns how many answers the server made before the
    /// connection ended.
    async fn made_for_nobody(patience: Patience, bytes: usize) -> usize {
        let made = Arc::new(AtomicUsize::new(0));
        let (counted, answer) = (Arc::clone(&made), Bytes::from(vec![b'a'; bytes]));
        let answer = move || {
            counted.fetch_add(1, Ordering::SeqCst);
            std::future::ready(answer.clone())
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.set_recv_buffer_size(4096).unwrap();
        socket.connect(&listener.local_addr().unwrap().into()).unwrap();
        let mut client = std::net::TcpStream::from(socket);
        client.write_all(&b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(100)).unwrap();
        let (stream, peer) = listener.accept().await.unwrap();
        SockRef::from(&stream).set_send_buffer_size(4096).unwrap();
        let slots = Slots::of(SlotLimits::default());
        let slot = slots.take("192.0.2.1").map(Arc::new);
        let exchange = Exchange::on(slot.clone(), patience);
        let (_stopping, stopped) = watch::channel(());
        let site = Router::new().route("/", get(answer));
        let context = ConnectionContext { site, gate: Arc::default(), patience, slots, stopped };
        serve_connection(PacedStream::over(stream, Arc::clone(&exchange)), peer, slot, exchange, context).await;
        made.load(Ordering::SeqCst)
    }

    #[test]
    fn no_answers_are_made_for_a_client_that_does_not_read() {
        let pace = Pace { bytes: 16 << 10, within: Duration::from_millis(50) };
        let patience = Patience { pace, pace_of_strangers: pace, ..Patience::default() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for (bytes, most) in [(8 << 20, 1), (8 << 10, 16)] {
            let made = runtime.block_on(made_for_nobody(patience, bytes));
            assert!((1..=most).contains(&made), "{made} of {bytes} bytes");
        }
    }
}
