//! The certificate for TLS. The server reads it again if its files change or if the process receives SIGHUP, so a
//! yearly renewal needs no restart. If the new files cannot be used, the server reports the fault and keeps the current
//! certificate.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

use tokio_rustls::rustls::client::verify_server_name;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{Error, ServerConfig, version};

use crate::frame::serve_error::{CertificateFault, ServeError};

/// Paths of the certificate and its key.
#[derive(Debug, Clone)]
pub struct CertificateFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// The certificate in use.
#[derive(Debug)]
pub struct Certificate {
    files: CertificateFiles,
    current: RwLock<Arc<CertifiedKey>>,
    /// Stamp of the files at the last reading.
    seen: Mutex<Stamp>,
}

/// Time of change and length (in bytes) of each file. A file was rewritten if its stamp differs from an earlier one.
type Stamp = [Option<(SystemTime, u64)>; 2];

impl Certificate {
    pub fn read(files: CertificateFiles) -> Result<Self, CertificateFault> {
        let seen = Mutex::new(files.stamp());
        let current = RwLock::new(Arc::new(files.load()?));
        Ok(Self { files, current, seen })
    }

    /// Reads the files again if they have changed; returns whether they have changed. `Err` says why they cannot be
    /// used.
    pub fn renew_if_changed(&self) -> Result<bool, CertificateFault> {
        let stamp = self.files.stamp();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == stamp {
            return Ok(false);
        }
        *seen = stamp;
        drop(seen);
        self.renew().map(|()| true)
    }

    /// Reads the files again.
    pub fn renew(&self) -> Result<(), CertificateFault> {
        let new = Arc::new(self.files.load()?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    /// Returns warnings for the operator about files that can be used nevertheless.
    pub fn notices(&self, names: &[String]) -> Vec<String> {
        let mut notices = Vec::new();
        if self.files.others_read_the_key() {
            let key = self.files.key.display();
            notices.push(format!(
                "秘密鍵「{key}」を所有者でない人も読めます。`chmod 600 {key}` で所有者だけが読めるようにしてください。"
            ));
        }
        let current = self.current();
        for name in names.iter().filter(|name| !is_for(&current, name)) {
            notices.push(format!(
                "証明書「{}」に名前「{name}」がありません。ブラウザはこの名前では警告を出します。証明書を作り直すか、`--name` を直してください。",
                self.files.certificate.display()
            ));
        }
        notices
    }

    fn current(&self) -> Arc<CertifiedKey> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current())
    }
}

/// Returns the TLS configuration: TLS 1.2 and 1.3 with the certificate in use.
pub fn configuration(certificate: Arc<Certificate>) -> Result<ServerConfig, ServeError> {
    let unusable = |fault: Error| CertificateFault::Unusable {
        certificate: certificate.files.certificate.clone(),
        fault: fault.to_string(),
    };
    let builder = ServerConfig::builder_with_provider(Arc::new(provider()))
        .with_protocol_versions(&[&version::TLS13, &version::TLS12])
        .map_err(unusable)?;
    let mut configuration = builder.with_no_client_auth().with_cert_resolver(certificate);
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(configuration)
}

impl CertificateFiles {
    fn load(&self) -> Result<CertifiedKey, CertificateFault> {
        let chain = read(&self.certificate)?;
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&chain).collect();
        let chain = chain.ok().filter(|chain| !chain.is_empty());
        let chain = chain.ok_or_else(|| CertificateFault::NoCertificate { path: self.certificate.clone() })?;
        let key = read(&self.key)?;
        let key = PrivateKeyDer::from_pem_slice(&key).map_err(|_| {
            let path = self.key.clone();
            let text = String::from_utf8_lossy(&key);
            let locked =
                ["BEGIN ENCRYPTED PRIVATE KEY", "Proc-Type: 4,ENCRYPTED"].iter().any(|mark| text.contains(mark));
            if locked { CertificateFault::Encrypted { path } } else { CertificateFault::NoKey { path } }
        })?;
        CertifiedKey::from_der(chain, key, &provider()).map_err(|fault| self.unusable(&fault))
    }

    fn unusable(&self, fault: &Error) -> CertificateFault {
        let certificate = self.certificate.clone();
        match fault {
            Error::InconsistentKeys(_) => CertificateFault::Mismatch { certificate, key: self.key.clone() },
            _ => CertificateFault::Unusable { certificate, fault: fault.to_string() },
        }
    }

    fn stamp(&self) -> Stamp {
        [&self.certificate, &self.key].map(|path| {
            let known = std::fs::metadata(path).ok()?;
            Some((known.modified().ok()?, known.len()))
        })
    }

    #[cfg(unix)]
    fn others_read_the_key(&self) -> bool {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(&self.key).is_ok_and(|known| known.permissions().mode() & 0o077 != 0)
    }

    #[cfg(not(unix))]
    fn others_read_the_key(&self) -> bool {
        false
    }
}

fn provider() -> CryptoProvider {
    ring::default_provider()
}

fn read(path: &Path) -> Result<Vec<u8>, CertificateFault> {
    std::fs::read(path).map_err(|fault| CertificateFault::Unreadable { path: path.to_owned(), fault })
}

fn is_for(key: &CertifiedKey, name: &str) -> bool {
    let Ok(name) = ServerName::try_from(name) else { return false };
    let parsed = key.end_entity_cert().and_then(ParsedCertificate::try_from);
    parsed.is_ok_and(|certificate| verify_server_name(&certificate, &name).is_ok())
}
