//! 文書 — one document as a whole, as read from a file, or as built from stored data for printing.
//!
//! Import, export, checks and publishing use the same types; their JSON form is `renkei-document/1` (DESIGN §7). White
//! space inside texts is kept as in the file, except line ends.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::figure::Figure;
use crate::finding::Finding;
use crate::fiscal_year::FiscalYear;
use crate::id::{self, Id};
use crate::locus::Source;
use crate::particulars::Particulars;
use crate::party::{Party, PartyKey};
use crate::wareki::AsOf;

/// 文書の書式名 — the name and version of the JSON shape.
pub const FORMAT: &str = "renkei-document/1";

/// 文書 — an agreement, the progress of one year and the plan of the next, or any part of these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub format: String,
    pub title: Option<String>,
    /// 発行年月(日): the date of issue.
    pub issued_on: Option<AsOf>,
    pub fiscal_year: Option<FiscalYear>,
    pub agreement: Option<AgreementText>,
    pub front_matter: FrontMatter,
    pub plans: Vec<PlanTable>,
    /// Figures outside of plan rows.
    pub figures: Vec<Figure>,
    /// Headings other than titles of plans, chapters and sections.
    pub headings: Vec<Heading>,
}

/// 協定書 — the agreement as text. If a document only mentions an agreement, its parties and date are set and `articles`
/// is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementText {
    pub title: Option<String>,
    pub concluded_on: Option<AsOf>,
    pub effective_on: Option<AsOf>,
    pub preamble: Option<String>,
    /// The attestation clause, which begins with この協定の締結を証するため…
    pub attestation: Option<String>,
    /// Number of signed originals, the n of 本書n通.
    pub originals: Option<u32>,
    pub parties: Vec<Party>,
    pub signatories: Vec<Signatory>,
    pub articles: Vec<Article>,
    pub supplementary: Vec<Supplementary>,
}

/// 署名者 — the signatory for a party. If the office-holder changes, the agreement stays valid (第6条2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    pub party: PartyKey,
    pub office: String,
    pub name: String,
}

/// 条 — one article. The text of its paragraphs (項) does not include their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    pub number: u32,
    pub heading: Option<String>,
    pub paragraphs: Vec<String>,
}

/// 附則 — a supplementary provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplementary {
    pub heading: String,
    pub text: String,
}

/// 前付 — the cover, the purpose (趣旨) and the contents.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontMatter {
    pub title_lines: Vec<String>,
    pub issuers: Vec<String>,
    pub purpose: Vec<String>,
    pub contents: Vec<ContentsEntry>,
    pub defined_terms: Vec<DefinedTerm>,
}

/// 目次の行 — one line of the table of contents, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentsEntry {
    /// The number as printed: 第1, 1 or (1).
    pub number: String,
    pub title: String,
    pub page: Option<u32>,
    pub source: Source,
}

/// 定義語 — a defined term, for example 「みどり公共職業安定所（以下「ハローワークみどり」という。）」.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefinedTerm {
    pub term: String,
    pub meaning: String,
}

/// 表の種類 — the kind of a table of initiatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// 事業進捗状況: the work done so far.
    Progress,
    /// 事業実施報告: the work done in the whole year.
    Result,
    /// 事業計画: the planned work.
    Plan,
}

impl PlanKind {
    /// Returns the title of a table of this kind.
    pub fn name(self) -> &'static str {
        match self {
            PlanKind::Progress => "事業進捗状況",
            PlanKind::Result => "事業実施報告",
            PlanKind::Plan => "事業計画",
        }
    }

    /// Returns the year of the report that shows a table of this kind for `fiscal_year`: progress and results appear
    /// with the plan of the next year.
    pub fn report_year(self, fiscal_year: FiscalYear) -> FiscalYear {
        match self {
            PlanKind::Plan => fiscal_year,
            PlanKind::Progress | PlanKind::Result => fiscal_year.next(),
        }
    }
}

/// 事業計画の表 — the initiatives of one year: the plan, its progress or its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTable {
    /// The stored plan's id; `None` if it is not stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<id::Plan>>,
    pub fiscal_year: FiscalYear,
    pub kind: PlanKind,
    pub title: String,
    pub chapters: Vec<Chapter>,
}

/// 柱 — a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// The position in the table, from 1.
    pub number: u32,
    pub title: String,
    pub sections: Vec<Section>,
    /// The place of the heading in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// 項目 — a section with its lead sentence (市と労働局は…).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The stored section's id; `None` if it is not stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<id::Section>>,
    /// The position in the chapter, from 1.
    pub number: u32,
    pub title: String,
    pub lead: Option<String>,
    pub initiatives: Vec<Initiative>,
    /// The place of the heading in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// 取組 — one row of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiative {
    /// The stored row's id; `None` if it is not stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<id::Initiative>>,
    pub party: PartyKey,
    /// The position in the section, from 1.
    pub number: u32,
    /// The mark as printed, such as ③; `None` for rows entered here, which are numbered by position.
    pub mark: Option<String>,
    /// 所管課: the divisions in charge, each by its full name. 北区保護課・福祉課 becomes 北区保護課 and 北区福祉課.
    pub divisions: Vec<String>,
    /// The division cell as printed, if it differs from the names joined by 、.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub divisions_printed: Option<String>,
    /// The sentences before the first item; a line feed separates paragraphs.
    pub text: String,
    /// The rest of the text: one item for each bullet or later paragraph, without the bullet.
    pub items: Vec<String>,
    /// The bullet of each item (・, ○; empty for a paragraph). The list is empty if every bullet is ・.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub item_marks: Vec<String>,
    /// Partners, target groups and kind of programme. Omitted if empty.
    #[serde(default, skip_serializing_if = "Particulars::is_empty")]
    pub particulars: Particulars,
    /// 再掲: whether this row repeats a row with the same id. The repeated row is in another section, and only that row
    /// is counted. The text of a repeat begins with 【再掲】, and its `figures` is empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
    pub figures: Vec<Figure>,
    /// The source lines of the row, first to last; empty for a row entered here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<u32>,
}

impl Initiative {
    /// Returns the bullet of an item.
    pub fn mark_of_item(&self, item: usize) -> &str {
        self.item_marks.get(item).map_or("・", String::as_str)
    }
}

impl Document {
    /// Returns the document without the rows that repeat another row; counts and checks use this.
    pub fn without_repeats(&self) -> Cow<'_, Document> {
        if self.plans.iter().all(|table| !table.has_repeats()) {
            return Cow::Borrowed(self);
        }
        let plans = self.plans.iter().map(|table| table.without_repeats().into_owned());
        Cow::Owned(Document { plans: plans.collect(), ..self.clone() })
    }
}

impl PlanTable {
    /// Returns every row, in reading order.
    pub fn rows(&self) -> impl Iterator<Item = &Initiative> {
        let sections = self.chapters.iter().flat_map(|chapter| &chapter.sections);
        sections.flat_map(|section| &section.initiatives)
    }

    fn has_repeats(&self) -> bool {
        self.rows().any(|row| row.repeated)
    }

    /// Returns the table without the rows that repeat another row.
    pub fn without_repeats(&self) -> Cow<'_, PlanTable> {
        if !self.has_repeats() {
            return Cow::Borrowed(self);
        }
        let mut table = self.clone();
        for section in table.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
            section.initiatives.retain(|row| !row.repeated);
        }
        Cow::Owned(table)
    }
}

/// 見出し — a heading of a document that is not a plan table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The level of the heading; 1 is the highest.
    pub level: u8,
    pub text: String,
    pub source: Source,
}

/// 読み取り結果 — the content that a reader read, and its findings. Reading a document never fails: problems become findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported<T> {
    #[serde(flatten)]
    pub value: T,
    pub findings: Vec<Finding>,
}
