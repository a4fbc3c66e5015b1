//! The gate that every request passes. It answers only requests for our own host names, and adds the same security
//! headers to every answer.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use renkei_document::language::Language;

use crate::frame::forwarded;
use crate::frame::problem::Problem;
use crate::frame::problem_page::problem_page;

/// Content security policy: a page loads files and pictures from our site only. Scripts must be files of our site
/// (scripts inside a page do not run), and may connect to our site only.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const LOCKS: [(HeaderName, HeaderValue); 6] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// After one visit by https, browsers use only https for this site for a year.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// The host names that the server answers to, and the proxies that forward requests.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    /// Host names; empty if only the names of this machine are answered.
    names: Vec<String>,
    is_https: bool,
    /// Addresses of the proxies whose header names the address of the client. `None` if clients connect directly.
    proxies: Option<Vec<IpAddr>>,
}

/// The address of the machine that sends a request. Its sign-in attempts are counted by this address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl Gate {
    /// Returns a gate for this machine's own names, without encryption.
    pub fn of_this_machine() -> Self {
        Self::default()
    }

    /// Returns a gate for these host names, with the server's own TLS.
    pub fn of_names(names: Vec<String>) -> Self {
        Self { names, is_https: true, proxies: None }
    }

    /// Returns a gate for the name of a proxy that uses TLS and connects from this machine or one of these addresses.
    pub fn behind(name: String, proxies: Vec<IpAddr>) -> Self {
        Self { names: vec![name], is_https: true, proxies: Some(proxies) }
    }

    /// Whether browsers reach us by https. If so, they send our cookies by https only.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// Whether this peer may connect. Behind a proxy, only the proxy itself may connect.
    pub fn takes_connections_of(&self, peer: IpAddr) -> bool {
        self.proxies.is_none() || self.is_proxy(peer)
    }

    pub fn is_proxy(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.proxies.as_ref().is_some_and(|known| peer.is_loopback() || known.contains(&peer))
    }

    /// Returns the address of the client's machine. Only our own proxies may name a client, and only the last address
    /// counts, because the proxy itself added it. If that address cannot be read, returns the proxy's own address.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> ClientAddress {
        let peer = peer.to_canonical();
        if !self.is_proxy(peer) {
            return ClientAddress(peer);
        }
        // A loopback address does not count as our proxy if another machine named it.
        let is_ours = |address: IpAddr| self.is_proxy(address) && (peer.is_loopback() || !address.is_loopback());
        ClientAddress(forwarded::client(headers, is_ours).unwrap_or(peer))
    }

    /// Whether a form was sent from one of our own pages. Browsers say so in a header; old browsers name only the
    /// page's origin.
    pub fn is_from_our_page(&self, headers: &HeaderMap) -> bool {
        let site = HeaderName::from_static("sec-fetch-site");
        // No browser sends any of these headers twice.
        if [&site, &header::ORIGIN, &header::HOST].iter().any(|name| headers.get_all(*name).iter().count() > 1) {
            return false;
        }
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(site) = text(site) {
            return site == "same-origin";
        }
        let Some((scheme, authority)) = text(header::ORIGIN).and_then(|origin| origin.split_once("://")) else {
            return false;
        };
        text(header::HOST) == Some(authority) && scheme == if self.is_https { "https" } else { "http" }
    }

    /// Whether the request is for one of our host names. In an attack by DNS rebinding, another site's name points to
    /// this server, and the request then contains that other name.
    fn is_named(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        let named = host.to_str().is_ok_and(|host| self.answers(host));
        named && uri.authority().is_none_or(|authority| self.answers(authority.as_str()))
    }

    fn answers(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        match self.names.as_slice() {
            [] => ["127.0.0.1", "[::1]", "localhost"].iter().any(|known| name.eq_ignore_ascii_case(known)),
            names => names.iter().any(|known| name.eq_ignore_ascii_case(known)),
        }
    }

    /// Returns the answer to a caller for whom no slot is free.
    pub fn busy(&self) -> Response {
        let mut response = problem_page(Language::Japanese, &Problem::Busy);
        self.lock(&mut response);
        response
    }

    fn lock(&self, response: &mut Response) {
        for (name, value) in LOCKS {
            response.headers_mut().entry(name).or_insert(value);
        }
        if self.is_https {
            response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
        }
    }
}

/// Passes on a request for one of our host names, and adds the security headers to the answer.
pub async fn pass(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let mut response = if gate.is_named(request.uri(), request.headers()) {
        next.run(request).await
    } else {
        problem_page(Language::Japanese, &Problem::WrongHost { names: gate.names.clone() })
    };
    gate.lock(&mut response);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let named = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(named).collect()
    }

    #[track_caller]
    fn check(names: &[&str], host: &str, expected: bool) {
        let gate = Gate::of_names(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(gate.answers(host), expected, "{host}");
    }

    #[test]
    fn only_forms_of_our_own_pages_are_accepted() {
        let gate = Gate::of_this_machine();
        let ours = |pairs: &[(&'static str, &'static str)]| gate.is_from_our_page(&headers(pairs));
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site"), ("host", "localhost"), ("origin", "http://localhost")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[("sec-fetch-site", "none")]));
        assert!(ours(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8080")]));
        assert!(!ours(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:9090")]));
        assert!(!ours(&[("host", "127.0.0.1:8080"), ("origin", "https://127.0.0.1:8080")]));
        assert!(!ours(&[("host", "127.0.0.1:8080"), ("origin", "null")]));
        assert!(!ours(&[("host", "127.0.0.1:8080")]));
    }

    #[test]
    fn under_https_a_form_from_an_unencrypted_page_is_refused() {
        let gate = Gate::behind("renkei.example.jp".to_owned(), Vec::new());
        let ours = |origin| gate.is_from_our_page(&headers(&[("host", "renkei.example.jp"), ("origin", origin)]));
        assert!(ours("https://renkei.example.jp"));
        assert!(!ours("http://renkei.example.jp"));
        assert!(!ours("https://example.jp"));
    }

    #[test]
    fn only_requests_for_our_own_host_names_are_answered() {
        for (host, expected) in [
            ("localhost", true),
            ("LocalHost:8080", true),
            ("127.0.0.1:8080", true),
            ("[::1]", true),
            ("[::1]:8080", true),
            ("127.0.0.1.example.jp", false),
            ("localhost.example.jp:80", false),
            ("example.jp", false),
            ("user@localhost", false),
            ("192.168.0.1:8080", false),
            ("", false),
        ] {
            check(&[], host, expected);
        }
        for (host, expected) in [
            ("renkei.example.jp", true),
            ("Renkei.Example.JP:8443", true),
            ("renkei", true),
            ("example.jp", false),
            ("renkei.example.jp.example.com", false),
            ("localhost", false),
            ("127.0.0.1", false),
        ] {
            check(&["renkei.example.jp", "renkei"], host, expected);
        }
    }

    #[test]
    fn only_our_own_proxy_may_name_the_client() {
        let client = |gate: &Gate, peer: &str, forwarded: &'static str| {
            let peer = peer.parse().unwrap();
            gate.client(peer, &headers(&[("x-forwarded-for", forwarded)])).0.to_string()
        };
        let open = Gate::of_names(vec!["renkei.example.jp".to_owned()]);
        assert_eq!(client(&open, "127.0.0.1", "192.0.2.7"), "127.0.0.1", "no proxy was named");
        let behind = Gate::behind("renkei.example.jp".to_owned(), vec!["192.0.2.1".parse().unwrap()]);
        for (peer, forwarded, expected) in [
            ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
            ("192.0.2.1", "192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.1", "192.0.2.7", "192.0.2.7"),
            ("192.0.2.1", "198.51.100.1, 192.0.2.7", "192.0.2.7"),
            ("192.0.2.1", "192.0.2.7, 192.0.2.1", "192.0.2.7"),
            ("192.0.2.1", "2001:db8::1", "2001:db8::1"),
            ("192.0.2.1", "unknown", "192.0.2.1"),
            ("192.0.2.1", "198.51.100.1, unknown", "192.0.2.1"),
            ("192.0.2.1", "198.51.100.1, 192.0.2.7:4711", "192.0.2.7"),
            ("192.0.2.1", "198.51.100.1, 127.0.0.1", "127.0.0.1"),
            ("127.0.0.1", "192.0.2.7, 127.0.0.1", "192.0.2.7"),
            ("192.0.2.9", "192.0.2.7", "192.0.2.9"),
        ] {
            assert_eq!(client(&behind, peer, forwarded), expected, "{peer} {forwarded}");
        }
        assert!(behind.takes_connections_of("192.0.2.1".parse().unwrap()));
        assert!(!behind.takes_connections_of("192.0.2.9".parse().unwrap()));
        assert!(open.takes_connections_of("192.0.2.9".parse().unwrap()));
    }
}
