//! 指標の定義 — what an indicator counts, how it adds up, and what the next in office must know of it.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::observation::Indicator;
use crate::time::Hlc;
use crate::wareki::AsOf;

/// 合算の仕方 — how the values of an indicator add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddsUp {
    /// 合計: the values of periods make the value of the year.
    Sum,
    /// 最新: a stock at a moment; the last one stands for the year.
    Latest,
    /// 合算しない: rates, ranks, prices.
    Never,
}

/// 延べ・実 — whether somebody who comes twice is counted twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// 延べ.
    Visits,
    /// 実.
    Persons,
}

/// 率の組立て — a quotient by its name, and the indicators that it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotientOf {
    pub name: String,
    pub numerator: Id<Indicator>,
    pub denominator: Id<Indicator>,
}

/// 指標の定義 — as the division that keeps the indicator states it. What the document printed stays with [`Indicator`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IndicatorDefinition {
    /// 何を数えるか.
    pub meaning: String,
    /// None: nobody has said yet, so nothing is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adds_up: Option<AddsUp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counting: Option<Counting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// 市内, 全県…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotient: Option<QuotientOf>,
    /// 所管課: who keeps it.
    pub division: String,
    /// 出典.
    pub source: String,
    /// 算出方法.
    pub method: String,
    /// 注意.
    pub caution: String,
    /// 次の報告期日.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Date>,
}

impl IndicatorDefinition {
    /// Whether others are told the same by both: 出典, 算出方法, 注意 and 次の報告期日 are the own party's papers.
    pub(crate) fn says_to_others_what(&self, other: &Self) -> bool {
        let Self {
            meaning,
            adds_up,
            counting,
            unit,
            scope,
            quotient,
            division,
            source: _,
            method: _,
            caution: _,
            next_due: _,
        } = self;
        (meaning, adds_up, counting) == (&other.meaning, &other.adds_up, &other.counting)
            && (unit, scope, quotient, division) == (&other.unit, &other.scope, &other.quotient, &other.division)
    }
}

/// 定義の版 — a definition as it was stated once; the last one holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    pub definition: IndicatorDefinition,
    pub post: String,
    pub at: Hlc,
}

/// 目標値 — what an indicator should be by a date; without a value the target of that date is given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub by: AsOf,
    #[serde(with = "rust_decimal::serde::str_option")]
    pub value: Option<Decimal>,
    /// Where it was decided, and whatever else is to be known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// 目標値の版 — a target as it was set once; the last one of a date holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetVersion {
    pub target: Target,
    pub post: String,
    pub at: Hlc,
}

/// 量り方 — what decides whether values of an indicator may be added or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms<'a> {
    pub adds_up: Option<AddsUp>,
    pub counting: Option<Counting>,
    pub unit: Option<&'a str>,
    pub scope: Option<&'a str>,
}

impl AddsUp {
    pub const ALL: [AddsUp; 3] = [AddsUp::Sum, AddsUp::Latest, AddsUp::Never];

    /// The key of forms.
    pub fn key(self) -> &'static str {
        match self {
            AddsUp::Sum => "sum",
            AddsUp::Latest => "latest",
            AddsUp::Never => "never",
        }
    }

    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.key() == key)
    }

    /// What it means for whoever adds.
    pub fn in_words(said: Option<Self>) -> &'static str {
        match said {
            None => "まだ決めていない",
            Some(AddsUp::Sum) => "合計する（期間の数を足すと年度の数になる）",
            Some(AddsUp::Latest) => "最新を使う（ある時点の数）",
            Some(AddsUp::Never) => "合算しない（率、順位、単価）",
        }
    }
}

impl Counting {
    pub const ALL: [Counting; 2] = [Counting::Visits, Counting::Persons];

    /// The key of forms.
    pub fn key(self) -> &'static str {
        match self {
            Counting::Visits => "visits",
            Counting::Persons => "persons",
        }
    }

    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.key() == key)
    }

    pub fn in_words(said: Option<Self>) -> &'static str {
        match said {
            None => "区別しない",
            Some(Counting::Visits) => "延べ（来るたびに数える）",
            Some(Counting::Persons) => "実（一人を一度だけ数える）",
        }
    }

    /// What the words of an indicator say: 延べ, 延人数; 実人数, 実数.
    pub fn said_by(indicator: &Indicator) -> Option<Self> {
        let qualifier = indicator.qualifier.as_deref().unwrap_or_default();
        let holds =
            |words: &[&str]| words.iter().any(|word| qualifier.contains(word) || indicator.label.contains(word));
        if holds(&["延べ", "のべ", "延人", "延数", "延件"]) {
            return Some(Counting::Visits);
        }
        (qualifier == "実" || holds(&["実人員", "実人数", "実数"])).then_some(Counting::Persons)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indicator_s_own_words_say_how_persons_are_counted() {
        for (label, qualifier, expected) in [
            ("相談件数", Some("延べ"), Some(Counting::Visits)),
            ("相談者延人数", None, Some(Counting::Visits)),
            ("利用者", Some("実"), Some(Counting::Persons)),
            ("利用者実人数", None, Some(Counting::Persons)),
            ("実施回数", None, None),
            ("実績", Some("約"), None),
        ] {
            let qualifier = qualifier.map(str::to_owned);
            let indicator = Indicator { label: label.into(), unit: None, scope: None, qualifier };
            assert_eq!(Counting::said_by(&indicator), expected, "{label}");
        }
    }
}
