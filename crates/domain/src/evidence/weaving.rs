//! 並びの統合 — combines two lists into one: `held` items, which keep their order and place, and `brought` items, which come
//! from a document.

use std::collections::HashMap;
use std::hash::Hash;

/// An item of the combined list: the index of a held item or of a brought item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Woven {
    /// The index of a held item; also its index in `brought`, if the document contains the item.
    Held(usize, Option<usize>),
    Brought(usize),
}

/// Combines both lists as [`woven`] orders them; `keys` are the keys of `brought`. `hold(index, brought)` returns
/// the held item whose key is `held[index]`; `brought` is the brought item with the same key, `None` if there is none.
pub(super) fn weave<K: Eq + Hash + Copy, T>(
    brought: Vec<T>,
    keys: &[Option<K>],
    held: &[K],
    old: &HashMap<K, usize>,
    mut hold: impl FnMut(usize, Option<T>) -> T,
) -> Vec<T> {
    let mut brought: Vec<_> = brought.into_iter().map(Some).collect();
    let item = |woven: Woven| match woven {
        Woven::Brought(place) => brought[place].take(),
        Woven::Held(place, known) => Some(hold(place, known.and_then(|known| brought[known].take()))),
    };
    woven(keys, held, old).into_iter().filter_map(item).collect()
}

/// Combines both lists. Held items keep their order. A brought item is placed after the items that precede it in the
/// document, and after the held items that precede it in `old` and are not in the document. If a key of `held` also
/// occurs in `brought`, the held item has that position in the document.
fn woven<K: Eq + Hash + Copy>(brought: &[Option<K>], held: &[K], old: &HashMap<K, usize>) -> Vec<Woven> {
    let places: HashMap<K, usize> = held.iter().enumerate().map(|(place, key)| (*key, place)).collect();
    let place_of = |key: &Option<K>| key.as_ref().and_then(|key| places.get(key)).copied();
    let mut places_brought = vec![None; held.len()];
    for (place, key) in brought.iter().enumerate() {
        if let Some(held) = place_of(key) {
            places_brought[held].get_or_insert(place);
        }
    }
    // A linked list that starts with the held items in their order; the brought items are then inserted between them.
    let mut first = (!held.is_empty()).then_some(0);
    let mut next: Vec<Option<usize>> = (1..=held.len()).map(|place| (place < held.len()).then_some(place)).collect();
    next.resize(held.len() + brought.len(), None);
    let mut before: Option<usize> = None;
    for (place, key) in brought.iter().enumerate() {
        if let Some(place) = place_of(key) {
            before = Some(place);
            continue;
        }
        let behind = |before: Option<usize>| before.map_or(first, |before| next[before]);
        if let Some(stood) = key.as_ref().and_then(|key| old.get(key)) {
            let stood_before = |other: &usize| {
                *other < held.len()
                    && places_brought[*other].is_none()
                    && old.get(&held[*other]).is_some_and(|other| other < stood)
            };
            while let Some(other) = behind(before).filter(stood_before) {
                before = Some(other);
            }
        }
        let node = held.len() + place;
        next[node] = behind(before);
        match before {
            None => first = Some(node),
            Some(before) => next[before] = Some(node),
        }
        before = Some(node);
    }
    let chain = std::iter::successors(first, |node| next[*node]);
    let told = |node: usize| match places_brought.get(node) {
        Some(brought) => Woven::Held(node, *brought),
        None => Woven::Brought(node - held.len()),
    };
    chain.map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A capital letter is a held item; `old` is in alphabetical order.
    #[track_caller]
    fn check(old: &str, brought: &str, expected: &str) {
        let places: HashMap<char, usize> = old.chars().enumerate().map(|(place, c)| (c, place)).collect();
        let held: Vec<char> = old.chars().filter(char::is_ascii_uppercase).collect();
        let letters: Vec<char> = brought.chars().collect();
        let keys: Vec<_> = letters.iter().map(|c| places.contains_key(c).then_some(*c)).collect();
        let told = woven(&keys, &held, &places).into_iter().map(|woven| match woven {
            Woven::Held(place, _) => held[place],
            Woven::Brought(place) => letters[place],
        });
        assert_eq!(told.collect::<String>(), expected, "{old} {brought}");
    }

    #[test]
    fn kept_rows_keep_their_order_and_others_follow_the_document() {
        check("AbC", "AbC", "AbC");
        check("AbC", "CbA", "ACb");
        check("AC", "AxC", "AxC");
        check("AC", "xAC", "xAC");
        check("AC", "ACx", "ACx");
        check("AbC", "bC", "AbC");
        check("abCD", "abx", "abxCD");
        check("AbCdE", "bd", "AbCdE");
        check("AbCdE", "", "ACE");
        check("ABC", "xy", "xyABC");
        check("", "xy", "xy");
        check("aBc", "ca", "Bca");
    }
}
