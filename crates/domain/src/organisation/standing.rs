//! The organisation on one day: the existing divisions and posts, and their names.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_document::search::folded;

use super::structure::{Division, Organisation, Place, Post};
use crate::organisation::duty::Duty;
use crate::record::register::Register;

/// ある日の課 — a division as it is on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingDivision {
    pub id: Id<Division>,
    pub name: String,
    pub kind: String,
    pub parent: Option<Id<Division>>,
    pub area: Option<String>,
}

/// 組織図の枝 — a division and its depth in the tree; its own subdivisions follow directly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Depth in the tree; 0 at the top.
    pub depth: usize,
    pub division: StandingDivision,
}

/// ある日の職 — a post as it is on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingPost {
    pub id: Id<Post>,
    /// The name as written in the journal: しごと課 課長.
    pub name: String,
    /// The title without the division: 課長.
    pub title: String,
    pub division: Id<Division>,
    /// The division's name as it is printed.
    pub division_name: String,
    pub duties: Vec<Duty>,
}

impl Organisation {
    /// Returns a division as it is on a day; `None` before it began and after it ended.
    pub fn division_on(&self, id: Id<Division>, day: Date) -> Option<StandingDivision> {
        let division = self.divisions.get(&id).filter(|division| division.stands_on(day))?;
        Some(StandingDivision {
            id,
            name: division.names.on(day)?.clone(),
            kind: division.kinds.on(day)?.clone(),
            parent: division.parents.on(day).copied().flatten(),
            area: division.areas.on(day).cloned().flatten(),
        })
    }

    /// Returns all divisions of a day, each after its parent. Divisions in a cycle, or with a missing parent, are
    /// placed at the top level.
    pub fn tree_on(&self, day: Date) -> Vec<Branch> {
        let standing: Vec<_> = self.divisions.keys().filter_map(|id| self.division_on(*id, day)).collect();
        let known: HashSet<_> = standing.iter().map(|division| division.id).collect();
        let mut children: HashMap<Option<Id<Division>>, Vec<&StandingDivision>> = HashMap::new();
        for division in &standing {
            children.entry(division.parent.filter(|parent| known.contains(parent))).or_default().push(division);
        }
        let mut tree = Vec::with_capacity(standing.len());
        let mut placed = HashSet::new();
        let tops = children.get(&None).into_iter().flatten().copied();
        for top in tops.chain(&standing) {
            let mut waiting = vec![(0, top)];
            while let Some((depth, division)) = waiting.pop() {
                if placed.insert(division.id) {
                    tree.push(Branch { depth, division: division.clone() });
                    let own = children.get(&Some(division.id)).into_iter().flatten();
                    waiting.extend(own.rev().map(|child| (depth + 1, *child)));
                }
            }
        }
        tree
    }

    /// Returns the printed name: the division's own name if it is unique on that day; otherwise with the parent's name
    /// before it (中央区福祉課).
    pub fn printed_on(&self, id: Id<Division>, day: Date) -> Option<String> {
        let own = self.division_on(id, day)?;
        let others = self.divisions.keys().filter(|other| **other != id);
        let twice = others.filter_map(|other| self.name_on(*other, day)).any(|name| name == own.name);
        let above = own.parent.filter(|_| twice).and_then(|parent| self.name_on(parent, day));
        Some(above.map_or(own.name.clone(), |above| format!("{above}{}", own.name)))
    }

    /// Returns all printed names of a day, the first recorded first.
    pub fn printed_names_on(&self, day: Date) -> Register<Id<Division>, String> {
        let own: Register<_, _> = self.divisions.keys().filter_map(|id| Some((*id, self.name_on(*id, day)?))).collect();
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        own.values().for_each(|name| *times.entry(name).or_default() += 1);
        let printed = |(id, name): (&Id<Division>, &&str)| {
            let parent = self.divisions[id].parents.on(day).copied().flatten();
            let above = parent.filter(|_| times[name] > 1).and_then(|parent| own.get(&parent));
            (*id, above.map_or((*name).to_owned(), |above| format!("{above}{name}")))
        };
        own.iter().map(printed).collect()
    }

    /// Returns the division that has this name on a day, with or without its parent's name before it. `None` if several
    /// divisions match, or no division does.
    pub fn named_on(&self, name: &str, day: Date) -> Option<Id<Division>> {
        let wanted = folded(name);
        let bears = |id: &Id<Division>| {
            let own = self.division_on(*id, day)?;
            let above = own.parent.and_then(|parent| self.name_on(parent, day)).unwrap_or_default();
            Some(folded(&own.name) == wanted || folded(&format!("{above}{}", own.name)) == wanted)
        };
        let mut found = self.divisions.keys().copied().filter(|id| bears(id) == Some(true));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Returns the divisions that do the work of this one on a day: itself while it exists, otherwise its successors,
    /// recursively.
    pub fn successors(&self, id: Id<Division>, day: Date) -> Vec<Id<Division>> {
        let (mut found, mut asked, mut waiting) = (Vec::new(), HashSet::new(), vec![id]);
        while let Some(id) = waiting.pop() {
            let Some(division) = self.divisions.get(&id).filter(|_| asked.insert(id)) else { continue };
            match &division.end {
                Some(end) if end.from <= day => waiting.extend(end.successors.iter().rev()),
                _ => found.push(id),
            }
        }
        found
    }

    /// Returns the posts of a day in the order of the tree; within a division, the first recorded first.
    pub fn posts_on(&self, day: Date) -> Vec<StandingPost> {
        let places: HashMap<Id<Division>, usize> =
            self.tree_on(day).iter().enumerate().map(|(place, branch)| (branch.division.id, place)).collect();
        let mut posts: Vec<_> = self.posts.keys().filter_map(|id| self.post_on(*id, day)).collect();
        posts.sort_by_key(|post| places.get(&post.division).copied().unwrap_or(usize::MAX));
        posts
    }

    /// Returns a post as it is on a day; `None` before it began and after it ended.
    pub fn post_on(&self, id: Id<Post>, day: Date) -> Option<StandingPost> {
        let Place { division, title, duties } =
            self.posts.get(&id).filter(|post| post.stands_on(day))?.places.on(day)?;
        let division_name = self.printed_on(*division, day).unwrap_or_default();
        let name = format!("{division_name} {title}").trim().to_owned();
        let (title, division, duties) = (title.clone(), *division, duties.clone());
        Some(StandingPost { id, name, title, division, division_name, duties })
    }

    fn name_on(&self, id: Id<Division>, day: Date) -> Option<&str> {
        let division = self.divisions.get(&id).filter(|division| division.stands_on(day))?;
        division.names.on(day).map(String::as_str)
    }
}
