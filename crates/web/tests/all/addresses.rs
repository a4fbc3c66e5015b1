//! Tests of single pages use addresses without an agreement, as they were before a node could have several. A request is
//! sent to such an address, follows the redirect to the page of the town's only agreement, and the agreement's key is
//! removed from the answer. `agreements.rs` tests the addresses as they are.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Request, StatusCode, header};
use tower::ServiceExt;

use crate::town::Told;

/// Number of letters of an agreement's key in an address.
const KEY_LETTERS: usize = 8;

/// Returns the answer to a request as it is.
pub async fn answer(site: Router, request: Request<Body>) -> Told {
    let (parts, body) = site.oneshot(request).await.expect("answers").into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
    Told { status: parts.status, headers: parts.headers, body }
}

/// Returns the answer to a request, as if the town's agreement were not part of any address.
pub async fn answer_without_agreement(site: &Router, request: Request<Body>) -> Told {
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let is_form = headers.contains_key(header::CONTENT_TYPE);
    let mut told = answer(site.clone(), request).await;
    let within = told.header("location").to_owned();
    if told.status == StatusCode::SEE_OTHER && within.starts_with("/a/") && !is_form {
        let mut request = Request::builder().method(method).uri(within).body(Body::empty()).expect("a request");
        *request.headers_mut() = headers;
        told = answer(site.clone(), request).await;
    }
    if let Some(location) = told.headers.get_mut(header::LOCATION) {
        let plain = without_keys(location.as_bytes());
        *location = HeaderValue::from_bytes(&plain).expect("an address");
    }
    if told.header("content-type").starts_with("text/html") {
        told.body = without_keys(&told.body);
    }
    told
}

/// Removes `/a/` and the key behind it wherever they occur.
pub fn without_keys(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let key = rest.strip_prefix(b"/a/").and_then(|behind| behind.get(..KEY_LETTERS));
        match key.filter(|key| key.iter().all(u8::is_ascii_hexdigit)) {
            Some(_) => rest = &rest[3 + KEY_LETTERS..],
            None => {
                plain.push(rest[0]);
                rest = &rest[1..];
            }
        }
    }
    plain
}
