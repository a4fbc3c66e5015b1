//! The edition as one page: the report, then the edition's name and hash, its 正誤表 and the table of references.

use renkei_document::document::Document;

use super::errata;
use super::imprint::Imprint;
use super::marking::{marked, unmarked};
use crate::html::{Page, page};

/// Writes the page of [`crate::html`], with each figure as a link to its line in the table of references.
pub fn edition_html(document: &Document, imprint: &Imprint<'_>) -> String {
    let names: Vec<String> = imprint.references.iter().map(|line| line.reference.clone()).collect();
    page(&marked(&unmarked(document)), names, |page| {
        page.raw("<section class=\"edition\" aria-labelledby=\"edition\">\n");
        page.element("h2 id=\"edition\"", &format!("この版について：{}", imprint.name.in_words()));
        page.element("p", &format!("版の番号：{}", imprint.name));
        page.element("p class=\"digest\"", &format!("内容のハッシュ値（SHA-256）：{}", imprint.digest));
        if !imprint.errata.is_empty() {
            page.element("h2 id=\"errata\"", "正誤表");
            errata::table(page, imprint);
        }
        references(page, imprint);
        page.raw("</section>\n");
    })
}

fn references(page: &mut Page, imprint: &Imprint<'_>) {
    page.element("h2 id=\"references\"", "数値の参照番号");
    page.element("p", "本文の数値は、この表の行につながっています。参照番号から、値、時点、範囲、報告者がわかります。");
    page.open_table("数値の参照番号");
    page.header_row(&["参照番号", "取組", "名称", "値", "時点・期間", "範囲", "報告"]);
    page.raw("<tbody>\n");
    for line in imprint.references {
        page.raw(&format!("<tr>\n<th scope=\"row\" id=\"{0}\"><a href=\"#at-{0}\">{0}</a></th>\n", line.reference));
        let reported = [line.reported_by.as_deref(), line.reported_on.as_deref()];
        let reported: Vec<&str> = reported.into_iter().flatten().collect();
        let row = line.row.as_deref().unwrap_or_default();
        let scope = line.scope.as_deref().unwrap_or_default();
        for text in [row, &line.label, &line.value, &line.measured, scope, &reported.join(" ")] {
            page.element("td", text);
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n");
    page.close_table();
}
