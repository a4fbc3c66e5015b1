//! 残った行 — finds ancestors of new rows whose words match no old row. If a division has one old and one new row left in a
//! section (or rows with the same mark), the new one is treated as the old one rewritten.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::affinity::{Affinity, Siblings};
use super::row::Row;

/// The owner of a row: a party and the divisions of the row.
type Desk<'r> = (&'r str, &'r BTreeSet<String>);

/// The remaining rows, by their section (spot).
type BySpot = BTreeMap<usize, Vec<usize>>;

/// Sets the ancestor of each new row without ancestors to the remaining old row of the same party and divisions.
pub(super) fn pair(affinity: &Affinity<'_>, ancestors: &mut [Vec<usize>]) {
    let used: BTreeSet<usize> = ancestors.iter().flatten().copied().collect();
    let left = |row: &usize| ancestors[*row].is_empty();
    let old = by_desk(&affinity.old, (0..affinity.old.len()).filter(|from| !used.contains(from)));
    let new = by_desk(&affinity.new, (0..ancestors.len()).filter(left));
    let siblings = Siblings::among(&affinity.new);
    let mut chosen = Vec::new();
    for (desk, of_desk) in &new {
        let Some(there) = old.get(desk).filter(|_| !desk.1.is_empty()) else { continue };
        for (spot, rows) in of_desk {
            let near: Vec<usize> = there.keys().copied().filter(|old| affinity.near(*old, *spot) >= 0.5).collect();
            let left = Left::of(affinity, near.iter().flat_map(|spot| &there[spot]).copied());
            chosen.extend(rows.iter().filter_map(|to| Some((*to, left.ancestor(affinity, *to, of_desk)?))));
        }
    }
    for (to, from) in chosen.into_iter().filter(|(to, _)| !affinity.has_siblings(*to, &siblings)) {
        ancestors[to].push(from);
    }
}

fn by_desk<'r>(rows: &'r [Row<'_>], left: impl Iterator<Item = usize>) -> HashMap<Desk<'r>, BySpot> {
    let mut desks: HashMap<Desk<'_>, BySpot> = HashMap::new();
    for place in left {
        let row = &rows[place];
        let desk = (row.reference.party.as_str(), &row.divisions);
        desks.entry(desk).or_default().entry(row.spot).or_default().push(place);
    }
    desks
}

/// The remaining old rows of one owner in a section; each can be the ancestor of a new row of the same owner there.
enum Left<'r> {
    One(usize),
    /// The rows by their marks; if several rows have the same mark, only the first.
    Several(HashMap<&'r str, usize>),
}

impl<'r> Left<'r> {
    fn of(affinity: &'r Affinity<'_>, mut rows: impl Iterator<Item = usize> + Clone) -> Self {
        let all = rows.clone();
        if let (Some(only), None) = (rows.next(), rows.next()) {
            return Left::One(only);
        }
        let mut marks: HashMap<&str, usize> = HashMap::new();
        for from in all {
            let first = marks.entry(&affinity.old[from].reference.mark).or_insert(from);
            *first = from.min(*first);
        }
        Left::Several(marks)
    }

    fn ancestor(&self, affinity: &Affinity<'_>, to: usize, of_desk: &BySpot) -> Option<usize> {
        let mark = affinity.new[to].reference.mark.as_str();
        match self {
            Left::One(only) => {
                let fits = has_no_rival(affinity, *only, of_desk) || affinity.old[*only].reference.mark == mark;
                fits.then_some(*only)
            }
            Left::Several(marks) => marks.get(mark).copied(),
        }
    }
}

/// Whether only one new row of the same owner can come from this old row.
fn has_no_rival(affinity: &Affinity<'_>, from: usize, of_desk: &BySpot) -> bool {
    let spot = affinity.old[from].spot;
    let rivals = of_desk.iter().filter(|(new, _)| affinity.near(spot, **new) >= 0.5);
    rivals.flat_map(|(_, rows)| rows).nth(1).is_none()
}
