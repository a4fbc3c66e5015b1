//! Generates documents of an invented city: any number of years of one coherent history, with the kinds of damage that
//! real documents have.
//!
//! The demo, tests and benchmarks use these documents. A document depends only on its [`Settings`] and is the same on
//! every platform. All wording is our own. [`Truth`] is the expected result of reading a document.

mod bank;
mod calendar;
mod chance;
mod damage;
mod front;
mod machine;
mod measured;
mod office;
mod paper;
mod report;
mod strand;
mod tables;
mod truth;

use chance::Chance;
use front::Place;
use paper::Paper;
use report::{ReportTable, Scene};

pub use machine::{skip_or_fail_in_ci, times};
pub use office::Party;
pub use strand::{FIRST_YEAR, RenamedOffice, renamed_offices};
pub use truth::{DamageKind, FigureTruth, Planted, RowTruth, State, Table, Truth};

/// The settings of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The seed of the city, its history and the damage.
    pub seed: u64,
    /// The year of the plan (第3), at least [`FIRST_YEAR`] + 1. The progress (第2) covers the year before.
    pub fiscal_year: i16,
    /// Number of rows in each section, at most 50; `None` for the usual number (about 132 in 17 sections).
    pub rows_per_section: Option<usize>,
    pub damage: Damage,
}

/// The amount of damage planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    None,
    /// Each kind of damage once.
    EachOnce,
    /// As much damage as in a real document.
    AsReal,
    Only(DamageKind),
}

impl Settings {
    /// Returns the settings of a year's usual document: it has the usual size and as much damage as a real document.
    pub fn usual(seed: u64, fiscal_year: i16) -> Self {
        Self { seed, fiscal_year, rows_per_section: None, damage: Damage::AsReal }
    }
}

/// Writes the document: agreement, cover, contents, purpose, progress of the year before, plan of the year.
pub fn document(settings: &Settings) -> String {
    document_with_truth(settings).0
}

/// Writes the document. Returns its text, and its content as data.
pub fn document_with_truth(settings: &Settings) -> (String, Truth) {
    let fiscal_year = settings.fiscal_year.max(FIRST_YEAR + 1);
    let place = Place::of(settings.seed);
    let tables = damaged_tables(settings, &place, fiscal_year);
    let mut truth = Truth {
        fiscal_year,
        city: place.city(),
        bureau: place.bureau(),
        concluded_on: place.concluded_on(),
        rows: Vec::new(),
        planted: Vec::new(),
    };
    let mut paper = Paper::default();
    front::agreement(&mut paper, &place);
    front::cover(&mut paper, &place, fiscal_year);
    front::contents(&mut paper, &tables, &mut truth.planted);
    front::purpose(&mut paper, &place);
    for table in &tables {
        tables::table(&mut paper, table, &mut truth);
    }
    truth.planted.sort_by_key(|planted| planted.line);
    (paper.into_text(), truth)
}

/// Returns the usual documents of one city for consecutive years, each with its year.
pub fn history(seed: u64, first_year: i16, years: u16) -> Vec<(i16, String)> {
    let first_year = first_year.max(FIRST_YEAR + 1);
    let years = first_year..first_year.saturating_add_unsigned(years);
    years.map(|year| (year, document(&Settings::usual(seed, year)))).collect()
}

fn damaged_tables(settings: &Settings, place: &Place, fiscal_year: i16) -> [ReportTable; 2] {
    let city = place.city();
    let scene = Scene { seed: settings.seed, city: &city, rows_per_section: settings.rows_per_section };
    let mut progress = ReportTable::new(&scene, Table::Progress, fiscal_year - 1);
    let mut plan = ReportTable::new(&scene, Table::Plan, fiscal_year);
    let mut chance = Chance::about(settings.seed, &[9, fiscal_year.unsigned_abs().into()]);
    for kind in DamageKind::ALL {
        let (in_progress, in_plan) = settings.damage.times(kind);
        (0..in_progress).for_each(|_| damage::plant(kind, &mut progress, &city, &mut chance));
        (0..in_plan).for_each(|_| damage::plant(kind, &mut plan, &city, &mut chance));
    }
    [progress, plan]
}

impl Damage {
    /// Returns how many damages of a kind are planted in the progress and in the plan.
    fn times(self, kind: DamageKind) -> (u32, u32) {
        match self {
            Damage::None => (0, 0),
            Damage::EachOnce => (1, 0),
            Damage::Only(only) => (u32::from(only == kind), 0),
            Damage::AsReal => match kind {
                DamageKind::StrayTags => (40, 0),
                DamageKind::RowBroken => (4, 0),
                DamageKind::MarkWithDivision | DamageKind::DashRow => (3, 1),
                DamageKind::FirstCellGone => (2, 3),
                DamageKind::OrganisationLate => (1, 1),
                DamageKind::OpenState => (3, 0),
                _ => (1, 0),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_as_large_as_a_real_one() {
        let (text, truth) = document_with_truth(&Settings::usual(1, 2026));
        let rows = |table| truth.rows.iter().filter(|row| row.table == table).count();
        let figures: usize = truth.rows.iter().map(|row| row.figures.len()).sum();
        assert!((115..=140).contains(&rows(Table::Progress)), "{}", rows(Table::Progress));
        assert!((115..=140).contains(&rows(Table::Plan)), "{}", rows(Table::Plan));
        assert!((200..=300).contains(&figures), "{figures}");
        assert!((400..=700).contains(&text.lines().count()));
    }

    #[test]
    fn each_kind_of_damage_finds_a_place() {
        for kind in DamageKind::ALL {
            let settings = Settings { damage: Damage::Only(kind), ..Settings::usual(2, 2026) };
            let (damaged, truth) = document_with_truth(&settings);
            let whole = document(&Settings { damage: Damage::None, ..settings });
            assert_eq!(truth.planted.len(), 1, "{kind:?}");
            assert_eq!(truth.planted[0].kind, kind);
            assert_ne!(damaged, whole, "{kind:?}");
        }
    }

    #[test]
    fn the_line_of_a_row_contains_its_mark_and_text() {
        for seed in 0..3 {
            let (text, truth) = document_with_truth(&Settings::usual(seed, 2026));
            let lines: Vec<&str> = text.lines().collect();
            for row in &truth.rows {
                let line = lines[row.line as usize - 1];
                assert!(line.contains(&row.mark) && line.contains(&row.text), "{line} / {row:?}");
            }
        }
    }

    #[test]
    fn the_plan_of_a_year_occurs_again_as_its_progress() {
        let settings = |fiscal_year| Settings { damage: Damage::None, ..Settings::usual(4, fiscal_year) };
        let (_, this) = document_with_truth(&settings(2026));
        let (_, next) = document_with_truth(&settings(2027));
        let divisions = |truth: &Truth, table| -> Vec<Vec<String>> {
            truth.rows.iter().filter(|row| row.table == table).map(|row| row.divisions.clone()).collect()
        };
        assert_eq!(divisions(&this, Table::Plan), divisions(&next, Table::Progress));
        assert_eq!(this.rows.iter().find(|row| row.table == Table::Plan).unwrap().fiscal_year, 2026);
    }

    #[test]
    fn a_history_is_one_city_through_its_years() {
        let history = history(5, 2020, 6);
        assert_eq!(history.iter().map(|(year, _)| *year).collect::<Vec<_>>(), [2020, 2021, 2022, 2023, 2024, 2025]);
        let first = |text: &str| text.lines().next().map(str::to_owned);
        assert!(history.iter().all(|(_, text)| first(text) == first(&history[0].1)));
    }
}
