//! 表記 — finds words with two common spellings (障がい・障害, 高齢者・高年齢者, 取組・取り組み) if one party uses both.
//!
//! Statutes and parties each have their own spelling. Therefore a section's title is compared only with the
//! lead of the same section, and a row only with rows of the same party and year. Each word is reported once for the whole document.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::finding::{Finding, Notice, Place};
use crate::fiscal_year::FiscalYear;
use crate::search::folded;

use super::row::{Row, place_of_heading, rows};

/// A word with two spellings, and the longer words that contain it but have only one correct spelling.
struct Spellings {
    one: &'static str,
    other: &'static str,
    fixed: &'static [&'static str],
}

const WORDS: [Spellings; 6] = [
    Spellings {
        one: "障がい",
        other: "障害",
        fixed: &[
            "障害者総合支援法",
            "障害者雇用促進法",
            "障害者雇用率",
            "障害者法定雇用率",
            "法定雇用率",
            "障害者手帳",
            "障害者雇用状況",
            "発達障害",
            "精神障害",
            "身体障害",
            "知的障害",
            "障害者職業センター",
            "障害者就業",
            "障害年金",
            "障害福祉サービス",
            "特定求職者雇用開発助成金(障害者)",
            "障害者トライアル雇用",
        ],
    },
    Spellings {
        one: "高年齢者",
        other: "高齢者",
        fixed: &["後期高齢者", "高年齢者雇用安定法", "高年齢者雇用確保", "高齢者雇用安定"],
    },
    Spellings {
        one: "取組",
        other: "取り組み",
        fixed: &["取り組み、", "取り組みつつ", "取り組みながら", "取組む", "取組ん"],
    },
    Spellings { one: "リスキリング", other: "リスクリング", fixed: &[] },
    Spellings { one: "子ども", other: "子供", fixed: &[] },
    Spellings { one: "問い合わせ", other: "問合せ", fixed: &[] },
];

pub(super) fn check(document: &Document) -> Vec<Finding> {
    WORDS.iter().filter_map(|word| in_document(document, word)).collect()
}

fn in_document(document: &Document, word: &Spellings) -> Option<Finding> {
    let mut places = in_titles(document, word);
    places.extend(in_rows(document, word));
    let first = (!places.is_empty()).then(|| places.remove(0))?;
    let notice = Notice::TermVaries { one: word.one.to_owned(), other: word.other.to_owned() };
    Some(Finding::new(notice, first).also(places))
}

/// Returns a text with each word in the first of its spellings.
pub(super) fn unified(text: &str) -> String {
    WORDS.iter().fold(text.to_owned(), |text, word| text.replace(word.other, word.one))
}

/// Returns the sections whose title uses one spelling and whose lead uses only the other.
fn in_titles(document: &Document, word: &Spellings) -> Vec<Place> {
    let sections = document.plans.iter().flat_map(|table| &table.chapters).flat_map(|chapter| &chapter.sections);
    let differs = |title: &str, lead: &str| {
        let (title, lead) = (word.uses(title), word.uses(lead));
        title != (false, false) && lead != (false, false) && (title.0 != lead.0 && title.1 != lead.1)
    };
    sections
        .filter(|section| section.lead.as_ref().is_some_and(|lead| differs(&section.title, lead)))
        .map(|section| place_of_heading(section.source.as_ref()))
        .collect()
}

/// The rows with the first spelling, and the rows with the other.
type Spelled<'r> = (Vec<&'r Row<'r>>, Vec<&'r Row<'r>>);

/// Returns the rows of a party that use another spelling than most of the party's rows of that year.
fn in_rows(document: &Document, word: &Spellings) -> Vec<Place> {
    let rows = rows(document);
    let mut by_party: BTreeMap<(FiscalYear, &str), Spelled<'_>> = BTreeMap::new();
    for row in &rows {
        let text: String = row.blocks().collect::<Vec<_>>().join("\n");
        let (one, other) = word.uses(&text);
        let spelled = by_party.entry((row.table.fiscal_year, row.initiative.party.as_str())).or_default();
        if one {
            spelled.0.push(row);
        }
        if other {
            spelled.1.push(row);
        }
    }
    let odd = by_party.into_values().flat_map(|(one, other)| match (one.len(), other.len()) {
        (ones, others) if others > 0 && ones >= 3 * others => other,
        (ones, others) if ones > 0 && others >= 3 * ones => one,
        _ => Vec::new(),
    });
    odd.map(Row::place).collect()
}

impl Spellings {
    /// Returns whether a text uses the first spelling, and whether it uses the other. Longer words with a fixed
    /// spelling are ignored.
    fn uses(&self, text: &str) -> (bool, bool) {
        let mut text = folded(text);
        for fixed in self.fixed {
            text = text.replace(fixed, "");
        }
        (text.contains(self.one), text.contains(self.other))
    }
}
