//! Converts a row or text to a style, for printing and for comparing.

use std::collections::BTreeMap;

use super::style::{BracketStyle, DateStyle, HouseStyle, LetterWidth, NumberStyle, PersonCounter, UnitBlank};
use super::styled::Styled;
use super::{brackets, dates, figures, letters};
use crate::document::{Document, Initiative};
use crate::figure::Figure;
use crate::party::PartyKey;
use crate::same_text::{key, same_text};

/// The style to which texts are converted before they are compared.
pub(super) const COMMON: HouseStyle = HouseStyle {
    numbers: NumberStyle::Plain,
    unit_blank: UnitBlank::Without,
    brackets: BracketStyle::FullWidthAngle,
    letters: LetterWidth::Half,
    persons: PersonCounter::Nin,
    dates: DateStyle::Long,
};

impl HouseStyle {
    /// Converts a row to this style: its text, its items, the positions of its figures, and the unit of persons.
    pub fn put_on(&self, row: &mut Initiative) {
        if self.is_as_written() {
            return;
        }
        row.text = self.styled(&row.text, None, &mut row.figures);
        for (place, item) in row.items.iter_mut().enumerate() {
            *item = self.styled(item, u32::try_from(place).ok(), &mut row.figures);
        }
    }

    pub(super) fn styled(&self, text: &str, item: Option<u32>, figures: &mut [Figure]) -> String {
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

/// Returns the keys of a text: as written, and in the common style. Two texts have the same words if one of their keys
/// is equal.
pub fn keys(text: &str) -> (String, String) {
    (key(text), key(&in_common_style(text)))
}

fn in_common_style(text: &str) -> String {
    COMMON.styled(text, None, &mut [])
}
