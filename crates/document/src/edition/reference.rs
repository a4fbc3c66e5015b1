//! 数値の参照番号 — a short name for each figure of an edition: R8-1-0123 is the 123rd figure of 令和8年度 第1版.

use crate::document::{Document, Initiative, PlanTable};
use crate::figure::Figure;
use crate::fiscal_year::FiscalYear;
use crate::language::Language;
use crate::numbering::circled;
use crate::phrases::tell;
use crate::wareki::{Era, Wareki};

/// 版の番号 — the fiscal year by era and the number of the edition in that year, such as R8-1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionName {
    pub fiscal_year: FiscalYear,
    pub number: u32,
}

/// 参照番号 — an edition and the place of one of its figures, from 1. An edition never changes, so the reference stays
/// valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    pub edition: EditionName,
    pub figure: u32,
}

/// 版の中の数値 — a figure of an edition with its place and its row's name.
#[derive(Debug, Clone)]
pub struct FigureInEdition<'a> {
    /// The place in reading order, from 1.
    pub place: u32,
    /// The name of the row, such as 令和7年度 1(5) ④; `None` for a figure outside of plans.
    pub row: Option<String>,
    /// The row of the figure; `None` for a figure outside of plans.
    pub initiative: Option<&'a Initiative>,
    pub figure: &'a Figure,
}

/// Returns the figures of a document: first the figures of plans, row by row, then the figures outside of plans.
pub fn figures(document: &Document) -> Vec<FigureInEdition<'_>> {
    let mut found: Vec<(Option<String>, Option<&Initiative>, &Figure)> = Vec::new();
    for plan in &document.plans {
        for (name, row) in named_rows(plan) {
            found.extend(row.figures.iter().map(|figure| (Some(name.clone()), Some(row), figure)));
        }
    }
    found.extend(document.figures.iter().map(|figure| (None, None, figure)));
    let placed = (1..).zip(found);
    placed.map(|(place, (row, initiative, figure))| FigureInEdition { place, row, initiative, figure }).collect()
}

/// Returns each row of a table with its name: 令和7年度 1(5) ④.
pub(super) fn named_rows(plan: &PlanTable) -> impl Iterator<Item = (String, &Initiative)> {
    let sections =
        plan.chapters.iter().flat_map(|chapter| chapter.sections.iter().map(move |section| (chapter, section)));
    let year = plan.fiscal_year;
    sections.flat_map(move |(chapter, section)| {
        section.initiatives.iter().map(move |row| {
            let mark = row.mark.clone().unwrap_or_else(|| circled(row.number));
            (format!("{year} {}({}) {mark}", chapter.number, section.number), row)
        })
    })
}

impl EditionName {
    /// Returns the name in Japanese: 令和8年度 第1版.
    pub fn in_words(self) -> String {
        self.in_words_in(Language::Japanese)
    }

    /// Returns the name in a language: 令和8年度 第1版, FY2026 (Reiwa 8), edition 1.
    pub fn in_words_in(self, language: Language) -> String {
        tell(language, "{} 第{}版", [self.fiscal_year.in_language(language), self.number.to_string()])
    }
}

impl std::fmt::Display for EditionName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match era_of(self.fiscal_year) {
            Some((letter, year)) => write!(f, "{letter}{year}-{}", self.number),
            None => write!(f, "{}-{}", self.fiscal_year.0, self.number),
        }
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:04}", self.edition, self.figure)
    }
}

impl std::str::FromStr for EditionName {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, number) = text.split_once('-').ok_or(())?;
        let fiscal_year = year_of(year).ok_or(())?;
        Ok(Self { fiscal_year, number: number_of(number).ok_or(())? })
    }
}

impl std::str::FromStr for Reference {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (edition, figure) = text.rsplit_once('-').ok_or(())?;
        Ok(Self { edition: edition.parse()?, figure: number_of(figure).ok_or(())? })
    }
}

fn number_of(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| *number > 0 && text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns the letter of the era and the year of the era, as in the name of the fiscal year: R and 1 for 令和元年度.
fn era_of(fiscal_year: FiscalYear) -> Option<(char, i16)> {
    let day = if fiscal_year.0 == 2019 { fiscal_year.last_day() } else { fiscal_year.first_day() };
    let wareki = Wareki::of(day)?;
    let year = if fiscal_year.0 == 2019 { 1 } else { wareki.year };
    Some((letter(wareki.era), year))
}

fn year_of(text: &str) -> Option<FiscalYear> {
    if let Ok(year) = text.parse::<i16>() {
        return (era_of(FiscalYear(year)).is_none() && year > 0).then_some(FiscalYear(year));
    }
    let first = text.chars().next()?.to_ascii_uppercase();
    let era = Era::ALL.into_iter().find(|era| letter(*era) == first)?;
    let year: i16 = text.get(1..)?.parse().ok().filter(|year| (1..=200).contains(year))?;
    let fiscal_year = FiscalYear(era.gregorian_year(year));
    (era_of(fiscal_year) == Some((first, year))).then_some(fiscal_year)
}

fn letter(era: Era) -> char {
    match era {
        Era::Meiji => 'M',
        Era::Taisho => 'T',
        Era::Showa => 'S',
        Era::Heisei => 'H',
        Era::Reiwa => 'R',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_as_it_prints() {
        for (year, number, figure, expected) in
            [(2026, 1, 123, "R8-1-0123"), (2019, 2, 1, "R1-2-0001"), (2018, 1, 12345, "H30-1-12345")]
        {
            let edition = EditionName { fiscal_year: FiscalYear(year), number };
            let reference = Reference { edition, figure };
            assert_eq!(reference.to_string(), expected);
            assert_eq!(expected.parse(), Ok(reference));
            assert_eq!(edition.to_string().parse(), Ok(edition));
        }
        assert_eq!("r8-1-123".parse(), "R8-1-0123".parse::<Reference>());
        for wrong in ["", "R8", "R8-1-0000", "R8-0-0001", "R8-1-+5", "H31-1-0001", "X8-1-0001", "R-1-1"] {
            assert_eq!(wrong.parse::<Reference>(), Err(()), "{wrong}");
        }
    }
}
