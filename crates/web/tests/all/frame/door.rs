//! Listening address, TLS and timeouts as a client sees them, on real connections to the loopback address.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use renkei_web::{CertificateFiles, Door, Entrance, Lock, Patience, SlotLimits, serve_until};
use socket2::{Domain, Socket, Type};
use tokio::sync::oneshot;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion, version,
};

use crate::town::Town;

/// A running server; `stop` ends it.
pub struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Running {
    pub fn start(town: &Town, lock: Lock, patience: Patience) -> Self {
        Self::start_for(town, lock, patience, Entrance::local_operator())
    }

    pub fn start_for(town: &Town, lock: Lock, patience: Patience, entrance: Entrance) -> Self {
        let mut door = Door { listen: "127.0.0.1:0".to_owned(), lock };
        if let Lock::Proxy { .. } = door.lock {
            // An open door behind a proxy reports the proxy's address. So the test itself chooses the address to listen
            // on.
            door.listen = free_address();
        }
        let (listen, is_free) = (door.listen.clone(), door.listen.ends_with(":0"));
        let door = door.open().expect("opens");
        let address = if is_free { door.address.trim_end_matches('/') } else { &listen };
        let port = address.rsplit(':').next().expect("a port").parse().expect("a port");
        let (stop, stopped) = oneshot::channel();
        let node = Arc::clone(&town.node);
        let ended = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            let stopped = async { stopped.await.expect("told to stop") };
            let served = serve_until(stopped, patience, node, entrance, door);
            runtime.block_on(served).expect("served");
        });
        Self { address: ([127, 0, 0, 1], port).into(), stop, ended }
    }

    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).expect("connects")
    }

    /// Connects from another address of this machine.
    pub fn connect_from(&self, last: u8) -> TcpStream {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        socket.bind(&SocketAddr::from(([127, 0, 0, last], 0)).into()).expect("bound");
        socket.connect(&self.address.into()).expect("connects");
        socket.into()
    }

    /// Connects with a small receive buffer.
    pub fn connect_slowly(&self) -> TcpStream {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        socket.set_recv_buffer_size(4096).expect("set");
        socket.connect(&self.address.into()).expect("connects");
        socket.into()
    }

    pub fn stop(self) {
        self.stop.send(()).expect("it runs");
        self.ended.join().expect("it ends");
    }
}

fn free_address() -> String {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    taken.local_addr().expect("bound").to_string()
}

fn files(folder: &Path) -> CertificateFiles {
    CertificateFiles { certificate: folder.join("cert.pem"), key: folder.join("key.pem") }
}

/// Writes a new certificate for these names and its key to a folder. Returns the certificate.
fn certify(folder: &Path, names: &[&str]) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    let made = made.expect("a certificate");
    let files = files(folder);
    std::fs::write(files.certificate, made.cert.pem()).expect("written");
    std::fs::write(files.key, made.signing_key.serialize_pem()).expect("written");
    made.cert.der().clone()
}

fn tls(folder: &Path) -> Lock {
    Lock::Tls { files: files(folder), names: vec!["renkei.example.jp".to_owned()] }
}

/// Does a TLS handshake as a client that trusts this certificate; `Err` contains the refusal in words.
fn handshake(
    mut stream: TcpStream,
    trusted: &CertificateDer<'static>,
    versions: &[&'static SupportedProtocolVersion],
) -> Result<StreamOwned<ClientConnection, TcpStream>, String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).expect("a root");
    let client = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let client = client.with_protocol_versions(versions).expect("versions").with_root_certificates(roots);
    let name = ServerName::try_from("renkei.example.jp").expect("a name");
    let mut client = ClientConnection::new(Arc::new(client.with_no_client_auth()), name).expect("a client");
    while client.is_handshaking() {
        client.complete_io(&mut stream).map_err(|fault| fault.to_string())?;
    }
    Ok(StreamOwned::new(client, stream))
}

/// Sends one request, and reads until the server closes the connection.
pub fn ask(mut stream: impl Read + Write, request: &str) -> String {
    // Errors are ignored, because the server may close before it has read everything, or without a TLS close message.
    let _ = stream.write_all(request.as_bytes()).and_then(|()| stream.flush());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(host: &str) -> String {
    format!("GET / HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")
}

#[test]
fn pages_are_served_by_tls_for_the_given_host_names() {
    let (town, folder) = (Town::with_document(), tempfile::tempdir().expect("a folder"));
    let trusted = certify(folder.path(), &["renkei.example.jp"]);
    let running = Running::start(&town, tls(folder.path()), Patience::default());
    for versions in [&[&version::TLS12], &[&version::TLS13]] {
        let stream = handshake(running.connect(), &trusted, versions).expect("a handshake");
        let answer = ask(stream, &get("renkei.example.jp:8443"));
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(answer.contains("strict-transport-security: max-age=31536000\r\n"), "{answer}");
        assert!(answer.contains("みどり市雇用対策協定"));
    }
    for host in ["localhost", "127.0.0.1", "other.example.jp"] {
        let stream = handshake(running.connect(), &trusted, &[&version::TLS13]).expect("a handshake");
        let answer = ask(stream, &get(host));
        assert!(answer.starts_with("HTTP/1.1 421 "), "{host}: {answer}");
        assert!(answer.contains("renkei.example.jp でだけ開けます") && !answer.contains("みどり"), "{host}: {answer}");
    }
    let answer = ask(running.connect(), &get("renkei.example.jp"));
    assert!(!answer.contains("HTTP/"), "plain HTTP gets nothing: {answer}");
    running.stop();
}

#[test]
fn a_new_certificate_is_used_without_a_restart_unless_it_is_broken() {
    let (town, folder) = (Town::with_document(), tempfile::tempdir().expect("a folder"));
    let old = certify(folder.path(), &["renkei.example.jp"]);
    let patience = Patience { renewal: Duration::from_millis(10), ..Patience::default() };
    let running = Running::start(&town, tls(folder.path()), patience);
    let meets = |trusted: &CertificateDer<'static>| handshake(running.connect(), trusted, &[&version::TLS13]).is_ok();
    assert!(meets(&old));
    std::fs::write(files(folder.path()).key, "でたらめ").expect("written");
    for _ in 0..20 {
        assert!(meets(&old), "the old one stays");
    }
    let new = certify(folder.path(), &["renkei.example.jp"]);
    while !meets(&new) {}
    assert!(!meets(&old));
    running.stop();
}

#[test]
fn a_slow_client_is_cut_off() {
    let (town, folder) = (Town::with_document(), tempfile::tempdir().expect("a folder"));
    certify(folder.path(), &["renkei.example.jp"]);
    let short = Duration::from_millis(50);
    let patience = Patience { handshake: short, headers: short, ..Patience::default() };
    let locked = Running::start(&town, tls(folder.path()), patience);
    assert_eq!(ask(locked.connect(), ""), "", "no handshake");
    locked.stop();
    let open = Running::start(&town, Lock::None, patience);
    for half in ["", "GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: "] {
        let answer = ask(open.connect(), half);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408 "), "{half}: {answer}");
    }
    let whole = "GET /assets/style.css HTTP/1.1\r\nhost: localhost\r\n\r\n";
    assert!(ask(open.connect(), whole).starts_with("HTTP/1.1 200 "), "nothing after the first request");
    let large = format!("GET / HTTP/1.1\r\nhost: localhost\r\nx-large: {}\r\n\r\n", "x".repeat(40_000));
    assert!(ask(open.connect(), &large).starts_with("HTTP/1.1 431 "));
    open.stop();
}

#[test]
fn no_client_can_occupy_all_connections() {
    let town = Town::with_document();
    let patience = Patience { slots: SlotLimits { of_network: 2, ..SlotLimits::default() }, ..Patience::default() };
    let running = Running::start(&town, Lock::None, patience);
    let whole = "GET /assets/style.css HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut taken = Vec::new();
    for _ in 0..2 {
        let mut stream = running.connect();
        stream.write_all(whole.as_bytes()).expect("sent");
        let mut first = [0; 12];
        stream.read_exact(&mut first).expect("answered");
        assert_eq!(&first, b"HTTP/1.1 200");
        taken.push(stream);
    }
    let mut more = running.connect();
    let mut nothing = Vec::new();
    let _ = more.read_to_end(&mut nothing);
    assert!(nothing.is_empty(), "the third is closed");
    drop(taken);
    // The slots become free only after the server has noticed that the connections are closed.
    while !ask(running.connect(), &get("localhost")).starts_with("HTTP/1.1 200 ") {}
    running.stop();
}

#[test]
fn the_fault_of_a_certificate_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = || match (Door { listen: "127.0.0.1:0".to_owned(), lock: tls(folder.path()) }).open() {
        Ok(door) => door.notices.join("\n"),
        Err(fault) => fault.to_string(),
    };
    let CertificateFiles { certificate, key } = files(folder.path());
    assert!(told().contains("cert.pem」を開けません"), "{}", told());
    certify(folder.path(), &["renkei.example.jp"]);
    let (first, first_key) = (std::fs::read(&certificate).expect("read"), std::fs::read(&key).expect("read"));
    private(&key, 0o600);
    assert_eq!(told(), "");
    private(&key, 0o640);
    assert!(told().contains("chmod 600"), "{}", told());
    private(&key, 0o600);
    for (text, expected) in [
        (&b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"[..], "パスフレーズ"),
        (b"", "秘密鍵がありません"),
        (&first, "秘密鍵がありません"),
    ] {
        std::fs::write(&key, text).expect("written");
        assert!(told().contains(expected), "{expected}: {}", told());
    }
    certify(folder.path(), &["renkei.example.jp"]);
    std::fs::write(&key, &first_key).expect("written");
    assert!(told().contains("対になっていません"), "{}", told());
    for text in [&first_key[..], b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        std::fs::write(&certificate, text).expect("written");
        let told = told();
        assert!(told.contains("証明書がありません") || told.contains("使えません"), "{told}");
    }
    certify(folder.path(), &["other.example.jp"]);
    assert!(told().contains("名前「renkei.example.jp」がありません"), "{}", told());
    assert!(CertificateDer::from_pem_slice(&first).is_ok());
}

fn private(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("changed");
}
