//! The pages of a small town: their content, the roles that may see them, and the headers of their answers.

use renkei_app::edition;
use std::collections::BTreeMap;

use crate::addresses::without_keys;
use crate::indicator::HANDOVER;
use crate::town::{Told, Town, ids_by_place};
use axum::http::{Method, Request};
use axum::routing::MethodFilter;
use renkei_app::access::{Role, local_viewer};
use renkei_web::routes::table;

/// Returns an address for each page of the route table.
pub async fn examples(town: &Town) -> BTreeMap<&'static str, String> {
    let row = town.rows().await.into_iter().next().expect("a row");
    let waiting = town.bring("昨年度.txt");
    let draft = town.draft_of_the_city();
    table()
        .filter(|route| route.method == MethodFilter::GET)
        .map(|route| match route.path {
            "/plans/{year}/{kind}" => (route.path, "/plans/2026/plan".to_owned()),
            "/plans/{year}/{kind}/at/{anchor}" => (route.path, "/plans/2026/plan/at/r1-1-1".to_owned()),
            "/initiatives/{id}" => (route.path, row.clone()),
            "/initiatives/{id}/edit" => (route.path, format!("{draft}/edit")),
            "/initiatives/{id}/history" => (route.path, format!("{draft}/history")),
            "/initiatives/{id}/suggest" => (route.path, format!("{draft}/suggest")),
            "/plans/{year}/{kind}/new" => (route.path, "/plans/2027/plan/new".to_owned()),
            "/indicators/{id}" => (route.path, town.indicator()),
            "/indicators/{id}/compare" => (route.path, format!("{}/compare", town.indicator())),
            "/indicators/handover/{division}" => (route.path, HANDOVER.to_owned()),
            "/indicators/handover/{division}/handover.pdf" => (route.path, format!("{}/handover.pdf", HANDOVER)),
            "/reports/{file}" => (route.path, "/reports/2026.json".to_owned()),
            "/editions/{name}" => (route.path, "/editions/R8-1".to_owned()),
            "/editions/{name}/{digest}" => (route.path, town.edition_files()[4].1.clone()),
            "/r/{reference}" => (route.path, "/r/R8-1-0001".to_owned()),
            "/assets/{file}" => (route.path, "/assets/style.css".to_owned()),
            "/imports/{id}" => (route.path, waiting.clone()),
            "/evidence/{id}/rows" => (route.path, format!("{}/rows", town.evidence())),
            "/organisation/divisions/{id}" => (route.path, town.division()),
            "/imports/{id}/rows/{place}" => (route.path, format!("{waiting}/rows/0-1-1-1")),
            "/links/{token}" | "/unsent/{id}" => (route.path, route.path.replace(['{', '}'], "")),
            "/people/{id}" => (route.path, format!("/people/{}", town.account())),
            plain => (plain, plain.to_owned()),
        })
        .collect()
}

/// The roles in the order of the columns below: operator, 事務局, 担当, 決裁者, 長, 閲覧, 委員, administrator, stranger.
const COLUMNS: [Role; 9] = Role::ALL;

/// The status that each role gets for each page.
fn expected_pages() -> Vec<(&'static str, [u16; 9])> {
    // The expected values are written down separately: a new route needs a new line here.
    let readers = [200, 200, 200, 200, 200, 200, 200, 403, 403];
    let staff = [200, 200, 200, 200, 200, 200, 403, 403, 403];
    let secretariat = [200, 200, 403, 403, 403, 403, 403, 403, 403];
    let writers = [200, 200, 200, 403, 403, 403, 403, 403, 403];
    let everybody = [200; 9];
    let me = |status| [403, status, status, status, status, status, status, status, 403];
    let administrator = [403, 403, 403, 403, 403, 403, 403, 200, 403];
    // Things that exist for the operator only. For visitors of the city, the bureau's division and the operator's file
    // do not exist.
    let operator_alone = [200, 404, 404, 404, 404, 404, 404, 403, 403];
    // These pages need an external issuer, and none is configured here. `tests/browser/people/oidc.test.js` has one.
    let nobody = [404; 9];
    vec![
        ("/", [200, 200, 200, 200, 200, 200, 200, 200, 403]),
        ("/agreement", readers),
        ("/assets/{file}", everybody),
        ("/divisions", secretariat),
        ("/editions", readers),
        ("/editions/{name}", readers),
        ("/editions/{name}/{digest}", readers),
        ("/evidence/{id}/rows", secretariat),
        ("/findings", readers),
        ("/imports", secretariat),
        ("/imports/{id}", [200, 404, 403, 403, 403, 403, 403, 403, 403]),
        ("/imports/{id}/rows/{place}", [200, 404, 403, 403, 403, 403, 403, 403, 403]),
        ("/indicators", readers),
        ("/indicators/handover/{division}", operator_alone),
        ("/indicators/handover/{division}/handover.pdf", operator_alone),
        ("/indicators/{id}", readers),
        ("/indicators/{id}/compare", readers),
        ("/initiatives/{id}", readers),
        ("/initiatives/{id}/edit", writers),
        ("/initiatives/{id}/history", [200, 200, 200, 200, 200, 200, 404, 403, 403]),
        ("/initiatives/{id}/suggest", [200, 200, 200, 200, 403, 403, 403, 403, 403]),
        ("/journal", staff),
        ("/links", everybody),
        ("/links/{token}", everybody),
        ("/me", me(200)),
        ("/me/one-time", me(200)),
        ("/me/outside", me(404)),
        ("/me/proof", me(200)),
        ("/organisation", staff),
        ("/organisation/divisions/{id}", staff),
        ("/organisation/import", secretariat),
        ("/people", administrator),
        ("/people/import", administrator),
        ("/people/log", [403, 200, 403, 403, 403, 403, 403, 200, 403]),
        ("/people/{id}", administrator),
        ("/plans", secretariat),
        ("/plans/{year}/{kind}", readers),
        ("/plans/{year}/{kind}/at/{anchor}", [303, 303, 303, 303, 303, 303, 303, 403, 403]),
        ("/plans/{year}/{kind}/new", writers),
        ("/r/{reference}", readers),
        ("/reports/{file}", readers),
        ("/search", readers),
        ("/settings", secretariat),
        ("/sign-in", everybody),
        ("/sign-in/code", everybody),
        ("/sign-in/oidc", nobody),
        ("/sign-in/oidc/back", nobody),
        ("/unsent/{id}", me(404)),
    ]
}

#[tokio::test]
async fn every_page_gives_each_role_the_expected_status() {
    let expected = expected_pages();
    let town = Town::with_edition();
    let mut found = Vec::new();
    for (path, address) in examples(&town).await {
        let mut statuses = [0; 9];
        for (status, role) in statuses.iter_mut().zip(COLUMNS) {
            *status = town.ask(role, Request::get(&address).header("host", "localhost")).await.status.as_u16();
        }
        found.push((path, statuses));
    }
    assert_eq!(found, expected);
}

/// The status that each role gets for each form (deed).
fn expected_deeds() -> Vec<(&'static str, [u16; 9])> {
    // The expected values are written down separately: the status for an empty form from our page, which changes
    // nothing. A form from another site always gets 403.
    let secretariat = |status| [status, status, 403, 403, 403, 403, 403, 403, 403];
    let writers = |status| [status, status, status, 403, 403, 403, 403, 403, 403];
    let me = |status| [403, status, status, status, status, status, status, status, 403];
    let administrator = |status| [403, 403, 403, 403, 403, 403, 403, status, 403];
    vec![
        ("/after-reviews", [403, 422, 403, 422, 422, 403, 403, 403, 403]),
        ("/deputies", [422, 422, 403, 422, 422, 403, 403, 403, 403]),
        ("/divisions", secretariat(400)),
        ("/editions", secretariat(400)),
        ("/evidence/{id}", secretariat(422)),
        ("/evidence/{id}/rows", secretariat(422)),
        ("/evidence/{id}/rows/decline", secretariat(422)),
        ("/imports", secretariat(422)),
        ("/imports/{id}", secretariat(400)),
        ("/imports/{id}/rows/{place}", [422, 404, 403, 403, 403, 403, 403, 403, 403]),
        ("/indicators/{id}", [400, 400, 400, 403, 403, 403, 403, 403, 403]),
        ("/indicators/{id}/compare", [422, 422, 422, 403, 403, 403, 403, 403, 403]),
        ("/initiatives/{id}/edit", writers(400)),
        ("/initiatives/{id}/edit/typed", writers(200)),
        ("/initiatives/{id}/move", writers(400)),
        ("/initiatives/{id}/repeat", writers(400)),
        ("/initiatives/{id}/suggest", [400, 400, 400, 400, 403, 403, 403, 403, 403]),
        ("/initiatives/{id}/suggest/typed", [200, 200, 200, 200, 403, 403, 403, 403, 403]),
        ("/initiatives/{id}/withdraw", writers(400)),
        ("/language", [400; 9]),
        ("/links", [422; 9]),
        ("/links/{token}", [422; 9]),
        ("/me/notices", me(422)),
        ("/me/one-time", me(422)),
        ("/me/one-time/off", me(422)),
        ("/me/outside", me(404)),
        ("/me/passkeys", me(422)),
        ("/me/passkeys/options", me(422)),
        ("/me/passkeys/{key}", me(422)),
        ("/me/password", me(422)),
        ("/me/proof", me(422)),
        ("/me/sessions", me(303)),
        ("/organisation", secretariat(422)),
        ("/organisation/import", secretariat(422)),
        ("/people", administrator(422)),
        ("/people/import", administrator(422)),
        ("/people/{id}", administrator(422)),
        ("/plans", secretariat(400)),
        ("/plans/{year}/{kind}/carry-over", secretariat(400)),
        ("/plans/{year}/{kind}/new", writers(422)),
        ("/plans/{year}/{kind}/new/typed", writers(200)),
        ("/plans/{year}/{kind}/share", [400, 400, 403, 400, 403, 403, 403, 403, 403]),
        ("/settings", secretariat(400)),
        ("/sign-in", [422; 9]),
        ("/sign-in/code", [422; 9]),
        ("/sign-in/passkey", [422; 9]),
        ("/sign-in/passkey/options", [200; 9]),
        ("/sign-out", [303; 9]),
        ("/suggestions/{id}", [404, 404, 404, 404, 403, 403, 403, 403, 403]),
        ("/unsent/{id}", me(303)),
    ]
}

#[tokio::test]
async fn every_deed_gives_each_role_the_expected_status_and_only_from_our_pages() {
    let expected = expected_deeds();
    let town = Town::with_document();
    let draft = town.draft_of_the_city();
    let waiting = town.bring("昨年度.txt");
    let position = town.node.state().position;
    let mut found = Vec::new();
    for route in table().filter(|route| route.method == MethodFilter::POST) {
        let address = match route.path {
            "/evidence/{id}" => town.evidence(),
            "/evidence/{id}/rows" => format!("{}/rows", town.evidence()),
            "/evidence/{id}/rows/decline" => format!("{}/rows/decline", town.evidence()),
            "/indicators/{id}" => town.indicator(),
            "/indicators/{id}/compare" => format!("{}/compare", town.indicator()),
            "/imports/{id}" => waiting.clone(),
            "/imports/{id}/rows/{place}" => format!("{waiting}/rows/0-1-1-1"),
            "/people/{id}" => format!("/people/{}", town.account()),
            path => path.replace("/initiatives/{id}", &draft).replace("{year}/{kind}", "2027/plan"),
        };
        let status = async |role, site| {
            let request = Request::post(&address).header("host", "localhost").header("sec-fetch-site", site);
            town.ask(role, request).await.status.as_u16()
        };
        let mut statuses = [0; 9];
        for (told, role) in statuses.iter_mut().zip(COLUMNS) {
            assert_eq!(status(role, "cross-site").await, 403, "{} {role:?}", route.path);
            *told = status(role, "same-origin").await;
        }
        found.push((route.path, statuses));
    }
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(town.node.state().position, position);
}

#[tokio::test]
async fn a_get_changes_nothing_and_other_methods_are_refused() {
    let town = Town::with_edition();
    let examples = examples(&town).await;
    let position = town.node.state().position;
    for (path, address) in &examples {
        let takes_forms = table().any(|route| route.path == *path && route.method == MethodFilter::POST);
        let methods = [Method::PUT, Method::DELETE, Method::PATCH].into_iter();
        for method in methods.chain((!takes_forms).then_some(Method::POST)) {
            let request = Request::builder().method(method.clone()).uri(address).header("host", "localhost");
            let told = town.ask(Role::LocalOperator, request).await;
            assert_eq!(told.status, 405, "{method} {address}");
            assert!(told.header("allow").contains("GET"), "{method} {address}");
        }
        let head = Request::head(address.as_str()).header("host", "localhost");
        let is_own = ["/me", "/people", "/unsent"].iter().any(|own| path.starts_with(own));
        let told = town.ask(if is_own { Role::Administrator } else { Role::LocalOperator }, head).await;
        let expected = match *path {
            "/me/outside" => 404,
            path if path.starts_with("/unsent") || path.contains("/oidc") => 404,
            path if path.contains("/at/") => 303,
            _ => 200,
        };
        assert_eq!((told.status.as_u16(), told.body.len()), (expected, 0), "{address}");
    }
    assert_eq!(town.node.state().position, position);
}

#[tokio::test]
async fn a_stranger_learns_nothing() {
    let town = Town::with_document();
    let told = town.ask(Role::Stranger, Request::get("/plans/2026/plan").header("host", "localhost")).await;
    assert!(told.text().contains("権限がありません"));
    assert!(!told.text().contains("みどり"));
}

#[tokio::test]
async fn only_host_names_of_this_machine_are_answered() {
    let town = Town::with_document();
    for (host, status) in [
        ("localhost", 200),
        ("localhost:8080", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8080", 200),
        ("midori.example.jp", 421),
        ("localhost.example.jp", 421),
        ("", 421),
    ] {
        let told = town.ask(Role::LocalOperator, Request::get("/").header("host", host)).await;
        assert_eq!(told.status.as_u16(), status, "{host}");
        assert_eq!(told.text().contains("みどり市雇用対策協定"), status == 200, "{host}");
    }
    let told = town.ask(Role::LocalOperator, Request::get("/")).await;
    assert_eq!(told.status, 421, "no host at all");
    let two = Request::get("/").header("host", "localhost").header("host", "example.jp");
    assert_eq!(town.ask(Role::LocalOperator, two).await.status, 421);
    let named = Request::get("http://example.jp/").header("host", "localhost");
    assert_eq!(town.ask(Role::LocalOperator, named).await.status, 421);
}

#[tokio::test]
async fn every_answer_is_protected_against_other_sites() {
    let town = Town::with_document();
    for address in ["/", "/nowhere", "/assets/style.css", "/findings?severity=x"] {
        let told = town.get(address).await;
        assert!(
            told.header("content-security-policy")
                .starts_with("default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "),
            "{address}"
        );
        assert_eq!(told.header("x-content-type-options"), "nosniff", "{address}");
        assert_eq!(told.header("x-frame-options"), "DENY", "{address}");
        assert_eq!(told.header("referrer-policy"), "same-origin", "{address}");
        assert_eq!(told.header("set-cookie"), "", "{address}");
    }
    let report = town.get("/reports/2026.html").await;
    assert!(report.header("content-security-policy").contains("style-src 'sha256-"));
}

#[tokio::test]
async fn a_missing_thing_is_reported_with_the_next_step() {
    let town = Town::with_document();
    for (address, status, sentence) in [
        ("/nowhere", 404, "このページはありません"),
        ("/plans/2031/plan", 404, "令和13年度の事業計画"),
        ("/plans/2026/result", 404, "令和8年度の事業実施報告"),
        ("/plans/2026/draft", 404, "このページはありません"),
        ("/plans/あ/plan", 404, "このページはありません"),
        ("/initiatives/x", 404, "この取組は見つかりません"),
        ("/initiatives/00000000-0000-7000-8000-000000000000", 404, "この取組は見つかりません"),
        ("/reports/2026.doc", 404, "このページはありません"),
        ("/editions/R8-9", 404, "この版はありません"),
        ("/editions/8", 404, "この版はありません"),
        ("/editions/R8-1/00", 404, "この版はありません"),
        ("/r/R8-1-9999", 404, "この参照番号はありません"),
        ("/r/x", 404, "この参照番号はありません"),
        ("/reports/2031.json", 404, "令和13年度"),
        ("/assets/other.css", 404, "このページはありません"),
        ("/plans/2026/plan?party=nobody", 404, "当事者に「nobody」という選択肢はありません"),
        ("/plans/2026/plan?chapter=9", 404, "柱に「9」という選択肢はありません"),
        ("/plans/2026/plan?state=gone", 404, "数値の状態に「gone」"),
        ("/plans/2026/plan?beside=2", 404, "前年度と並べるに「2」"),
        ("/findings?severity=x", 404, "重要度に「x」"),
        ("/findings?year=1990", 404, "年度に「1990」"),
        ("/search?q=%E5%B0%B1%E8%81%B7&page=9", 404, "「9」ページ目はありません"),
        ("/journal?before=x", 404, "番号「x」より古い記録はありません"),
        ("/journal?before=1", 404, "番号「1」より古い記録はありません"),
        ("/organisation?on=1", 404, "日付に「1」は指定できません"),
        ("/initiatives/%FF", 400, "アドレスが読めません"),
    ] {
        let address = address.replace('あ', "%E3%81%82");
        let told = town.get(&address).await;
        assert_eq!(told.status.as_u16(), status, "{address}");
        assert!(told.text().contains(sentence), "{address}: {}", told.main());
        assert!(told.text().contains("ホームへ"), "{address}");
        assert_eq!(told.header("cache-control"), "no-store", "{address}");
    }
}

/// The page for an address that does not exist links to the list that would contain it, and this list exists.
#[tokio::test]
async fn an_address_of_a_missing_thing_links_to_its_list() {
    let town = Town::with_edition();
    let leads_to = async |address: &str, list: &str| {
        let told = town.get(address).await;
        assert_eq!(told.status, 404, "{address}: {}", told.main());
        let link = format!("<a class=\"button solid\" href=\"{}\">", list.replace('&', "&#38;"));
        assert!(told.main().contains(&link), "{address}: {}", told.main());
        assert_eq!(town.get(list).await.status, 200, "{list}");
    };
    // Each list with pages, and every way to write the number of a page that does not exist.
    let q = "%E5%B0%B1%E8%81%B7";
    for list in
        ["/plans/2026/plan", "/plans/2026/plan?party=city", "/findings", "/indicators", &format!("/search?q={q}")]
    {
        let and = if list.contains('?') { '&' } else { '?' };
        for page in ["99", "abc", "0", "-1", "%2B1", "01", "0001", "1.0", "18446744073709551616"] {
            let (path, query) = list.split_once('?').unwrap_or((list, ""));
            // The parameters in an address have a fixed order: `page`, `party`, `q`.
            let asked =
                if query.is_empty() { format!("{path}?page={page}") } else { format!("{list}{and}page={page}") };
            leads_to(&asked, list).await;
        }
        let (first, named) = (town.get(list).await, town.get(&format!("{list}{and}page=1")).await);
        assert_eq!((first.header("etag"), named.status.as_u16()), (named.header("etag"), 200), "{list}");
    }
    for before in ["0", "x", "+5", "05"] {
        leads_to(&format!("/journal?before={}", before.replace('+', "%2B")), "/journal").await;
    }
    for (address, list) in [
        ("/plans/2026/plan?party=nobody&page=2", "/plans/2026/plan"),
        ("/plans/2026/plan?chapter=01&party=city", "/plans/2026/plan?party=city"),
        ("/findings?year=1990&severity=error", "/findings?severity=error"),
        ("/findings?year=%2B2026", "/findings"),
        ("/indicators?gap=x", "/indicators"),
        ("/indicators?party=nobody", "/indicators"),
        ("/organisation?on=20260401", "/organisation"),
        ("/plans/2031/plan", "/#plans"),
        ("/initiatives/x", "/#plans"),
        ("/indicators/x", "/indicators"),
        ("/editions/R8-9", "/editions"),
        ("/r/R8-1-9999", "/editions"),
        ("/imports/x", "/imports"),
    ] {
        leads_to(address, list).await;
    }
    for address in ["/plans/02026/plan", "/plans/+2026/plan", "/reports/02026.json", "/reports/+2026.html"] {
        assert_eq!(town.get(address).await.status, 404, "{address}");
    }
}

#[tokio::test]
async fn an_empty_node_says_what_to_do_first() {
    let town = Town::empty();
    let home = town.get("/").await;
    assert_eq!(home.status, 200);
    assert!(home.text().contains("renkei import 文書.docx") && home.text().contains("href=\"/imports\""));
    for address in ["/agreement", "/editions", "/settings", "/findings", "/plans/2026/plan"] {
        let told = town.get(address).await;
        assert_eq!(told.status, 404, "{address}");
        assert!(told.text().contains("renkei import"), "{address}");
    }
    assert_eq!(town.get("/journal").await.status, 200);
    assert_eq!(town.get("/search?q=a").await.status, 200);
}

#[tokio::test]
async fn text_of_documents_is_never_markup() {
    let town = Town::with_document();
    let mut addresses: Vec<String> =
        ["/", "/plans/2025/progress", "/plans/2026/plan?beside=1", "/findings", "/journal"].map(str::to_owned).to_vec();
    addresses.push("/search?q=%3Cscript%3E".to_owned());
    addresses.push("/search?q=%22%3E%3Cimg".to_owned());
    addresses.push("/plans/2026/plan?division=%22%3E%3Cscript%3E".to_owned());
    addresses.push("/plans/2026/plan?party=%3Cscript%3E".to_owned());
    addresses.push("/reports/2026.html".to_owned());
    addresses.extend(town.rows().await);
    let mut shown = 0;
    for address in addresses {
        let page = town.get(&address).await.text().replace("<script src=\"/assets/", "");
        for hostile in ["<script", "<img", "<b>報告書"] {
            assert!(!page.contains(hostile), "{address} shows {hostile}");
        }
        shown += page.matches("script").count();
    }
    assert!(shown > 3, "the hostile row is on the pages, as text");
}

#[tokio::test]
async fn a_page_is_sent_once_and_compressed_if_accepted() {
    let town = Town::with_document();
    let plain = town.get("/plans/2026/plan").await;
    let tag = plain.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() > 30, "{tag}");
    assert_eq!(plain.header("vary"), "accept-encoding");
    assert_eq!(plain.header("cache-control"), "private, no-cache");
    let again = Request::get("/plans/2026/plan").header("host", "localhost").header("if-none-match", &tag);
    let told = town.ask(Role::LocalOperator, again).await;
    assert_eq!((told.status.as_u16(), told.body.len(), told.header("etag")), (304, 0, tag.as_str()));
    let packed = Request::get("/plans/2026/plan").header("host", "localhost").header("accept-encoding", "gzip, br");
    let told = town.ask(Role::LocalOperator, packed).await;
    assert_eq!(told.header("content-encoding"), "gzip");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&told.body[..]), &mut text).expect("gzip");
    assert_eq!(String::from_utf8_lossy(&without_keys(text.as_bytes())), plain.text());
}

#[tokio::test]
async fn a_correction_is_shown_at_once_and_the_entity_tag_reveals_nothing_else() {
    let town = Town::with_document();
    let [progress, plan] = ["/plans/2025/progress", "/plans/2026/plan"];
    let before = [town.get(progress).await, town.get(plan).await];
    assert!(before[0].text().contains(">1,304</a>"));
    let row = town.correct_first_figure(1290, "二重に数えていたため");
    let after = [town.get(progress).await, town.get(plan).await];
    assert!(after[0].text().contains(">1,290</a>"));
    assert_ne!(before[0].header("etag"), after[0].header("etag"));
    assert_eq!(before[1].header("etag"), after[1].header("etag"), "the plan's page did not change");
    let page = town.get(&format!("/initiatives/{row}")).await.main();
    assert!(page.contains("<del>1,304</del> → <ins>1,290</ins>") && page.contains("二重に数えていたため"), "{page}");
    assert!(page.contains("・参加者 <mark>1,304</mark>人"), "the source stays as it stood: {page}");
}

#[tokio::test]
async fn a_stored_file_is_served_byte_for_byte_under_its_own_name() {
    let town = Town::with_edition();
    town.correct_first_figure(1290, "二重に数えていたため");
    let edition = {
        let state = town.node.state();
        let view = state.seen_by(local_viewer()).agreements().next().expect("an agreement");
        view.editions_of(renkei_document::fiscal_year::FiscalYear(2026))[0].clone()
    };
    for (file, address) in edition.files.iter().zip(town.edition_files()) {
        let told = town.get(&address.1).await;
        assert_eq!(told.status, 200, "{}", file.name);
        assert!(told.body == edition::edition_file(&town.node, file).expect("kept"), "{}", file.name);
        assert_eq!(told.header("content-type"), file.media_type);
        let ending = file.name.rsplit_once('.').expect("an ending").1;
        let named = [("データ", "-data"), ("参照番号", "-references")];
        let data = named.iter().find(|(word, _)| file.name.contains(word)).map_or("", |(_, part)| part);
        let disposition = told.header("content-disposition");
        assert!(
            disposition.contains(&format!("filename=\"R8-1{data}.{ending}\"; filename*=UTF-8''%E4%BB%A4%E5%92%8C8")),
            "{disposition}"
        );
        let tag = told.header("etag").to_owned();
        let again = Request::get(&address.1).header("host", "localhost").header("if-none-match", &tag);
        assert_eq!(town.ask(Role::LocalOperator, again).await.status, 304, "{}", file.name);
        assert_eq!(told.header("content-security-policy").contains("style-src 'sha256-"), ending == "html");
    }
}

#[tokio::test]
async fn the_second_edition_has_errata_and_its_figures_have_sources() {
    let town = Town::with_edition();
    assert!(town.get("/editions").await.main().contains("令和8年度 第1版"));
    let unchanged = town.send("/editions", &[("year", "2026")]).await;
    assert_eq!(unchanged.status, 422, "nothing has changed since: {}", unchanged.main());
    town.correct_first_figure(1290, "二重に数えていたため");
    let frozen = town.send("/editions", &[("year", "2026")]).await;
    assert_eq!((frozen.status.as_u16(), frozen.header("location")), (303, "/editions/R8-2"));
    let second = town.get("/editions/R8-2").await.main();
    for words in ["正誤表", "1,304", "1,290", "二重に数えていたため"] {
        assert!(second.contains(words), "{words}: {second}");
    }
    let reference = town.get("/r/R8-1-0001").await.main();
    for words in ["1,304", "版の後の訂正", "二重に数えていたため", "今の値は1,290です"] {
        assert!(reference.contains(words), "{words}: {reference}");
    }
}

#[tokio::test]
async fn a_search_finds_full_width_and_half_width_words_and_marks_them() {
    let town = Town::with_document();
    for (query, rows) in
        [("若者", 0), ("高校生", 2), ("面接会　高校", 2), ("ｓｃｒｉｐｔ", 1), ("しごと課", 2), ("", 0), ("1304", 0)]
    {
        let encoded: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let page = town.get(&format!("/search?q={encoded}")).await.main();
        let hits = page.matches("class=\"hit-head\"").count();
        assert_eq!(hits, rows, "{query}: {page}");
        assert_eq!(page.contains("<mark>"), rows > 0, "{query}");
    }
}

#[tokio::test]
async fn a_filter_keeps_only_the_matching_rows() {
    let town = Town::with_document();
    for (query, rows) in [
        ("", 2),
        ("?party=city", 1),
        ("?party=city&chapter=1", 1),
        ("?division=%E8%81%B7%E6%A5%AD%E5%AE%89%E5%AE%9A%E8%AA%B2", 1),
        ("?state=recruiting", 1),
        ("?state=no_figure", 1),
        ("?state=none", 0),
        ("?party=&division=&chapter=&state=", 2),
        ("?unknown=1", 2),
    ] {
        let page = town.get(&format!("/plans/2025/progress{query}")).await.main();
        assert_eq!(page.matches("class=\"c-number\"><a").count(), rows, "{query}");
    }
}

#[tokio::test]
async fn a_house_style_is_set_on_its_page_and_the_report_follows() {
    let town = Town::with_document();
    let (_, parties) = town.agreement();
    let (before, plan) = (town.get("/reports/2026.html").await, town.get("/plans/2025/progress").await.main());
    let party = parties[1].to_string();
    let as_written =
        ["numbers", "unit-blank", "brackets", "letters", "persons", "dates"].map(|key| (key, "as-written"));
    let mut fields = as_written.to_vec();
    fields.push(("party", &party));
    let told = town.send("/settings", &fields).await;
    assert_eq!(told.status, 422, "nothing is changed");
    assert!(told.text().contains("変更はありません"));
    fields[0] = ("numbers", "full");
    let told = town.send("/settings", &fields).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, "/settings?done=set"));
    let page = town.get("/settings?done=set").await.main();
    assert!(page.contains("表記を定めました") && page.contains("相談 １，３０４ 件"), "{page}");
    let after = town.get("/reports/2026.html").await;
    assert_ne!(after.header("etag"), before.header("etag"));
    assert!(after.text().chars().any(|c| ('０'..='９').contains(&c)));
    assert_eq!(town.get("/plans/2025/progress").await.main(), plan, "pages show what is recorded");
    fields[0] = ("numbers", "roman");
    assert_eq!(town.send("/settings", &fields).await.status, 400);
}

#[tokio::test]
async fn a_report_can_be_had_as_a_workbook() {
    let town = Town::with_document();
    let told = town.get("/reports/2026.xlsx").await;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, kind));
    assert_eq!(told.header("content-disposition"), "inline; filename=\"report-2026.xlsx\"");
    assert!(told.body.starts_with(b"PK"), "a workbook is a ZIP");
}

#[tokio::test]
async fn pages_look_as_they_were_agreed() {
    let town = Town::with_edition();
    let progress_row = town.rows().await.remove(2);
    for (name, address) in [
        ("home", "/"),
        ("plan", "/plans/2025/progress"),
        ("plan_beside", "/plans/2026/plan?beside=1"),
        ("initiative", progress_row.as_str()),
        ("findings", "/findings"),
        ("agreement", "/agreement"),
        ("search", "/search?q=%E9%9D%A2%E6%8E%A5"),
        ("journal", "/journal"),
        ("editions", "/editions"),
        ("edition", "/editions/R8-1"),
        ("reference", "/r/R8-1-0001"),
        ("settings", "/settings"),
        ("indicators", "/indicators"),
        ("indicator", town.indicator().as_str()),
        ("handover", HANDOVER),
    ] {
        let told = town.get(address).await;
        assert_eq!(told.status, 200, "{address}: {}", told.main());
        insta::assert_snapshot!(name, agreed(&told.main()));
    }
}

/// Returns the answer to the local operator, with English as the language of the page.
async fn in_english(town: &Town, address: &str) -> Told {
    let request = Request::get(address).header("host", "localhost").header("cookie", "renkei-language=en");
    town.ask(Role::LocalOperator, request).await
}

#[tokio::test]
async fn english_pages_look_as_they_were_agreed() {
    let town = Town::with_edition();
    let progress_row = town.rows().await.remove(2);
    for (name, address) in [
        ("english_home", "/"),
        ("english_plan_beside", "/plans/2026/plan?beside=1"),
        ("english_initiative", progress_row.as_str()),
        ("english_findings", "/findings"),
        ("english_journal", "/journal"),
        ("english_edition", "/editions/R8-1"),
        ("english_reference", "/r/R8-1-0001"),
        ("english_settings", "/settings"),
        ("english_problem", "/plans/2031/plan"),
    ] {
        insta::assert_snapshot!(name, agreed(&in_english(&town, address).await.main()));
    }
}

#[tokio::test]
async fn the_tables_offered_for_a_new_plan_are_named_in_the_reader_s_language() {
    let page = in_english(&Town::with_document(), "/plans").await.main();
    assert!(
        page.contains(">FY2025 (Reiwa 7) progress</option>") && page.contains(">FY2027 (Reiwa 9)</option>"),
        "{page}"
    );
}

#[tokio::test]
async fn no_sentence_of_ours_stays_japanese_in_an_english_page() {
    let town = Town::with_edition();
    let sentences = sentences();
    let mut addresses: Vec<String> = examples(&town).await.into_values().collect();
    addresses.extend(town.rows().await);
    addresses.extend(
        ["/nowhere", "/plans/2031/plan", "/findings?severity=x", "/search?q=a", "/divisions?done=1"].map(str::to_owned),
    );
    let mut found = Vec::new();
    let mut pages = 0;
    for address in addresses {
        let page = in_english(&town, &address).await.text();
        if page.starts_with("<!DOCTYPE html>\n<html lang=\"ja\"") || !page.starts_with("<!DOCTYPE html>") {
            // Reports are always in Japanese, and files are not pages.
            let is_file = ["/reports", "/editions/", "/assets"].iter().any(|start| address.starts_with(start));
            assert!(is_file || address.ends_with(".pdf") || address.contains("/at/"), "{address}");
            continue;
        }
        pages += 1;
        for part in page.split(['<', '>', '"']) {
            let is_ours = sentences.iter().any(|sentence| sentence == part.trim());
            if is_ours && !WORDS_OF_DATA.contains(&part.trim()) {
                found.push(format!("{address}: {part}"));
            }
        }
    }
    assert!(pages > 15 && found.is_empty(), "{pages} pages\n{}", found.join("\n"));
}

/// Words of recorded data that may remain Japanese: titles of posts, kinds of divisions, headings of the source, words
/// of rows.
const WORDS_OF_DATA: [&str; 12] =
    ["事務局", "担当", "決裁者", "長", "閲覧", "委員", "課", "募集中", "区分", "番号", "担当課", "取組内容"];

/// Returns every Japanese sentence that has an English translation.
fn sentences() -> Vec<String> {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [here.join("phrases"), here.join("../domain/phrases")];
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("phrases").flatten());
    let texts = files.map(|file| std::fs::read_to_string(file.path()).expect("a text"));
    let japanese = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
    japanese.filter_map(|line| line.split_once('\t').map(|(japanese, _)| japanese.to_owned())).collect()
}

/// Returns the page for the comparison with its snapshot: ids are replaced by their order of appearance, and hashes and
/// sizes of files are removed.
fn agreed(page: &str) -> String {
    without_files(&ids_by_place(page))
}

/// Returns the page without the hashes and sizes of files, which change with the layout of a report.
fn without_files(page: &str) -> String {
    let words = page.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let shown = |word: &str| {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_hash = bare.len() == 64 && bare.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_size = bare.strip_suffix("KB").is_some_and(|size| size.bytes().all(|byte| byte.is_ascii_digit()));
        let is_bytes = word.ends_with('バ') && bare.bytes().all(|byte| byte.is_ascii_digit());
        if is_hash || is_size || is_bytes { word.replacen(bare, "…", 1) } else { word.to_owned() }
    };
    words.map(shown).collect()
}
