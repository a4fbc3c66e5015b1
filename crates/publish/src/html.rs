//! 報告書のページ — the report as one accessible, self-contained page.

use std::fmt::Write;

use renkei_document::document::Document;

use crate::agreement_sheet::AgreementSheet;
use crate::edition::marking::{Mark, mark};
use crate::sheet::{Block, ChapterSheet, Cover, Part, Row, Run, SectionSheet, Sheet};

const STYLE: &str = include_str!("../templates/report.css");

/// Writes one self-contained page with the same content as the PDF: landmarks, headings in order, tables with captions
/// and scopes.
pub fn html(report: &Document) -> String {
    page(report, Vec::new(), |_| {})
}

/// Writes the same page for a document with marked figures ([`crate::edition::marking`]): each marked figure links to the anchor
/// of its reference. `more` writes the content after the report.
pub(crate) fn page(report: &Document, figures: Vec<String>, more: impl FnOnce(&mut Page)) -> String {
    let sheet = Sheet::of(report);
    let mut page = Page { text: String::new(), figures };
    page.head(&sheet.title, STYLE);
    if let Some(agreement) = &sheet.agreement {
        page.agreement(agreement);
    }
    page.cover(sheet.cover.as_ref(), &sheet.title);
    page.contents(&sheet.parts);
    for (place, part) in (1..).zip(&sheet.parts) {
        page.part(place, part);
    }
    more(&mut page);
    page.end()
}

/// Writes a page in the same style without a report.
pub(crate) fn bare_page(title: &str, content: impl FnOnce(&mut Page)) -> String {
    styled_page(title, STYLE, content)
}

/// Writes a page with its own style sheet.
pub(crate) fn styled_page(title: &str, style: &str, content: impl FnOnce(&mut Page)) -> String {
    let mut page = Page { text: String::new(), figures: Vec::new() };
    page.head(title, style);
    content(&mut page);
    page.end()
}

/// The page while it is written. Text can be added only with [`Page::element`] and [`Page::words`]; both escape it.
pub(crate) struct Page {
    text: String,
    /// The references of the document's figures, in reading order.
    figures: Vec<String>,
}

impl Page {
    pub(crate) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    fn end(mut self) -> String {
        self.raw("</main>\n</body>\n</html>\n");
        self.text
    }

    /// Writes an element that contains a text; `opening` is its name with attributes, such as `th scope="row"`.
    pub(crate) fn element(&mut self, opening: &str, text: &str) {
        let name = opening.split(' ').next().unwrap_or(opening);
        let text = linked(&escaped(text), &self.figures);
        // Writing to memory cannot fail.
        let _ = writeln!(self.text, "<{opening}>{text}</{name}>");
    }

    /// Writes text between elements.
    pub(crate) fn words(&mut self, words: &str) {
        self.raw(&escaped(words));
    }

    /// Opens a table that can be scrolled by keyboard if it is wider than a phone.
    pub(crate) fn open_table(&mut self, name: &str) {
        let name = escaped(name);
        self.raw(&format!("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\">\n<table>\n"));
    }

    pub(crate) fn header_row(&mut self, names: &[&str]) {
        self.raw("<thead>\n<tr>\n");
        for name in names {
            self.element("th scope=\"col\"", name);
        }
        self.raw("</tr>\n</thead>\n");
    }

    pub(crate) fn close_table(&mut self) {
        self.raw("</table>\n</div>\n");
    }

    pub(crate) fn paragraphs(&mut self, opening: &str, texts: &[String]) {
        texts.iter().for_each(|text| self.element(opening, text));
    }

    fn head(&mut self, title: &str, style: &str) {
        self.raw("<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.element("title", title);
        self.raw("<style>\n");
        self.raw(style);
        self.raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#report\">本文へ</a>\n<main id=\"report\">\n");
    }

    fn agreement(&mut self, agreement: &AgreementSheet) {
        self.raw("<section class=\"agreement\" aria-labelledby=\"agreement\">\n");
        self.element("h2 id=\"agreement\"", &agreement.title);
        self.paragraphs("p class=\"indented\"", &agreement.preamble);
        for article in &agreement.articles {
            if let Some(heading) = &article.heading {
                self.element("h3", heading);
            }
            for paragraph in &article.paragraphs {
                let text = format!("{}　{}", paragraph.number, paragraph.text);
                self.element("p class=\"numbered\"", text.trim_start_matches('　'));
            }
        }
        for provision in &agreement.supplementary {
            self.element("h3", &provision.heading);
            self.paragraphs("p", &provision.paragraphs);
        }
        self.paragraphs("p class=\"indented\"", &agreement.attestation);
        self.paragraphs("p", agreement.date.as_slice());
        for signatory in &agreement.signatories {
            self.element("p class=\"signature\"", &format!("{}　{}", signatory.office, signatory.name));
        }
        self.raw("</section>\n");
    }

    fn cover(&mut self, cover: Option<&Cover>, title: &str) {
        self.raw("<header class=\"cover\">\n");
        match cover {
            Some(cover) => {
                let lines: Vec<String> = cover.lines.iter().map(|line| escaped(line)).collect();
                self.raw(&format!("<h1>{}</h1>\n", lines.join("<br>\n")));
                self.paragraphs("p", &cover.issuers);
                self.paragraphs("p", cover.date.as_slice());
            }
            None => self.element("h1", title),
        }
        self.raw("</header>\n");
    }

    fn contents(&mut self, parts: &[Part]) {
        if parts.is_empty() {
            return;
        }
        self.raw("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">目次</h2>\n<ul>\n");
        for (place, part) in (1..).zip(parts) {
            self.entry(&format!("part-{place}"), &part.number, &part.title);
            self.open_list(part.chapters.is_empty());
            for chapter in &part.chapters {
                self.entry(&chapter_id(place, chapter), &chapter.number, &chapter.title);
                self.open_list(chapter.sections.is_empty());
                for section in &chapter.sections {
                    self.entry(&section_id(section), &section.number, &section.title);
                    self.raw("</li>\n");
                }
                self.close_list(chapter.sections.is_empty());
            }
            self.close_list(part.chapters.is_empty());
        }
        self.raw("</ul>\n</nav>\n");
    }

    fn entry(&mut self, id: &str, number: &str, title: &str) {
        self.raw("<li>");
        self.element(&format!("a href=\"#{id}\""), &format!("{number}　{title}"));
    }

    fn open_list(&mut self, empty: bool) {
        self.raw(if empty { "" } else { "<ul>\n" });
    }

    fn close_list(&mut self, empty: bool) {
        self.raw(if empty { "</li>\n" } else { "</ul>\n</li>\n" });
    }

    fn part(&mut self, place: usize, part: &Part) {
        self.element(&format!("h2 id=\"part-{place}\""), &format!("{}　{}", part.number, part.title));
        self.paragraphs("p class=\"indented\"", &part.paragraphs);
        for chapter in &part.chapters {
            self.element(
                &format!("h3 id=\"{}\"", chapter_id(place, chapter)),
                &format!("{}　{}", chapter.number, chapter.title),
            );
            chapter.sections.iter().for_each(|section| self.section(section));
        }
    }

    fn section(&mut self, section: &SectionSheet) {
        let heading = format!("{}　{}", section.number, section.title);
        self.element(&format!("h4 id=\"{}\"", section_id(section)), &heading);
        self.paragraphs("p class=\"indented\"", &section.lead);
        if section.runs.is_empty() {
            return;
        }
        self.open_table(&heading);
        self.element("caption", &format!("{}の取組", section.title));
        self.header_row(&["区分", "番号", "担当課", "取組内容"]);
        section.runs.iter().for_each(|run| self.run(run));
        self.close_table();
    }

    fn run(&mut self, run: &Run) {
        self.raw("<tbody>\n");
        for (place, row) in run.rows.iter().enumerate() {
            self.raw("<tr>\n");
            if place == 0 {
                self.element(&format!("th scope=\"rowgroup\" rowspan=\"{}\"", run.rows.len()), &run.party);
            }
            self.row(row);
        }
        self.raw("</tbody>\n");
    }

    fn row(&mut self, row: &Row) {
        self.element("td class=\"number\"", &row.number);
        let divisions: Vec<String> = row.divisions.iter().map(|name| escaped(name)).collect();
        self.raw(&format!("<td>{}</td>\n<td>\n", divisions.join("<br>")));
        row.blocks.iter().for_each(|block| self.block(block));
        self.raw("</td>\n</tr>\n");
    }

    fn block(&mut self, block: &Block) {
        match block.mark.as_str() {
            "" => self.paragraphs("p", &block.lines),
            "・" => {
                self.raw("<ul>\n");
                self.paragraphs("li", &block.lines);
                self.raw("</ul>\n");
            }
            mark => {
                self.raw("<ul class=\"marked\">\n");
                block.lines.iter().for_each(|line| self.element("li", &format!("{mark}{line}")));
                self.raw("</ul>\n");
            }
        }
    }
}

fn chapter_id(part: usize, chapter: &ChapterSheet) -> String {
    format!("chapter-{part}-{}", chapter.number)
}

fn section_id(section: &SectionSheet) -> String {
    format!("section-{}", section.key)
}

/// Replaces the marks of figures by links.
fn linked(text: &str, figures: &[String]) -> String {
    if figures.is_empty() {
        return text.to_owned();
    }
    let mut linked = String::with_capacity(text.len());
    let mut open = false;
    for character in text.chars() {
        match mark(character) {
            Mark::Begins(place) => {
                open = figures.get(place).is_some();
                if let Some(name) = figures.get(place) {
                    let _ = write!(linked, "<a class=\"figure\" id=\"at-{name}\" href=\"#{name}\">");
                }
            }
            Mark::Ends if std::mem::take(&mut open) => linked.push_str("</a>"),
            Mark::Ends => {}
            Mark::None => linked.push(character),
        }
    }
    linked
}

pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
