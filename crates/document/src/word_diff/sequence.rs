//! 列の差分 — computes the steps that change one sequence into another, by a longest common subsequence.

use std::ops::Range;

/// 差分の一歩 — a range that is equal in both sequences, or a range that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub same: bool,
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// Maximum number of pairs of elements to compare; longer sequences are treated as changed from their first to their
/// last difference.
const MOST_PAIRS: usize = 4_000_000;

/// Returns the steps from `old` to `new`; equal and changed steps alternate.
pub fn steps<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Step> {
    let head = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut steps = Vec::new();
    push(&mut steps, true, 0..head, 0..head);
    for (one, other) in walk(old_middle, new_middle) {
        match (one, other) {
            (Some(one), Some(other)) => {
                push(&mut steps, true, head + one..head + one + 1, head + other..head + other + 1);
            }
            _ => {
                let at = |place: Option<usize>, end: usize| place.map_or(end..end, |p| head + p..head + p + 1);
                let ends = steps.last().map_or((0, 0), |last: &Step| (last.old.end, last.new.end));
                push(&mut steps, false, at(one, ends.0), at(other, ends.1));
            }
        }
    }
    push(&mut steps, true, old.len() - tail..old.len(), new.len() - tail..new.len());
    steps
}

fn push(steps: &mut Vec<Step>, same: bool, old: Range<usize>, new: Range<usize>) {
    if old.is_empty() && new.is_empty() {
        return;
    }
    match steps.last_mut() {
        Some(last) if last.same == same => {
            (last.old.end, last.new.end) = (old.end.max(last.old.end), new.end.max(last.new.end));
        }
        _ => steps.push(Step { same, old, new }),
    }
}

/// Returns the elements of both sequences in order: two equal elements as a pair, any other element alone.
fn walk<T: PartialEq>(old: &[T], new: &[T]) -> Vec<(Option<usize>, Option<usize>)> {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        let gone = (0..old.len()).map(|place| (Some(place), None));
        return gone.chain((0..new.len()).map(|place| (None, Some(place)))).collect();
    }
    // longest[i][j]: the length of the longest common subsequence of old[i..] and new[j..].
    let width = new.len() + 1;
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i] == new[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut walked = Vec::with_capacity(old.len() + new.len());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            walked.push((Some(i), Some(j)));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            walked.push((Some(i), None));
            i += 1;
        } else {
            walked.push((None, Some(j)));
            j += 1;
        }
    }
    walked
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_steps_cover_both_and_what_is_same_is_equal(old in "[abc]{0,12}", new in "[abc]{0,12}") {
            let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
            let (mut at, mut to) = (0, 0);
            for (place, step) in steps(&old, &new).into_iter().enumerate() {
                prop_assert_eq!((step.old.start, step.new.start), (at, to), "{}", place);
                if step.same {
                    prop_assert_eq!(&old[step.old.clone()], &new[step.new.clone()]);
                }
                (at, to) = (step.old.end, step.new.end);
            }
            prop_assert_eq!((at, to), (old.len(), new.len()));
        }
    }
}
