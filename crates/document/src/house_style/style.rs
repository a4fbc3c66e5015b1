//! The house style of a party: its settings, each with its choices.

use serde::{Deserialize, Serialize};

/// 表記 — the house style of one party. Each setting is 原文どおり (as written) until the party chooses another value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HouseStyle {
    pub numbers: NumberStyle,
    pub unit_blank: UnitBlank,
    pub brackets: BracketStyle,
    pub letters: LetterWidth,
    pub persons: PersonCounter,
    pub dates: DateStyle,
}

/// 数の書き方 — the style of figures and of other numbers with separators.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberStyle {
    #[default]
    AsWritten,
    /// With separators: 1,304.
    Separated,
    /// Full-width digits: １，３０４.
    FullWidth,
    /// Without separators: 1304. Numbers other than figures keep their separators.
    Plain,
}

/// 単位の前の空白 — the blank between a figure and its unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitBlank {
    #[default]
    AsWritten,
    /// With a blank: 1,304 件.
    Blank,
    /// Without a blank: 1,304件.
    Without,
}

/// 山括弧などの括弧 — brackets around a heading within a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BracketStyle {
    #[default]
    AsWritten,
    /// The brackets ＜ ＞.
    FullWidthAngle,
    /// The brackets 〈 〉.
    Angle,
    /// The brackets 【 】.
    Lenticular,
}

/// 英数字の幅 — the width of letters and digits, except in figures whose [`NumberStyle`] is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterWidth {
    #[default]
    AsWritten,
    /// Half width: UIJ.
    Half,
    /// Full width: ＵＩＪ. Mail and web addresses stay half-width.
    Full,
}

/// 人数の数え方 — the counter of figures that count persons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonCounter {
    #[default]
    AsWritten,
    /// The counter 名.
    Mei,
    /// The counter 人.
    Nin,
}

/// 日付の書き方 — the form of dates that name their era.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateStyle {
    #[default]
    AsWritten,
    /// The long form: 令和8年1月末.
    Long,
    /// The short form: R8.1月末.
    Short,
}

impl HouseStyle {
    /// Whether every setting is 原文どおり.
    pub fn is_as_written(&self) -> bool {
        *self == Self::default()
    }
}
