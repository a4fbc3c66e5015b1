//! Tests that the work of comparing tables grows with their length and not with its square, whatever their content. The
//! tests count steps of text comparison and do not measure time.

use std::collections::HashSet;

use renkei_document::checks::check;
use renkei_document::document::{Chapter, Document, Initiative, PlanKind, PlanTable, Section};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::likeness::steps_taken;
use renkei_document::party::PartyKey;
use renkei_domain::evidence::merging::{Staying, merge};
use renkei_domain::plan::lineage::suggest;

/// A function that returns the text and the division of a row, given the row's number and its table (0 or 1; the two
/// are compared).
type Shape = fn(usize, usize) -> (String, String);

/// Contents of long tables: the same text in all rows, different texts, or patterns; with one division for all rows or
/// one for each row.
const SHAPES: [(&str, Shape); 6] = [
    ("the same words in all rows", |_, _| ("相談会を開いて就職を支援する。".into(), "しごと課".into())),
    ("other words in every row", |row, table| (words(row, table), "しごと課".into())),
    ("one pattern with other numbers", |row, table| {
        (format!("第{row}回の合同面接会を{}回開き、参加した者を支援する。", row + table), format!("第{}課", row % 40))
    }),
    ("a few patterns", |row, table| {
        (format!("{}を{}。", words(row % 50, 0), words(row % 7, table)), "しごと課".into())
    }),
    ("a division for each row", |row, table| (words(row, table), format!("{}課{table}", words(row, 3)))),
    ("a name in each row", |row, table| {
        (format!("「{}コーナー」で相談を受ける。", words(row, table)), "しごと課".into())
    }),
];

/// Returns twelve characters that no other row has in this order.
fn words(row: usize, table: usize) -> String {
    let mut seed = (row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (table as u64) << 7;
    let letter = |_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x4e00 + (seed >> 40) as u32 % 3_000).unwrap_or('一')
    };
    (0..12).map(letter).collect()
}

fn table(rows: usize, of: usize, shape: Shape) -> PlanTable {
    let row = |place: usize| {
        let (text, division) = shape(place, of);
        Initiative {
            id: None,
            party: PartyKey::new("city"),
            number: u32::try_from(place % 50).expect("small") + 1,
            mark: None,
            divisions: vec![division],
            divisions_printed: None,
            text,
            items: Vec::new(),
            item_marks: Vec::new(),
            particulars: Default::default(),
            repeated: false,
            figures: Vec::new(),
            lines: vec![u32::try_from(place).expect("small") + 1],
        }
    };
    let section = |number: usize| Section {
        id: None,
        number: u32::try_from(number).expect("small") + 1,
        title: format!("{}の支援", words(number, 9)),
        lead: None,
        initiatives: (number * 50..rows.min(number * 50 + 50)).map(row).collect(),
        source: None,
    };
    let sections = (0..rows.div_ceil(50)).map(section).collect();
    let chapter = Chapter { number: 1, title: "働く人の支援".into(), sections, source: None };
    let kind = PlanKind::Progress;
    PlanTable { id: None, fiscal_year: FiscalYear(2025), kind, title: "進捗".into(), chapters: vec![chapter] }
}

fn steps(work: impl FnOnce()) -> u64 {
    let before = steps_taken();
    work();
    steps_taken() - before
}

/// Checks that twice as many rows take at most three times the work. Slightly more than twice is normal for short
/// tables; comparing every row with every other would take four times the work.
#[track_caller]
fn check_growth(what: &str, rows: usize, work: impl Fn(usize)) {
    let [some, more] = [rows, 2 * rows].map(|rows| steps(|| work(rows)));
    assert!(more <= some * 3, "{what}: {some} steps for {rows} rows, {more} for twice as many");
}

#[test]
fn lineage_merging_and_checks_of_tables_twice_as_long_are_twice_the_work() {
    for (name, shape) in SHAPES {
        check_growth(&format!("lineage, {name}"), 800, |rows| {
            assert_eq!(suggest(&table(rows, 0, shape), &table(rows, 1, shape)).rows.len(), rows);
        });
        check_growth(&format!("merging, {name}"), 800, |rows| {
            let none = HashSet::new();
            let staying = Staying { chosen: &none, of_others: &none };
            let merged = merge(&table(rows, 0, shape), &table(rows, 1, shape), staying);
            assert!(merged.changes.len() >= rows);
        });
        // A document with this many names skips the comparison of names; with fewer names, the comparisons are too few
        // to matter.
        check_growth(&format!("checks, {name}"), 2_400, |rows| {
            check(&Document { plans: vec![table(rows, 0, shape)], ..Document::default() });
        });
    }
}

/// In a long table a row is compared only with its neighbours and with rows that share its rare words. It still finds
/// its predecessor.
#[test]
fn a_row_of_a_long_table_finds_its_predecessor() {
    let (before, mut after) = (table(1_000, 0, SHAPES[1].1), table(1_000, 0, SHAPES[1].1));
    let rows = after.chapters[0].sections.iter_mut().flat_map(|section| &mut section.initiatives);
    rows.for_each(|row| row.text.push_str("窓口も設ける。"));
    let lineage = suggest(&before, &after);
    let is_itself = |row: &&renkei_domain::plan::lineage::Suggestion| {
        row.from.len() == 1 && (row.from[0].section, row.from[0].number) == (row.to.section, row.to.number)
    };
    assert_eq!(lineage.rows.iter().filter(is_itself).count(), 1_000);
    assert!(lineage.ended.is_empty());
}
