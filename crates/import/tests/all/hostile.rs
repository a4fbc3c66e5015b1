//! Tests damaged, endless and senseless files: reading must not panic, must return a clear message, and must take time
//! proportional to the size.

use proptest::prelude::*;
use renkei_import::{MAX_BYTES, Unreadable, read};

const TEXT: &str = include_str!("../midori.txt");

/// Returns the real report, if it is available on this machine.
fn real() -> Option<Vec<u8>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/documents/kumamoto.txt");
    std::fs::read(path).ok()
}

/// Cuts the file at every `every`-th line end, one byte before it and one byte after it. Reads both parts.
fn cut_at_line_ends(bytes: &[u8], every: usize) {
    for (at, _) in bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').step_by(every) {
        for cut in [at.saturating_sub(1), at, at + 1] {
            assert!(read(&bytes[..cut]).is_ok(), "cut at {cut}");
            assert!(read(&bytes[cut..]).is_ok(), "begun at {cut}");
        }
    }
}

#[test]
fn a_document_cut_at_any_line_is_read() {
    cut_at_line_ends(TEXT.as_bytes(), 1);
    let sjis = encoding_rs::SHIFT_JIS.encode(TEXT).0;
    cut_at_line_ends(&sjis, 7);
}

#[test]
fn the_real_document_cut_at_its_lines_is_read() {
    match real() {
        Some(bytes) => cut_at_line_ends(&bytes, 100),
        None => println!("skipped: no real document here"),
    }
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    for byte in [b'a', b'\t', b'|', b'<'] {
        let endless = vec![byte; 100 * 1024 * 1024];
        assert_eq!(read(&endless), Err(Unreadable::TooLarge { bytes: endless.len() }));
    }
}

#[test]
fn senseless_patterns_are_read() {
    let patterns = [
        "a",
        "\t",
        "| ",
        "<",
        "<p",
        "<p>",
        "<div>",
        "<table><tr><td>",
        "</td>",
        "<!--",
        "&amp;",
        "&",
        "・",
        " ・a",
        "（",
        "）",
        "「",
        "①\t",
        "①\t課\t",
        "第1 ",
        "第1条 ",
        "1 ",
        "(1) ",
        "以下「",
        "（以下「あ」という。）",
        "令和",
        "令和7年度",
        "1",
        "\u{feff}",
        "\u{2028}",
        "\r",
        "-",
        "、",
        "労働局",
        "みどり市",
        "区課・",
        "人・",
        "\u{fffd}",
        "𠮷",
        "か\u{3099}",
    ];
    for pattern in patterns {
        for joined in
            [pattern.repeat(2000), format!("{pattern}\n").repeat(300), format!("{TEXT}{}", pattern.repeat(300))]
        {
            assert!(read(joined.as_bytes()).is_ok() || pattern == "\u{fffd}", "{pattern}");
        }
    }
}

#[test]
fn tags_nested_ten_thousand_deep_are_read() {
    for (open, close) in [("<div>", "</div>"), ("<table><tr><td>", "</td></tr></table>"), ("<ul><li>", "</li></ul>")] {
        let nested = format!("{}深い文{}", open.repeat(10_000), close.repeat(10_000));
        let imported = read(format!("{TEXT}{nested}").as_bytes()).expect("it is text");
        assert!(format!("{imported:?}").contains("深い文"), "{open}");
    }
}

#[test]
fn mixed_encodings_keep_the_readable_text() {
    let sjis = encoding_rs::SHIFT_JIS.encode("みどり市の相談").0.into_owned();
    let mixed = [TEXT.as_bytes(), b"\n", &sjis, b"\n", TEXT.as_bytes()].concat();
    let imported = read(&mixed).expect("it is text");
    assert_eq!(imported.value.agreement.and_then(|agreement| agreement.title).as_deref(), Some("みどり市雇用対策協定"));
}

#[test]
fn a_line_that_repeats_five_thousand_times_is_read() {
    for pattern in [
        "\t①\t相談課\t行った。 ・相談 3 件\n",
        "①",
        " ・a",
        "<td>",
        "<!--",
        "（以下「",
        "\t",
        "令和7年",
        "第1条 a\n",
        "1 a\t3\n",
    ] {
        let text = pattern.repeat(5_000);
        assert!(read(text.as_bytes()).is_ok(), "{pattern:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_document_with_random_changes_is_read(
        changes in proptest::collection::vec((0..TEXT.len(), any::<u8>()), 1..20),
        cut in 0..TEXT.len(),
    ) {
        let mut bytes = TEXT.as_bytes().to_vec();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        bytes.drain(..cut);
        let _ = read(&bytes);
    }

    #[test]
    fn lines_in_any_order_are_read(order in proptest::collection::vec(0..100usize, 1..60)) {
        let lines: Vec<&str> = TEXT.lines().collect();
        let text: Vec<&str> = order.iter().map(|at| lines[at % lines.len()]).collect();
        prop_assert!(read(text.join("\n").as_bytes()).is_ok());
    }
}

#[test]
fn the_message_states_the_limit() {
    let message = Unreadable::TooLarge { bytes: MAX_BYTES + 1 }.to_string();
    assert!(message.contains("16MB"), "{message}");
}
