//! 限度 — the most there may be of each part of a document: the length of a text, the number of rows. Every number is here, with its
//! reason. Whatever takes a document in refuses more than this, with the place and what to do.
//!
//! The limits are far above what any report has, and low enough that one party cannot make the other's pages heavy: the largest
//! known row has some 540 characters, the largest known report 132 rows a year.

/// Characters of a row's text. A page of paper holds some 1,500.
pub const ROW_TEXT: usize = 8_000;
/// Characters of one item of a row.
pub const ITEM: usize = 4_000;
/// Items of a row.
pub const ITEMS: usize = 400;
/// Characters of a row's text and items together: five rows of the greatest length would fill a form of one megabyte.
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
/// Characters of what an indicator counts: its label, unit, scope or qualifier.
pub const LABEL: usize = 1_000;
/// Characters of one paragraph of an agreement or of what stands before the tables.
pub const PARAGRAPH: usize = 20_000;
/// Characters of what is kept of the file beside a figure, a heading or a finding.
pub const SOURCE: usize = 40_000;
/// Characters of a file's name.
pub const FILE_NAME: usize = 255;

/// Rows of one document, and of one plan: what a file of 16 MB holds where each row has some 90 characters.
pub const ROWS: usize = 60_000;
/// Rows of a report that is set as PDF, whose pages are all in memory at once: more than ten times the longest known report.
pub const ROWS_OF_PDF: usize = 3_000;
/// Sections of one document; each is compared with each by its title.
pub const SECTIONS: usize = 1_000;
/// Chapters of one document.
pub const CHAPTERS: usize = 200;
/// Tables of one document: two of each of ten years, and some.
pub const TABLES: usize = 50;
/// Paragraphs of an agreement, lines before the tables, headings outside of them.
pub const PARAGRAPHS: usize = 20_000;
/// Findings of one document: some of each row.
pub const FINDINGS: usize = 200_000;
/// Lines of the file that one row stands on.
pub const LINES: usize = 5_000;
/// Groups that a row is for: as many as there are.
pub const TARGET_GROUPS: usize = 14;
/// Parties of one agreement.
pub const PARTIES: usize = 20;
