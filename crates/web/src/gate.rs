//! The gate that every request passes: only names of this machine are answered, and every answer carries the same locks.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::pages::problem_page;
use crate::problem::Problem;

/// Nothing may be loaded but our own style sheet and pictures; no script at all.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const LOCKS: [(HeaderName, HeaderValue); 6] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// Lets a request for this machine through, and locks the answer.
pub async fn pass(request: Request, next: Next) -> Response {
    let mut response = if names_this_machine(request.uri(), request.headers()) {
        next.run(request).await
    } else {
        problem_page(&Problem::WrongHost)
    };
    for (name, value) in LOCKS {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

/// Whether a form was sent from one of our own pages. Browsers say so themselves; old ones name the page's origin.
pub fn is_from_our_page(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, authority)| text(header::HOST) == Some(authority))
}

/// Whether the request is for a name of this machine. A page of another site whose name was made to lead here (DNS
/// rebinding) sends that name.
fn names_this_machine(uri: &Uri, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let named = host.to_str().is_ok_and(is_of_this_machine);
    named && uri.authority().is_none_or(|authority| is_of_this_machine(authority.as_str()))
}

fn is_of_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["127.0.0.1", "[::1]"].contains(&name) || name.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, expected: bool) {
        assert_eq!(is_of_this_machine(host), expected, "{host}");
    }

    #[test]
    fn only_forms_of_our_own_pages_are_taken() {
        let ours = |pairs: &[(&'static str, &'static str)]| {
            let headers =
                pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            is_from_our_page(&headers.collect())
        };
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site"), ("host", "localhost"), ("origin", "http://localhost")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(!ours(&[("sec-fetch-site", "none")]));
        assert!(ours(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:8080")]));
        assert!(!ours(&[("host", "127.0.0.1:8080"), ("origin", "http://127.0.0.1:9090")]));
        assert!(!ours(&[("host", "127.0.0.1:8080"), ("origin", "null")]));
        assert!(!ours(&[("host", "127.0.0.1:8080")]));
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        check("localhost", true);
        check("LocalHost:8080", true);
        check("127.0.0.1:8080", true);
        check("[::1]", true);
        check("[::1]:8080", true);
        check("127.0.0.1.example.jp", false);
        check("localhost.example.jp:80", false);
        check("example.jp", false);
        check("user@localhost", false);
        check("192.168.0.1:8080", false);
        check("", false);
    }
}
