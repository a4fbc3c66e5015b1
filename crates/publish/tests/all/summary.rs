//! 概要 — tests of the content that the summary page of an invented town shows, and of the content that it leaves out.

use std::io::Write;
use std::process::{Command, Stdio};

use renkei_document::document::Document;
use renkei_publish::{Press, PressError, summary_html, summary_pdf};
use serde_json::{Value, json};

/// Makes a figure from a label, a value, a unit, and values for other fields (`changes`).
fn figure(label: &str, value: &str, unit: &str, changes: Value) -> Value {
    let mut figure = json!({"label": label, "state": "value", "value": value, "unit": unit, "kind": "actual", "as_of": "2026-01-31",
        "period": null, "event_dates": [], "scope": null, "qualifier": null, "provisional": false,
        "source": {"line": 1, "text": ""}});
    for (key, value) in changes.as_object().into_iter().flatten() {
        figure[key] = value.clone();
    }
    figure
}

/// Makes a report with one section for each list of figures.
fn report(year: i16, sections: &[Vec<Value>]) -> Document {
    let row = |party: &str, figures: Value| json!({"party": party, "number": 1, "mark": null, "divisions": ["くらし課"], "text": "行った。", "items": [], "figures": figures});
    let section = |(number, figures): (usize, &Vec<Value>)| {
        let rows = [row("labour_bureau", json!(figures)), row("city", json!([])), row("city", json!([]))];
        json!({"number": number, "title": format!("項目{number}"), "lead": null, "initiatives": rows})
    };
    let sections: Vec<Value> = (1..).zip(sections).map(section).collect();
    let plan = |year: i16, kind: &str| json!({"fiscal_year": year, "kind": kind, "title": "表", "chapters": [{"number": 1, "title": "しごと<支援>", "sections": sections}]});
    let document = json!({"format": "renkei-document/1", "title": "みどり市雇用対策協定に基づく報告", "issued_on": "2026-03",
        "fiscal_year": year + 1,
        "agreement": {"title": "みどり市雇用対策協定", "concluded_on": null, "effective_on": null, "preamble": null,
            "attestation": null, "originals": null, "signatories": [], "articles": [], "supplementary": [], "parties": [
                {"key": "city", "kind": "local_government", "name": "みどり市", "short_name": "市"},
                {"key": "labour_bureau", "kind": "labour_bureau", "name": "厚生労働省あおば労働局", "short_name": "労働局"}]},
        "front_matter": {"title_lines": [], "issuers": [], "purpose": [], "contents": [], "defined_terms": []},
        "plans": [plan(year, "progress"), plan(year + 1, "plan")], "figures": [], "headings": []});
    serde_json::from_value(document).expect("the shape of a document")
}

fn of_value(year: i16, value: &str, as_of: &str) -> Document {
    report(year, &[vec![figure("相談者", value, "人", json!({"as_of": as_of, "scope": "みどり市内"}))]])
}

#[test]
fn the_page_has_the_year_the_parties_and_the_counts_as_chart_and_table() {
    let page = summary_html(&report(2025, &[vec![], vec![]]), &[]);
    for said in [
        "<h1>令和7年度の取組のあらまし</h1>",
        "みどり市と厚生労働省あおば労働局が力を合わせ",
        "令和7年度は、1の柱、2の項目で、6の取組を進めました。",
        "令和8年度は、1の柱、2の項目で、6の取組を計画しています。",
        "<title>令和7年度の取組の数</title>",
        "<desc>柱ごとの取組の数。1 しごと&lt;支援&gt;は6（みどり市4、労働局2）。</desc>",
        "role=\"img\"",
        "<th scope=\"col\">みどり市（件）</th>",
        "<th scope=\"row\">1 しごと&lt;支援&gt;</th>\n<td>4</td>\n<td>2</td>\n<td>6</td>",
    ] {
        assert!(page.contains(said), "{said} is not in {page}");
    }
    assert!(!page.contains("年度ごとの移り変わり") && !page.contains("数字で見る取組"), "what is empty is left out");
    assert!(!page.contains("<script") && !page.contains("http://www.w3.org/1999"), "nothing but itself");
}

#[test]
fn figures_are_chosen_by_unit_and_printed_with_date_and_scope() {
    let page = summary_html(
        &report(
            2025,
            &[
                vec![
                    figure("助成額", "99999", "千円", json!({})),
                    figure("目標者", "88888", "人", json!({"kind": "target"})),
                    figure("少ない相談者", "9", "人", json!({})),
                    figure("企業", "7777", "社", json!({})),
                    figure("相談者", "1234", "人", json!({"scope": "みどり市内", "qualifier": "延べ"})),
                    figure("時点のない参加者", "5678", "人", json!({"as_of": null})),
                ],
                vec![
                    figure("同じ相談者", "1234", "人", json!({})),
                    figure("訓練生", "55", "人", json!({"as_of": null})),
                ],
                vec![figure("率", "93.7", "%", json!({}))],
            ],
        ),
        &[],
    );
    assert!(
        page.contains(
            "<strong><span>延べ</span>\n1,234<span>人</span>\n</strong><small>令和8年1月末現在、みどり市内</small>"
        ),
        "{page}"
    );
    assert!(page.contains("55<span>人</span>\n</strong><small>令和7年度（時点の記載なし）</small>"), "{page}");
    for left_out in ["99,999", "88,888", "少ない", "7,777", "5,678", "同じ相談者", "93.7"] {
        assert!(!page.contains(left_out), "{left_out}");
    }
}

#[test]
fn only_comparable_values_are_shown_over_the_years() {
    let earlier = [of_value(2023, "1000", "2024-01-31"), of_value(2024, "1100", "2025-01-31")];
    let page = summary_html(&of_value(2025, "1234", "2026-01-31"), &earlier);
    assert!(page.contains("<desc>年度ごとの相談者。令和5年度（2023）は1,000人、令和6年度（2024）は1,100人、令和7年度（2025）は1,234人。</desc>"), "{page}");
    for other in [of_value(2024, "1100", "2024-12-31"), of_value(2026, "1100", "2027-01-31")] {
        assert!(!summary_html(&of_value(2025, "1234", "2026-01-31"), &[other]).contains("移り変わり"));
    }
    let leap = summary_html(&of_value(2023, "1234", "2024-02-29"), &[of_value(2022, "1100", "2023-02-28")]);
    assert!(leap.contains("移り変わり"), "the end of February is the end of February");
}

fn press() -> Option<Press> {
    Press::find().map_err(renkei_sample::skip_or_fail_in_ci).ok()
}

fn pdftotext(printed: &[u8]) -> Option<String> {
    let mut command = Command::new("pdftotext");
    command.args(["-enc", "UTF-8", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut reader =
        command.spawn().map_err(|error| renkei_sample::skip_or_fail_in_ci(format!("pdftotext: {error}"))).ok()?;
    reader.stdin.take()?.write_all(printed).ok()?;
    String::from_utf8(reader.wait_with_output().ok()?.stdout).ok()
}

#[test]
fn the_paper_is_one_tagged_page_whatever_the_year_brought() {
    let Some(press) = press() else { return };
    let figures =
        |section: i32| vec![figure(&format!("相談者{section}"), &format!("{}", 100 + section), "人", json!({}))];
    let many: Vec<Vec<Value>> = (0..40).map(figures).collect();
    for (report, earlier) in [
        (of_value(2025, "1234", "2026-01-31"), vec![of_value(2024, "1100", "2025-01-31")]),
        (report(2025, &many), vec![report(2024, &many)]),
        (report(2025, &[]), vec![]),
    ] {
        let printed = summary_pdf(&report, &earlier, &press).expect("prints");
        assert!(printed == summary_pdf(&report, &earlier, &press).expect("prints"), "a reprint differs");
        let text = String::from_utf8_lossy(&printed);
        for said in ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "/Lang(ja"] {
            assert!(text.contains(said), "{said}");
        }
        let Some(text) = pdftotext(&printed) else { continue };
        assert_eq!(text.matches('\u{C}').count(), 1, "{text}");
        assert!(text.contains("令和7年度の取組のあらまし"), "{text}");
    }
}

#[test]
fn each_chart_of_the_pdf_has_a_description() {
    let Some(press) = press() else { return };
    let printed = summary_pdf(&of_value(2025, "1234", "2026-01-31"), &[of_value(2024, "1100", "2025-01-31")], &press)
        .expect("prints");
    let text = String::from_utf8_lossy(&printed);
    assert_eq!(text.matches("/S/Figure").count(), 2);
    assert_eq!(text.matches("/Alt<FEFF").count() + text.matches("/Alt(").count(), 2);
    assert_eq!(text.matches("/S/Table/").count(), 2, "the same numbers as tables");
}

#[test]
fn a_character_that_the_fonts_lack_is_named() {
    let Some(press) = press() else { return };
    let report = report(2025, &[vec![figure("\u{13000}の相談者", "1234", "人", json!({}))]]);
    let Err(PressError::MissingGlyphs(missing)) = summary_pdf(&report, &[], &press) else { panic!("printed") };
    assert_eq!(missing[0].character, '\u{13000}');
}
