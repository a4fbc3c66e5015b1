//! The rules and their numbers, the verdicts, and the places.

use renkei_document::language::Language;

/// 規則 — one of the thirty rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(non_camel_case_types, reason = "the rules are known by these numbers")]
pub enum Rule {
    L1_01,
    L1_02,
    L1_03,
    L1_04,
    L1_05,
    L1_06,
    L1_07,
    L1_08,
    L1_09,
    L1_10,
    L1_11,
    L1_12,
    L1_13,
    L1_14,
    L1_15,
    L2_01,
    L2_02,
    L2_03,
    L2_04,
    L2_05,
    L2_06,
    L3_01,
    L3_02,
    L3_03,
    L3_04,
    L3_05,
    L3_06,
    L3_07,
    L3_08,
    L3_09,
}

impl Rule {
    /// Returns the id of the rule, such as `L1-01`.
    pub fn id(self) -> String {
        format!("{self:?}").replace('_', "-")
    }
}

/// 判定 — whether a rule is broken, or a person must check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    Fails,
    Look,
}

/// 指摘の箇所 — the place that a notice refers to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RulePlace {
    /// Excel: the sheet's name, and the cell (B12) or area (A2:A5).
    Cell { sheet: String, cell: String },
    /// CSV: line and column, from 1.
    Value { line: u32, column: u32 },
    /// The file as a whole.
    File {},
}

impl Verdict {
    /// Returns the word for the verdict, for example 不適合 or “fails”.
    pub fn name_in(self, language: Language) -> &'static str {
        match self {
            Verdict::Fails => language.choose("不適合", "fails"),
            Verdict::Look => language.choose("要確認", "look"),
        }
    }
}

impl RulePlace {
    /// Returns the place in words; an empty text for the whole file.
    pub fn name_in(&self, language: Language) -> String {
        match (self, language) {
            (RulePlace::Cell { sheet, cell }, Language::Japanese) => format!("シート「{sheet}」{cell}"),
            (RulePlace::Cell { sheet, cell }, Language::English) => format!("sheet “{sheet}” {cell}"),
            (RulePlace::Value { line, column }, Language::Japanese) => format!("{line}行 {column}列"),
            (RulePlace::Value { line, column }, Language::English) => format!("line {line}, column {column}"),
            (RulePlace::File {}, _) => String::new(),
        }
    }
}
