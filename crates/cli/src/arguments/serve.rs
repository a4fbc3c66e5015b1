//! Arguments of `serve` and `demo`: the data, the address and TLS, and sign-in.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;
use renkei_web::{CertificateFiles, Door, Lock};

use super::scope::Data;

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub data: Data,
    #[command(flatten)]
    pub entry: Entry,
    #[command(flatten)]
    pub outside: Outside,
}

/// An OpenID Connect issuer at which people can also sign in.
#[derive(Debug, Args)]
pub struct Outside {
    /// 外部認証（OpenID Connect）の発行元（https://login.example.jp）
    #[arg(long, value_name = "URL", requires_all = ["oidc_client", "oidc_secret_file"])]
    pub oidc_issuer: Option<String>,
    /// 発行元に登録した、この renkei の名前（client_id）
    #[arg(long, value_name = "ID", requires = "oidc_issuer")]
    pub oidc_client: Option<String>,
    /// 発行元から受け取った秘密（client_secret）だけを書いたファイル
    #[arg(long, value_name = "FILE", requires = "oidc_issuer")]
    pub oidc_secret_file: Option<PathBuf>,
    /// サインインの画面に出す、発行元の名前
    #[arg(long, value_name = "NAME", default_value = "外部認証", requires = "oidc_issuer")]
    pub oidc_label: String,
    /// 発行元の証明書を発行した認証局の証明書（PEM。庁内の認証局のとき）
    #[arg(long, value_name = "FILE", requires = "oidc_issuer")]
    pub oidc_ca: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Demo {
    #[command(flatten)]
    pub serve: Serve,
    /// 両当事者の職の人と管理者を登録し、サインインして使う（ログイン名とパスワードを表示する）
    #[arg(long)]
    pub sign_in: bool,
    /// 見本の人のパスワード（指定しなければ、そのつど作る）
    #[arg(long, value_name = "PASSWORD", requires = "sign_in")]
    pub password: Option<String>,
}

/// The address of the server, and the protection of connections to it.
#[derive(Debug, Args)]
pub struct Entry {
    /// 待ち受けるアドレス（ポート0なら空いているもの）
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// TLSの証明書（PEM。中間証明書を含む）。書き換えると、止めずに読み直す
    #[arg(long, value_name = "FILE", requires_all = ["tls_key", "host_names"], conflicts_with = "behind")]
    tls_cert: Option<PathBuf>,
    /// 証明書の秘密鍵（PEM）
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// ブラウザで開くときの名前（証明書にあるもの。いくつでも）
    #[arg(long = "name", value_name = "HOST", requires = "tls_cert")]
    host_names: Vec<String>,
    /// TLSを受け持つプロキシのアドレス（https://renkei.example.jp）。この名前で開かれたものだけに答える
    #[arg(long, value_name = "URL")]
    behind: Option<String>,
    /// 別の機械にあるプロキシのIPアドレス（いくつでも）
    #[arg(long = "proxy-address", value_name = "IP", requires = "behind")]
    proxy_addresses: Vec<IpAddr>,
}

impl Entry {
    pub fn door(self) -> Door {
        let Self { listen, tls_cert, tls_key, host_names, behind, proxy_addresses } = self;
        let lock = match (tls_cert, tls_key, behind) {
            (Some(certificate), Some(key), _) => {
                Lock::Tls { files: CertificateFiles { certificate, key }, names: host_names }
            }
            (_, _, Some(address)) => Lock::Proxy { address, peers: proxy_addresses },
            _ => Lock::None,
        };
        Door { listen, lock }
    }
}
