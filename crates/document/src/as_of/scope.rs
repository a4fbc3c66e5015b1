//! 範囲 — how two scopes relate. For example, 市内 is a part of 全県; 市内 and 市外 do not overlap.

use crate::search::folded;

/// 範囲の関係 — the relation of one scope to another; [`ScopeRelation::Unclear`] if it is not certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeRelation {
    Same,
    /// The two scopes do not overlap.
    Apart,
    /// The first contains the second.
    Holds,
    /// The first is a part of the second.
    PartOf,
    Unclear,
}

/// The size of an area, by the words that offices use; a larger area contains every smaller one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    District,
    Town,
    Prefecture,
    Country,
}

const WHOLE: [(Reach, &[&str]); 4] = [
    (Reach::Country, &["全国", "国内"]),
    (Reach::Prefecture, &["全県", "県内", "県下", "県全体", "県全域", "全道", "道内", "全府", "府内", "都内"]),
    (Reach::Town, &["全市", "市内", "市全体", "市全域", "町内", "村内"]),
    (Reach::District, &["区内"]),
];

/// A scope split into its place and its group of people or offices.
struct Scope {
    place: String,
    whom: String,
}

/// Returns the relation of scope `one` to scope `other`.
pub fn relation(one: &str, other: &str) -> ScopeRelation {
    let (one, other) = (Scope::read(one), Scope::read(other));
    if one.place == other.place || one.is_whole_like(&other) {
        return match (one.whom.as_str(), other.whom.as_str()) {
            (mine, theirs) if mine == theirs => ScopeRelation::Same,
            ("", _) => ScopeRelation::Holds,
            (_, "") => ScopeRelation::PartOf,
            _ => ScopeRelation::Unclear,
        };
    }
    if is_outside(&one.place, &other.place) || is_outside(&other.place, &one.place) || one.is_neighbour_of(&other) {
        return ScopeRelation::Apart;
    }
    match (one.reach(), other.reach()) {
        (Some(mine), Some(theirs)) if mine > theirs => ScopeRelation::Holds,
        (Some(mine), Some(theirs)) if mine < theirs => ScopeRelation::PartOf,
        _ => ScopeRelation::Unclear,
    }
}

impl Scope {
    fn read(text: &str) -> Self {
        let text = folded(text);
        let (place, whom) = text.split_once('の').unwrap_or((&text, ""));
        Self { place: place.to_owned(), whom: whom.to_owned() }
    }

    fn reach(&self) -> Option<Reach> {
        let named = |words: &&str| self.place.ends_with(*words);
        let whole = WHOLE.iter().find(|(_, words)| words.iter().any(named)).map(|(reach, _)| *reach);
        whole.or_else(|| match self.place.chars().last()? {
            '県' | '府' | '道' | '都' => Some(Reach::Prefecture),
            '市' | '町' | '村' => Some(Reach::Town),
            '区' => Some(Reach::District),
            _ => None,
        })
    }

    /// Whether both scopes mean the whole of the same kind of area without its name, as 全県 and 県内 do. A named place
    /// (みどり市内) is different, because it may be another area.
    fn is_whole_like(&self, other: &Self) -> bool {
        let whole = |place: &str| WHOLE.iter().find(|(_, words)| words.contains(&place)).map(|(reach, _)| *reach);
        whole(&self.place).is_some() && whole(&self.place) == whole(&other.place)
    }

    /// Whether both are named places of one kind with different names: みどり市 and あおい市, 中央区 and 東区.
    fn is_neighbour_of(&self, other: &Self) -> bool {
        let name = |scope: &Self| -> Option<(String, char)> {
            let place = scope.place.strip_suffix('内').unwrap_or(&scope.place);
            let kind = place.chars().last().filter(|kind| "県市町村区所".contains(*kind))?;
            let name = place.strip_suffix(kind)?;
            (!name.is_empty() && name != "全").then(|| (name.to_owned(), kind))
        };
        match (name(self), name(other)) {
            (Some((one, kind)), Some((other, its))) => kind == its && one != other,
            _ => false,
        }
    }
}

/// Whether `place` is outside `other`: 市外 is outside 市内 and 市.
fn is_outside(place: &str, other: &str) -> bool {
    let Some(of) = place.strip_suffix('外') else { return false };
    other == of || other.strip_suffix('内') == Some(of) || other.strip_prefix('全') == Some(of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ScopeRelation::{Apart, Holds, PartOf, Same, Unclear};

    #[test]
    fn scopes_contain_each_other_are_apart_or_are_unclear() {
        for (one, other, expected) in [
            ("市内", "市内", Same),
            ("市内", " 市 内 ", Same),
            ("全県", "県内", Same),
            ("全県", "市内", Holds),
            ("全国", "県内", Holds),
            ("市内", "市内の事業所", Holds),
            ("市内の事業所", "市内の求職者", Unclear),
            ("みどり市内", "全県", PartOf),
            ("中央区", "市内", PartOf),
            ("市内", "市外", Apart),
            ("県外", "全県", Apart),
            ("みどり市", "あおい市", Apart),
            ("中央区", "東区", Apart),
            ("みどり所", "あおい所", Apart),
            ("市内", "みどり市内", Unclear),
            ("みどり所管内", "市内", Unclear),
            ("大学生", "市内", Unclear),
        ] {
            assert_eq!(relation(one, other), expected, "{one} and {other}");
            let turned = match expected {
                Holds => PartOf,
                PartOf => Holds,
                same => same,
            };
            assert_eq!(relation(other, one), turned, "{other} and {one}");
        }
    }
}
