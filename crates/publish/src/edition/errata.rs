//! 正誤表 — writes the 正誤表 of an edition as a page, as CSV and as JSON.

use serde_json::json;

use super::errata_lines::{COLUMNS, cells, told};
use super::imprint::Imprint;
use crate::csv_file::{harmless, writer};
use crate::html::{Page, bare_page};

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
    // Cannot fail: it writes to memory, and all records have the same number of fields.
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
