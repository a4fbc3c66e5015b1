//! 組合せ — pairs the items of two lists, taking the best pairs first.

/// Maximum number of pairs to score; in longer lists, only items at nearby places are paired.
const MOST_PAIRS: usize = 400_000;

/// Returns pairs of places with a score of at least `least`, in the order of the left list; each place is in at most
/// one pair. Of pairs with equal scores, the pair whose places are closest is taken, then the earliest. Therefore
/// swapped lists give the same pairs.
pub(super) fn pairs(left: usize, right: usize, least: f64, score: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    let all = left.saturating_mul(right) <= MOST_PAIRS;
    let reach = if all { usize::MAX } else { 1 + MOST_PAIRS / left.max(right) };
    let mut scored = Vec::new();
    for one in 0..left {
        for other in one.saturating_sub(reach)..right.min(one.saturating_add(reach)) {
            let score = score(one, other);
            if score >= least {
                scored.push((score, one.abs_diff(other), one + other, one, other));
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken_left, mut taken_right) = (vec![false; left], vec![false; right]);
    let mut pairs = Vec::new();
    for (.., one, other) in scored {
        if !taken_left[one] && !taken_right[other] {
            (taken_left[one], taken_right[other]) = (true, true);
            pairs.push((one, other));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Returns the places that are in no pair, of the left and of the right list.
pub(super) fn alone(pairs: &[(usize, usize)], left: usize, right: usize) -> (Vec<usize>, Vec<usize>) {
    let (mut taken_left, mut taken_right) = (vec![false; left], vec![false; right]);
    for (one, other) in pairs {
        (taken_left[*one], taken_right[*other]) = (true, true);
    }
    let free = |taken: Vec<bool>| (0..taken.len()).filter(|place| !taken[*place]).collect();
    (free(taken_left), free(taken_right))
}
