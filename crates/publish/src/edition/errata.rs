//! 正誤表 — as a page, as CSV and as JSON.

use renkei_document::edition::{Cause, Erratum};
use renkei_document::figure_words::{japan_day, stated};
use serde_json::{Value, json};

use super::Imprint;
use crate::csv_file::{harmless, writer};
use crate::html::{Page, bare_page};

pub(super) const COLUMNS: [&str; 6] = ["箇所", "区分", "誤", "正", "理由", "訂正"];

/// Writes the 正誤表 as one self-contained page.
pub fn errata_html(imprint: &Imprint<'_>) -> String {
    let title = format!("{} 正誤表", imprint.name.in_words());
    bare_page(&title, |page| {
        page.element("h1", &title);
        page.element("p", &format!("第{}版から訂正した箇所です。", imprint.name.number.saturating_sub(1)));
        table(page, imprint);
        page.element("p class=\"digest\"", &format!("この版の内容のハッシュ値（SHA-256）：{}", imprint.digest));
    })
}

/// Writes the 正誤表 as CSV in UTF-8 with a byte order mark and the line ends of RFC 4180.
pub fn errata_csv(imprint: &Imprint<'_>) -> String {
    let mut writer = writer();
    // Writing to memory cannot fail, and each record has as many fields as the first.
    let _ = writer.write_record(COLUMNS);
    for erratum in imprint.errata {
        let _ = writer.write_record(cells(erratum).map(|text| harmless(&text)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// Writes the 正誤表 as JSON.
pub fn errata_json(imprint: &Imprint<'_>) -> String {
    let table =
        json!({ "edition": imprint.name.to_string(), "digest": imprint.digest, "errata": told(imprint.errata) });
    let mut text = serde_json::to_string_pretty(&table).unwrap_or_default();
    text.push('\n');
    text
}

pub(super) fn told(errata: &[Erratum]) -> Vec<Value> {
    let cause = |cause: &Cause| json!({ "stated": stated(&cause.stated), "reason": cause.reason, "post": cause.post, "date": japan_day(cause.at) });
    let one = |erratum: &Erratum| {
        let causes: Vec<Value> = erratum.causes.iter().map(cause).collect();
        let (wrong, right) = (&erratum.wrong, &erratum.right);
        json!({ "place": erratum.place, "part": erratum.part, "wrong": wrong, "right": right, "causes": causes })
    };
    errata.iter().map(one).collect()
}

pub(super) fn table(page: &mut Page, imprint: &Imprint<'_>) {
    page.open_table("正誤表");
    page.header_row(&COLUMNS);
    page.raw("<tbody>\n");
    for erratum in imprint.errata {
        page.raw("<tr>\n");
        for (place, text) in cells(erratum).iter().enumerate() {
            page.element(if place == 0 { "th scope=\"row\"" } else { "td" }, text);
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n");
    page.close_table();
}

pub(super) fn cells(erratum: &Erratum) -> [String; 6] {
    let reasons: Vec<&str> = erratum.causes.iter().map(|cause| cause.reason.as_str()).collect();
    let who = |cause: &Cause| format!("{} {}", japan_day(cause.at), cause.post);
    let who: Vec<String> = erratum.causes.iter().map(who).collect();
    [
        erratum.place.clone().unwrap_or_default(),
        erratum.part.clone(),
        erratum.wrong.clone(),
        erratum.right.clone(),
        reasons.join(" → "),
        who.join(" → "),
    ]
}
