//! The door: the address where the server listens, its host names, and the encryption of connections. Nothing leaves
//! this machine unencrypted: either the server itself uses TLS, or a named proxy does.

use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;

use socket2::SockRef;

use crate::frame::certificate::{Certificate, CertificateFiles};
use crate::frame::gate::Gate;
use crate::frame::serve_error::ServeError;

/// Send buffer of a connection, in bytes: the most that the system stores for a client that does not read. The system's
/// default is megabytes per connection. With this size, a line with a delay of 50 ms still moves 5 MB a second.
const MOST_BYTES_UNSENT: usize = 256 << 10;

/// Number of connections that may wait to be accepted. If more arrive, the system makes their clients try again after a
/// second. With the usual 128, a burst of strangers would delay everybody by that second.
const MOST_WAITING: i32 = 1024;

/// 出入口 — the address on which the server should listen, and the protection of connections.
#[derive(Debug, Clone)]
pub struct Door {
    /// Address to listen on, such as `127.0.0.1:8080`. With port 0 the system chooses a free port.
    pub listen: String,
    pub lock: Lock,
}

/// The encryption of connections through the door.
#[derive(Debug, Clone)]
pub enum Lock {
    /// No encryption: only clients on this machine may connect.
    None,
    /// TLS of the server itself, for these host names.
    Tls { files: CertificateFiles, names: Vec<String> },
    /// TLS of a proxy. `address` (`https://renkei.example.jp`) is its address for people. It connects from this machine
    /// or from the IP addresses `peers`.
    Proxy { address: String, peers: Vec<IpAddr> },
}

/// An open door: the server listens, but does not answer yet.
#[derive(Debug)]
pub struct OpenDoor {
    pub(crate) listener: TcpListener,
    pub(crate) gate: Gate,
    pub(crate) certificate: Option<Arc<Certificate>>,
    is_for_this_machine: bool,
    /// Address of the server for people: `https://renkei.example.jp/`.
    pub address: String,
    /// Warnings for the operator about a door that can be used nevertheless.
    pub notices: Vec<String>,
}

impl Door {
    /// Returns an unencrypted door for clients on this machine.
    pub fn at(listen: &str) -> Self {
        Self { listen: listen.to_owned(), lock: Lock::None }
    }

    /// Binds the address. Without encryption, refuses an address that other machines can reach.
    pub fn open(&self) -> Result<OpenDoor, ServeError> {
        let no_address = || ServeError::NoAddress { text: self.listen.clone() };
        let mut addresses = self.listen.to_socket_addrs().map_err(|_| no_address())?;
        let asked = addresses.next().ok_or_else(no_address)?;
        let is_loopback = asked.ip().to_canonical().is_loopback();
        let (gate, certificate) = match &self.lock {
            Lock::None if !is_loopback => return Err(ServeError::NotLocked { address: asked }),
            Lock::None => (Gate::of_this_machine(), None),
            Lock::Tls { files, names } => {
                names.iter().try_for_each(|name| checked_name(name))?;
                let certificate = Certificate::read(files.clone())?;
                (Gate::of_names(names.clone()), Some(Arc::new(certificate)))
            }
            Lock::Proxy { peers, .. } if !is_loopback && peers.is_empty() => {
                return Err(ServeError::NoProxyPeer { address: asked });
            }
            Lock::Proxy { address, peers } => (Gate::behind(proxy_name(address)?.to_owned(), peers.clone()), None),
        };
        let listener = TcpListener::bind(asked).map_err(|fault| ServeError::Taken { address: asked, fault })?;
        // Connections inherit the buffer size from their listener. If a setting fails, the system's default applies.
        let _ = SockRef::from(&listener).set_send_buffer_size(MOST_BYTES_UNSENT);
        let _ = SockRef::from(&listener).listen(MOST_WAITING);
        let address = self.found_at(listener.local_addr().map_err(ServeError::Broken)?);
        let notices = match (&self.lock, &certificate) {
            (Lock::Tls { names, .. }, Some(certificate)) => certificate.notices(names),
            _ => Vec::new(),
        };
        let is_for_this_machine = is_loopback && !matches!(self.lock, Lock::Proxy { .. });
        Ok(OpenDoor { listener, gate, certificate, is_for_this_machine, address, notices })
    }

    fn found_at(&self, bound: SocketAddr) -> String {
        match &self.lock {
            Lock::None => format!("http://{bound}/"),
            Lock::Proxy { address, .. } => format!("{}/", address.trim_end_matches('/')),
            Lock::Tls { names, .. } => {
                let name = names.first().map_or("localhost", String::as_str);
                if bound.port() == 443 {
                    format!("https://{name}/")
                } else {
                    format!("https://{name}:{}/", bound.port())
                }
            }
        }
    }
}

impl OpenDoor {
    /// Refuses a door that serves other machines without sign-in. Clients of a proxy count as other machines.
    pub fn require(&self, signs_in: bool) -> Result<(), ServeError> {
        if signs_in || self.is_for_this_machine { Ok(()) } else { Err(self.no_sign_in()) }
    }

    /// Returns the error for a door without sign-in, through which every user would look the same.
    pub fn no_sign_in(&self) -> ServeError {
        ServeError::NoSignIn { door: self.address.clone() }
    }
}

/// Checks a host name, in the form of a Host header without a port.
fn checked_name(name: &str) -> Result<(), ServeError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._[]:".contains(c);
    let has_port = !name.starts_with('[') && name.contains(':');
    if name.is_empty() || has_port || !name.chars().all(plain) {
        return Err(ServeError::NoName { text: name.to_owned() });
    }
    Ok(())
}

/// Returns the host name from an address such as `https://renkei.example.jp:8443/`.
fn proxy_name(address: &str) -> Result<&str, ServeError> {
    let fault = || ServeError::NoProxyAddress { text: address.to_owned() };
    let authority = address.strip_prefix("https://").ok_or_else(fault)?;
    let authority = authority.strip_suffix('/').unwrap_or(authority);
    let name = match authority.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => authority,
    };
    checked_name(name).map_err(|_| fault())?;
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(door: &Door, expected: &str) {
        let told = match door.open() {
            Ok(_) => String::new(),
            Err(fault) => fault.to_string(),
        };
        assert!(told.starts_with(expected) && told.is_empty() == expected.is_empty(), "{door:?}: {told}");
    }

    #[test]
    fn only_the_loopback_address_is_served_without_encryption() {
        for (address, expected) in [
            ("127.0.0.1:0", ""),
            ("localhost:0", ""),
            ("0.0.0.0:8080", "0.0.0.0:8080 では、暗号化しないままでは待ち受けません"),
            ("[::]:8080", "[::]:8080 では、暗号化しないままでは待ち受けません"),
            ("192.0.2.1:80", "192.0.2.1:80 では、暗号化しないままでは待ち受けません"),
            ("どこか", "「どこか」は待受けのアドレスとして読めません"),
            ("127.0.0.1", "「127.0.0.1」は待受けのアドレスとして読めません"),
        ] {
            check(&Door::at(address), expected);
        }
    }

    #[test]
    fn the_address_of_a_proxy_is_https_and_a_host_name_only() {
        for (address, expected) in [
            ("https://renkei.example.jp", ""),
            ("https://renkei.example.jp:8443/", ""),
            ("http://renkei.example.jp", "「http://renkei.example.jp」はプロキシの名前として読めません"),
            ("https://renkei.example.jp/renkei", "「https://renkei.example.jp/renkei」は"),
            ("https://someone@renkei.example.jp", "「https://someone@renkei.example.jp」は"),
            ("renkei.example.jp", "「renkei.example.jp」は"),
            ("https://", "「https://」は"),
        ] {
            let lock = Lock::Proxy { address: address.to_owned(), peers: Vec::new() };
            check(&Door { listen: "127.0.0.1:0".to_owned(), lock }, expected);
        }
        let lock = Lock::Proxy { address: "https://renkei.example.jp".to_owned(), peers: Vec::new() };
        check(&Door { listen: "0.0.0.0:0".to_owned(), lock }, "0.0.0.0:0 では、プロキシだけを受け付けるため");
    }

    #[test]
    fn serving_other_machines_requires_sign_in() {
        let open = |listen: &str, lock| Door { listen: listen.to_owned(), lock }.open().unwrap();
        let proxy = |peer: &str| Lock::Proxy {
            address: "https://renkei.example.jp".to_owned(),
            peers: vec![peer.parse().unwrap()],
        };
        assert!(open("127.0.0.1:0", Lock::None).require(false).is_ok());
        let behind = open("127.0.0.1:0", proxy("192.0.2.1"));
        assert_eq!(behind.address, "https://renkei.example.jp/");
        assert!(behind.require(false).unwrap_err().to_string().contains("renkei user"));
        assert!(behind.require(true).is_ok());
        assert!(open("0.0.0.0:0", proxy("192.0.2.1")).require(false).is_err());
    }
}
