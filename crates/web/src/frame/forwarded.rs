//! Finds the client for which a proxy forwards a request, from the headers `X-Forwarded-For` and `Forwarded` (RFC
//! 7239).
//!
//! Each proxy adds its element at the right end, so a list is read from right to left: our own proxies are skipped, and
//! the next element is the client. Elements further left are ignored, because any client can invent them. If both
//! headers are present, they must name the same client, because a proxy sets only one of them and a client may have
//! invented the other.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::HeaderMap;

/// The result of reading one header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// The header is missing.
    Nothing,
    /// The header is present and names no client that can be trusted.
    Unclear,
    Client(IpAddr),
}

/// Returns the client that the headers name; `None` if no client can be trusted. `is_ours` recognises our own proxies,
/// which are skipped.
pub fn client(headers: &HeaderMap, is_ours: impl Fn(IpAddr) -> bool) -> Option<IpAddr> {
    let lines = |name| headers.get_all(name).iter().map(|line| line.as_bytes()).collect::<Vec<_>>();
    let listed = last_but_ours(&lines("x-forwarded-for"), listed_addresses, &is_ours);
    let forwarded = last_but_ours(&lines("forwarded"), forwarded_addresses, &is_ours);
    match (listed, forwarded) {
        (Told::Client(client), Told::Nothing) | (Told::Nothing, Told::Client(client)) => Some(client),
        (Told::Client(one), Told::Client(other)) if one == other => Some(one),
        _ => None,
    }
}

/// Finds the last address that does not belong to one of our proxies. An element other than an address ends the search,
/// because elements left of it cannot be trusted.
fn last_but_ours(
    lines: &[&[u8]],
    addresses: fn(&[u8]) -> Vec<Option<IpAddr>>,
    is_ours: impl Fn(IpAddr) -> bool,
) -> Told {
    let mut elements = lines.iter().rev().flat_map(|line| addresses(line).into_iter().rev());
    match elements.find(|address| !address.is_some_and(&is_ours)) {
        Some(Some(client)) => Told::Client(client),
        Some(None) => Told::Unclear,
        None if lines.is_empty() => Told::Nothing,
        None => Told::Unclear,
    }
}

/// Returns the elements of a line of `X-Forwarded-For`, in order; `None` for an element other than an address.
fn listed_addresses(line: &[u8]) -> Vec<Option<IpAddr>> {
    line.split(|byte| *byte == b',').map(|element| address(std::str::from_utf8(element).ok()?.trim())).collect()
}

/// Returns the elements of a line of `Forwarded`, in order; `None` for an element other than an address. A line with a
/// syntax error counts as one such element.
fn forwarded_addresses(line: &[u8]) -> Vec<Option<IpAddr>> {
    let elements = std::str::from_utf8(line).ok().and_then(forwarded_elements);
    elements.unwrap_or_else(|| vec![None])
}

fn forwarded_elements(line: &str) -> Option<Vec<Option<IpAddr>>> {
    let (mut elements, mut named, mut rest) = (Vec::new(), Vec::new(), line);
    loop {
        rest = rest.trim_start();
        if !rest.is_empty() && !rest.starts_with([',', ';']) {
            let (name, after) = rest.split_once('=')?;
            let is_token = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let (value, after) = value(after)?;
            is_token.then_some(())?;
            named.extend(name.eq_ignore_ascii_case("for").then_some(value));
            rest = after.trim_start();
        }
        match rest.chars().next() {
            Some(';') => {}
            next => {
                // An element that names two clients counts as an element without an address (RFC 7239 4).
                let named = std::mem::take(&mut named);
                elements.push(if let [only] = &named[..] { address(only) } else { None });
                match next {
                    None => return Some(elements),
                    Some(',') => {}
                    Some(_) => return None,
                }
            }
        }
        rest = &rest[1..];
    }
}

/// Reads a token or a quoted string. Returns this value and the text after it.
fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',', ' ', '\t']).unwrap_or(text.len());
        let (token, rest) = text.split_at(end);
        return (!token.contains('"')).then(|| (token.to_owned(), rest));
    };
    let (mut value, mut letters) = (String::new(), quoted.char_indices());
    while let Some((place, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &quoted[place + 1..])),
            '\\' => value.push(letters.next()?.1),
            _ => value.push(letter),
        }
    }
    None
}

/// Parses `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4711`. `None` for any other
/// text, such as `unknown` and the hidden names of RFC 7239 (`_gazonk`).
fn address(text: &str) -> Option<IpAddr> {
    let is_port = |text: &str| text.len() <= 5 && text.parse::<u16>().is_ok() && !text.starts_with('+');
    let found = if let Some(bracketed) = text.strip_prefix('[') {
        let (inner, behind) = bracketed.split_once(']')?;
        let is_ended = behind.is_empty() || behind.strip_prefix(':').is_some_and(is_port);
        is_ended.then(|| inner.parse::<Ipv6Addr>().ok())?.map(IpAddr::from)
    } else if let Ok(bare) = text.parse::<IpAddr>() {
        Some(bare)
    } else {
        let (host, port) = text.split_once(':')?;
        is_port(port).then(|| host.parse::<Ipv4Addr>().ok())?.map(IpAddr::from)
    };
    found.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    const LISTED: &str = "x-forwarded-for";
    const FORWARDED: &str = "forwarded";

    /// Checks which client is found. Our proxies are 192.0.2.1 and 2001:db8::a.
    #[track_caller]
    fn check(lines: &[(&'static str, &[u8])], expected: &str) {
        let named = lines
            .iter()
            .map(|(name, line)| (HeaderName::from_static(name), HeaderValue::from_bytes(line).expect("a value")));
        let mut headers = HeaderMap::new();
        for (name, line) in named {
            headers.append(name, line);
        }
        let ours: [IpAddr; 2] = ["192.0.2.1".parse().unwrap(), "2001:db8::a".parse().unwrap()];
        let told = client(&headers, |address| ours.contains(&address));
        let shown: Vec<_> = lines.iter().map(|(name, line)| (*name, String::from_utf8_lossy(line))).collect();
        assert_eq!(told.map_or(String::new(), |client| client.to_string()), expected, "{shown:?}");
    }

    #[test]
    fn the_last_address_that_is_not_our_proxy_is_the_client() {
        for (line, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            (" 192.0.2.7 ", "192.0.2.7"),
            ("192.0.2.7:4711", "192.0.2.7"),
            ("2001:db8::1", "2001:db8::1"),
            ("2001:DB8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:4711", "2001:db8::1"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("[::ffff:192.0.2.7]:1", "192.0.2.7"),
            ("198.51.100.1, 192.0.2.7", "192.0.2.7"),
            ("198.51.100.1,192.0.2.7, 192.0.2.1", "192.0.2.7"),
            ("192.0.2.7, [2001:db8::a]:80 , 192.0.2.1:80", "192.0.2.7"),
            ("198.51.100.1, 127.0.0.1", "127.0.0.1"),
            // All elements are our own proxies: no client is named.
            ("192.0.2.1, 2001:db8::a", ""),
        ] {
            check(&[(LISTED, line.as_bytes())], expected);
        }
    }

    #[test]
    fn if_the_last_element_cannot_be_read_no_earlier_one_is_trusted() {
        for garbage in [
            "",
            " ",
            "unknown",
            "_gazonk",
            "_gazonk:80",
            "client.example.jp",
            "192.0.2",
            "192.0.2.7:",
            "192.0.2.7:x",
            "192.0.2.7:65536",
            "192.0.2.7:+80",
            "192.0.2.7 192.0.2.8",
            "192.0.2.007",
            "[2001:db8::1",
            "2001:db8::1]",
            "[192.0.2.7]",
            "[2001:db8::1]4711",
            "[2001:db8::1]:",
            "fe80::1%eth0",
            "\"192.0.2.7\"",
            "for=192.0.2.7",
            "３.0.2.7",
            "198.51.100.1;192.0.2.7",
        ] {
            check(&[(LISTED, garbage.as_bytes())], "");
            check(&[(LISTED, format!("198.51.100.1, {garbage}").as_bytes())], "");
            check(&[(LISTED, format!("198.51.100.1, {garbage}, 192.0.2.1").as_bytes())], "");
            check(&[(LISTED, b"198.51.100.1"), (LISTED, garbage.as_bytes())], "");
            check(&[(LISTED, format!("{garbage}, 192.0.2.7").as_bytes())], "192.0.2.7");
        }
        check(&[(LISTED, b"198.51.100.1, \xff")], "");
        check(&[(LISTED, b"\xff, 192.0.2.7")], "192.0.2.7");
    }

    #[test]
    fn several_headers_of_one_name_are_read_as_one_list() {
        check(&[(LISTED, b"198.51.100.1"), (LISTED, b"192.0.2.7")], "192.0.2.7");
        check(&[(LISTED, b"198.51.100.1"), (LISTED, b"192.0.2.7"), (LISTED, b"192.0.2.1")], "192.0.2.7");
        check(&[(FORWARDED, b"for=198.51.100.1"), (FORWARDED, b"for=192.0.2.7, for=192.0.2.1")], "192.0.2.7");
        // A quotation mark that the client left open in its own header does not affect the proxy's header.
        check(&[(FORWARDED, b"for=198.51.100.1;by=\""), (FORWARDED, b"for=192.0.2.7")], "192.0.2.7");
    }

    #[test]
    fn forwarded_is_parsed_by_its_grammar() {
        for (line, expected) in [
            ("for=192.0.2.7", "192.0.2.7"),
            ("For=192.0.2.7; Proto=https;by=203.0.113.43", "192.0.2.7"),
            ("FOR=\"[2001:DB8::1]:4711\"", "2001:db8::1"),
            ("for=\"[2001:db8::1]\"", "2001:db8::1"),
            ("for=\"192.0.2.7:4711\";host=renkei.example.jp", "192.0.2.7"),
            ("for=\"192.0.2.\\7\"", "192.0.2.7"),
            ("proto=https;for=192.0.2.7", "192.0.2.7"),
            ("for=198.51.100.1, for=192.0.2.7", "192.0.2.7"),
            ("for=192.0.2.7,for=\"[2001:db8::a]\" ,for=192.0.2.1;proto=http", "192.0.2.7"),
            ("for=unknown, for=192.0.2.7", "192.0.2.7"),
            ("by=\"a,b;c\\\"d\";for=192.0.2.7", "192.0.2.7"),
            (";for=192.0.2.7;", "192.0.2.7"),
        ] {
            check(&[(FORWARDED, line.as_bytes())], expected);
        }
        for garbage in [
            "",
            "for",
            "for=",
            "=192.0.2.7",
            "192.0.2.7",
            "for=unknown",
            "for=_x",
            "for=\"_gazonk:_x\"",
            "proto=https",
            "for=192.0.2.7;for=192.0.2.7",
            "for=\"192.0.2.7",
            "for=\"192.0.2.7\"x",
            "for=192.0.2.7\"",
            "for= 192.0.2.7",
            "for =192.0.2.7",
            "for=192.0.2.7 192.0.2.8",
            "fo r=192.0.2.7",
            "for=\"\\",
            "for==192.0.2.7",
            "host=x,",
        ] {
            check(&[(FORWARDED, garbage.as_bytes())], "");
            check(&[(FORWARDED, format!("for=198.51.100.1, {garbage}").as_bytes())], "");
        }
        // A quotation mark that the client left open includes the element of the proxy in the quotation: no client is
        // trusted.
        check(&[(FORWARDED, b"for=198.51.100.1;by=\", for=192.0.2.7")], "");
        check(&[(FORWARDED, b"for=198.51.100.1;by=\", for=\"[2001:db8::1]\"")], "");
    }

    #[test]
    fn two_headers_must_agree() {
        let listed: (_, &[u8]) = (LISTED, b"192.0.2.7");
        check(&[listed, (FORWARDED, b"for=192.0.2.7")], "192.0.2.7");
        check(&[listed, (FORWARDED, b"for=\"192.0.2.7:80\"")], "192.0.2.7");
        check(&[listed, (FORWARDED, b"for=198.51.100.1")], "");
        check(&[listed, (FORWARDED, b"for=unknown")], "");
        check(&[listed, (FORWARDED, b"")], "");
        check(&[(LISTED, b"unknown"), (FORWARDED, b"for=192.0.2.7")], "");
        check(&[], "");
    }
}
