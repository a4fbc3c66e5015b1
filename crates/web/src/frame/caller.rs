//! Who sent a request, and what their browser says: the visitor, the tokens it carries, the address it comes from.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use renkei_app::Visitor;
use renkei_document::language::Language;

use crate::frame::behind::behind_the_others;
use crate::frame::cookies::{self, Carried};
use crate::frame::gate::ClientAddress;
use crate::frame::lanes::Work;
use crate::frame::seats::Seat;
use crate::frame::site::{Entrance, Site};

/// Whoever sent a request.
pub struct Caller {
    pub visitor: Arc<Visitor>,
    /// The session's token, also of one that ended.
    pub session: Option<String>,
    /// Between the password and the code.
    pub half: Option<String>,
    /// On the way to an issuer outside, and back.
    pub outside: Option<String>,
    /// While a device is asked for a passkey.
    pub passkey: Option<String>,
    /// The network address; empty where the connection is none (a test).
    pub address: String,
    /// What the browser says of itself, in short.
    pub device: String,
    /// The page of ours that it comes from.
    pub came_from: Option<String>,
    /// `http://127.0.0.1:8080`: for links that somebody types, and for passkeys.
    pub origin: String,
}

impl Caller {
    /// Whether somebody has to sign in first.
    pub fn is_stranger(&self) -> bool {
        self.visitor.account.is_none() && !self.visitor.is_local_operator()
    }
}

impl Site {
    /// Who sent this request. What is in memory is answered at once; else the tables are asked apart. The request is read
    /// before anything is waited for: a body cannot be shared between threads.
    pub fn caller(self: &Arc<Self>, request: &Request) -> impl Future<Output = Caller> + Send + use<> {
        let headers = request.headers();
        let is_https = self.gate.is_https();
        let (language, chosen) = (self.language(request), self.chosen_language(request));
        let host = text(headers, header::HOST).unwrap_or_default();
        let mut caller = Caller {
            visitor: Arc::new(Visitor::stranger(language)),
            session: cookies::carried(headers, Carried::Session, is_https),
            half: cookies::carried(headers, Carried::Half, is_https),
            outside: cookies::carried(headers, Carried::Outside, is_https),
            passkey: cookies::carried(headers, Carried::Passkey, is_https),
            address: request.extensions().get::<ClientAddress>().map(|client| client.0.to_string()).unwrap_or_default(),
            device: device(text(headers, header::USER_AGENT).unwrap_or_default()),
            came_from: text(headers, header::REFERER).and_then(|referer| path_of(referer, host)),
            origin: format!("{}://{host}", if is_https { "https" } else { "http" }),
        };
        let (site, seat) = (Arc::clone(self), request.extensions().get::<Arc<Seat>>().cloned());
        async move {
            match (&site.entrance, &caller.session) {
                (Entrance::As(visitor), _) if visitor.is_local_operator() => {
                    caller.visitor = Arc::new(Visitor::local_operator(language));
                }
                (Entrance::As(visitor), _) => caller.visitor = Arc::clone(visitor),
                (Entrance::SignIn, Some(token)) => {
                    if let Some(known) = site.visitor_of(token, &caller.address).await {
                        let other = chosen.filter(|chosen| *chosen != known.language);
                        caller.visitor = other
                            .map_or_else(|| Arc::clone(&known), |other| Arc::new((*known).clone().speaking(other)));
                    }
                }
                (Entrance::SignIn, None) => {}
            }
            if let Some(seat) = seat.filter(|_| !caller.is_stranger()) {
                seat.is_of(&caller.visitor);
            }
            caller
        }
    }

    async fn visitor_of(self: &Arc<Self>, token: &str, address: &str) -> Option<Arc<Visitor>> {
        let now = self.renkei.now();
        if let Some(known) = self.renkei.remembered_visitor(token, now) {
            return Some(known);
        }
        let (site, token) = (Arc::clone(self), token.to_owned());
        // Anybody can make tokens up: those that nobody knows wait for each other, and nobody else does.
        let looked_up = if self.renkei.remembers(&token) {
            tokio::task::spawn_blocking(move || site.renkei.visitor_of(&token, now))
        } else {
            let turn = self.lanes.turn_of_network(address, Work::LookUp).await;
            behind_the_others(move || {
                let _until_known = turn;
                site.renkei.visitor_of(&token, now)
            })
        };
        // Where the tables cannot be read nobody is let in.
        looked_up.await.ok().and_then(Result::ok).flatten()
    }

    /// What was chosen before signing in: it holds for the session as well, whatever the account says.
    fn chosen_language(&self, request: &Request) -> Option<Language> {
        let chosen = cookies::carried(request.headers(), Carried::Language, self.gate.is_https());
        chosen.and_then(|key| cookies::language_of_key(&key))
    }

    /// The language of whoever has not signed in: what they chose, else what their browser prefers.
    fn language(&self, request: &Request) -> Language {
        let preferred = || match &self.entrance {
            Entrance::As(visitor) => visitor.language,
            Entrance::SignIn => preferred(text(request.headers(), header::ACCEPT_LANGUAGE).unwrap_or_default()),
        };
        self.chosen_language(request).unwrap_or_else(preferred)
    }
}

/// The path and query of an address of ours that may be gone to: never another site's.
pub fn local_path(address: &str) -> Option<&str> {
    let plain = address.len() <= 2000 && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (plain && address.starts_with('/') && !address.starts_with("//")).then_some(address)
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn path_of(referer: &str, host: &str) -> Option<String> {
    let (_, rest) = referer.split_once("://")?;
    let path = rest.strip_prefix(host)?;
    local_path(path).map(str::to_owned)
}

/// English only where it stands before Japanese (RFC 9110 12.5.4, without weights: browsers list by preference).
fn preferred(accepted: &str) -> Language {
    let tags = accepted.split(',').map(|tag| tag.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let mut known = tags.filter_map(|tag| match tag.get(..2) {
        Some("ja") => Some(Language::Japanese),
        Some("en") => Some(Language::English),
        _ => None,
    });
    known.next().unwrap_or(Language::Japanese)
}

/// The browser and its system in a few words, as far as they are known.
fn device(agent: &str) -> String {
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} ({system})"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => agent.chars().filter(|c| !c.is_control()).take(60).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_to() {
        for ours in ["/", "/plans/2026/plan?party=city", "/a%20b", "/a//b"] {
            assert_eq!(local_path(ours), Some(ours));
        }
        for other in [
            "",
            "//example.jp",
            "/\\example.jp",
            "https://example.jp/",
            "javascript:x",
            "/a\r\nSet-Cookie: x=y",
            "/あ",
            "/a b",
        ] {
            assert_eq!(local_path(other), None, "{other}");
        }
    }

    #[test]
    fn the_page_somebody_comes_from_is_ours_or_none() {
        assert_eq!(path_of("http://localhost:8080/me?x=1", "localhost:8080").as_deref(), Some("/me?x=1"));
        for other in ["http://example.jp/me", "http://localhost:80809/me", "http://localhost:8080", "me"] {
            assert_eq!(path_of(other, "localhost:8080"), None, "{other}");
        }
    }

    #[test]
    fn the_language_is_japanese_unless_english_comes_first() {
        for (accepted, expected) in [
            ("", Language::Japanese),
            ("ja,en-US;q=0.9", Language::Japanese),
            ("en-US,en;q=0.9,ja;q=0.8", Language::English),
            ("fr, EN", Language::English),
            ("zh-CN", Language::Japanese),
        ] {
            assert_eq!(preferred(accepted), expected, "{accepted}");
        }
    }

    #[test]
    fn a_device_is_named_in_a_few_words() {
        for (agent, expected) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
                "Edge (Windows)",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox (Linux)"),
            ("curl/8\u{7}", "curl/8"),
            ("", ""),
        ] {
            assert_eq!(device(agent), expected);
        }
    }
}
