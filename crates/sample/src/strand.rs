//! Generates the rows of the city over the years. A row begins, may be reworded, merged, split or moved to another
//! office, and ends.

use crate::bank::CHAPTERS;
use crate::bank::section::{JOINT_FAIR, Row, Section};
use crate::chance::Chance;
use crate::office::{Office, RENAMED};

/// The first year of the city's history.
pub const FIRST_YEAR: i16 = 2005;

/// Possible beginnings of a reworded row.
const OPENINGS: [&str; 7] = [
    "",
    "関係機関と連携し、",
    "引き続き、",
    "利用者の声を踏まえ、",
    "オンラインも取り入れ、",
    "関係団体の協力を得て、",
    "対象を広げ、",
];

/// One row that continues from year to year.
#[derive(Debug, Clone)]
pub struct Strand {
    /// The id of the row, unique in the history of a seed.
    pub id: u64,
    /// The rows of the phrase bank from which the row is made; two after a merger.
    pub parts: Vec<Part>,
    pub offices: Vec<Office>,
    wording: usize,
}

/// A row of the phrase bank, its id in all years, and the key that selects the random numbers of its figures. A merger
/// changes neither id nor key.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub row: Row,
    pub origin: u64,
    pub figures: u64,
}

/// A section of a year.
pub struct YearSection {
    pub section: &'static Section,
    /// Number of the chapter, from 1.
    pub chapter: usize,
    /// Number of the section in its chapter, from 1.
    pub number: usize,
    pub strands: Vec<Strand>,
}

/// Returns the sections of a year with their rows. `rows_per_section` (at most 50) replaces the numbers of rows in the
/// phrase bank.
pub fn in_year(seed: u64, year: i16, rows_per_section: Option<usize>) -> Vec<YearSection> {
    let mut sections = first_sections(seed, rows_per_section);
    for april in FIRST_YEAR + 1..=year {
        for (place, section) in (0..).zip(&mut sections) {
            let mut chance = Chance::about(seed, &[2, april.unsigned_abs().into(), place]);
            turn_year(section, april, place, &mut chance);
        }
    }
    sections
}

impl Strand {
    /// Returns the key that selects the random numbers for the whole row.
    pub fn key(&self) -> u64 {
        self.parts.first().map_or(self.id, |part| part.figures)
    }

    pub fn is_of_the_bureau(&self) -> bool {
        self.offices.first().is_some_and(|office| office.is_of_the_bureau())
    }

    /// Returns the sentence for the plan, which ends like …を行う。
    pub fn plan_text(&self) -> String {
        self.text(|row| row.verb.planned())
    }

    /// Returns the sentence for the result, which ends like …を行った。
    pub fn result_text(&self) -> String {
        self.text(|row| row.verb.done())
    }

    fn text(&self, end: impl Fn(&Row) -> &'static str) -> String {
        let opening = OPENINGS.get(self.wording).copied().unwrap_or_default();
        let (joined, last) = match self.parts.as_slice() {
            [first, second] => (format!("{}{}、あわせて", first.row.body, first.row.verb.joining()), second.row),
            [only, ..] => (String::new(), only.row),
            [] => return String::new(),
        };
        format!("{opening}{joined}{}{}。", last.body, end(&last))
    }

    fn is_shared(&self) -> bool {
        self.parts.iter().any(|part| part.row.body == JOINT_FAIR.body)
    }

    /// Whether the row never changes. True for rows without figures that several sections repeat, and for the joint
    /// fair.
    fn stays(&self) -> bool {
        self.is_shared()
            || self.parts.iter().all(|part| part.row.measures.is_empty() && part.row.office == Office::Stability)
    }
}

fn first_sections(seed: u64, rows_per_section: Option<usize>) -> Vec<YearSection> {
    let mut sections = Vec::new();
    for (chapter, group) in (1..).zip(&CHAPTERS) {
        for (number, section) in (1..).zip(group.sections()) {
            let place = sections.len() as u64;
            let mut chance = Chance::about(seed, &[1, place]);
            let count = rows_per_section.map_or(section.rows.len(), |rows| rows.clamp(2, 50));
            let mut strands: Vec<Strand> = (0..count).map(|at| first_strand(section, at, place, &mut chance)).collect();
            strands.sort_by_key(|strand| !strand.is_of_the_bureau());
            sections.push(YearSection { section, chapter, number, strands });
        }
    }
    sections
}

fn first_strand(section: &Section, at: usize, place: u64, chance: &mut Chance) -> Strand {
    // If a section needs more rows than the phrase bank has, rows are used again with other wording.
    let row = section.rows[at % section.rows.len()];
    let mut strand = begin(row, name(FIRST_YEAR, place, at), chance);
    strand.wording = (at / section.rows.len()) % OPENINGS.len();
    strand
}

fn begin(row: Row, id: u64, chance: &mut Chance) -> Strand {
    let second = if row.office.is_of_the_bureau() { Office::Measures } else { Office::Jobs };
    let mut offices = vec![row.office];
    if chance.once_in(14) && second != row.office && row.office.is_of_the_bureau() == second.is_of_the_bureau() {
        offices.push(second);
    }
    // The joint fair is one event, so it has the same figures in all sections.
    let figures = if row.body == JOINT_FAIR.body { 1 } else { id };
    Strand { id, parts: vec![Part { row, origin: id, figures }], offices, wording: 0 }
}

fn name(year: i16, place: u64, at: usize) -> u64 {
    (u64::from(year.unsigned_abs()) * 100 + place) * 1000 + at as u64
}

/// Applies the changes of an April to a section.
fn turn_year(section: &mut YearSection, april: i16, place: u64, chance: &mut Chance) {
    end_one(section, chance);
    merge_one(section, chance);
    split_one(section, april, place, chance);
    for strand in section.strands.iter_mut().filter(|strand| !strand.stays()) {
        if chance.once_in(12) {
            strand.wording = chance.place(OPENINGS.len() * 2).unwrap_or_default();
        }
        let is_away = strand.offices.first() != strand.parts.first().map(|part| &part.row.office);
        if is_away && chance.once_in(4) {
            strand.offices = strand.parts.first().map(|part| part.row.office).into_iter().collect();
        } else if chance.once_in(60) && !strand.is_of_the_bureau() {
            strand.offices = vec![Office::Jobs];
        }
    }
    begin_again(section, april, place, chance);
}

/// Ends about one row in twenty-five, but never the last row of a party.
fn end_one(section: &mut YearSection, chance: &mut Chance) {
    let Some(at) = chance.place(section.strands.len() * 2) else { return };
    let Some(strand) = section.strands.get(at).filter(|strand| !strand.stays()) else { return };
    let party = strand.is_of_the_bureau();
    if section.strands.iter().filter(|other| other.is_of_the_bureau() == party).count() > 1 && chance.once_in(2) {
        section.strands.remove(at);
    }
}

/// Sometimes merges two neighbouring rows of one office.
fn merge_one(section: &mut YearSection, chance: &mut Chance) {
    let Some(at) = chance.place(section.strands.len()) else { return };
    let (Some(one), Some(other)) = (section.strands.get(at), section.strands.get(at + 1)) else { return };
    let single = one.parts.len() == 1 && other.parts.len() == 1 && one.parts[0].row.body != other.parts[0].row.body;
    let enough = section.strands.iter().filter(|s| s.is_of_the_bureau() == one.is_of_the_bureau()).count() > 2;
    if single && enough && one.offices == other.offices && !one.stays() && !other.stays() && chance.once_in(5) {
        let merged = section.strands.remove(at + 1);
        section.strands[at].parts.extend(merged.parts);
    }
}

/// Sometimes splits a merged row again: the second part becomes a new strand and keeps its figures.
fn split_one(section: &mut YearSection, april: i16, place: u64, chance: &mut Chance) {
    let Some(at) = section.strands.iter().position(|strand| strand.parts.len() == 2) else { return };
    if !chance.once_in(5) {
        return;
    }
    let Some(part) = section.strands[at].parts.pop() else { return };
    let offices = section.strands[at].offices.clone();
    let strand = Strand { id: name(april, place, 500 + at), parts: vec![part], offices, wording: 0 };
    section.strands.insert(at + 1, strand);
}

/// Sometimes starts a row of the phrase bank that is not in use in this section.
fn begin_again(section: &mut YearSection, april: i16, place: u64, chance: &mut Chance) {
    for (at, row) in section.section.rows.iter().enumerate() {
        let is_carried = section.strands.iter().flat_map(|strand| &strand.parts).any(|part| part.row.body == row.body);
        if is_carried || !chance.once_in(3) {
            continue;
        }
        let strand = begin(*row, name(april, place, at), chance);
        let bureau_ends = section.strands.iter().take_while(|strand| strand.is_of_the_bureau()).count();
        let to = if strand.is_of_the_bureau() { bureau_ends } else { section.strands.len() };
        section.strands.insert(to, strand);
    }
}

/// An office that got another name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedOffice {
    pub former: &'static str,
    pub latter: &'static str,
    /// The first year of the new name.
    pub since: i16,
}

/// Returns the offices of a city that are renamed in April of some year, even if no row names them.
pub fn renamed_offices(seed: u64) -> Vec<RenamedOffice> {
    let renamed = |office: Office| match office.names() {
        [former, latter, ..] => Some(RenamedOffice { former, latter, since: reform(seed, office) }),
        _ => None,
    };
    RENAMED.into_iter().filter_map(renamed).collect()
}

/// Returns the name of an office in a year.
pub fn office_name(seed: u64, office: Office, year: i16) -> &'static str {
    let names = office.names();
    let place = usize::from(year >= reform(seed, office)).min(names.len() - 1);
    names[place]
}

fn reform(seed: u64, office: Office) -> i16 {
    FIRST_YEAR + i16::try_from(Chance::about(seed, &[3, office as u64]).between(2, 24)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_rows_stays_near_that_of_the_bank() {
        for seed in 0..5 {
            for year in [2006, 2015, 2026, 2040] {
                let rows: usize = in_year(seed, year, None).iter().map(|section| section.strands.len()).sum();
                assert!((110..=140).contains(&rows), "seed {seed}, {year}: {rows}");
            }
        }
    }

    #[test]
    fn most_rows_live_on_some_are_reworded_some_merge_some_are_new() {
        let texts = |year| -> Vec<(u64, String, usize)> {
            let sections = in_year(1, year, None);
            let strands = sections.iter().flat_map(|section| &section.strands);
            strands.map(|strand| (strand.id, strand.plan_text(), strand.parts.len())).collect()
        };
        let (mut kept, mut reworded, mut new, mut merged) = (0, 0, 0, 0);
        for year in 2010..2026 {
            let before = texts(year);
            for (id, text, rows) in texts(year + 1) {
                match before.iter().find(|(known, ..)| *known == id) {
                    Some((_, known, _)) if *known == text => kept += 1,
                    Some((_, _, one)) if rows > *one => merged += 1,
                    Some(_) => reworded += 1,
                    None => new += 1,
                }
            }
        }
        assert!(kept > 10 * reworded && reworded > 20 && new > 10 && merged > 5, "{kept} {reworded} {new} {merged}");
    }

    #[test]
    fn some_offices_are_renamed() {
        let changes = (2006..2030).flat_map(|year| {
            RENAMED.iter().filter(move |office| office_name(1, **office, year) != office_name(1, **office, year - 1))
        });
        assert_eq!(changes.count(), RENAMED.len());
        assert_eq!(office_name(1, Office::Stability, 2006), office_name(1, Office::Stability, 2030));
    }
}
