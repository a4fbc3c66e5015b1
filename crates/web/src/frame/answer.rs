//! An answer that can be sent many times: its bytes, compressed once, and a strong ETag of its content.

use std::io::Write;
use std::sync::OnceLock;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

pub const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// An answer. Its ETag depends on its bytes alone, so a change that the viewer may not see leaves the ETag unchanged.
#[derive(Debug)]
pub struct Answer {
    content_type: HeaderValue,
    plain: Bytes,
    tag: String,
    gzip: OnceLock<Bytes>,
    compressible: bool,
    /// Headers of this answer, which replace the default headers.
    own: HeaderMap,
}

impl Answer {
    pub fn text(content_type: HeaderValue, text: impl Into<Bytes>) -> Self {
        Self::new(content_type, text.into(), true)
    }

    /// Makes an answer of bytes that are already compressed.
    pub fn packed(content_type: HeaderValue, bytes: impl Into<Bytes>) -> Self {
        Self::new(content_type, bytes.into(), false)
    }

    fn new(content_type: HeaderValue, plain: Bytes, compressible: bool) -> Self {
        let digest = Sha256::digest(&plain);
        let tag = HEXLOWER.encode(&digest[..16]);
        Self { content_type, plain, tag, gzip: OnceLock::new(), compressible, own: HeaderMap::new() }
    }

    pub fn with_header(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.own.insert(name, value);
        self
    }

    /// Returns the response with status 422: the form is shown again because it cannot be accepted.
    pub fn refused(&self) -> Response<Body> {
        self.respond_as(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Returns the response to a submitted form, with this status. No cache may store it.
    pub fn respond_as(&self, status: StatusCode) -> Response<Body> {
        let mut response = self.respond(&HeaderMap::new());
        *response.status_mut() = status;
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// Returns the memory that the answer uses, in bytes. Estimates the compressed bytes as a third of the plain ones.
    pub fn weight(&self) -> usize {
        self.plain.len() + self.plain.len() / 3
    }

    /// Returns the response for a client with these request headers: plain, compressed, or 304 (not modified).
    pub fn respond(&self, asked: &HeaderMap) -> Response<Body> {
        let gzip = self.compressible && takes_gzip(asked);
        let tag = if gzip { format!("\"{}-gzip\"", self.tag) } else { format!("\"{}\"", self.tag) };
        let known = asked.get_all(header::IF_NONE_MATCH).iter().any(|list| names(list, &tag));
        let body = match (known, gzip) {
            (true, _) => Body::empty(),
            (false, true) => Body::from(self.gzipped()),
            (false, false) => Body::from(self.plain.clone()),
        };
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            headers.insert(header::ETAG, tag);
        }
        if self.compressible {
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        if !known {
            headers.insert(header::CONTENT_TYPE, self.content_type.clone());
            if gzip {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            }
        }
        headers.extend(self.own.clone());
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        response
    }

    fn gzipped(&self) -> Bytes {
        let packed = self.gzip.get_or_init(|| {
            let mut encoder = GzEncoder::new(Vec::with_capacity(self.plain.len() / 4), Compression::default());
            // Writing to memory cannot fail. If it did, the body would be empty, and its length would reveal the
            // failure.
            let written = encoder.write_all(&self.plain).and_then(|()| encoder.finish());
            written.map(Bytes::from).unwrap_or_default()
        });
        packed.clone()
    }
}

/// Whether a list of entity tags contains this tag. `*` matches every tag, and `W/` is ignored (RFC 9110 13.1.2).
fn names(list: &HeaderValue, tag: &str) -> bool {
    let Ok(list) = list.to_str() else { return false };
    list.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn takes_gzip(asked: &HeaderMap) -> bool {
    let lists = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = quality.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: &str, known: &str, status: u16, encoded: bool) {
        let answer = Answer::text(HTML, "あ".repeat(100));
        let mut asked = HeaderMap::new();
        asked.insert(header::ACCEPT_ENCODING, accept.parse().unwrap());
        asked.insert(header::IF_NONE_MATCH, known.replace("TAG", &answer.tag).parse().unwrap());
        let response = answer.respond(&asked);
        assert_eq!(response.status().as_u16(), status, "{accept} {known}");
        assert_eq!(response.headers().contains_key(header::CONTENT_ENCODING), encoded, "{accept} {known}");
    }

    #[test]
    fn an_answer_is_compressed_if_accepted_and_omitted_if_the_client_has_it() {
        check("gzip, br", "\"x\"", 200, true);
        check("gzip;q=0", "\"x\"", 200, false);
        check("GZIP;q=0.5", "\"x\"", 200, true);
        check("", "\"x\"", 200, false);
        check("", "\"TAG\"", 304, false);
        check("", "W/\"TAG\"", 304, false);
        check("gzip", "\"TAG\"", 200, true);
        check("gzip", "\"x\", \"TAG-gzip\"", 304, false);
        check("", "*", 304, false);
    }

    #[test]
    fn the_entity_tag_depends_on_the_content_only() {
        assert_eq!(Answer::text(HTML, "あ").tag, Answer::text(HTML, "あ").tag);
        assert_ne!(Answer::text(HTML, "あ").tag, Answer::text(HTML, "い").tag);
    }
}
