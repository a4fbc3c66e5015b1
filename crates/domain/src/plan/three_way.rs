//! 三者の突合せ — merges the changes that two people made to one wording. Changes that do not overlap are both applied;
//! overlapping ones are reported as conflicts, and nothing is lost.

use std::ops::Range;

use renkei_document::particulars::{Particulars, TargetGroup};
use renkei_document::passage::Passage;
use renkei_document::word_diff::{pieces, steps};

use crate::plan::{Item, Wording};

/// 欄 — a field of a row that is merged separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordingField {
    Divisions,
    With,
    Text,
    Items,
    Programme,
}

/// 突合せの結果 — a wording with both people's changes, and the fields in which both changed the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The merged wording. A field listed in `conflicts` has the value of `typed`.
    pub wording: Wording,
    pub conflicts: Vec<WordingField>,
}

/// Merges the current wording and the typed one, both made from `base`.
pub fn merge(base: &Wording, present: &Wording, typed: &Wording) -> Merged {
    let mut conflicts = Vec::new();
    let mut note = |field, clean: bool| {
        if !clean {
            conflicts.push(field);
        }
    };
    let divisions = lists(&base.divisions, &present.divisions, &typed.divisions);
    note(WordingField::Divisions, divisions.is_some());
    let [was, now, wanted] = [base, present, typed].map(|wording| &wording.particulars);
    let with = lists(&was.with, &now.with, &wanted.with);
    note(WordingField::With, with.is_some());
    let text = passages(&base.text, &present.text, &typed.text);
    note(WordingField::Text, text.is_some());
    let items = item_lists(&base.items, &present.items, &typed.items);
    note(WordingField::Items, items.is_some());
    let programme = either(&was.programme, &now.programme, &wanted.programme);
    note(WordingField::Programme, programme.is_some());
    let mut groups: Vec<_> = now.target_groups.clone();
    groups.retain(|group| wanted.target_groups.contains(group) || !was.target_groups.contains(group));
    let known = |group: &&TargetGroup| was.target_groups.contains(group) || now.target_groups.contains(group);
    groups.extend(wanted.target_groups.iter().filter(|group| !known(group)));
    groups.sort_unstable();
    let wording = Wording {
        divisions: divisions.unwrap_or_else(|| typed.divisions.clone()),
        divisions_printed: None,
        text: text.unwrap_or_else(|| typed.text.clone()),
        items: items.unwrap_or_else(|| typed.items.clone()),
        particulars: Particulars {
            with: with.unwrap_or_else(|| wanted.with.clone()),
            target_groups: groups,
            programme: programme.unwrap_or(wanted.programme),
        },
    };
    Merged { wording, conflicts }
}

/// Returns the changed value. `None` if both people changed the value in different ways.
fn either<T: PartialEq + Clone>(base: &T, present: &T, typed: &T) -> Option<T> {
    if present == base || present == typed { Some(typed.clone()) } else { (typed == base).then(|| present.clone()) }
}

fn lists<T: PartialEq + Clone>(base: &[T], present: &[T], typed: &[T]) -> Option<Vec<T>> {
    match either(&base, &present, &typed) {
        Some(one) => Some(one.to_vec()),
        None => sequences(base, present, typed),
    }
}

/// Merges both lists of items; if both people changed one item, its words are merged. `None` if changes overlap.
fn item_lists(base: &[Item], present: &[Item], typed: &[Item]) -> Option<Vec<Item>> {
    if let Some(merged) = lists(base, present, typed) {
        return Some(merged);
    }
    let same_count = base.len() == present.len() && base.len() == typed.len();
    let item = |((base, present), typed): ((&Item, &Item), &Item)| {
        let mark = either(&base.mark, &present.mark, &typed.mark)?;
        Some(Item { mark, passage: passages(&base.passage, &present.passage, &typed.passage)? })
    };
    if same_count { base.iter().zip(present).zip(typed).map(item).collect() } else { None }
}

fn passages(base: &Passage, present: &Passage, typed: &Passage) -> Option<Passage> {
    if let Some(one) = either(base, present, typed) {
        return Some(one);
    }
    let [base, present, typed] = [base, present, typed].map(|passage| passage.print(None, |_| None).0);
    let merged = sequences(&pieces(&base), &pieces(&present), &pieces(&typed))?;
    Some(Passage::words(merged.concat()))
}

/// A replacement of a range of the base.
struct Change<T> {
    at: Range<usize>,
    with: Vec<T>,
}

/// Applies both sides' changes to a sequence. `None` if they overlap or touch.
fn sequences<T: PartialEq + Clone>(base: &[T], present: &[T], typed: &[T]) -> Option<Vec<T>> {
    let mut all = changes(base, present);
    for change in changes(base, typed) {
        let same = |known: &Change<T>| known.at == change.at && known.with == change.with;
        if all.iter().any(same) {
            continue;
        }
        if all.iter().any(|known| known.at.start <= change.at.end && change.at.start <= known.at.end) {
            return None;
        }
        all.push(change);
    }
    all.sort_by_key(|change| change.at.start);
    let mut merged = Vec::new();
    let mut done = 0;
    for change in all {
        merged.extend_from_slice(&base[done..change.at.start]);
        done = change.at.end;
        merged.extend(change.with);
    }
    merged.extend_from_slice(&base[done..]);
    Some(merged)
}

fn changes<T: PartialEq + Clone>(base: &[T], other: &[T]) -> Vec<Change<T>> {
    let changed = steps(base, other).into_iter().filter(|step| !step.same);
    changed.map(|step| Change { at: step.old, with: other[step.new].to_vec() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use renkei_document::particulars::ProgrammeKind;

    fn wording(text: &str) -> Wording {
        Wording { divisions: vec!["しごと課".into()], text: Passage::words(text), ..Wording::default() }
    }

    #[track_caller]
    fn check(base: &str, present: &str, typed: &str, expected: Option<&str>) {
        let merged = merge(&wording(base), &wording(present), &wording(typed));
        let text = merged.wording.text.print(None, |_| None).0;
        match expected {
            Some(expected) => assert_eq!((text.as_str(), &merged.conflicts[..]), (expected, &[][..])),
            None => assert_eq!((text.as_str(), &merged.conflicts[..]), (typed, &[WordingField::Text][..])),
        }
    }

    #[test]
    fn changes_of_two_people_that_do_not_overlap_are_both_kept() {
        let base = "高校生の就職面接会を年1回行い、企業の採用を支援する。";
        check(
            base,
            "大学生の就職面接会を年1回行い、企業の採用を支援する。",
            "高校生の就職面接会を年2回行い、企業の採用を支援する。",
            Some("大学生の就職面接会を年2回行い、企業の採用を支援する。"),
        );
        check(base, base, "別の文。", Some("別の文。"));
        check(base, "別の文。", base, Some("別の文。"));
        check(base, "同じ文。", "同じ文。", Some("同じ文。"));
        check(
            base,
            "大学生の就職面接会を年1回行い、企業の採用を支援する。",
            "若者の就職面接会を年1回行い、企業の採用を支援する。",
            None,
        );
        check("相談を行う。", "相談を行う。また、訪問する。", "相談を行う。さらに、調べる。", None);
    }

    #[test]
    fn each_field_is_merged_by_itself() {
        let base = wording("相談を行う。");
        let mut present = base.clone();
        present.particulars.target_groups = vec![TargetGroup::Youth];
        present.divisions.push("くらし課".into());
        let mut typed = wording("相談と面接を行う。");
        typed.particulars.target_groups = vec![TargetGroup::Women];
        typed.particulars.programme = Some(ProgrammeKind::Event);
        let merged = merge(&base, &present, &typed);
        assert_eq!(merged.conflicts, []);
        assert_eq!(merged.wording.text, typed.text);
        assert_eq!(merged.wording.divisions, ["しごと課", "くらし課"]);
        assert_eq!(merged.wording.particulars.target_groups, [TargetGroup::Youth, TargetGroup::Women]);
        assert_eq!(merged.wording.particulars.programme, Some(ProgrammeKind::Event));
        present.particulars.programme = Some(ProgrammeKind::Grant);
        assert_eq!(merge(&base, &present, &typed).conflicts, [WordingField::Programme]);
    }

    proptest::proptest! {
        #[test]
        fn a_change_of_one_side_alone_is_taken(base in "[相談行う。]{0,12}", other in "[相談面接行う。]{0,12}") {
            let (base, other) = (wording(&base), wording(&other));
            let alone = |merged: Merged| (merged.wording, merged.conflicts.is_empty());
            proptest::prop_assert_eq!(alone(merge(&base, &base, &other)), (other.clone(), true));
            proptest::prop_assert_eq!(alone(merge(&base, &other, &base)), (other.clone(), true));
            proptest::prop_assert_eq!(alone(merge(&base, &other, &other)), (other.clone(), true));
        }
    }
}
