//! The server: accepts connections at an open door until it is told to stop. Handshakes, headers and connections are
//! limited, so that no client can block the server.

use std::net::SocketAddr;
use std::sync::{Arc, Weak};
use std::time::Duration;

use renkei_app::{Node, network_of};
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Semaphore, watch};
use tokio::time::{Interval, MissedTickBehavior, interval, sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::frame::certificate::{self, Certificate};
use crate::frame::connection::{ConnectionContext, serve_connection};
use crate::frame::door::OpenDoor;
use crate::frame::paced_stream::{Exchange, PacedStream};
use crate::frame::patience::Patience;
use crate::frame::serve_error::ServeError;
use crate::frame::site::Entrance;
use crate::frame::slots::{Slot, Slots};
use crate::frame::time_budget::TimeBudget;
use crate::routes::site_with;

/// Serves the pages until SIGINT or SIGTERM, then finishes the answers that are under way.
pub async fn serve(node: Arc<Node>, entrance: Entrance, door: OpenDoor) -> Result<(), ServeError> {
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Broken)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Broken)?;
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    serve_until(stop, Patience::default(), node, entrance, door).await
}

/// Serves the pages until `stop` completes.
pub async fn serve_until(
    stop: impl Future<Output = ()>,
    patience: Patience,
    node: Arc<Node>,
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
    let site = site_with(Arc::clone(&gate), patience, node, entrance);
    let (stopping, stopped) = watch::channel(());
    let slots = Slots::of(patience.slots);
    let context = ConnectionContext { site, gate, patience, slots, stopped };
    let of_proxies = Arc::new(Semaphore::new(patience.slots.all));
    let acceptor = Acceptor { context, tls, of_proxies, budget: TimeBudget::of_this_machine() };
    acceptor.take_connections(listener, stop).await;
    drop(acceptor);
    let _ = stopping.send(());
    // After this time, a client that has not yet received its whole answer is cut off.
    let _ = timeout(patience.stopping, stopping.closed()).await;
    Ok(())
}

/// The part of the server that accepts connections.
struct Acceptor {
    context: ConnectionContext,
    tls: Option<TlsAcceptor>,
    /// Permits for further connections of our own proxies.
    of_proxies: Arc<Semaphore>,
    budget: Arc<TimeBudget>,
}

impl Acceptor {
    async fn take_connections(&self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = &mut stop => return,
            };
            match accepted {
                Ok((stream, peer)) => self.take(stream, peer),
                // The system could not accept a connection, for example because no file descriptor is free. A later
                // attempt may succeed.
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Accepts a connection if its peer may connect and a slot is free; closes any other connection. A proxy's
    /// connection needs no slot, because each of its requests takes one.
    fn take(&self, stream: TcpStream, peer: SocketAddr) {
        let (gate, address) = (&self.context.gate, peer.ip());
        if !gate.takes_connections_of(address) {
            return;
        }
        let (slot, of_proxies) = if gate.is_proxy(address) {
            let Ok(permit) = Arc::clone(&self.of_proxies).try_acquire_owned() else { return };
            (None, Some(permit))
        } else {
            let Some(slot) = self.context.slots.take(&network_of(&address.to_string())) else { return };
            (Some(Arc::new(slot)), None)
        };
        // Sends small answers at once. If the option cannot be set, they are sent a little later.
        let _ = stream.set_nodelay(true);
        let (context, tls, budget) = (self.context.clone(), self.tls.clone(), Arc::clone(&self.budget));
        tokio::spawn(async move {
            let _until_it_ends = of_proxies;
            let talk = talk(stream, peer, slot.clone(), context, tls);
            match slot {
                None => talk.await,
                Some(slot) => tokio::select! {
                    () = budget.limit(talk, Arc::clone(&slot)) => {}
                    () = slot.is_displaced() => {}
                },
            }
        });
    }
}

/// Does the TLS handshake if the door has TLS, and answers the requests.
async fn talk(
    stream: TcpStream,
    peer: SocketAddr,
    slot: Option<Arc<Slot>>,
    context: ConnectionContext,
    tls: Option<TlsAcceptor>,
) {
    let exchange = Exchange::on(slot.clone(), context.patience);
    let stream = PacedStream::over(stream, Arc::clone(&exchange));
    match tls {
        None => serve_connection(stream, peer, slot, exchange, context).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = timeout(context.patience.handshake, tls.accept(stream)).await {
                serve_connection(stream, peer, slot, exchange, context).await;
            }
        }
    }
}

/// Reads the certificate again when its files change, or on SIGHUP. Reports a fault once per change.
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
