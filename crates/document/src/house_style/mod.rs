//! 表記の設定 — the printed style of one party's rows: the width of numbers, blanks before units, brackets, counters and
//! dates.
//!
//! The style is applied in the last step before printing, never to stored texts. A change of style is not a difference:
//! texts with the [`same_words`] in one style are compared and merged as equal.

mod brackets;
mod dates;
mod figures;
mod letters;
mod settings;
mod styled;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::{Document, Initiative};
use crate::figure::Figure;
use crate::party::PartyKey;
use crate::same_text::{key, same_text};
pub use settings::{Choice, EXAMPLE, SETTINGS, Setting, choices};
use styled::Styled;

/// 表記 — the house style of one party. Each setting is 原文どおり until the party chooses another.
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
    /// 1,304.
    Separated,
    /// １，３０４.
    FullWidth,
    /// 1304. Numbers other than figures keep their separators.
    Plain,
}

/// 単位の前の空白 — the blank between a figure and its unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitBlank {
    #[default]
    AsWritten,
    /// 1,304 件.
    Blank,
    /// 1,304件.
    Without,
}

/// 山括弧などの括弧 — brackets around a heading within a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BracketStyle {
    #[default]
    AsWritten,
    /// ＜ ＞.
    FullWidthAngle,
    /// 〈 〉.
    Angle,
    /// 【 】.
    Lenticular,
}

/// 英数字の幅 — the width of letters and digits, except in figures whose [`NumberStyle`] is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterWidth {
    #[default]
    AsWritten,
    /// UIJ.
    Half,
    /// ＵＩＪ; mail and web addresses stay half-width.
    Full,
}

/// 人数の数え方 — the counter of figures that count persons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonCounter {
    #[default]
    AsWritten,
    /// 名.
    Mei,
    /// 人.
    Nin,
}

/// 日付の書き方 — the form of dates that name their era.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateStyle {
    #[default]
    AsWritten,
    /// 令和8年1月末.
    Long,
    /// R8.1月末.
    Short,
}

/// The style to which texts are converted before they are compared.
const COMMON: HouseStyle = HouseStyle {
    numbers: NumberStyle::Plain,
    unit_blank: UnitBlank::Without,
    brackets: BracketStyle::FullWidthAngle,
    letters: LetterWidth::Half,
    persons: PersonCounter::Nin,
    dates: DateStyle::Long,
};

impl HouseStyle {
    /// Whether every setting is 原文どおり.
    pub fn is_as_written(&self) -> bool {
        *self == Self::default()
    }

    /// Changes a row to this style: its text, its items, the positions of its figures, and the unit of persons.
    pub fn put_on(&self, row: &mut Initiative) {
        if self.is_as_written() {
            return;
        }
        row.text = self.styled(&row.text, None, &mut row.figures);
        for (place, item) in row.items.iter_mut().enumerate() {
            *item = self.styled(item, u32::try_from(place).ok(), &mut row.figures);
        }
    }

    fn styled(&self, text: &str, item: Option<u32>, figures: &mut [Figure]) -> String {
        let mut styled = Styled::of(text, item, figures);
        brackets::put_on(self.brackets, &mut styled);
        dates::put_on(self.dates, &mut styled);
        figures::count_persons(self.persons, &mut styled, figures);
        figures::write_numbers(self.numbers, &mut styled, figures);
        figures::set_off_units(self.unit_blank, &mut styled, figures);
        letters::put_on(self.letters, self.numbers, &mut styled);
        styled.give_back(figures)
    }
}

/// Returns a document as it is printed: each party's rows in its style.
pub fn printed(mut document: Document, styles: &BTreeMap<PartyKey, HouseStyle>) -> Document {
    let sections = document.plans.iter_mut().flat_map(|plan| &mut plan.chapters).flat_map(|it| &mut it.sections);
    for row in sections.flat_map(|section| &mut section.initiatives) {
        if let Some(style) = styles.get(&row.party) {
            style.put_on(row);
        }
    }
    document
}

/// Returns the row in the style used for comparing.
pub fn for_comparing(row: &Initiative) -> Initiative {
    let mut row = row.clone();
    COMMON.put_on(&mut row);
    row
}

/// Whether two texts have the same words, regardless of style.
pub fn same_words(one: &str, other: &str) -> bool {
    same_text(one, other) || same_text(&in_common_style(one), &in_common_style(other))
}

/// Returns the keys of a text: as written, and in the common style. Two texts that share a key have the same words.
pub fn keys(text: &str) -> (String, String) {
    (key(text), key(&in_common_style(text)))
}

fn in_common_style(text: &str) -> String {
    COMMON.styled(text, None, &mut [])
}

#[cfg(test)]
mod tests;
