//! Compares the properties of two values; the order of the two does not matter.

use super::measure::Measure;
use super::scope::{ScopeRelation, relation};
use super::unlawful::{OtherScope, Unlawful, counting_word};
use crate::figure_words::kind;
use crate::quantity::same_unit;

/// The relation between the scopes of two values.
pub(super) enum Scopes {
    Same,
    Apart([String; 2]),
    Holds {
        whole: String,
        part: String,
    },
    Unclear([String; 2]),
    /// Only one of the two values states a scope.
    Unsaid(String),
    /// Neither value states a scope, and they belong to different parties.
    BothUnsaid,
}

pub(super) fn scopes(one: &Measure, other: &Measure) -> Scopes {
    let (mine, theirs) = match (one.scope.as_deref(), other.scope.as_deref()) {
        (Some(mine), Some(theirs)) => (mine.to_owned(), theirs.to_owned()),
        (None, None) if one.party == other.party => return Scopes::Same,
        (None, None) => return Scopes::BothUnsaid,
        (Some(said), None) | (None, Some(said)) => return Scopes::Unsaid(said.to_owned()),
    };
    match relation(&mine, &theirs) {
        ScopeRelation::Same => Scopes::Same,
        ScopeRelation::Apart => Scopes::Apart(in_order(mine, theirs)),
        ScopeRelation::Holds => Scopes::Holds { whole: mine, part: theirs },
        ScopeRelation::PartOf => Scopes::Holds { whole: theirs, part: mine },
        ScopeRelation::Unclear => Scopes::Unclear(in_order(mine, theirs)),
    }
}

impl Scopes {
    pub fn are_same(&self) -> bool {
        matches!(self, Scopes::Same)
    }

    /// Returns the reason against adding; values of separate scopes may be added.
    pub fn why_not_added(&self) -> Option<Unlawful> {
        if matches!(self, Scopes::Apart(_)) { None } else { self.why_not_compared() }
    }

    pub fn why_not_compared(&self) -> Option<Unlawful> {
        Some(match self {
            Scopes::Same => return None,
            Scopes::Apart(scopes) => Unlawful::Scope(OtherScope::ScopesDiffer { scopes: scopes.clone() }),
            Scopes::Holds { whole, part } => {
                Unlawful::Scope(OtherScope::ScopeHolds { whole: whole.clone(), part: part.clone() })
            }
            Scopes::Unclear(scopes) => Unlawful::Scope(OtherScope::ScopesUnclear { scopes: scopes.clone() }),
            Scopes::Unsaid(said) => Unlawful::Scope(OtherScope::ScopeUnsaid { said: said.clone() }),
            Scopes::BothUnsaid => Unlawful::Scope(OtherScope::ScopesUnsaid),
        })
    }
}

/// Returns the differences in unit, way of counting and kind that prevent adding two values.
pub(super) fn alike(one: &Measure, other: &Measure) -> Vec<Unlawful> {
    let mut reasons = Vec::new();
    if !same_unit(one.unit.as_deref(), other.unit.as_deref()) {
        let word = |measure: &Measure| measure.unit.clone().unwrap_or_else(|| "記載なし".to_owned());
        reasons.push(Unlawful::UnitsDiffer { units: in_order(word(one), word(other)) });
    }
    if one.counting != other.counting {
        reasons.push(Unlawful::CountingDiffers {
            words: in_order(counting_word(one.counting), counting_word(other.counting)),
        });
    }
    if one.kind != other.kind {
        reasons.push(Unlawful::KindsDiffer { words: in_order(kind(one.kind), kind(other.kind)) });
    }
    reasons
}

/// Returns the two values in ascending order.
pub(super) fn in_order<T: Ord>(one: T, other: T) -> [T; 2] {
    if one <= other { [one, other] } else { [other, one] }
}
