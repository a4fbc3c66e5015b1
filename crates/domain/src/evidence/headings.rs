//! 見出しの統合 — matches the chapters and sections of a document with those of the recorded table. Headings over rows that
//! another party has made its own belong to all parties: a document of one side cannot rename such a heading, and
//! cannot move such a row under another heading.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use renkei_document::document::{Chapter, PlanTable, Section};
use renkei_document::id::{self, Id};
use renkei_document::same_text::{key, same_text};

use crate::evidence::pairs::{At, Pairs};
use crate::evidence::weaving::weave;

/// 今のまま残る見出し — a recorded heading that stays although the document words it differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptHeading {
    pub part: HeadingPart,
    pub there: String,
    pub brought: String,
}

/// 見出しの箇所 — the part that a heading belongs to. A chapter or section is identified by its number in the recorded table,
/// from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingPart {
    /// 表の題名: the title of the table.
    Table,
    /// 柱: the title of a chapter.
    Chapter(u32),
    /// 項目: the title of a section.
    Section(u32, u32),
    /// 項目の前文: the lead text of a section.
    Lead(u32, u32),
}

/// For each chapter or section of the document, the index (from 0) of the matching one in the recorded table.
type Places = Vec<Option<usize>>;

/// Counts rows that two headings have in common. First key: the chapter or section of the document; second key: that of
/// the recorded table. First count: rows that the document may move; second count: rows of other parties, which stay
/// where they are.
type Votes = HashMap<usize, HashMap<usize, (usize, usize)>>;

/// Sets the id of each section of a document to the id of the matching recorded section. Returns, for each chapter, the
/// matching recorded chapter. Matches are searched first by title, then by rows. Matching by position is used only if
/// no other party has rows of its own under the heading. Each recorded heading is matched once.
pub(super) fn identify(
    table: &mut PlanTable,
    there: &PlanTable,
    pairs: &Pairs,
    of_others: &HashSet<Id<id::Initiative>>,
) -> Places {
    let mut of_chapters = Votes::new();
    let mut of_sections: HashMap<(usize, usize), Votes> = HashMap::new();
    let rows = there.chapters.iter().flat_map(|chapter| chapter.sections.iter().map(move |section| (chapter, section)));
    let others: HashSet<At> = rows
        .flat_map(|(chapter, section)| {
            let rows = section.initiatives.iter().filter(|row| row.id.is_some_and(|id| of_others.contains(&id)));
            rows.map(move |row| (chapter.number, section.number, row.number))
        })
        .collect();
    for (to, from) in pairs {
        let count = |(own, of_others): &mut (usize, usize)| *if others.contains(from) { of_others } else { own } += 1;
        let [(chapter, section), (old_chapter, old_section)] = [to, from].map(|at| (at.0 as usize, at.1 as usize));
        count(of_chapters.entry(chapter).or_default().entry(old_chapter).or_default());
        let votes = of_sections.entry((chapter, old_chapter)).or_default();
        count(votes.entry(section).or_default().entry(old_section).or_default());
    }
    let is_held = |chapter: &Chapter| chapter.sections.iter().any(|section| holds(section, of_others));
    let chapters = matched(&table.chapters, &there.chapters, |chapter| &chapter.title, &of_chapters, is_held);
    let none = Votes::new();
    for (place, chapter) in table.chapters.iter_mut().enumerate() {
        chapter.sections.iter_mut().for_each(|section| section.id = None);
        let Some(old_place) = chapters[place] else { continue };
        let old = &there.chapters[old_place].sections;
        let votes = of_sections.get(&(place + 1, old_place + 1)).unwrap_or(&none);
        let is_held = |section: &Section| holds(section, of_others);
        let sections = matched(&chapter.sections, old, |section| &section.title, votes, is_held);
        for (section, found) in chapter.sections.iter_mut().zip(sections) {
            section.id = found.and_then(|place| old[place].id);
        }
    }
    chapters
}

/// Whether other parties have rows of their own in a section.
fn holds(section: &Section, of_others: &HashSet<Id<id::Initiative>>) -> bool {
    section.initiatives.iter().any(|row| row.id.is_some_and(|row| of_others.contains(&row)))
}

/// Returns, for each new item, the index of the matching old item.
fn matched<T>(new: &[T], old: &[T], title: fn(&T) -> &String, votes: &Votes, is_held: impl Fn(&T) -> bool) -> Places {
    let mut titled: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, one) in old.iter().enumerate().rev() {
        titled.entry(key(title(one))).or_default().push(place);
    }
    let mut found: Places = new.iter().map(|one| titled.get_mut(&key(title(one)))?.pop()).collect();
    let mut free: HashSet<usize> = (0..old.len()).collect();
    found.iter().flatten().for_each(|place| {
        free.remove(place);
    });
    for (place, found) in found.iter_mut().enumerate().filter(|(_, found)| found.is_none()) {
        let rows = votes.get(&(place + 1)).into_iter().flatten().map(|(old, rows)| (*rows, Reverse(*old - 1)));
        *found = rows.filter(|(_, Reverse(old))| free.contains(old)).max().map(|(_, Reverse(old))| old);
        found.iter().for_each(|place| {
            free.remove(place);
        });
    }
    for (place, found) in found.iter_mut().enumerate().filter(|(_, found)| found.is_none()) {
        *found = Some(place).filter(|place| old.get(*place).is_some_and(|old| !is_held(old)) && free.remove(place));
    }
    found
}

/// Removes the chapters that have sections in the document but no section in the merged table.
pub(super) fn drop_emptied(table: &mut PlanTable, brought: &PlanTable, chapters: &mut Places) {
    let places = std::mem::take(chapters).into_iter().zip(&brought.chapters);
    let all = std::mem::take(&mut table.chapters).into_iter().zip(places);
    let left = all.filter(|(now, (_, had))| !now.sections.is_empty() || had.sections.is_empty());
    (table.chapters, *chapters) = left.map(|(chapter, (place, _))| (chapter, place)).unzip();
}

/// Keeps the headings over rows of other parties and their order. Adds the chapters and sections of those rows that the
/// document does not have. A heading that is not from the document has no source line.
pub(super) fn keep(
    table: &mut PlanTable,
    there: &PlanTable,
    chapters: &Places,
    of_others: &HashSet<Id<id::Initiative>>,
) -> Vec<KeptHeading> {
    let mut kept = Vec::new();
    let is_held = |chapter: &Chapter| chapter.sections.iter().any(|section| holds(section, of_others));
    let held: Vec<usize> = (0..there.chapters.len()).filter(|place| is_held(&there.chapters[*place])).collect();
    if !held.is_empty() {
        note(&mut kept, HeadingPart::Table, &there.title, &table.title);
        table.title.clone_from(&there.title);
    }
    let old = (0..there.chapters.len()).map(|place| (place, place)).collect();
    table.chapters = weave(std::mem::take(&mut table.chapters), chapters, &held, &old, |place, mine| {
        let old = &there.chapters[held[place]];
        let mine = mine.unwrap_or_else(|| Chapter { sections: Vec::new(), source: None, ..old.clone() });
        with_headings_of(mine, old, of_others, &mut kept)
    });
    kept
}

fn with_headings_of(
    mut chapter: Chapter,
    old: &Chapter,
    of_others: &HashSet<Id<id::Initiative>>,
    kept: &mut Vec<KeptHeading>,
) -> Chapter {
    if note(kept, HeadingPart::Chapter(old.number), &old.title, &chapter.title) {
        chapter.source = None;
    }
    chapter.title.clone_from(&old.title);
    let held: Vec<&Section> = old.sections.iter().filter(|section| holds(section, of_others)).collect();
    let held_ids: Vec<_> = held.iter().filter_map(|section| section.id).collect();
    let places = old.sections.iter().enumerate().filter_map(|(place, section)| Some((section.id?, place))).collect();
    let ids: Vec<_> = chapter.sections.iter().map(|section| section.id).collect();
    let sections = weave(chapter.sections, &ids, &held_ids, &places, |place, mine| {
        let empty = || Section { initiatives: Vec::new(), source: None, ..held[place].clone() };
        let at = (old.number, held[place].number);
        with_heading_of(mine.unwrap_or_else(empty), held[place], at, kept)
    });
    Chapter { sections, ..chapter }
}

fn with_heading_of(mut section: Section, old: &Section, at: (u32, u32), kept: &mut Vec<KeptHeading>) -> Section {
    if note(kept, HeadingPart::Section(at.0, at.1), &old.title, &section.title) {
        section.source = None;
    }
    if let Some(lead) = &section.lead {
        note(kept, HeadingPart::Lead(at.0, at.1), old.lead.as_deref().unwrap_or_default(), lead);
    }
    Section { title: old.title.clone(), lead: old.lead.clone(), ..section }
}

/// Records a heading that stays although the document words it differently. Returns whether the wording differs.
fn note(kept: &mut Vec<KeptHeading>, part: HeadingPart, there: &str, brought: &str) -> bool {
    let differs = !same_text(there, brought);
    if differs {
        kept.push(KeptHeading { part, there: there.to_owned(), brought: brought.to_owned() });
    }
    differs
}

/// Numbers chapters, sections and rows by position, from 1, as in recorded tables.
pub(super) fn number(table: &mut PlanTable) {
    let numbers = || 1_u32..;
    for (chapter, number) in table.chapters.iter_mut().zip(numbers()) {
        chapter.number = number;
        for (section, number) in chapter.sections.iter_mut().zip(numbers()) {
            section.number = number;
            section.initiatives.iter_mut().zip(numbers()).for_each(|(row, number)| row.number = number);
        }
    }
}
