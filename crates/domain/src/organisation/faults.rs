//! Finds inconsistencies in an organisation. A change that would cause one is refused, so that on every day each
//! division has its parent and no two divisions under one parent share a name.

use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_document::search::folded;

use super::structure::{Division, Organisation};

/// 組織の不整合 — an inconsistency, and the first day on which it occurs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrganisationFault {
    /// Two divisions with the same parent have the same name.
    NameTwice { name: String, day: Date },
    /// The division's parent does not exist on that day.
    ParentGone { name: String, day: Date },
    /// The division would be its own ancestor.
    Circle { name: String, day: Date },
    /// The last day of the division or post would be before its first day.
    EndsBeforeBeginning { name: String, from: Date },
    /// The post's division does not exist on that day.
    DivisionGone { post: String, day: Date },
    /// The change starts on a day on which the division or post does not exist.
    OutsideItsTime { name: String, day: Date },
    /// A successor of the division does not exist on that day.
    SuccessorGone { name: String, day: Date },
    /// Two posts in one division have the same title.
    TitleTwice { post: String, day: Date },
}

impl Organisation {
    /// Returns all inconsistencies, each with the first day on which it occurs.
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

    /// Returns the days on which a division begins, ends, or changes its name or parent, and on which a post's place
    /// changes.
    pub(super) fn days(&self) -> BTreeSet<Date> {
        let divisions = self.divisions.values().flat_map(|division| {
            let changes = division.names.states().map(|(day, _)| day);
            let moves = division.parents.states().map(|(day, _)| day);
            changes.chain(moves).chain(division.end.as_ref().map(|end| end.from)).chain([division.from])
        });
        let posts = self.posts.values().flat_map(|post| post.places.states().map(|(day, _)| day));
        divisions.chain(posts).collect()
    }

    /// Returns the inconsistencies of a day, each with a key. An inconsistency that continues has the same key on later
    /// days.
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

    /// Finds divisions and posts that have a state outside of their time, or that end before they begin.
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
