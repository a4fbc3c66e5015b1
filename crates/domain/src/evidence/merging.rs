//! 統合 — merges a document into a year that is already recorded. Reports the new, changed and removed rows, and creates
//! the resulting table.

use std::collections::{HashMap, HashSet};

use renkei_document::document::{Chapter, Initiative, PlanTable, Section};
use renkei_document::figure::Stated;
use renkei_document::house_style::for_comparing;
use renkei_document::id::{self, Id};
use renkei_document::locus::Source;
use renkei_document::party::PartyKey;
use renkei_document::same_text::same_text;

use crate::evidence::counted::Left;
use crate::evidence::headings::{self, KeptHeading};
use crate::evidence::pairs::{At, pairs};
use crate::evidence::weaving::weave;
use crate::plan::lineage::suggest;

/// 違いの種類 — the kind of change of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// 新規: only the document contains the row.
    New,
    /// 変更: the document changes the row.
    Changed,
    /// なくなった: the document does not contain the row, so the row is removed.
    Gone,
    /// 同じ: the row is the same in both.
    Same,
    /// 今のまま: the row stays unchanged although the document changes or omits it.
    Kept,
}

/// 行の違い — one row before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    pub change: Change,
    /// Number of the chapter, from 1. Sections are also numbered from 1.
    pub chapter: u32,
    pub section: u32,
    /// The row as recorded.
    pub before: Option<Initiative>,
    /// The row as in the document.
    pub after: Option<Initiative>,
}

/// 統合の結果 — the table that replaces the recorded one, and the change of each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Recorded rows keep their ids, and so do figures that state the same thing. New rows and figures have no id.
    pub table: PlanTable,
    pub changes: Vec<RowChange>,
    /// The headings over rows of other parties that the document words differently.
    pub kept_headings: Vec<KeptHeading>,
    /// Number of recorded rows that the document may change or remove: all except those of other parties.
    pub replaceable: usize,
}

impl Merged {
    pub fn count(&self, change: Change) -> usize {
        self.changes.iter().filter(|known| known.change == change).count()
    }

    pub fn changes_nothing(&self) -> bool {
        self.changes.iter().all(|known| matches!(known.change, Change::Same | Change::Kept))
    }

    /// Whether the document removes more than half of the rows that it may remove.
    pub fn takes_most_away(&self) -> bool {
        2 * self.count(Change::Gone) > self.replaceable
    }

    /// Returns the rows that stay unchanged although the document changes or omits them.
    pub fn kept_against_the_document(&self) -> impl Iterator<Item = Id<id::Initiative>> {
        let kept = self.changes.iter().filter(|known| known.change == Change::Kept && known.after.is_some());
        kept.filter_map(|known| known.before.as_ref()?.id)
    }
}

/// 今のまま残す行 — the recorded rows that stay unchanged, whatever the document says.
#[derive(Debug, Clone, Copy)]
pub struct Staying<'a> {
    /// The rows that the user chose.
    pub chosen: &'a HashSet<Id<id::Initiative>>,
    /// The rows that other parties have made their own. They also stay in their sections.
    pub of_others: &'a HashSet<Id<id::Initiative>>,
}

impl Staying<'_> {
    fn has(&self, row: &Initiative) -> bool {
        row.id.is_some_and(|id| self.chosen.contains(&id) || self.of_others.contains(&id))
    }

    fn is_of_others(&self, row: &Initiative) -> bool {
        row.id.is_some_and(|id| self.of_others.contains(&id))
    }
}

/// Merges a document's table with the recorded table that it replaces.
pub fn merge(there: &PlanTable, brought: &PlanTable, staying: Staying<'_>) -> Merged {
    let mut table = brought.clone();
    headings::number(&mut table);
    let known: HashMap<At, &Initiative> = rows(there).collect();
    let mut pairs = pairs(&suggest(there, &table));
    let party_of: HashMap<At, PartyKey> = rows(&table).map(|(at, row)| (at, row.party.clone())).collect();
    // A row that one party imports as its own never matches a row of another party.
    pairs.retain(|to, from| {
        known.get(from).is_none_or(|was| !staying.is_of_others(was) || party_of.get(to) == Some(&was.party))
    });
    table.id = there.id;
    let mut chapters = headings::identify(&mut table, there, &pairs, staying.of_others);
    let homes = homes(there);
    let mut changes = Vec::new();
    for chapter in &mut table.chapters {
        chapter.sections.retain_mut(|section| {
            let (here, had_rows) = (section.id, !section.initiatives.is_empty());
            section.initiatives.retain_mut(|row| {
                let at = (chapter.number, section.number, row.number);
                let before = pairs.get(&at).and_then(|place| known.get(place)).map(|row| (*row).clone());
                let of_others = before.as_ref().filter(|was| staying.is_of_others(was)).and_then(|was| was.id);
                let stays_elsewhere = of_others.filter(|id| homes.get(id).copied() != here);
                changes.push(settled(row, before, (chapter.number, section.number), staying));
                stays_elsewhere.is_none()
            });
            // Drop a section whose rows all stay in other sections.
            !had_rows || !section.initiatives.is_empty()
        });
    }
    headings::drop_emptied(&mut table, brought, &mut chapters);
    let kept_headings = headings::keep(&mut table, there, &chapters, staying.of_others);
    let taken: HashSet<_> = changes.iter().filter_map(|change| change.before.as_ref()?.id).collect();
    let mut ends = Ends::of(&table, there);
    for (place, row) in rows(there) {
        if row.id.is_some_and(|id| taken.contains(&id)) {
            continue;
        }
        if staying.has(row) && !staying.is_of_others(row) {
            ends.keep(&mut table, place, row);
        }
        let change = if staying.has(row) { Change::Kept } else { Change::Gone };
        changes.push(RowChange { change, chapter: place.0, section: place.1, before: Some(row.clone()), after: None });
    }
    keep_rows_of_others(&mut table, there, staying);
    headings::number(&mut table);
    let there_before = || changes.iter().filter_map(|change| change.before.as_ref());
    let replaceable = there_before().filter(|row| !staying.is_of_others(row)).count();
    Merged { table, changes, kept_headings, replaceable }
}

/// Restores the rows of other parties, unchanged, at their old places in their sections.
fn keep_rows_of_others(table: &mut PlanTable, there: &PlanTable, staying: Staying<'_>) {
    let sections = there.chapters.iter().flat_map(|chapter| &chapter.sections);
    let old: HashMap<_, _> = sections.filter_map(|section| Some((section.id?, section))).collect();
    for section in table.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections) {
        let Some(was) = section.id.and_then(|id| old.get(&id)) else { continue };
        let held: Vec<_> = was.initiatives.iter().filter(|row| staying.is_of_others(row)).collect();
        if held.is_empty() {
            continue;
        }
        let held_ids: Vec<_> = held.iter().filter_map(|row| row.id).collect();
        let places = was.initiatives.iter().enumerate().filter_map(|(place, row)| Some((row.id?, place))).collect();
        let ids: Vec<_> = section.initiatives.iter().map(|row| row.id).collect();
        let brought = std::mem::take(&mut section.initiatives);
        section.initiatives = weave(brought, &ids, &held_ids, &places, |place, _| without_lines(held[place]));
    }
}

/// Returns the home section of each row.
fn homes(table: &PlanTable) -> HashMap<Id<id::Initiative>, Id<id::Section>> {
    let sections = table.chapters.iter().flat_map(|chapter| &chapter.sections);
    let of_section = sections.filter_map(|section| Some((section.id?, section)));
    of_section.flat_map(|(id, section)| section.initiatives.iter().filter_map(move |row| Some((row.id?, id)))).collect()
}

/// Returns the total number of removed rows if most rows of some table are removed, because a user has to confirm this
/// number; otherwise 0.
pub fn rows_to_confirm<'a>(merged: impl IntoIterator<Item = &'a Merged> + Clone) -> usize {
    let gone = |merged: &Merged| merged.count(Change::Gone);
    if merged.clone().into_iter().any(Merged::takes_most_away) { merged.into_iter().map(gone).sum() } else { 0 }
}

fn rows(table: &PlanTable) -> impl Iterator<Item = (At, &Initiative)> {
    table.chapters.iter().flat_map(|chapter| {
        let sections = chapter.sections.iter();
        sections.flat_map(|section| {
            let rows = section.initiatives.iter();
            rows.map(|row| ((chapter.number, section.number, row.number), row))
        })
    })
}

/// Sets the ids of a row of the document to those of its old row, or restores the old row if it is to stay.
fn settled(
    row: &mut Initiative,
    before: Option<Initiative>,
    (chapter, section): (u32, u32),
    staying: Staying<'_>,
) -> RowChange {
    row.id = None;
    row.figures.iter_mut().for_each(|figure| figure.observation = None);
    let Some(was) = &before else {
        return RowChange { change: Change::New, chapter, section, before, after: Some(row.clone()) };
    };
    row.id = was.id;
    // A figure of one party never matches a figure of another.
    let mut left = Left::of(if was.party == row.party { &was.figures } else { &[] });
    for figure in &mut row.figures {
        if let Some(same) = left.take(figure) {
            figure.observation = same.observation;
        }
    }
    let after = Some(row.clone());
    let stays = staying.has(was);
    let change = match (says_the_same(was, row), stays) {
        (true, _) => Change::Same,
        (false, true) => Change::Kept,
        (false, false) => Change::Changed,
    };
    if stays {
        *row = Initiative { number: row.number, mark: row.mark.take(), ..without_lines(was) };
    }
    RowChange { change, chapter, section, before, after }
}

fn says_the_same(one: &Initiative, other: &Initiative) -> bool {
    let figures = |row: &Initiative| -> Vec<(Option<Id<_>>, Stated)> {
        row.figures.iter().map(|figure| (figure.observation, Stated::of(figure))).collect()
    };
    one.party == other.party
        && one.divisions == other.divisions
        && figures(one) == figures(other)
        && same_words(&for_comparing(one), &for_comparing(other))
}

fn same_words(one: &Initiative, other: &Initiative) -> bool {
    let mut items = one.items.iter().zip(&other.items).enumerate();
    same_text(&one.text, &other.text)
        && one.items.len() == other.items.len()
        && items.all(|(n, (a, b))| same_text(a, b) && one.mark_of_item(n) == other.mark_of_item(n))
}

/// Finds a position for each row that stays although the document omits it: the end of its old section (found by id,
/// otherwise by number), otherwise the end of the last section. If the document has no sections, the old section is
/// created again.
struct Ends<'a> {
    by_id: HashMap<Id<id::Section>, (usize, usize)>,
    by_place: HashMap<(u32, u32), (usize, usize)>,
    last: Option<(usize, usize)>,
    old: HashMap<(u32, u32), (&'a Chapter, &'a Section)>,
}

impl<'a> Ends<'a> {
    fn of(table: &PlanTable, there: &'a PlanTable) -> Self {
        let (mut by_id, mut by_place) = (HashMap::new(), HashMap::new());
        for (of_chapter, chapter) in table.chapters.iter().enumerate() {
            for (of_section, section) in chapter.sections.iter().enumerate() {
                let place = (of_chapter, of_section);
                by_place.entry((chapter.number, section.number)).or_insert(place);
                section.id.map(|id| *by_id.entry(id).or_insert(place));
            }
        }
        let of_chapter = table.chapters.iter().rposition(|known| !known.sections.is_empty());
        let last = of_chapter.map(|place| (place, table.chapters[place].sections.len() - 1));
        let old = there.chapters.iter().flat_map(|chapter| {
            chapter.sections.iter().map(move |section| ((chapter.number, section.number), (chapter, section)))
        });
        Self { by_id, by_place, last, old: old.collect() }
    }

    fn keep(&mut self, table: &mut PlanTable, (chapter, section, _): At, row: &Initiative) {
        let old = self.old.get(&(chapter, section)).copied();
        let same = old.and_then(|(_, section)| self.by_id.get(&section.id?)).copied();
        let place = same.or_else(|| self.by_place.get(&(chapter, section)).copied()).or(self.last);
        let Some((of_chapter, of_section)) = place.or_else(|| Some(self.made_anew(table, old?))) else { return };
        let rows = &mut table.chapters[of_chapter].sections[of_section].initiatives;
        let number = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
        rows.push(Initiative { number, ..without_lines(row) });
    }

    /// Creates an old section again in a table whose document has no sections.
    fn made_anew(&mut self, table: &mut PlanTable, (chapter, section): (&Chapter, &Section)) -> (usize, usize) {
        let known = table.chapters.iter().position(|known| known.number == chapter.number);
        let of_chapter = known.unwrap_or_else(|| {
            table.chapters.push(Chapter { sections: Vec::new(), ..chapter.clone() });
            table.chapters.len() - 1
        });
        let sections = &mut table.chapters[of_chapter].sections;
        sections.push(Section { initiatives: Vec::new(), ..section.clone() });
        let place = (of_chapter, sections.len() - 1);
        self.by_place.insert((chapter.number, section.number), place);
        place
    }
}

/// Returns a row without the line numbers of its source file.
fn without_lines(row: &Initiative) -> Initiative {
    let mut row = Initiative { lines: Vec::new(), ..row.clone() };
    row.figures.iter_mut().for_each(|figure| figure.source = Source::none());
    row
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::evidence::counted::Counted;
    use renkei_document::document::{Chapter, PlanKind, Section};
    use renkei_document::figure::{Figure, FigureKind, State};
    use renkei_document::fiscal_year::FiscalYear;
    use renkei_document::party::PartyKey;

    fn id<T>(number: u128) -> Id<T> {
        Id::new(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn a_row_in_another_house_style_is_the_same_row() {
        let there =
            Initiative { id: Some(id(1)), ..row(1, "＜対象＞相談 12 件（令和8年1月末）", Some(12)) };
        let brought = row(1, "【対象】相談１２件（R8.1月末）", Some(12));
        assert!(same_words(&for_comparing(&there), &for_comparing(&brought)));
        let is_one = |one: &Figure, other: &Figure| Counted::of(one).is_one_with(&Counted::of(other));
        assert!(is_one(&there.figures[0], &brought.figures[0]));
        let other = Figure { unit: Some("名".into()), ..brought.figures[0].clone() };
        assert!(!is_one(&there.figures[0], &other));
        assert!(is_one(&Figure { unit: Some("人".into()), ..other.clone() }, &other));
    }

    fn chosen(rows: &HashSet<Id<id::Initiative>>) -> Staying<'_> {
        static NONE: LazyLock<HashSet<Id<id::Initiative>>> = LazyLock::new(HashSet::new);
        Staying { chosen: rows, of_others: &NONE }
    }

    fn row(number: u32, text: &str, value: Option<i64>) -> Initiative {
        let figure = |value: i64| Figure {
            observation: None,
            label: "相談件数".into(),
            state: State::Value,
            value: Some(value.into()),
            unit: Some("件".into()),
            kind: FigureKind::Actual,
            as_of: None,
            period: None,
            event_dates: Vec::new(),
            scope: None,
            qualifier: None,
            provisional: false,
            source: Source::of_line(number, text),
            span: None,
        };
        Initiative {
            id: None,
            party: PartyKey::new("city"),
            number,
            mark: None,
            divisions: vec![format!("第{number}課")],
            divisions_printed: None,
            text: text.to_owned(),
            items: Vec::new(),
            item_marks: Vec::new(),
            particulars: Default::default(),
            repeated: false,
            figures: value.map(figure).into_iter().collect(),
            lines: vec![number],
        }
    }

    fn table(rows: Vec<Initiative>) -> PlanTable {
        let section =
            Section {
                id: None, number: 1, title: "若者の支援".into(), lead: None, initiatives: rows, source: None
            };
        let chapter = Chapter { number: 1, title: "柱".into(), sections: vec![section], source: None };
        let (fiscal_year, kind) = (FiscalYear(2025), PlanKind::Progress);
        PlanTable { id: None, fiscal_year, kind, title: "進捗".into(), chapters: vec![chapter] }
    }

    /// Returns the same table with the ids of a stored table.
    fn stored(rows: Vec<Initiative>) -> PlanTable {
        let mut table = table(rows);
        table.id = Some(id(1));
        let section = &mut table.chapters[0].sections[0];
        section.id = Some(id(2));
        for (place, row) in (10_u128..).step_by(10).zip(&mut section.initiatives) {
            row.id = Some(id(place));
            row.figures.iter_mut().for_each(|figure| figure.observation = Some(id(place + 1)));
        }
        table
    }

    const ADVICE: &str = "若年者のための合同相談会を開催し、就職の相談に応じた。";
    const TRAINING: &str = "求職者を対象にパソコンの基礎を教える公共職業訓練を実施した。";
    const FAIR: &str = "地元企業との合同就職面接会を市内の会場で開いた。";

    #[test]
    fn rows_are_same_changed_new_or_removed() {
        let there = stored(vec![row(1, ADVICE, Some(5)), row(2, TRAINING, None)]);
        let mut fair = row(2, FAIR, None);
        fair.divisions = vec!["商工課".to_owned()];
        let brought = table(vec![row(1, ADVICE, Some(7)), fair]);
        let merged = merge(&there, &brought, chosen(&HashSet::new()));
        let kinds: Vec<Change> = merged.changes.iter().map(|change| change.change).collect();
        assert_eq!(kinds, [Change::Changed, Change::New, Change::Gone]);
        let rows = &merged.table.chapters[0].sections[0].initiatives;
        assert_eq!(rows[0].id, Some(id(10)));
        assert_eq!(rows[0].figures[0].observation, Some(id(11)), "one thing, two values: one observation");
        assert_eq!((rows[1].id, rows.len()), (None, 2));
        assert_eq!((merged.table.id, merged.table.chapters[0].sections[0].id), (Some(id(1)), Some(id(2))));
    }

    #[test]
    fn a_row_that_is_kept_stays_at_the_end_of_its_section() {
        let there = stored(vec![row(1, ADVICE, Some(5)), row(2, TRAINING, Some(1))]);
        let merged = merge(&there, &table(vec![row(1, ADVICE, Some(5))]), chosen(&HashSet::from([id(20)])));
        assert!(merged.changes_nothing());
        let rows = &merged.table.chapters[0].sections[0].initiatives;
        assert_eq!((rows.len(), rows[1].id, rows[1].number, rows[1].lines.len()), (2, Some(id(20)), 2, 0));
        assert_eq!(rows[1].figures[0].source, Source::none());
    }

    #[test]
    fn a_kept_row_stays_unchanged() {
        let there = stored(vec![row(1, ADVICE, Some(5))]);
        let merged = merge(&there, &table(vec![row(1, ADVICE, Some(7))]), chosen(&HashSet::from([id(10)])));
        assert!(merged.changes_nothing());
        let rows = &merged.table.chapters[0].sections[0].initiatives;
        assert_eq!((rows[0].id, rows[0].figures[0].value), (Some(id(10)), Some(5.into())));
    }

    #[test]
    fn a_figure_at_another_date_is_another_observation() {
        let there = stored(vec![row(1, ADVICE, Some(5))]);
        let mut later = row(1, ADVICE, Some(9));
        later.figures[0].unit = Some("人".into());
        let merged = merge(&there, &table(vec![later]), chosen(&HashSet::new()));
        let rows = &merged.table.chapters[0].sections[0].initiatives;
        assert_eq!((rows[0].id, rows[0].figures[0].observation), (Some(id(10)), None));
        assert_eq!(merged.count(Change::Changed), 1);
    }

    #[test]
    fn a_kept_row_is_reported_with_the_row_of_the_document() {
        let there = stored(vec![row(1, ADVICE, Some(5)), row(2, TRAINING, Some(1)), row(3, FAIR, None)]);
        let brought = table(vec![row(1, ADVICE, Some(7)), Initiative { number: 2, ..row(3, FAIR, None) }]);
        let merged = merge(&there, &brought, chosen(&HashSet::from([id(10), id(20), id(30)])));
        let told: Vec<_> = merged.changes.iter().map(|known| (known.change, known.after.is_some())).collect();
        assert_eq!(told, [(Change::Kept, true), (Change::Same, true), (Change::Kept, false)]);
        let document = merged.changes[0].after.as_ref().expect("the document's");
        assert_eq!(document.figures[0].value, Some(7.into()));
        assert_eq!(merged.kept_against_the_document().collect::<Vec<_>>(), [id(10)]);
        assert!(merged.changes_nothing());
    }

    #[test]
    fn a_row_that_is_kept_stays_where_the_document_has_no_section_at_all() {
        let there = stored(vec![row(1, ADVICE, Some(5)), row(2, TRAINING, None)]);
        let mut brought = table(Vec::new());
        brought.chapters.clear();
        let merged = merge(&there, &brought, chosen(&HashSet::from([id(20)])));
        let section = &merged.table.chapters[0].sections[0];
        assert_eq!((section.id, section.initiatives.len()), (Some(id(2)), 1));
        assert_eq!(section.initiatives[0].id, Some(id(20)));
    }

    #[test]
    fn a_row_that_moves_to_another_party_gets_new_observations() {
        let there = stored(vec![row(1, ADVICE, Some(5))]);
        let mut bureaus = row(1, ADVICE, Some(5));
        bureaus.party = PartyKey::new("labour_bureau");
        let merged = merge(&there, &table(vec![bureaus]), chosen(&HashSet::new()));
        let rows = &merged.table.chapters[0].sections[0].initiatives;
        assert_eq!((rows[0].id, rows[0].figures[0].observation), (Some(id(10)), None));
    }

    #[test]
    fn the_same_table_changes_nothing() {
        let there = stored(vec![row(1, ADVICE, Some(5)), row(2, TRAINING, None), row(3, FAIR, Some(2))]);
        assert!(merge(&there, &there, chosen(&HashSet::new())).changes_nothing());
    }
}
