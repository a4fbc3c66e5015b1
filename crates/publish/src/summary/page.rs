//! 概要のページ — the summary as one accessible, self-contained page; a printer prints it on one sheet of A4.

use renkei_document::document::Document;

use super::bars::Chart;
use super::chosen::{ChosenChapter, ChosenFigure};
use super::content::Summary;
use crate::html::{Page, styled_page};

const STYLE: &str = include_str!("../../templates/summary.css");

/// Writes the summary of a year's report; the reports of earlier years show changes over time.
pub fn summary_html(report: &Document, earlier: &[Document]) -> String {
    let summary = Summary::of(report, earlier);
    styled_page(&summary.title, STYLE, |page| write(page, &summary))
}

fn write(page: &mut Page, summary: &Summary) {
    page.raw("<header>\n");
    if !summary.agreement.is_empty() {
        page.element("p class=\"agreement\"", &summary.agreement);
    }
    page.element("h1", &summary.title);
    page.raw("</header>\n");
    page.paragraphs("p", &summary.lead);
    if let Some(chart) = &summary.counts {
        page.element("h2", "取組の数");
        page.raw("<div class=\"counts\">\n");
        figure(page, chart);
        page.raw("</div>\n");
    }
    if !summary.chapters.is_empty() {
        page.element("h2", "数字で見る取組");
        summary.chapters.iter().for_each(|chapter| numbers(page, chapter));
        page.element("p class=\"small\"", &summary.rule);
    }
    if !summary.trends.is_empty() {
        page.element("h2", "年度ごとの移り変わり");
        page.raw("<div class=\"trends\">\n");
        summary.trends.iter().for_each(|chart| figure(page, chart));
        page.raw("</div>\n");
    }
    page.raw("<footer>\n");
    page.paragraphs("p class=\"small\"", &summary.notes);
    page.raw("</footer>\n");
}

/// Writes the chart, and below it the table of the same numbers.
fn figure(page: &mut Page, chart: &Chart) {
    page.raw("<figure>\n<figcaption>");
    page.words(&chart.title);
    if !chart.beside.is_empty() {
        page.element("span", &chart.beside);
    }
    page.raw("</figcaption>\n");
    page.raw(&chart.svg);
    page.raw("<details>\n<summary>");
    page.words(&format!("表で見る：{}", chart.title));
    page.raw("</summary>\n<div class=\"table\">\n<table>\n");
    page.element("caption", &chart.title);
    page.raw("<thead>\n<tr>\n");
    page.paragraphs("th scope=\"col\"", &chart.head);
    page.raw("</tr>\n</thead>\n<tbody>\n");
    for row in &chart.rows {
        page.raw("<tr>\n");
        for (place, cell) in row.iter().enumerate() {
            page.element(if place == 0 { "th scope=\"row\"" } else { "td" }, cell);
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody>\n</table>\n</div>\n</details>\n</figure>\n");
}

fn numbers(page: &mut Page, chapter: &ChosenChapter) {
    page.element("h3", &format!("{}　{}", chapter.number, chapter.title));
    page.raw("<ul class=\"numbers\">\n");
    for ChosenFigure { section, label, qualifier, value, unit, beside } in &chapter.figures {
        page.raw("<li>");
        page.element("small", section);
        page.element("span", label);
        page.raw("<strong>");
        if !qualifier.is_empty() {
            page.element("span", qualifier);
        }
        page.words(value);
        page.element("span", unit);
        page.raw("</strong>");
        if !beside.is_empty() {
            page.element("small", beside);
        }
        page.raw("</li>\n");
    }
    page.raw("</ul>\n");
}
