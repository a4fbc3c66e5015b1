//! Identifies the sender of a request by the session; a sender without a session is a stranger.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use renkei_app::{Visitor, people};
use renkei_document::language::Language;

use crate::frame::address::local_path;
use crate::frame::caller::Caller;
use crate::frame::concurrency::Work;
use crate::frame::cookies::{self, Carried};
use crate::frame::gate::ClientAddress;
use crate::frame::low_priority;
use crate::frame::site::{Entrance, Site};
use crate::frame::slots::Slot;

impl Site {
    /// Identifies the sender of this request. A session in memory is found at once; any other session is looked up in
    /// the tables, on another thread. The headers are read before the first `await`, because a body cannot be shared
    /// between threads.
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
            browser: cookies::carried(headers, Carried::Browser, is_https).unwrap_or_default(),
            place: cookies::carried(headers, Carried::Place, is_https).unwrap_or_default(),
            address: request.extensions().get::<ClientAddress>().map(|client| client.0.to_string()).unwrap_or_default(),
            device: device(text(headers, header::USER_AGENT).unwrap_or_default()),
            came_from: text(headers, header::REFERER).and_then(|referer| path_of(referer, host)),
            origin: format!("{}://{host}", if is_https { "https" } else { "http" }),
        };
        let (site, slot) = (Arc::clone(self), request.extensions().get::<Arc<Slot>>().cloned());
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
            if let Some(slot) = slot.filter(|_| !caller.is_stranger()) {
                slot.assign_to(&caller.visitor);
            }
            caller
        }
    }

    async fn visitor_of(self: &Arc<Self>, token: &str, address: &str) -> Option<Arc<Visitor>> {
        let now = self.node.now();
        if let Some(known) = people::remembered_visitor(&self.node, token, now) {
            return Some(known);
        }
        let (site, token) = (Arc::clone(self), token.to_owned());
        // Anybody can invent tokens. So lookups of unknown tokens wait for each other, and delay nobody else.
        let looked_up = if people::remembers(&self.node, &token) {
            tokio::task::spawn_blocking(move || people::visitor_of(&site.node, &token, now))
        } else {
            let turn = self.concurrency.turn_of_network(address, Work::LookUp).await;
            low_priority::spawn(move || {
                let _until_known = turn;
                people::visitor_of(&site.node, &token, now)
            })
        };
        // If the tables cannot be read, the sender is treated as a stranger.
        looked_up.await.ok().and_then(Result::ok).flatten()
    }

    /// Returns the language that was chosen before signing in. It applies to the session even if the account has
    /// another language.
    fn chosen_language(&self, request: &Request) -> Option<Language> {
        let chosen = cookies::carried(request.headers(), Carried::Language, self.gate.is_https());
        chosen.and_then(|key| cookies::language_of_key(&key))
    }

    /// Returns the language for a sender who has not signed in: the chosen one, else the browser's preference; on a
    /// site without sign-in, the operator's.
    fn language(&self, request: &Request) -> Language {
        let preferred = || match &self.entrance {
            Entrance::As(visitor) => visitor.language,
            Entrance::SignIn => preferred(text(request.headers(), header::ACCEPT_LANGUAGE).unwrap_or_default()),
        };
        self.chosen_language(request).unwrap_or_else(preferred)
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn path_of(referer: &str, host: &str) -> Option<String> {
    let (_, rest) = referer.split_once("://")?;
    let path = rest.strip_prefix(host)?;
    local_path(path).map(str::to_owned)
}

/// Returns English only if the header lists it before Japanese. Weights are ignored (RFC 9110 12.5.4), because browsers
/// list languages in the order of preference.
fn preferred(accepted: &str) -> Language {
    let tags = accepted.split(',').map(|tag| tag.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    let mut known = tags.filter_map(|tag| match tag.get(..2) {
        Some("ja") => Some(Language::Japanese),
        Some("en") => Some(Language::English),
        _ => None,
    });
    known.next().unwrap_or(Language::Japanese)
}

/// Returns the names of the browser and its system, as far as they are recognised.
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
    fn a_referer_of_another_site_is_ignored() {
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
