//! 限度 — the largest size of each part of a document, such as the length of a text or the number of rows. All limits are
//! here, with their reasons. Every function that accepts a document refuses a part over its limit; the refusal names
//! the place and the next step.
//!
//! The limits are far above any known report, and low enough that the data of one party cannot make the pages of the
//! other party slow. The largest known row has some 540 characters, the largest known report 132 rows a year.

/// Characters of a row's text. A printed page has some 1,500.
pub const ROW_TEXT: usize = 8_000;
/// Characters of one item of a row.
pub const ITEM: usize = 4_000;
/// Items of a row.
pub const ITEMS: usize = 400;
/// Characters of a row's text and items together. A form of one megabyte can contain five texts of this length.
pub const ROW: usize = 20_000;
/// Figures that are read from one row.
pub const FIGURES: usize = 400;
/// Characters of the name of a division, post, organisation or party.
pub const NAME: usize = 200;
/// Divisions of a row, and divisions of a partner.
pub const DIVISIONS: usize = 100;
/// Partners of a row.
pub const PARTNERS: usize = 100;
/// Characters of a title: of a plan, a chapter, a section, a shared fact.
pub const TITLE: usize = 500;
/// Characters of a section's lead.
pub const LEAD: usize = 20_000;
/// Characters of an indicator's label, unit, scope or qualifier.
pub const LABEL: usize = 1_000;
/// Characters of one paragraph of an agreement or of the text before the tables.
pub const PARAGRAPH: usize = 20_000;
/// Characters of the source text stored with a figure, a heading or a finding.
pub const SOURCE: usize = 40_000;
/// Characters of a file's name.
pub const FILE_NAME: usize = 255;

/// Rows of one document, and of one plan: as many as fit into a 16 MB file with about 90 characters in each row.
pub const ROWS: usize = 60_000;
/// Rows of a report that is typeset as PDF, which needs all pages in memory. The limit is more than ten times the
/// longest known report.
pub const ROWS_OF_PDF: usize = 3_000;
/// Sections of one document. The limit is low because each title is compared with every other title.
pub const SECTIONS: usize = 1_000;
/// Chapters of one document.
pub const CHAPTERS: usize = 200;
/// Tables of one document: two for each of ten years, and some more.
pub const TABLES: usize = 50;
/// Paragraphs of an agreement, lines before the tables, headings outside of tables.
pub const PARAGRAPHS: usize = 20_000;
/// Findings of one document: a few for each row.
pub const FINDINGS: usize = 200_000;
/// Lines of the file that belong to one row.
pub const LINES: usize = 5_000;
/// Target groups of a row: the number of existing groups.
pub const TARGET_GROUPS: usize = 14;
/// Parties of one agreement.
pub const PARTIES: usize = 20;
