//! 沿革 — lists past and future changes of divisions and posts. Each entry contains the change from which it was
//! recorded.

use jiff::civil::Date;
use renkei_document::id::Id;

use super::change::OrganisationChange;
use super::structure::{Division, Organisation, Timeline};
use crate::record::register::Register;

/// 沿革の一行 — one change of a division or post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub from: Date,
    /// The division or post, as printed on the day before; if it is new, as printed from that day on.
    pub subject: String,
    /// The state before (`before`) and after (`after`) the change, if it can be put into words.
    pub before: Option<String>,
    pub after: Option<String>,
    pub change: OrganisationChange,
}

/// The day on which divisions end, and their successors.
type Together<'a> = (Date, &'a [Id<Division>]);

impl Step {
    /// Returns a key that is unique to this step.
    pub fn key(&self) -> String {
        let about = match &self.change {
            OrganisationChange::DivisionBegun { division, .. }
            | OrganisationChange::DivisionRenamed { division, .. }
            | OrganisationChange::DivisionMoved { division, .. }
            | OrganisationChange::AreaChanged { division, .. } => division.to_string(),
            OrganisationChange::DivisionsEnded { divisions, .. } => {
                divisions.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
            }
            OrganisationChange::PostBegun { post, .. }
            | OrganisationChange::PostChanged { post, .. }
            | OrganisationChange::PostEnded { post, .. } => post.to_string(),
            OrganisationChange::TakenBack { .. } => String::new(),
        };
        format!("{} {} {about}", self.change.title(), self.from)
    }

    /// Returns the divisions that the change concerns.
    pub fn divisions(&self) -> Vec<Id<Division>> {
        match &self.change {
            OrganisationChange::DivisionBegun { division, .. }
            | OrganisationChange::DivisionRenamed { division, .. }
            | OrganisationChange::DivisionMoved { division, .. }
            | OrganisationChange::AreaChanged { division, .. } => vec![*division],
            OrganisationChange::DivisionsEnded { divisions, successors, .. } => {
                [divisions.as_slice(), successors].concat()
            }
            OrganisationChange::PostBegun { place, .. } | OrganisationChange::PostChanged { place, .. } => {
                vec![place.division]
            }
            OrganisationChange::PostEnded { .. } | OrganisationChange::TakenBack { .. } => Vec::new(),
        }
    }
}

impl Organisation {
    /// Returns every change, oldest first.
    pub fn history(&self) -> Vec<Step> {
        let mut steps: Vec<Step> =
            self.divisions.iter().flat_map(|(id, division)| self.steps_of_division(*id, division)).collect();
        steps.extend(self.endings());
        steps.extend(self.steps_of_posts());
        steps.sort_by_key(|step| step.from);
        steps
    }

    fn steps_of_division(&self, id: Id<Division>, known: &Division) -> Vec<Step> {
        let first = |timeline: &Timeline<String>| timeline.on(known.from).cloned().unwrap_or_default();
        let parent = known.parents.on(known.from).copied().flatten();
        let begun = OrganisationChange::DivisionBegun {
            division: id,
            from: known.from,
            name: first(&known.names),
            kind: first(&known.kinds),
            parent,
            area: known.areas.on(known.from).cloned().flatten(),
        };
        let after = parent.and_then(|parent| self.printed_on(parent, known.from));
        let mut steps =
            vec![Step { from: known.from, subject: first(&known.names), before: None, after, change: begun }];
        let subject = |from: Date| known.names.on(from.yesterday().unwrap_or(from)).cloned().unwrap_or_default();
        for (from, name) in known.names.states().skip(1) {
            let kind = known.kinds.on(from).cloned().unwrap_or_default();
            let (before, after) = (Some(subject(from)), Some(name.clone()));
            let change = OrganisationChange::DivisionRenamed { division: id, from, name: name.clone(), kind };
            steps.push(Step { from, subject: subject(from), before, after, change });
        }
        for ((_, old), (from, new)) in known.parents.states().zip(known.parents.states().skip(1)) {
            let name = |parent: &Option<Id<Division>>| parent.and_then(|parent| self.some_name(parent, from));
            let change = OrganisationChange::DivisionMoved { division: id, from, parent: *new };
            steps.push(Step { from, subject: subject(from), before: name(old), after: name(new), change });
        }
        for ((_, old), (from, new)) in known.areas.states().zip(known.areas.states().skip(1)) {
            let change = OrganisationChange::AreaChanged { division: id, from, area: new.clone() };
            steps.push(Step { from, subject: subject(from), before: old.clone(), after: new.clone(), change });
        }
        steps
    }

    /// Returns the steps that end divisions. Divisions that end on one day with the same successors form one step.
    /// Endings without successors come first, the others in the order of their successors.
    fn endings(&self) -> Vec<Step> {
        let mut together: Register<Together<'_>, Vec<Id<Division>>> = Register::new();
        for (id, division) in self.divisions.iter() {
            if let Some(end) = &division.end {
                let key = (end.from, end.successors.as_slice());
                together.get_or_default(key).push(*id);
            }
        }
        let step = |((from, successors), divisions): (Together<'_>, &Vec<Id<Division>>)| {
            let names = |ids: &[Id<Division>]| {
                ids.iter().filter_map(|id| self.some_name(*id, from)).collect::<Vec<_>>().join("、")
            };
            let (subject, after) = (names(divisions), Some(names(successors)).filter(|names| !names.is_empty()));
            let (divisions, successors) = (divisions.clone(), successors.to_vec());
            let change = OrganisationChange::DivisionsEnded { divisions, from, successors };
            Step { from, subject, before: None, after, change }
        };
        let mut together: Vec<_> = together.iter().collect();
        let place = |id: &Id<Division>| self.divisions.place(id);
        together.sort_by_cached_key(|((_, successors), _)| successors.iter().map(place).collect::<Vec<_>>());
        together.into_iter().map(|(key, divisions)| step((*key, divisions))).collect()
    }

    fn steps_of_posts(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (id, post) in self.posts.iter() {
            let name = |day: Date| self.post_on(*id, day).map(|post| post.name);
            for (place, (from, state)) in post.places.states().enumerate() {
                let duties = state.duties.iter().map(|duty| duty.name()).collect::<Vec<_>>().join("・");
                let after = name(from).map(|name| format!("{name}（{duties}）"));
                let before = from.yesterday().ok().and_then(name);
                let subject = before.clone().or_else(|| name(from)).unwrap_or_else(|| state.title.clone());
                let (post, state) = (*id, state.clone());
                let change = match place {
                    0 => OrganisationChange::PostBegun { post, from, place: state },
                    _ => OrganisationChange::PostChanged { post, from, place: state },
                };
                steps.push(Step { from, subject, before, after, change });
            }
            if let Some(from) = post.end {
                let subject = from.yesterday().ok().and_then(name).unwrap_or_default();
                let change = OrganisationChange::PostEnded { post: *id, from };
                steps.push(Step { from, subject, before: None, after: None, change });
            }
        }
        steps
    }

    /// Returns the printed name on a day; if the division has just ended, the printed name on the day before.
    pub fn some_name(&self, id: Id<Division>, day: Date) -> Option<String> {
        let before = || day.yesterday().ok().and_then(|day| self.printed_on(id, day));
        self.printed_on(id, day).or_else(before)
    }
}
