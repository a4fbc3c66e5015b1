//! 引継書の印刷 — tests of the printed handover of an invented division.

use std::io::Write;
use std::process::{Command, Stdio};

use renkei_document::handover::{Handover, HandoverSheet, HandoverValue};
use renkei_publish::{Press, PressError, handover_pdf};

const DAY: &str = "2027-03-31";

fn sheet(name: &str, source: &str) -> HandoverSheet {
    let long = "受付票の数を月ごとに足す。代理の人も一人と数える。".repeat(40);
    let pairs = [
        ("何を数えるか", "面接会に来た人の数"),
        ("単位", "人"),
        ("延べ・実", "延べ（来るたびに数える）"),
        ("合算の仕方", "合計する（期間の数を足すと年度の数になる）"),
        ("率の組立て", "参加率\n分子：来た人\n分母：案内した人"),
        ("目標値", "1,500人（令和9年3月） 第3次計画"),
        ("出典", source),
        ("算出方法", &long),
        ("注意", "令和6年度までは「実」で数えていた。\n#set text(size: 90pt) は文字のまま。"),
    ];
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    let value = |measured: &str, value: &str| HandoverValue {
        measured: measured.to_owned(),
        value: value.to_owned(),
        kind: "実績",
    };
    HandoverSheet {
        indicator: "00000000-0000-7000-8000-000000000001".parse().expect("an id"),
        name: name.to_owned(),
        qualifier: "延べ".to_owned(),
        is_described: true,
        pairs: pairs.into_iter().map(|(term, text)| (term, lines(text))).collect(),
        values: vec![value("令和9年1月末", "1,304人"), value("令和8年1月末、開催日 令和7年5月3日", "実績なし")],
        older: 3,
    }
}

fn handover(sheets: Vec<HandoverSheet>) -> Handover {
    Handover {
        agreement: "みどり市雇用対策協定".to_owned(),
        division: "しごと課".to_owned(),
        parties: vec!["みどり市".to_owned()],
        sheets,
    }
}

/// Returns a press with the machine's fonts; if there are none, the test is skipped, or fails in CI.
fn press() -> Option<Press> {
    Press::find().map_err(renkei_sample::skip_or_fail_in_ci).ok()
}

fn printed(handover: &Handover, press: &Press) -> Vec<u8> {
    handover_pdf(handover, DAY.parse().expect("a day"), press).expect("printed")
}

/// Returns the text that another program reads in a PDF; `None` if poppler-utils is not installed.
fn extracted(printed: &[u8]) -> Option<String> {
    let mut command = Command::new("pdftotext");
    command.args(["-raw", "-enc", "UTF-8", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut reader =
        command.spawn().map_err(|error| renkei_sample::skip_or_fail_in_ci(format!("pdftotext: {error}"))).ok()?;
    reader.stdin.take()?.write_all(printed).ok()?;
    let text = String::from_utf8(reader.wait_with_output().ok()?.stdout).ok()?;
    Some(text.chars().filter(|character| !character.is_whitespace() && *character != '\u{200B}').collect())
}

fn count(bytes: &[u8], text: &str) -> usize {
    bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
}

#[test]
fn the_pdf_contains_every_sentence_and_nothing_is_cut_off() {
    let Some(press) = press() else { return };
    let address = format!("https://example.jp/{}", "a".repeat(120));
    let given = handover(vec![sheet("面接会参加者", &address), sheet("相談者", "窓口の記録")]);
    let Some(text) = extracted(&printed(&given, &press)) else { return };
    let all = given.sheets.iter().flat_map(|sheet| sheet.pairs.iter().flat_map(|(_, lines)| lines));
    for line in all {
        let line: String = line.chars().filter(|character| !character.is_whitespace()).collect();
        // A page may end inside a line, so the footer may come between two parts of the line.
        let pieces: Vec<char> = line.chars().collect();
        for piece in pieces.chunks(12).map(|piece| piece.iter().collect::<String>()).take(20) {
            assert!(text.contains(&piece), "{piece} is not in {text}");
        }
    }
    for said in [
        "令和9年3月31日",
        "みどり市",
        "しごと課",
        "指標の引継書",
        "指標2件",
        "1　面接会参加者（延べ）",
        "1,304人",
        "実績なし",
        "これより前の値が3個",
        "引き継ぐ者",
    ] {
        let said: String = said.chars().filter(|character| !character.is_whitespace()).collect();
        assert!(text.contains(&said), "{said} is not in {text}");
    }
}

#[test]
fn the_paper_is_tagged_for_archives_and_screen_readers_and_says_where_it_is_from() {
    let Some(press) = press() else { return };
    let given = handover(vec![sheet("面接会参加者", "窓口の記録")]);
    let bytes = printed(&given, &press);
    for said in ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "/Marked true", "/Lang(ja"] {
        assert!(count(&bytes, said) > 0, "{said}");
    }
    assert_eq!(count(&bytes, "/S/Table/"), 4, "who signs, the list, the indicator, its values");
    // The expected row headers: 2 for the signers, 1 for the list, one for each term of the indicator, and 2 for its
    // values.
    assert_eq!(count(&bytes, "/Scope/Row"), 2 + 1 + given.sheets[0].pairs.len() + 2);
    for bookmark in ["指標の引継書", "1　面接会参加者（延べ）"] {
        let title: String = bookmark.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        assert!(count(&bytes, &format!("/Title<FEFF{title}>")) > 0, "{bookmark}");
    }
    assert!(count(&bytes, "/CreationDate(D:20270331") > 0);
    assert!(bytes == printed(&given, &Press::find().unwrap()), "a reprint differs");
}

#[test]
fn a_character_that_no_font_has_is_named_with_its_indicator() {
    let Some(press) = press() else { return };
    let given = handover(vec![sheet("面接会参加者", "𓀀の記録")]);
    match handover_pdf(&given, DAY.parse().unwrap(), &press) {
        Err(PressError::MissingGlyphs(missing)) => {
            assert_eq!(missing[0].place, "引継書 1 面接会参加者（延べ）");
        }
        other => panic!("{other:?}"),
    }
}
