//! What does not hold in an organisation: told before a change is recorded, so that no day is left with a division under
//! nothing or two of one name.

use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_document::search::folded;

use super::{Division, Organisation};

/// 組織の不整合 — what would be wrong, from which day on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrganisationFault {
    /// Two divisions of one name stand beside each other.
    NameTwice { name: String, day: Date },
    /// The division it stands under does not stand on that day.
    ParentGone { name: String, day: Date },
    /// It would stand under itself.
    Circle { name: String, day: Date },
    /// It ends on or before the day on which it begins.
    EndsBeforeBeginning { name: String, from: Date },
    /// The post's division does not stand on that day.
    DivisionGone { post: String, day: Date },
    /// A change from a day on which the division or post does not stand.
    OutsideItsTime { name: String, day: Date },
    /// One that takes its work does not stand on that day.
    SuccessorGone { name: String, day: Date },
    /// Two posts of one title in one division.
    TitleTwice { post: String, day: Date },
}

impl Organisation {
    /// All that does not hold, each at the first day on which it shows.
    pub fn faults(&self) -> BTreeSet<OrganisationFault> {
        let mut faults = BTreeSet::new();
        self.faults_of_times(&mut faults);
        let mut told = BTreeSet::new();
        for day in self.days() {
            for (key, fault) in self.faults_on(day) {
                if told.insert(key) {
                    faults.insert(fault);
                }
            }
        }
        faults
    }

    /// The days on which anything changes.
    pub(super) fn days(&self) -> BTreeSet<Date> {
        let divisions = self.divisions.values().flat_map(|division| {
            let changes = division.names.states().map(|(day, _)| day);
            let moves = division.parents.states().map(|(day, _)| day);
            changes.chain(moves).chain(division.end.as_ref().map(|end| end.from)).chain([division.from])
        });
        let posts = self.posts.values().flat_map(|post| post.places.states().map(|(day, _)| day));
        divisions.chain(posts).collect()
    }

    /// What does not hold on a day, each with a key that stays the same on the days after.
    fn faults_on(&self, day: Date) -> Vec<(String, OrganisationFault)> {
        let mut faults = Vec::new();
        let mut names = HashSet::new();
        for division in self.divisions.keys().filter_map(|id| self.division_on(*id, day)) {
            let (id, name) = (division.id, division.name);
            if !names.insert((division.parent, folded(&name))) {
                faults.push((format!("name {id}"), OrganisationFault::NameTwice { name: name.clone(), day }));
            }
            if division.parent.is_some_and(|parent| self.division_on(parent, day).is_none()) {
                faults.push((format!("parent {id}"), OrganisationFault::ParentGone { name: name.clone(), day }));
            }
            if self.stands_under_itself(id, day) {
                faults.push((format!("circle {id}"), OrganisationFault::Circle { name, day }));
            }
        }
        let mut titles = HashSet::new();
        for post in self.posts.keys().filter_map(|id| self.post_on(*id, day)) {
            if self.division_on(post.division, day).is_none() {
                let fault = OrganisationFault::DivisionGone { post: post.title.clone(), day };
                faults.push((format!("division {}", post.id), fault));
            }
            if !titles.insert((post.division, folded(&post.title))) {
                faults.push((format!("title {}", post.id), OrganisationFault::TitleTwice { post: post.name, day }));
            }
        }
        faults
    }

    fn stands_under_itself(&self, id: Id<Division>, day: Date) -> bool {
        let above = |id: Id<Division>| self.division_on(id, day).and_then(|division| division.parent);
        let mut passed = HashSet::new();
        let mut next = above(id);
        while let Some(parent) = next {
            if parent == id {
                return true;
            }
            next = above(parent).filter(|_| passed.insert(parent));
        }
        false
    }

    /// States from a day on which their division or post does not stand, and ends before the beginning.
    fn faults_of_times(&self, faults: &mut BTreeSet<OrganisationFault>) {
        for division in self.divisions.values() {
            let name = || division.names.states().last().map(|(_, name)| name.clone()).unwrap_or_default();
            if let Some(end) = &division.end {
                if end.from <= division.from {
                    faults.insert(OrganisationFault::EndsBeforeBeginning { name: name(), from: end.from });
                }
                let stands = |id: &&Id<Division>| self.division_on(**id, end.from).is_none();
                if end.successors.iter().any(|id| stands(&id)) {
                    faults.insert(OrganisationFault::SuccessorGone { name: name(), day: end.from });
                }
            }
            let names = division.names.states().map(|(day, _)| day);
            let moves = division.parents.states().map(|(day, _)| day);
            let areas = division.areas.states().map(|(day, _)| day);
            let outside =
                names.chain(moves).chain(areas).find(|day| *day != division.from && !division.stands_on(*day));
            faults.extend(outside.map(|day| OrganisationFault::OutsideItsTime { name: name(), day }));
        }
        for post in self.posts.values() {
            let name = || post.places.states().last().map(|(_, place)| place.title.clone()).unwrap_or_default();
            let ends_early = post.end.filter(|end| *end <= post.from);
            faults.extend(ends_early.map(|from| OrganisationFault::EndsBeforeBeginning { name: name(), from }));
            let mut days = post.places.states().map(|(day, _)| day);
            let outside = days.find(|day| *day != post.from && !post.stands_on(*day));
            faults.extend(outside.map(|day| OrganisationFault::OutsideItsTime { name: name(), day }));
        }
    }
}
