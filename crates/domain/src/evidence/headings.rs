//! 見出しの統合 — which section of the table that is there each section of a document is. Headings over rows that another party
//! has made its own are common ground: a document that one side brings neither renames them nor moves those rows under others.

use std::collections::{HashMap, HashSet};

use renkei_document::document::{Chapter, PlanTable, Section};
use renkei_document::id::{self, Id};
use renkei_document::same_text::same_text;

/// 今のまま残る見出し — where the document has other words, which are not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptHeading {
    /// From 1; the title of the table where there is none.
    pub chapter: Option<u32>,
    /// From 1; the title of the chapter where there is none.
    pub section: Option<u32>,
    pub there: String,
    pub brought: String,
}

/// Gives the sections of a document the ids of those that they are. A section of the table that is there is looked for by its
/// title, and then by its place; each is found once.
pub(super) fn identify(table: &mut PlanTable, there: &PlanTable) {
    let (mut titled, mut placed) = (HashMap::new(), HashMap::new());
    for (chapter, section) in there.chapters.iter().flat_map(|c| c.sections.iter().map(move |s| (c.number, s))) {
        titled.entry((chapter, section.title.as_str())).or_insert(section.id);
        placed.entry((chapter, section.number)).or_insert(section.id);
    }
    let mut taken = HashSet::new();
    let mut give = |table: &mut PlanTable, find: &dyn Fn(u32, &Section) -> Option<Id<id::Section>>| {
        for chapter in &mut table.chapters {
            for section in chapter.sections.iter_mut().filter(|section| section.id.is_none()) {
                section.id = find(chapter.number, section).filter(|id| taken.insert(*id));
            }
        }
    };
    table.chapters.iter_mut().flat_map(|chapter| &mut chapter.sections).for_each(|section| section.id = None);
    give(table, &|chapter, section| titled.get(&(chapter, section.title.as_str())).copied().flatten());
    give(table, &|chapter, section| placed.get(&(chapter, section.number)).copied().flatten());
}

/// Keeps the headings over rows of other parties, and puts back the sections of theirs that the document does not have. A heading
/// that the document does not have has no line of it as its source.
pub(super) fn keep(
    table: &mut PlanTable,
    there: &PlanTable,
    rows_of_others: &HashSet<Id<id::Initiative>>,
) -> Vec<KeptHeading> {
    let holds = |section: &Section| {
        section.initiatives.iter().any(|row| row.id.is_some_and(|row| rows_of_others.contains(&row)))
    };
    let mut kept = Vec::new();
    for old in there.chapters.iter().filter(|chapter| chapter.sections.iter().any(holds)) {
        if kept.is_empty() {
            tell(&mut kept, (None, None), &there.title, &table.title);
            table.title.clone_from(&there.title);
        }
        let chapter = chapter_like(table, old);
        tell(&mut kept, (Some(old.number), None), &old.title, &chapter.title);
        if chapter.title != old.title {
            chapter.source = None;
        }
        chapter.title.clone_from(&old.title);
        for old_section in old.sections.iter().filter(|section| holds(section)) {
            let section = section_like(chapter, old_section);
            let at = (Some(old.number), Some(old_section.number));
            tell(&mut kept, at, &old_section.title, &section.title);
            if let Some(lead) = &section.lead {
                tell(&mut kept, at, old_section.lead.as_deref().unwrap_or_default(), lead);
            }
            if section.title != old_section.title {
                section.source = None;
            }
            section.title.clone_from(&old_section.title);
            section.lead.clone_from(&old_section.lead);
        }
    }
    kept
}

/// Notes a heading that stays where the document says something else.
fn tell(kept: &mut Vec<KeptHeading>, (chapter, section): (Option<u32>, Option<u32>), there: &str, brought: &str) {
    if !same_text(there, brought) {
        kept.push(KeptHeading { chapter, section, there: there.to_owned(), brought: brought.to_owned() });
    }
}

/// The chapter of the same number, put back in its place where there is none.
fn chapter_like<'a>(table: &'a mut PlanTable, old: &Chapter) -> &'a mut Chapter {
    let known = table.chapters.iter().position(|chapter| chapter.number == old.number);
    let place = known.unwrap_or_else(|| {
        let after = table.chapters.iter().position(|chapter| chapter.number > old.number);
        let place = after.unwrap_or(table.chapters.len());
        table.chapters.insert(place, Chapter { sections: Vec::new(), source: None, ..old.clone() });
        place
    });
    &mut table.chapters[place]
}

/// The section of the same id, put back in its place where there is none. Its number is the next one where another has its own.
fn section_like<'a>(chapter: &'a mut Chapter, old: &Section) -> &'a mut Section {
    let sections = &mut chapter.sections;
    let known = sections.iter().position(|section| section.id == old.id);
    let place = known.unwrap_or_else(|| {
        let is_taken = sections.iter().any(|section| section.number == old.number);
        let last = sections.iter().map(|section| section.number).max().unwrap_or(0);
        let number = if is_taken { last.saturating_add(1) } else { old.number };
        let after = sections.iter().position(|section| section.number > number);
        let place = after.unwrap_or(sections.len());
        sections.insert(place, Section { number, initiatives: Vec::new(), source: None, ..old.clone() });
        place
    });
    &mut sections[place]
}
