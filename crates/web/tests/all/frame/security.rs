//! Attacks on every route: each attack is refused, and each answer has the security headers.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{HeaderName, Method, Request};
use axum::routing::MethodFilter;
use renkei_app::access::Role;
use renkei_web::routes::table;

use crate::frame::forms::{SentForm, attribute, between, forms};
use crate::town::{Told, Town};

const NOTHING: &str = "00000000-0000-7000-8000-000000000000";
/// Texts that become markup, an attribute or a script in a page that does not escape its texts.
const HOSTILE: [&str; 4] = [
    "<script>alert(1)</script>",
    "\"onmouseover=\"alert(1)\" x=\"",
    "'><img src=x onerror=alert(1)>",
    "javascript:alert(1)//</textarea><svg/onload=alert(1)>",
];
/// Fragments of these texts. No page may contain one of them unescaped.
const RAW: [&str; 7] = [
    "<script>alert",
    "\"onmouseover=",
    "<img src=x",
    "'><img",
    "<svg/onload",
    "href=\"javascript:",
    "action=\"javascript:",
];

/// Returns an address for each route and method: of something that exists, if possible, else of something that does
/// not.
async fn addresses(town: &Town) -> Vec<(Method, String)> {
    let examples = crate::pages::examples(town).await;
    let address = |path: &'static str| match examples.get(path) {
        Some(known) => known.clone(),
        None => {
            path.split('/').map(|part| if part.starts_with('{') { NOTHING } else { part }).collect::<Vec<_>>().join("/")
        }
    };
    let method = |filter| if filter == MethodFilter::POST { Method::POST } else { Method::GET };
    table().map(|route| (method(route.method), address(route.path))).collect()
}

/// Returns a role that may use this address.
fn somebody_for(address: &str) -> Role {
    let is_of_people = ["/me", "/people", "/unsent"].iter().any(|own| address.starts_with(own));
    if is_of_people { Role::Administrator } else { Role::LocalOperator }
}

fn request(method: &Method, address: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(address).header("host", "localhost")
}

fn from_our_page(method: &Method, address: &str) -> axum::http::request::Builder {
    let form = "application/x-www-form-urlencoded";
    request(method, address).header("sec-fetch-site", "same-origin").header("content-type", form)
}

/// Checks that no other site can show the answer in a frame, read it or run scripts in it.
#[track_caller]
fn is_locked(told: &Told, what: &str) {
    let policy = told.header("content-security-policy");
    for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(told.header(name), value, "{what}: {name}");
    }
    for cookie in told.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().expect("a text");
        let is_ours = cookie.starts_with("renkei-") && cookie.contains("; HttpOnly; SameSite=Lax; ");
        // The passkey options for a device are read by our script and never cached, so this answer may also set a
        // cookie.
        let is_of_a_device = cookie.starts_with("renkei-passkey=") && told.header("cache-control") == "no-store";
        // A browser that has to wait gets a place in line with the page that says so.
        let is_of_a_wait = cookie.starts_with("renkei-place=") && told.header("cache-control") == "no-store";
        assert!(is_ours && (told.status == 303 || is_of_a_device || is_of_a_wait), "{what}: {cookie}");
    }
    for name in ["access-control-allow-origin", "server", "x-injected"] {
        assert_eq!(told.header(name), "", "{what}: {name}");
    }
    for value in told.headers.values() {
        assert!(!value.as_bytes().contains(&b'\n') && !value.as_bytes().contains(&b'\r'), "{what}");
    }
    let location = told.header("location");
    let is_ours = location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\");
    assert!(location.is_empty() || is_ours, "{what} leads to {location}");
    assert_ne!(told.header("cache-control"), "", "{what}: caching is said");
}

#[track_caller]
fn shows_no_markup(told: &Told, what: &str) {
    if told.header("content-type").starts_with("text/html") {
        let page = told.text();
        for raw in RAW {
            assert!(!page.contains(raw), "{what} shows {raw}");
        }
    }
}

#[tokio::test]
async fn every_answer_of_every_route_has_the_security_headers() {
    let town = Town::with_edition();
    let mut seen = BTreeSet::new();
    let mut check = |told: Told, what: String| {
        is_locked(&told, &what);
        seen.insert(told.status.as_u16());
        told
    };
    for (method, address) in addresses(&town).await {
        for role in Role::ALL {
            let what = |case: &str| format!("{method} {address} as {role:?} {case}");
            let told = check(town.ask(role, from_our_page(&method, &address)).await, what("from our page"));
            let tag = told.header("etag").to_owned();
            check(town.ask(role, from_our_page(&method, &address).header("if-none-match", tag)).await, what("again"));
            check(town.ask(role, request(&method, &address)).await, what("from nowhere"));
        }
        let what = |case: &str| format!("{method} {address} {case}");
        let elsewhere = Request::builder().method(&method).uri(&address).header("host", "renkei.example.com");
        assert_eq!(check(town.ask(Role::LocalOperator, elsewhere).await, what("elsewhere")).status, 421);
        for odd in ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "GET2"] {
            let odd = Method::from_bytes(odd.as_bytes()).expect("a method");
            let told = check(town.ask(Role::LocalOperator, request(&odd, &address)).await, what(odd.as_str()));
            assert_eq!(told.status, 405, "{odd} {address}");
        }
        if method == Method::POST {
            let large =
                from_our_page(&method, &address).body(Body::from("x".repeat((1 << 20) + 1))).expect("a request");
            assert_eq!(check(town.answer(somebody_for(&address), large).await, what("large")).status, 413);
        }
    }
    let (_, parties) = town.agreement();
    let style = ["numbers", "unit-blank", "brackets", "letters", "persons", "dates"].map(|key| (key, "as-written"));
    let party = parties[1].to_string();
    let fields = [&style[1..], &[("numbers", "full"), ("party", &party)]].concat();
    check(town.send("/settings", &fields).await, "a deed".to_owned());
    check(town.send("/settings", &fields).await, "the same again".to_owned());
    check(town.get("/nowhere").await, "nowhere".to_owned());
    check(town.get("/initiatives/%FF").await, "no text".to_owned());
    assert_eq!(Vec::from_iter(seen), [200, 303, 304, 400, 403, 404, 405, 413, 421, 422]);
}

#[tokio::test]
async fn the_limits_of_a_form_apply_in_both_encodings() {
    let town = Town::with_edition();
    let part = |name: &str, value: &str| {
        format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes()
    };
    let whole = |parts: &[Vec<u8>]| [&parts.concat()[..], b"--xx--\r\n"].concat();
    let (multipart, plain) = ("multipart/form-data; boundary=xx", "application/x-www-form-urlencoded");
    // One byte more than the route allows, and exactly as much as it allows, counting names and values together.
    let cases = |most: usize| {
        let (text, half) = ("x".repeat(most), most / 2);
        vec![
            ("one long field", multipart, whole(&[part("text", &text[..=most - 4])]), 413),
            (
                "two that are long together",
                multipart,
                whole(&[part("a", &text[..half]), part("b", &text[..=most - half - 2])]),
                413,
            ),
            ("a long name", multipart, whole(&[part(&text[..half], &text[..=most - half])]), 413),
            ("many parts", multipart, whole(&vec![part("a", "a"); 65]), 400),
            ("one long field", plain, format!("text={}", &text[..=most - 5]).into_bytes(), 413),
            ("many fields", plain, "a=a&".repeat(1001).into_bytes(), 400),
            ("nearly as much as is taken", multipart, whole(&[part("text", &text[..most - 200])]), 0),
            ("as much as is taken", plain, format!("text={}", &text[..most - 5]).into_bytes(), 0),
        ]
    };
    let routes = table().zip(addresses(&town).await);
    for (route, (method, address)) in routes.filter(|(_, (method, _))| method == Method::POST) {
        for (what, kind, body, status) in cases(route.intake.fields) {
            let request = request(&method, &address).header("sec-fetch-site", "same-origin");
            let request = request.header("content-type", kind).body(Body::from(body)).expect("a request");
            let told = town.answer(somebody_for(&address), request).await.status.as_u16();
            let holds = if status == 0 { told != 413 && told < 500 } else { told == status };
            assert!(holds, "{address}: {what} as {kind}: {told}");
        }
    }
}

#[tokio::test]
async fn no_deed_is_done_for_another_site() {
    let town = Town::with_edition();
    let addresses = addresses(&town).await;
    let position = town.node.state().position;
    let cases: &[&[(&str, &str)]] = &[
        &[],
        &[("origin", "null")],
        &[("origin", "http://localhost.example.com")],
        &[("origin", "http://localhost:8080")],
        &[("origin", "https://localhost")],
        &[("origin", "localhost")],
        &[("referer", "http://localhost/settings")],
        &[("sec-fetch-site", "cross-site"), ("origin", "http://localhost")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://localhost")],
        &[("sec-fetch-site", "none"), ("origin", "http://localhost")],
        &[("sec-fetch-site", "")],
    ];
    for (method, address) in addresses.into_iter().filter(|(method, _)| method == Method::POST) {
        for case in cases {
            let request =
                case.iter().fold(request(&method, &address), |request, (name, value)| request.header(*name, *value));
            let told = town.ask(somebody_for(&address), request).await;
            assert_eq!(told.status, 403, "{address} {case:?}");
            assert!(told.text().contains("ほかのサイトからの操作は受け付けません"), "{address} {case:?}");
        }
    }
    assert_eq!(town.node.state().position, position);
}

#[tokio::test]
async fn text_in_an_address_becomes_neither_markup_nor_a_header() {
    let town = Town::with_edition();
    let split = "x\r\nx-injected: 1\r\n\r\n<script>alert(1)</script>";
    let examples = crate::pages::examples(&town).await;
    for route in table().filter(|route| route.method == MethodFilter::GET) {
        let mut tries = Vec::new();
        for text in HOSTILE.iter().chain([&split, &"../../../etc/passwd", &"..\\..\\node.key", &"\0"]) {
            let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            for name in route.query.iter().chain(&["unknown"]) {
                tries.push(format!("{}?{name}={encoded}", examples[route.path]));
                tries.push(format!("{}?{encoded}={name}", examples[route.path]));
            }
            let parts: Vec<_> = route.path.split('/').collect();
            for place in (0..parts.len()).filter(|place| parts[*place].starts_with('{')) {
                let known: Vec<_> = examples[route.path].split('/').collect();
                let part = |(at, part): (usize, &&str)| if at == place { encoded.clone() } else { (*part).to_owned() };
                tries.push(known.iter().enumerate().map(part).collect::<Vec<_>>().join("/"));
            }
        }
        for address in tries {
            let told = town.get(&address).await;
            assert!(!told.status.is_server_error(), "{address}: {}", told.status);
            is_locked(&told, &address);
            shows_no_markup(&told, &address);
            assert!(!told.text().contains("root:"), "{address}");
        }
    }
}

#[tokio::test]
async fn an_address_of_any_length_and_shape_is_answered() {
    let town = Town::with_edition();
    let long = "x".repeat(60_000);
    for (address, status) in [
        (format!("/{long}"), 404),
        (format!("/initiatives/{long}"), 404),
        (format!("/search?q={long}"), 414),
        (format!("/search?q={}", &long[..4_000]), 200),
        (format!("/plans/2026/plan?{}", "party=city&".repeat(4_000)), 414),
        (format!("/plans/2026/plan?{}", "party=city&".repeat(300)), 200),
        ("/".repeat(5_000), 404),
        ("/assets/..%2f..%2f..%2fCargo.toml".to_owned(), 404),
        ("/assets/%2e%2e%2fstyle.css".to_owned(), 404),
        ("/assets/../style.css".to_owned(), 404),
        ("/assets/style.css/".to_owned(), 404),
        ("/assets/style.css%00.html".to_owned(), 404),
        ("/editions/..%2f..%2fnode.key".to_owned(), 404),
        ("/editions/R8-1/..%2f..%2fnode.key".to_owned(), 404),
        ("/reports/..%2fnode.key".to_owned(), 404),
        ("//example.com/".to_owned(), 404),
        ("/%2f%2fexample.com".to_owned(), 404),
    ] {
        let told = town.get(&address).await;
        let shown = &address[..address.len().min(60)];
        assert_eq!(told.status.as_u16(), status, "{shown}");
        is_locked(&told, shown);
    }
}

#[tokio::test]
async fn input_of_any_form_is_shown_as_text() {
    let town = Town::with_edition();
    let text = HOSTILE.concat();
    let (mut tried, mut taken) = (BTreeSet::new(), 0);
    for role in Role::ALL {
        for form in forms_of(&town, role).await {
            let told = town.send_form(role, &form.action, &form.filled(&text)).await;
            let what = format!("{role:?} {form:?}");
            assert!(!told.status.is_server_error(), "{what}: {}", told.status);
            is_locked(&told, &what);
            shows_no_markup(&told, &what);
            let deed = form.fields.last().map_or("", |field| field.value.as_str());
            tried.insert(format!("{} {deed}", form.action.split('/').nth(1).expect("a path")));
            taken += usize::from(told.status == 303);
        }
    }
    for role in Role::ALL {
        for address in pages(&town, role).await {
            shows_no_markup(&town.ask(role, request(&Method::GET, &address)).await, &address);
        }
    }
    assert!(taken >= 8 && tried.len() >= 8, "{taken} were taken: {tried:?}");
}

#[tokio::test]
async fn the_reason_for_undoing_an_import_is_shown_as_text_everywhere() {
    let town = Town::with_document();
    let page = town.get("/imports").await.text();
    let form = forms(&page).into_iter().find(|form| form.action.starts_with("/evidence/")).expect("offered");
    assert!(form.fields.iter().any(|field| field.is_written), "{form:?}");
    let theirs = town.ask(Role::Secretariat, request(&Method::GET, "/imports")).await.main();
    assert!(!theirs.contains("/evidence/") && theirs.contains("こちらだけでは取り消せません"), "{theirs}");
    let text = HOSTILE.concat();
    for (who, text, status) in [
        (Role::Clerk, text.as_str(), 403),
        (Role::Stranger, &text, 403),
        // Both parties have taken over rows, so one party alone cannot undo the import.
        (Role::Secretariat, &text, 422),
        (Role::LocalOperator, "", 422),
        (Role::LocalOperator, &text, 303),
        (Role::LocalOperator, &text, 422),
    ] {
        let told = town.send_form(who, &form.action, &form.filled(text)).await;
        assert_eq!(told.status.as_u16(), status, "{who:?} {text}: {}", told.main());
        is_locked(&told, &form.action);
        shows_no_markup(&told, &form.action);
    }
    let mut told = 0;
    for address in ["/imports", "/journal", "/", "/agreement", "/findings", "/divisions"] {
        let page = town.get(address).await;
        is_locked(&page, address);
        shows_no_markup(&page, address);
        told += page.text().matches("&#60;script&#62;alert(1)").count();
    }
    assert!(told > 0, "the reason stands somewhere");
}

/// Returns the forms that this role is offered, each once. Forms with few fields come last, because sending one of them
/// may end or remove something.
async fn forms_of(town: &Town, role: Role) -> Vec<SentForm> {
    let mut found = Vec::new();
    for address in pages(town, role).await {
        let page = town.ask(role, request(&Method::GET, &address)).await.text();
        let new: Vec<_> = forms(&page).into_iter().filter(|form| !found.contains(form)).collect();
        found.extend(new);
    }
    // The form that undoes an import is left out, because no pages would remain to be checked. The test below checks
    // it.
    found.retain(|form| !form.action.starts_with("/evidence/"));
    found.sort_by_key(|form| std::cmp::Reverse(form.fields.len()));
    found
}

/// Returns the pages that this role can open, each once: pages of the table of routes, and pages to which they link.
async fn pages(town: &Town, role: Role) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = crate::pages::examples(town).await.into_values().collect();
    open.retain(|address| !address.starts_with("/assets/") && !address.starts_with("/reports/"));
    let first = open.len();
    while let Some(address) = open.pop() {
        if !found.insert(address.clone()) {
            continue;
        }
        let told = town.ask(role, request(&Method::GET, &address)).await;
        if !told.status.is_success() || !told.header("content-type").starts_with("text/html") {
            found.remove(&address);
            continue;
        }
        let page = told.text();
        let links = between(&page, "<a", ">").into_iter().filter_map(|link| attribute(link, "href"));
        let links = links.map(|link| link.split('#').next().unwrap_or_default().to_owned());
        let links =
            links.filter(|link| ["/initiatives/", "/imports/", "/plans/"].iter().any(|start| link.starts_with(start)));
        // A few pages of each kind are sufficient.
        let few: Vec<_> = links.filter(|link| !found.contains(link)).take(6).collect();
        open.extend(few.into_iter().take((first + 24).saturating_sub(found.len())));
    }
    found
}

#[tokio::test]
async fn uploads_are_limited() {
    let town = Town::with_document();
    let position = town.node.state().position;
    let multipart = "multipart/form-data; boundary=xx";
    let part = |name: &str, bytes: &[u8]| {
        let head = format!("--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        [head.as_bytes(), bytes, b"\r\n"].concat()
    };
    let whole = |parts: &[Vec<u8>]| [&parts.concat()[..], b"--xx--\r\n"].concat();
    let many = whole(&vec![part("a.txt", b"a"); 65]);
    let large = whole(&[part("a.txt", &vec![b'a'; (64 << 20) + 1])]);
    let unknown = whole(&[part("a.exe", b"MZ\x90\0\x03")]);
    let cut = part("a.txt", b"a");
    let zip = whole(&[part("a.docx", b"PK\x03\x04 and no more")]);
    for (body, kind, status, sentence) in [
        (many, multipart, 400, "一度に送れる数を超えています"),
        (large, multipart, 413, "一度に64MBまで送れます"),
        (unknown, multipart, 422, "a.exe"),
        (zip, multipart, 422, "a.docx"),
        (cut.clone(), multipart, 400, "画面を開き直して"),
        (cut.clone(), "multipart/form-data", 400, "画面を開き直して"),
        (cut, "text/plain", 422, "ファイル"),
        (Vec::new(), multipart, 400, "画面を開き直して"),
    ] {
        let told = town.send_as("/imports", kind, body).await;
        assert_eq!(told.status.as_u16(), status, "{sentence}: {}", told.main());
        assert!(told.text().contains(sentence), "{sentence}: {}", told.main());
        is_locked(&told, sentence);
    }
    let report = include_bytes!("../../../../import/tests/midori.txt");
    let deep = format!("{}<script>alert(1)<!--\u{202e}txt.txt", "../".repeat(200));
    let told = town.send_as("/imports", multipart, whole(&[part(&deep, report)])).await;
    assert_eq!(told.status, 303, "{}", told.main());
    let desk = town.get("/imports").await;
    shows_no_markup(&desk, "/imports");
    assert!(!desk.text().contains("../"), "a name has no folders");
    assert_eq!(town.node.state().position, position);
}

#[tokio::test]
async fn contradictory_headers_are_refused_and_forwarded_hosts_are_ignored() {
    let town = Town::with_document();
    for (name, value) in [("x-forwarded-host", "renkei.example.com"), ("forwarded", "host=renkei.example.com")] {
        let name = HeaderName::from_static(name);
        let told = town.ask(Role::LocalOperator, request(&Method::GET, "/").header(name, value)).await;
        assert!(told.status == 200 && !told.text().contains("renkei.example.com"), "nobody's word is taken");
    }
    for names in [["sec-fetch-site", "sec-fetch-site"], ["origin", "origin"]] {
        let [ours, other] = if names[0] == "origin" {
            ["http://localhost", "http://evil.example"]
        } else {
            ["same-origin", "cross-site"]
        };
        for values in [[ours, other], [other, ours]] {
            let twice = request(&Method::POST, "/settings").header(names[0], values[0]).header(names[1], values[1]);
            assert_eq!(town.ask(Role::LocalOperator, twice).await.status, 403, "{names:?} {values:?}");
        }
    }
}
