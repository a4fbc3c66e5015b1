//! OpenID Connect: another server of the organisation (the issuer) authenticates people. Uses the authorization code
//! flow with PKCE, state and nonce. A token is accepted only if its signature, audience, issuer, time and nonce are
//! right. The size of each answer of the issuer is limited, and so is its time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
};
use subtle::ConstantTimeEq;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// 外部認証の設定 — an issuer, and the registration of this node at the issuer.
#[derive(Debug, Clone)]
pub struct OidcSettings {
    /// The address of the issuer, such as `https://login.example.jp`; http is allowed only for an issuer on this
    /// machine.
    pub issuer: String,
    pub client: String,
    pub secret: String,
    /// The address to which the issuer redirects people afterwards: `https://renkei.example.jp/sign-in/oidc/back`.
    pub back: String,
    /// The certificates (PEM) of the authority that signed the issuer's certificate, if it is not a public authority.
    pub authority: Option<Vec<u8>>,
}

/// 外部認証の発行元 — a configured issuer.
pub struct Issuer {
    settings: OidcSettings,
    agent: ureq::Agent,
    /// The metadata of the issuer, which is requested at the first use.
    metadata: Mutex<Option<CoreProviderMetadata>>,
}

/// 外部認証への出発 — a sign-in that was started at the issuer, with the secrets by which the return is recognised.
#[derive(Clone)]
pub struct Departure {
    /// The address to which the browser is sent.
    pub address: String,
    state: String,
    nonce: String,
    verifier: String,
    /// If the issuer has to ask the person again: the time of this request, in seconds since 1970.
    asked_again_at: Option<u64>,
}

/// 外部の本人 — the identity of a person at the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsidePerson {
    pub issuer: String,
    pub subject: String,
    /// The name of the person at the issuer, if the issuer gives one. It is only displayed.
    pub name: Option<String>,
}

/// 外部認証の失敗 — why an answer of the issuer was not accepted. `particulars` is for the operator and contains no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OidcFault {
    /// The address does not begin with `https://`, or cannot be parsed.
    IssuerUnreadable { issuer: String },
    /// The file of the authority contains no certificate.
    NoAuthority,
    /// The issuer did not answer, or its answer was not understood.
    IssuerSilent { particulars: String },
    /// The issuer rejected the code, or the token of the issuer is not valid.
    NotBelieved { particulars: String },
}

impl std::fmt::Display for OidcFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OidcFault::IssuerUnreadable { issuer } => write!(
                f,
                "「{issuer}」は外部認証の発行元として読めません。`https://login.example.jp` のように指定してください。"
            ),
            OidcFault::NoAuthority => {
                write!(f, "認証局のファイルに証明書がありません。PEM 形式のファイルを指定してください。")
            }
            OidcFault::IssuerSilent { particulars } => {
                write!(
                    f,
                    "外部認証の発行元から答えが得られません（{particulars}）。しばらくして、もう一度行ってください。"
                )
            }
            OidcFault::NotBelieved { particulars } => {
                write!(f, "外部認証の結果を確かめられませんでした（{particulars}）。もう一度行ってください。")
            }
        }
    }
}

impl std::error::Error for OidcFault {}

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

const LONGEST: Duration = Duration::from_secs(10);
const MOST_BYTES: u64 = 1 << 20;
/// By how many seconds the clock of an issuer may be behind ours.
const CLOCKS_DIFFER: u64 = 60;

impl Departure {
    /// Whether the state in a redirect from the issuer belongs to this sign-in.
    pub fn is_answered_by(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }
}

impl Issuer {
    pub fn of(settings: OidcSettings) -> Result<Self, OidcFault> {
        if !may_be_asked(&settings.issuer) {
            return Err(OidcFault::IssuerUnreadable { issuer: settings.issuer });
        }
        let mut tls = TlsConfig::builder();
        if let Some(authority) = &settings.authority {
            tls = tls.root_certs(RootCerts::Specific(Arc::new(certificates(authority)?)));
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(LONGEST))
            .max_redirects(0)
            .http_status_as_error(false)
            .tls_config(tls.build())
            .build();
        Ok(Self { settings, agent: config.into(), metadata: Mutex::default() })
    }

    /// Starts a sign-in at the issuer. With `asked_again_at`, the present time in seconds since 1970, the issuer must ask
    /// the person again even if it knows the browser.
    pub fn depart(&self, asked_again_at: Option<u64>) -> Result<Departure, OidcFault> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client()?;
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let asked = client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let asked = asked.add_scope(Scope::new("profile".to_owned())).set_pkce_challenge(challenge);
        let asked = match asked_again_at {
            Some(_) => asked.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO),
            None => asked,
        };
        let (address, state, nonce) = asked.url();
        if !may_be_asked(address.as_str()) {
            return Err(silent("authorization_endpoint"));
        }
        let (state, nonce) = (state.into_secret(), nonce.secret().clone());
        Ok(Departure { address: address.into(), state, nonce, verifier: verifier.into_secret(), asked_again_at })
    }

    /// Sends the code to the issuer, and returns the identity of the person who came back with the code.
    pub fn arrive(&self, departure: &Departure, code: &str) -> Result<OutsidePerson, OidcFault> {
        let client = self.client()?;
        let asked = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(not_believed)?;
        let asked = asked.set_pkce_verifier(PkceCodeVerifier::new(departure.verifier.clone()));
        let tokens = asked.request(&|request| self.ask(request)).map_err(not_believed)?;
        let id_token =
            tokens.id_token().ok_or_else(|| OidcFault::NotBelieved { particulars: "id_token".to_owned() })?;
        let nonce = Nonce::new(departure.nonce.clone());
        let claims = id_token.claims(&client.id_token_verifier(), &nonce).map_err(|fault| {
            // The issuer may have changed its keys, so its metadata is requested again at the next sign-in.
            *self.metadata.lock().unwrap_or_else(PoisonError::into_inner) = None;
            not_believed(fault)
        })?;
        if let Some(asked_again_at) = departure.asked_again_at {
            let asked_at = claims.auth_time().and_then(|time| u64::try_from(time.timestamp()).ok()).unwrap_or_default();
            if asked_at + CLOCKS_DIFFER < asked_again_at {
                return Err(OidcFault::NotBelieved { particulars: "auth_time".to_owned() });
            }
        }
        let named = claims.name().and_then(|names| names.get(None)).map(|name| name.as_str().to_owned());
        Ok(OutsidePerson {
            issuer: claims.issuer().as_str().to_owned(),
            subject: claims.subject().as_str().to_owned(),
            name: named.or_else(|| claims.preferred_username().map(|name| name.as_str().to_owned())),
        })
    }

    fn client(&self) -> Result<Client, OidcFault> {
        let id = ClientId::new(self.settings.client.clone());
        let secret = Some(ClientSecret::new(self.settings.secret.clone()));
        let back = RedirectUrl::new(self.settings.back.clone()).map_err(silent)?;
        Ok(CoreClient::from_provider_metadata(self.metadata()?, id, secret).set_redirect_uri(back))
    }

    fn metadata(&self) -> Result<CoreProviderMetadata, OidcFault> {
        if let Some(known) = self.metadata.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Ok(known);
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(silent)?;
        let found = CoreProviderMetadata::discover(&issuer, &|request| self.ask(request)).map_err(silent)?;
        *self.metadata.lock().unwrap_or_else(PoisonError::into_inner) = Some(found.clone());
        Ok(found)
    }

    /// Sends one request to the issuer. Never sends it unencrypted to another machine, and does not follow redirects.
    fn ask(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        if !may_be_asked(&request.uri().to_string()) {
            return Err(ureq::Error::RequireHttpsOnly(request.uri().to_string()));
        }
        let answered = match request.method().as_str() {
            "GET" => self.agent.run(request.map(|_| ())),
            _ => self.agent.run(request),
        };
        let (parts, mut body) = answered?.into_parts();
        Ok(HttpResponse::from_parts(parts, body.with_config().limit(MOST_BYTES).read_to_vec()?))
    }
}

/// Whether the address uses https, or http on this machine (as for an issuer in a test).
fn may_be_asked(address: &str) -> bool {
    if let Some(rest) = address.strip_prefix("https://") {
        return !rest.is_empty();
    }
    let Some(rest) = address.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => authority,
    };
    ["127.0.0.1", "[::1]", "localhost"].contains(&name)
}

fn certificates(authority: &[u8]) -> Result<Vec<Certificate<'static>>, OidcFault> {
    let found: Vec<_> = parse_pem(authority)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if found.is_empty() { Err(OidcFault::NoAuthority) } else { Ok(found) }
}

/// Makes a fault from the text of an error, which does not contain the data that was sent.
fn silent(fault: impl std::fmt::Display) -> OidcFault {
    OidcFault::IssuerSilent { particulars: fault.to_string() }
}

fn not_believed(fault: impl std::fmt::Display) -> OidcFault {
    OidcFault::NotBelieved { particulars: fault.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_to_an_issuer_use_https_or_stay_on_this_machine() {
        for (address, expected) in [
            ("https://login.example.jp", true),
            ("http://localhost:4000", true),
            ("http://127.0.0.1:4000/oidc", true),
            ("http://[::1]:4000", true),
            ("http://login.example.jp", false),
            ("http://localhost.example.jp", false),
            ("http://localhost@login.example.jp", false),
            ("http://localhost:80@login.example.jp", false),
            ("file:///etc/passwd", false),
            ("login.example.jp", false),
            ("https://", false),
        ] {
            assert_eq!(may_be_asked(address), expected, "{address}");
        }
    }
}
