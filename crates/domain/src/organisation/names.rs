//! Finds the name changes that the recorded organisation already explains, so that no user is asked about them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::Id;

use super::structure::{Division, Organisation};
use crate::organisation::division_names::DivisionAnswer;

/// 名前の引継ぎ — a printed name that ends and one that begins, and whether both mean one division (renamed or merged).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameChange {
    pub former: String,
    pub latter: String,
    pub from: Date,
    /// `false` if a division was split: its rows went to several divisions, and it is not known which row went where.
    pub same: bool,
}

impl NameChange {
    /// Returns the name change in the form of an answer given by a person.
    pub(crate) fn as_answer(&self) -> DivisionAnswer {
        DivisionAnswer {
            former: self.former.clone(),
            latter: self.latter.clone(),
            since: FiscalYear::of(self.from),
            same: self.same,
            post: String::new(),
            at: Default::default(),
        }
    }
}

impl Organisation {
    /// Returns every printed name whose rows a division is responsible for on a day: all its own names, and those of
    /// the divisions whose work it took over. If a division was split, each successor is responsible for all rows of
    /// the old division, because it is not known which row went where. A name that another division uses on that day is
    /// not included.
    pub fn names_answered_for(&self, id: Id<Division>, day: Date) -> BTreeSet<String> {
        let is_forerunner = |known: &Id<Division>| self.successors(*known, day).contains(&id);
        let forerunners: Vec<_> = self.divisions.keys().copied().filter(is_forerunner).collect();
        let mut answered = BTreeSet::new();
        for day in self.days().into_iter().chain([day]) {
            let names = self.printed_names_on(day);
            answered.extend(forerunners.iter().filter_map(|known| names.get(known).cloned()));
        }
        let borne = self.printed_names_on(day);
        borne.iter().filter(|(known, _)| **known != id).for_each(|(_, name)| {
            answered.remove(name);
        });
        answered
    }

    /// Returns every change of a printed name: by renaming the division or its parent, by merging and by splitting.
    pub fn name_changes(&self) -> Vec<NameChange> {
        self.days().into_iter().flat_map(|day| self.name_changes_from(day)).collect()
    }

    fn name_changes_from(&self, day: Date) -> Vec<NameChange> {
        let Ok(yesterday) = day.yesterday() else { return Vec::new() };
        let (before, after) = (self.printed_names_on(yesterday), self.printed_names_on(day));
        let changes = self.divisions.iter().flat_map(|(id, division)| {
            let ended = division.end.as_ref().filter(|end| end.from == day);
            let heirs: Vec<Id<Division>> = ended.map_or(vec![*id], |end| end.successors.clone());
            let same = heirs.len() == 1;
            let change = |heir: Id<Division>| {
                let (former, latter) = (before.get(id)?.clone(), after.get(&heir)?.clone());
                (former != latter).then_some(NameChange { former, latter, from: day, same })
            };
            heirs.into_iter().filter_map(change).collect::<Vec<_>>()
        });
        changes.collect()
    }
}
