//! The server: takes connections at an open door until it is told to stop. Nobody can hold it up: handshakes, headers and
//! connections have their limits.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use renkei_app::Renkei;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Interval, MissedTickBehavior, interval, sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::certificate::{self, Certificate};
use crate::door::OpenDoor;
use crate::gate::Gate;
use crate::patience::Patience;
use crate::serve_error::ServeError;
use crate::site::{Entrance, site_with};

const MOST_BYTES_OF_HEADERS: usize = 32 << 10;

/// Serves the pages until SIGINT or SIGTERM; answers that are under way are finished.
pub async fn serve(renkei: Arc<Renkei>, entrance: Entrance, door: OpenDoor) -> Result<(), ServeError> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Broken)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Broken)?;
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    serve_until(stop, Patience::default(), renkei, entrance, door).await
}

/// Serves the pages until `stop` is over.
pub async fn serve_until(
    stop: impl Future<Output = ()>,
    patience: Patience,
    renkei: Arc<Renkei>,
    entrance: Entrance,
    door: OpenDoor,
) -> Result<(), ServeError> {
    door.require(entrance.signs_in())?;
    let OpenDoor { listener, gate, certificate, .. } = door;
    listener.set_nonblocking(true).map_err(ServeError::Broken)?;
    let listener = TcpListener::from_std(listener).map_err(ServeError::Broken)?;
    let tls = match certificate {
        Some(certificate) => {
            let hangup = signal(SignalKind::hangup()).map_err(ServeError::Broken)?;
            let configuration = certificate::configuration(Arc::clone(&certificate))?;
            tokio::spawn(renew(Arc::downgrade(&certificate), interval(patience.renewal), hangup));
            Some(TlsAcceptor::from(Arc::new(configuration)))
        }
        None => None,
    };
    let gate = Arc::new(gate);
    let site = site_with(Arc::clone(&gate), patience, renkei, entrance);
    let (stopping, stopped) = watch::channel(());
    let hall = Hall { site, tls, gate, patience, stopped, seats: Seats::of(patience) };
    hall.take_connections(listener, stop).await;
    drop(hall);
    let _ = stopping.send(());
    // Whoever does not take their answer in this time does not get it.
    let _ = timeout(patience.stopping, stopping.closed()).await;
    Ok(())
}

/// What every connection is given.
struct Hall {
    site: Router,
    tls: Option<TlsAcceptor>,
    gate: Arc<Gate>,
    patience: Patience,
    stopped: watch::Receiver<()>,
    seats: Seats,
}

impl Hall {
    async fn take_connections(&self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = async { (self.seats.all.clone().acquire_owned().await, listener.accept().await) } => accepted,
                () = &mut stop => return,
            };
            match accepted {
                (Ok(permit), Ok((stream, peer))) => self.take(stream, peer, permit),
                // Out of file descriptors, say: the next moment may be better.
                _ => sleep(Duration::from_millis(100)).await,
            }
        }
    }

    fn take(&self, stream: TcpStream, peer: SocketAddr, permit: OwnedSemaphorePermit) {
        if !self.gate.takes_connections_of(peer.ip()) {
            return;
        }
        let own = if self.gate.is_proxy(peer.ip()) { None } else { Some(self.seats.of_one(peer.ip())) };
        let Some(own) = own.map_or(Some(None), |seat| seat.map(Some)) else { return };
        // Small answers are not held back for the next; where that cannot be had they are a little later.
        let _ = stream.set_nodelay(true);
        let (site, gate, patience) = (self.site.clone(), Arc::clone(&self.gate), self.patience);
        let (tls, stopped) = (self.tls.clone(), self.stopped.clone());
        tokio::spawn(async move {
            let _seats = (permit, own);
            match tls {
                None => converse(stream, peer, site, gate, patience, stopped).await,
                Some(tls) => {
                    if let Ok(Ok(stream)) = timeout(patience.handshake, tls.accept(stream)).await {
                        converse(stream, peer, site, gate, patience, stopped).await;
                    }
                }
            }
        });
    }
}

/// Answers the requests of one connection, one after the other.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    site: Router,
    gate: Arc<Gate>,
    patience: Patience,
    mut stopped: watch::Receiver<()>,
) {
    let service = site.map_request(move |mut request: Request<Incoming>| {
        let client = gate.client(peer.ip(), request.headers());
        request.extensions_mut().insert(client);
        request.map(Body::new)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.headers).max_header_size(MOST_BYTES_OF_HEADERS);
    let mut connection = std::pin::pin!(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)));
    // A connection that broke off has nobody left to be told.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopped.changed() => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// Reads the certificate again when its files change, or on SIGHUP; what is wrong with it is told once.
async fn renew(certificate: Weak<Certificate>, mut look: Interval, mut hangup: Signal) {
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let told = tokio::select! {
            _ = look.tick() => false,
            _ = hangup.recv() => true,
        };
        let Some(certificate) = certificate.upgrade() else { return };
        let renewed = tokio::task::spawn_blocking(move || {
            if told { certificate.renew().map(|()| true) } else { certificate.renew_if_changed() }
        });
        match renewed.await {
            Ok(Ok(true)) => eprintln!("新しい証明書に替えました。"),
            Ok(Err(fault)) => eprintln!("{fault} それまでは、今の証明書のまま続けます。"),
            Ok(Ok(false)) | Err(_) => {}
        }
    }
}

/// How many connections there may be, of all and of each.
struct Seats {
    all: Arc<Semaphore>,
    most_of_one: usize,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection of somebody; given back when it ends.
struct Seat {
    address: IpAddr,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Seats {
    fn of(patience: Patience) -> Self {
        let all = Arc::new(Semaphore::new(patience.most_connections));
        Self { all, most_of_one: patience.most_connections_of_one, taken: Arc::default() }
    }

    /// A seat for this address; none where it has as many as one may have.
    fn of_one(&self, address: IpAddr) -> Option<Seat> {
        let address = address.to_canonical();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_default();
        if *count >= self.most_of_one {
            return None;
        }
        *count += 1;
        Some(Seat { address, taken: Arc::clone(&self.taken) })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}
