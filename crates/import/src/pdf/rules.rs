//! Drawn rules → long rules: joins pieces on one straight line, joins double borders, and finds the rules that touch.

use crate::pdf::marks::Rule;

/// Maximum distance, in points, of two rules that are treated as one rule, such as borders of neighbouring cells or a
/// double line.
pub const NEAR: f64 = 3.2;

/// Maximum number of rules of a page; a page with more rules is treated as a drawing.
const MAX_RULES: usize = 3_000;

/// The rules of one table; each may be a border of a row or column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    pub horizontal: Vec<Rule>,
    pub vertical: Vec<Rule>,
}

/// Returns the frames of a page: groups of rules that touch each other directly or through other rules. Groups that
/// form no table are left out.
pub fn frames(rules: &[Rule]) -> Vec<Frame> {
    let horizontal = joined(rules.iter().filter(|rule| rule.is_horizontal).copied().collect());
    let vertical = joined(rules.iter().filter(|rule| !rule.is_horizontal).copied().collect());
    if horizontal.len() + vertical.len() > MAX_RULES {
        return Vec::new();
    }
    let all: Vec<Rule> = horizontal.into_iter().chain(vertical).collect();
    let groups = touching(&all);
    let mut frames: Vec<Frame> = Vec::new();
    for group in groups {
        let mut frame = Frame::default();
        for rule in group {
            match rule.is_horizontal {
                true => frame.horizontal.push(rule),
                false => frame.vertical.push(rule),
            }
        }
        if frame.vertical.len() >= 2 && !frame.horizontal.is_empty() {
            frames.push(frame);
        }
    }
    frames
}

/// Joins consecutive pieces on one straight line into one rule.
fn joined(mut pieces: Vec<Rule>) -> Vec<Rule> {
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut lanes: Vec<Vec<Rule>> = Vec::new();
    for piece in pieces {
        match lanes.last_mut().filter(|lane| lane.last().is_some_and(|last| piece.at - last.at < NEAR)) {
            Some(lane) => lane.push(piece),
            None => lanes.push(vec![piece]),
        }
    }
    lanes.into_iter().flat_map(joined_in_lane).collect()
}

fn joined_in_lane(mut lane: Vec<Rule>) -> Vec<Rule> {
    let at = lane.iter().map(|piece| piece.at).sum::<f64>() / lane.len() as f64;
    lane.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut rules: Vec<Rule> = Vec::new();
    for piece in lane {
        match rules.last_mut().filter(|rule| piece.from <= rule.to + NEAR) {
            Some(rule) => rule.to = rule.to.max(piece.to),
            None => rules.push(Rule { at, ..piece }),
        }
    }
    rules
}

fn touching(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let mut group: Vec<usize> = (0..rules.len()).collect();
    for a in 0..rules.len() {
        for b in a + 1..rules.len() {
            if rules[a].is_horizontal != rules[b].is_horizontal && touch(&rules[a], &rules[b]) {
                let (one, other) = (root(&mut group, a), root(&mut group, b));
                group[other] = one;
            }
        }
    }
    let mut groups: Vec<(usize, Vec<Rule>)> = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        let key = root(&mut group, at);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, members)) => members.push(*rule),
            None => groups.push((key, vec![*rule])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

fn touch(a: &Rule, b: &Rule) -> bool {
    let meets = |one: &Rule, other: &Rule| one.from - NEAR <= other.at && other.at <= one.to + NEAR;
    meets(a, b) && meets(b, a)
}

/// Merges nearly equal positions.
pub fn places(mut places: Vec<f64>) -> Vec<f64> {
    places.sort_by(f64::total_cmp);
    let mut kept: Vec<f64> = Vec::new();
    for place in places {
        if kept.last().is_none_or(|last| place - last >= NEAR) {
            kept.push(place);
        }
    }
    kept
}
