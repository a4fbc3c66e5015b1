//! The limits that each route sets for its requests. Larger requests are refused.

use axum::routing::MethodFilter;
use renkei_app::Bringer;
use renkei_web::Intake;
use renkei_web::routes::table;

use crate::town::Town;

const BOUNDARY: &str = "multipart/form-data; boundary=xx";

/// Expected limits of each route's body and files, written down separately: a new route needs a new line here.
fn expected() -> Vec<(&'static str, &'static str)> {
    let small = "64 KB in 30 s";
    let texts = "1024 KB in 30 s";
    let list = "1024 KB in 120 s, files of 16384 KB";
    let documents = "64 KB in 600 s, files of 65536 KB";
    vec![
        ("/after-reviews", small),
        ("/deputies", small),
        ("/divisions", small),
        ("/editions", small),
        ("/evidence/{id}", small),
        ("/evidence/{id}/rows", small),
        ("/evidence/{id}/rows/decline", small),
        ("/imports", documents),
        ("/imports/{id}", texts),
        ("/imports/{id}/rows/{place}", texts),
        ("/indicators/{id}", texts),
        ("/indicators/{id}/compare", small),
        ("/initiatives/{id}/edit", texts),
        ("/initiatives/{id}/edit/typed", texts),
        ("/initiatives/{id}/move", small),
        ("/initiatives/{id}/repeat", small),
        ("/initiatives/{id}/suggest", texts),
        ("/initiatives/{id}/suggest/typed", texts),
        ("/initiatives/{id}/withdraw", small),
        ("/language", small),
        ("/links", small),
        ("/links/{token}", small),
        ("/me/notices", small),
        ("/me/one-time", small),
        ("/me/one-time/off", small),
        ("/me/outside", small),
        ("/me/passkeys", small),
        ("/me/passkeys/options", small),
        ("/me/passkeys/{key}", small),
        ("/me/password", small),
        ("/me/proof", small),
        ("/me/sessions", small),
        ("/organisation", texts),
        ("/organisation/import", list),
        ("/people", texts),
        ("/people/import", list),
        ("/people/{id}", small),
        ("/plans", small),
        ("/plans/{year}/{kind}/carry-over", texts),
        ("/plans/{year}/{kind}/new", texts),
        ("/plans/{year}/{kind}/new/typed", texts),
        ("/plans/{year}/{kind}/share", texts),
        ("/settings", small),
        ("/sign-in", small),
        ("/sign-in/code", small),
        ("/sign-in/passkey", small),
        ("/sign-in/passkey/options", small),
        ("/sign-out", small),
        ("/suggestions/{id}", small),
        ("/unsent/{id}", small),
    ]
}

fn in_words(intake: Intake) -> String {
    let Intake { fields, files, time } = intake;
    let files = if files > 0 { format!(", files of {} KB", files >> 10) } else { String::new() };
    format!("{} KB in {} s{files}", fields >> 10, time.as_secs())
}

#[test]
fn each_route_has_the_expected_limits() {
    let (pages, deeds): (Vec<_>, Vec<_>) = table().partition(|route| route.method == MethodFilter::GET);
    for page in pages {
        assert_eq!(page.intake, Intake::NOTHING, "{}", page.path);
    }
    let mut found: Vec<_> = deeds.iter().map(|deed| (deed.path, in_words(deed.intake))).collect();
    found.sort_unstable();
    let found: Vec<_> = found.iter().map(|(path, words)| (*path, words.as_str())).collect();
    assert_eq!(found, expected());
}

#[test]
fn a_request_without_a_session_has_low_limits_on_every_route() {
    for route in table() {
        let Intake { fields, files, time } = route.intake.of_a_stranger();
        assert!(fields <= 64 << 10 && files == 0 && time.as_secs() <= 10, "{}", route.path);
    }
}

fn part(name: &str, file: &str, bytes: &[u8]) -> Vec<u8> {
    let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
    let head = format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    [head.as_bytes(), bytes, b"\r\n"].concat()
}

fn whole(parts: &[Vec<u8>]) -> Vec<u8> {
    [&parts.concat()[..], b"--xx--\r\n"].concat()
}

#[tokio::test]
async fn the_limit_of_fields_applies_in_forms_with_files() {
    let town = Town::with_document();
    let large = vec![b'a'; (64 << 10) + 1];
    let report = include_bytes!("../../../../import/tests/midori.txt");
    for (body, status) in [
        (whole(&[part("x", "", &large)]), 413),
        (whole(&[part("x", "", &large[..40_000]), part("y", "", &large[..40_000])]), 413),
        (whole(&[part("files", "a.txt", report), part("x", "", &large)]), 413),
        (whole(&[part("x", "", &large[2..]), part("files", "a.txt", report)]), 303),
    ] {
        let told = town.send_as("/imports", BOUNDARY, body).await;
        assert_eq!(told.status, status, "{}", told.main());
    }
}

#[tokio::test]
async fn a_part_with_endless_headers_is_refused() {
    let town = Town::with_document();
    let endless = [b"--xx\r\nContent-Disposition: form-data; x=\"", &vec![b'a'; 2 << 20][..]].concat();
    assert_eq!(town.send_as("/imports", BOUNDARY, endless).await.status, 413);
}

#[tokio::test]
async fn files_are_skipped_if_the_route_accepts_none() {
    let town = Town::with_document();
    let fields = |parts: &[Vec<u8>]| whole(&[parts, &[part("language", "", b"en")]].concat());
    for body in [fields(&[]), fields(&[part("x", "a.txt", b"a")])] {
        assert_eq!(town.send_as("/language", BOUNDARY, body).await.status, 303);
    }
    let large = fields(&[part("x", "a.txt", &[b'a'; 64 << 10])]);
    assert_eq!(town.send_as("/language", BOUNDARY, large).await.status, 413);
    assert_eq!(town.node.arrivals().under_way(), 0);
}

#[tokio::test]
async fn too_many_simultaneous_uploads_are_refused_with_the_next_step() {
    let town = Town::with_document();
    let report = include_bytes!("../../../../import/tests/midori.txt");
    let bring = async || town.send_as("/imports", BOUNDARY, whole(&[part("files", "a.txt", report)])).await;
    let operator = Bringer { party: String::new(), account: String::new() };
    let arrivals = town.node.arrivals();
    let under_way: Vec<_> = (0..4).map(|_| arrivals.begin(&operator).expect("taken")).collect();
    let told = bring().await;
    assert_eq!(told.status, 503);
    assert!(told.main().contains("数分待って、もう一度送ってください"), "{}", told.main());
    drop(under_way);
    assert_eq!(bring().await.status, 303);
    assert_eq!(arrivals.under_way(), 0, "what was read is gone");
}
