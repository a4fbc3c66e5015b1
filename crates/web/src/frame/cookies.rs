//! Cookies. Browsers send each of them to this site only, hide it from scripts (`HttpOnly`), and do not send it with a
//! POST from another site (`SameSite=Lax`). Under https it is bound to this exact host name (`__Host-`).

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};
use renkei_document::language::Language;

/// The kinds of cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// The session; it ends when the browser is closed.
    Session,
    /// A sign-in whose password was accepted and whose code is not yet entered.
    Half,
    /// A sign-in at an external issuer, until the issuer's identity is bound to an account.
    Outside,
    /// A passkey request that the visitor's device has not yet answered.
    Passkey,
    /// The token by which a browser is known in which somebody has signed in. It stays after signing out.
    Browser,
    /// The place in line of a browser that has to wait before it may try to sign in.
    Place,
    Language,
}

impl Carried {
    fn name(self, is_https: bool) -> &'static str {
        match (self, is_https) {
            (Carried::Session, true) => "__Host-renkei-session",
            (Carried::Session, false) => "renkei-session",
            (Carried::Half, true) => "__Host-renkei-code",
            (Carried::Half, false) => "renkei-code",
            (Carried::Outside, true) => "__Host-renkei-outside",
            (Carried::Outside, false) => "renkei-outside",
            (Carried::Passkey, true) => "__Host-renkei-passkey",
            (Carried::Passkey, false) => "renkei-passkey",
            (Carried::Browser, true) => "__Host-renkei-browser",
            (Carried::Browser, false) => "renkei-browser",
            (Carried::Place, true) => "__Host-renkei-place",
            (Carried::Place, false) => "renkei-place",
            (Carried::Language, true) => "__Host-renkei-language",
            (Carried::Language, false) => "renkei-language",
        }
    }
}

/// Returns the value of a cookie; `None` if the browser sends none, or two with the same name.
pub fn carried(headers: &HeaderMap, what: Carried, is_https: bool) -> Option<String> {
    let texts = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let known = texts.flat_map(Cookie::split_parse).filter_map(Result::ok);
    let mut own = known.filter(|cookie| cookie.name() == what.name(is_https));
    let first = own.next()?;
    own.next().is_none().then(|| first.value().to_owned())
}

/// Returns the header that sets a cookie.
pub fn carry(what: Carried, value: &str, is_https: bool) -> HeaderValue {
    written(
        Cookie::build((what.name(is_https), value.to_owned())),
        is_https,
        [Carried::Browser, Carried::Language].contains(&what),
    )
}

/// Returns the header that deletes a cookie.
pub fn drop(what: Carried, is_https: bool) -> HeaderValue {
    let mut gone = Cookie::new(what.name(is_https), "");
    gone.make_removal();
    written(gone.into(), is_https, false)
}

pub fn language_key(language: Language) -> &'static str {
    match language {
        Language::Japanese => "ja",
        Language::English => "en",
    }
}

pub fn language_of_key(key: &str) -> Option<Language> {
    [Language::Japanese, Language::English].into_iter().find(|language| language_key(*language) == key)
}

fn written(cookie: cookie::CookieBuilder<'static>, is_https: bool, lasts: bool) -> HeaderValue {
    let cookie = cookie.path("/").http_only(true).same_site(SameSite::Lax).secure(is_https);
    let cookie = if lasts { cookie.permanent() } else { cookie };
    // Our names and values consist of letters, digits and hyphens, so this conversion cannot fail.
    HeaderValue::from_str(&cookie.build().to_string()).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_sent_to_this_site_only() {
        let plain = carry(Carried::Session, "abc", false);
        assert_eq!(plain, "renkei-session=abc; HttpOnly; SameSite=Lax; Path=/");
        let secure = carry(Carried::Session, "abc", true);
        assert_eq!(secure, "__Host-renkei-session=abc; HttpOnly; SameSite=Lax; Secure; Path=/");
        let gone = drop(Carried::Session, true);
        assert!(
            gone.to_str()
                .unwrap()
                .starts_with("__Host-renkei-session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0")
        );
    }

    #[test]
    fn a_cookie_is_found_by_its_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; renkei-session=abc"));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-renkei-session=xyz"));
        assert_eq!(carried(&headers, Carried::Session, false).as_deref(), Some("abc"));
        assert_eq!(carried(&headers, Carried::Session, true).as_deref(), Some("xyz"));
        assert_eq!(carried(&headers, Carried::Half, true), None);
        headers.append(header::COOKIE, HeaderValue::from_static("renkei-session=other"));
        assert_eq!(carried(&headers, Carried::Session, false), None, "which of two is not known");
    }
}
