//! The reasons why the server cannot start or continue, each with its sentence and the next step.

use std::net::SocketAddr;
use std::path::PathBuf;

/// 待受けの失敗 — the reason why the server cannot start or continue.
#[derive(Debug)]
pub enum ServeError {
    /// The text of the option is not an address with a port.
    NoAddress { text: String },
    /// The address can be reached from other machines, and neither TLS nor a proxy is set up.
    NotLocked { address: SocketAddr },
    /// The address can be reached from other machines, and no user can sign in yet.
    NoSignIn { door: String },
    /// The text of the option is not a host name.
    NoName { text: String },
    /// The text of the option is not `https://` followed by a host name.
    NoProxyAddress { text: String },
    /// The proxy runs on another machine, and its IP address was not given.
    NoProxyPeer { address: SocketAddr },
    /// The certificate or its key cannot be used.
    Certificate(CertificateFault),
    /// The address is in use by another program, or this program has no permission to use it.
    Taken { address: SocketAddr, fault: std::io::Error },
    /// Listening for connections or for signals of the system failed.
    Broken(std::io::Error),
}

/// 証明書の不備 — the reason why a certificate and its key cannot be used.
#[derive(Debug)]
pub enum CertificateFault {
    Unreadable {
        path: PathBuf,
        fault: std::io::Error,
    },
    /// The file contains no PEM certificate.
    NoCertificate {
        path: PathBuf,
    },
    /// The file contains no PEM key.
    NoKey {
        path: PathBuf,
    },
    /// The key is encrypted with a passphrase.
    Encrypted {
        path: PathBuf,
    },
    /// The key does not belong to the certificate.
    Mismatch {
        certificate: PathBuf,
        key: PathBuf,
    },
    /// The TLS library refuses certificate and key for another reason.
    Unusable {
        certificate: PathBuf,
        fault: String,
    },
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ServeError::NoAddress { text } => {
                write!(f, "「{text}」は待受けのアドレスとして読めません。`127.0.0.1:8080` のように指定してください。")
            }
            ServeError::NotLocked { address } => write!(
                f,
                "{address} では、暗号化しないままでは待ち受けません。証明書（`--tls-cert`、`--tls-key`、`--name`）か、前に置くプロキシの名前（`--behind https://renkei.example.jp`）を指定してください。この機械の中だけで使うなら、`127.0.0.1:{}` を指定してください。",
                address.port()
            ),
            ServeError::NoSignIn { door } => write!(
                f,
                "{door} では、利用者が登録されるまで待ち受けません。先に `renkei user` で最初の利用者を登録してください。この機械の中だけで使うなら、`127.0.0.1:8080` を指定してください。"
            ),
            ServeError::NoName { text } => write!(
                f,
                "「{text}」は開くときの名前として読めません。証明書にある名前を `--name renkei.example.jp` のように指定してください。"
            ),
            ServeError::NoProxyAddress { text } => write!(
                f,
                "「{text}」はプロキシの名前として読めません。`--behind https://renkei.example.jp` のように、https と名前だけを指定してください。"
            ),
            ServeError::NoProxyPeer { address } => write!(
                f,
                "{address} では、プロキシだけを受け付けるため、そのアドレスが要ります。`--proxy-address 192.0.2.10` のように指定するか、プロキシと同じ機械で `127.0.0.1:{}` を指定してください。",
                address.port()
            ),
            ServeError::Certificate(fault) => write!(f, "{fault}"),
            ServeError::Taken { address, fault } => write!(
                f,
                "{address} で待ち受けられません：{fault}。ほかのプログラムを止めるか、別の番号（`127.0.0.1:0` なら空いている番号）を指定してください。"
            ),
            ServeError::Broken(fault) => write!(f, "待受けを続けられませんでした：{fault}。もう一度起動してください。"),
        }
    }
}

impl std::fmt::Display for CertificateFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CertificateFault::Unreadable { path, fault } => {
                write!(f, "「{}」を開けません：{fault}。場所と権限を確かめてください。", path.display())
            }
            CertificateFault::NoCertificate { path } => write!(
                f,
                "「{}」に証明書がありません。`-----BEGIN CERTIFICATE-----` で始まる PEM 形式のファイル（中間証明書を含むもの）を指定してください。",
                path.display()
            ),
            CertificateFault::NoKey { path } => write!(
                f,
                "「{}」に秘密鍵がありません。`-----BEGIN PRIVATE KEY-----` などで始まる PEM 形式のファイルを指定してください。",
                path.display()
            ),
            CertificateFault::Encrypted { path } => write!(
                f,
                "「{}」の秘密鍵には合言葉（パスフレーズ）が掛かっています。`openssl pkey -in 鍵 -out 新しい鍵` で外し、所有者だけが読めるようにして指定してください。",
                path.display()
            ),
            CertificateFault::Mismatch { certificate, key } => write!(
                f,
                "証明書「{}」と秘密鍵「{}」は対になっていません。同じ申請で作ったものを指定してください。",
                certificate.display(),
                key.display()
            ),
            CertificateFault::Unusable { certificate, fault } => write!(
                f,
                "証明書「{}」とその鍵は使えません：{fault}。発行者に確かめるか、作り直してください。",
                certificate.display()
            ),
        }
    }
}

impl std::error::Error for ServeError {}

impl From<CertificateFault> for ServeError {
    fn from(fault: CertificateFault) -> Self {
        ServeError::Certificate(fault)
    }
}
