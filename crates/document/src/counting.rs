//! 数え方 — how the values of an indicator are counted, and how they add up.

use serde::{Deserialize, Serialize};

use crate::figure::Indicator;

/// 合算の仕方 — how the values of an indicator add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddsUp {
    /// 合計: the values of the periods add up to the value of the year.
    Sum,
    /// 最新: each value describes one moment; the last value of the year is the value for the year.
    Latest,
    /// 合算しない: values that never add up, such as rates, ranks and prices.
    Never,
}

/// 延べ・実 — whether a person who comes twice is counted twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// 延べ: such a person is counted twice.
    Visits,
    /// 実: such a person is counted once.
    Persons,
}

impl AddsUp {
    pub const ALL: [AddsUp; 3] = [AddsUp::Sum, AddsUp::Latest, AddsUp::Never];

    /// Returns the name used in forms.
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

    /// Returns an explanation of how values add up, to show to users.
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

    /// Returns the name used in forms.
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

    /// Returns the way of counting that the words of an indicator state: 延べ, 延人数; 実人数, 実数.
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
