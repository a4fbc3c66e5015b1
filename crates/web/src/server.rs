//! The server: on the loopback address alone, until it is told to stop.

use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;

use renkei_app::Renkei;
use tokio::signal::unix::{SignalKind, signal};

use crate::site::{Entrance, site};

/// 待受けの失敗 — why nothing is served.
#[derive(Debug)]
pub enum ServeError {
    /// Not an address with a port.
    NoAddress { text: String },
    /// Without sign-in nobody but this machine may look.
    NotLoopback { address: SocketAddr },
    /// Taken by another program, or not ours to take.
    Taken { address: SocketAddr, fault: std::io::Error },
    /// The listener or the signals of the system failed.
    Broken(std::io::Error),
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ServeError::NoAddress { text } => {
                write!(f, "「{text}」は待受けのアドレスとして読めません。`127.0.0.1:8080` のように指定してください。")
            }
            ServeError::NotLoopback { address } => write!(
                f,
                "{address} では待ち受けません。利用者の確認（サインイン）がまだないため、この端末の中（127.0.0.1）だけで使えます。`127.0.0.1:{}` を指定してください。",
                address.port()
            ),
            ServeError::Taken { address, fault } => write!(
                f,
                "{address} で待ち受けられません：{fault}。ほかのプログラムを止めるか、別の番号（`127.0.0.1:0` なら空いている番号）を指定してください。"
            ),
            ServeError::Broken(fault) => write!(f, "待受けを続けられませんでした：{fault}。もう一度起動してください。"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Takes an address (`127.0.0.1:8080`; port 0 for a free one). One that is not loopback is refused.
pub fn bind(address: &str) -> Result<TcpListener, ServeError> {
    let no_address = || ServeError::NoAddress { text: address.to_owned() };
    let address = address.to_socket_addrs().map_err(|_| no_address())?.next().ok_or_else(no_address)?;
    refuse_beyond_this_machine(address)?;
    TcpListener::bind(address).map_err(|fault| ServeError::Taken { address, fault })
}

/// Serves the pages until SIGINT or SIGTERM; answers that are under way are finished.
pub async fn serve(renkei: Arc<Renkei>, listener: TcpListener) -> Result<(), ServeError> {
    refuse_beyond_this_machine(listener.local_addr().map_err(ServeError::Broken)?)?;
    listener.set_nonblocking(true).map_err(ServeError::Broken)?;
    let listener = tokio::net::TcpListener::from_std(listener).map_err(ServeError::Broken)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Broken)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Broken)?;
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    let site = site(renkei, Entrance::local_operator());
    axum::serve(listener, site).with_graceful_shutdown(stop).await.map_err(ServeError::Broken)
}

fn refuse_beyond_this_machine(address: SocketAddr) -> Result<(), ServeError> {
    if address.ip().to_canonical().is_loopback() { Ok(()) } else { Err(ServeError::NotLoopback { address }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: &str) {
        let told = match bind(address) {
            Ok(_) => String::new(),
            Err(fault) => fault.to_string(),
        };
        assert!(told.starts_with(expected) && told.is_empty() == expected.is_empty(), "{address}: {told}");
    }

    #[test]
    fn only_the_loopback_address_is_served() {
        check("127.0.0.1:0", "");
        check("localhost:0", "");
        check("0.0.0.0:8080", "0.0.0.0:8080 では待ち受けません");
        check("[::]:8080", "[::]:8080 では待ち受けません");
        check("192.0.2.1:80", "192.0.2.1:80 では待ち受けません");
        check("どこか", "「どこか」は待受けのアドレスとして読めません");
        check("127.0.0.1", "「127.0.0.1」は待受けのアドレスとして読めません");
    }
}
