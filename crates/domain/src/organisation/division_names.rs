//! 課の名 — the printed names of divisions, and a party's answers about which of them mean the same division.

use std::collections::{BTreeMap, BTreeSet};

use renkei_document::document::PlanTable;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::party::PartyKey;
use renkei_document::search::folded;
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

/// 改称の答え — a party's answer about two names; who gave it, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionAnswer {
    pub former: String,
    pub latter: String,
    pub since: FiscalYear,
    /// Whether both names mean one division.
    pub same: bool,
    pub post: String,
    pub at: Hlc,
}

impl DivisionAnswer {
    /// Whether this answer is about these two names.
    pub fn is_about(&self, former: &str, latter: &str) -> bool {
        folded(&self.former) == folded(former) && folded(&self.latter) == folded(latter)
    }
}

/// 同じ課の名 — the names of a party that mean one division, including chains (A→B→C). Names are folded (normalised for
/// comparison).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SameDivisions(BTreeMap<(PartyKey, String), String>);

impl SameDivisions {
    pub fn of<'a>(answers: impl IntoIterator<Item = (PartyKey, &'a DivisionAnswer)>) -> Self {
        let mut same = Self::default();
        for (party, answer) in answers.into_iter().filter(|(_, answer)| answer.same) {
            let former = same.name(&party, folded(&answer.former));
            let latter = same.name(&party, folded(&answer.latter));
            for ((_, _), name) in same.0.iter_mut().filter(|((of, _), name)| *of == party && **name == former) {
                name.clone_from(&latter);
            }
            same.0.insert((party.clone(), former), latter.clone());
            same.0.insert((party, latter.clone()), latter);
        }
        same
    }

    /// Restricts the groups of names to the given names. The common name of a division is then the first of its given
    /// names.
    pub(crate) fn among(&self, names: &DivisionNames) -> Self {
        let mut divisions: BTreeMap<(&PartyKey, &str), Vec<&(PartyKey, String)>> = BTreeMap::new();
        for name in names {
            if let Some(meant) = self.0.get(name) {
                divisions.entry((&name.0, meant)).or_default().push(name);
            }
        }
        let several = divisions.into_values().filter(|names| names.len() > 1);
        let called =
            several.flat_map(|names| names.clone().into_iter().map(move |name| (name.clone(), names[0].1.clone())));
        Self(called.collect())
    }

    /// Returns the common name of all names that mean this division.
    pub(crate) fn name(&self, party: &PartyKey, folded_name: String) -> String {
        let known = self.0.get(&(party.clone(), folded_name.clone()));
        known.cloned().unwrap_or(folded_name)
    }
}

/// 課の名 — names of divisions with their parties; the names are folded (normalised for comparison).
pub type DivisionNames = BTreeSet<(PartyKey, String)>;

/// Returns the names of all divisions that occur in these tables.
pub(crate) fn names_in(tables: &[&PlanTable]) -> DivisionNames {
    tables.iter().flat_map(|table| names(table).into_keys()).collect()
}

/// Printed names of divisions, by the folded names used for comparison.
pub(crate) type Names = BTreeMap<(PartyKey, String), String>;

/// Returns the names of divisions in a table.
pub(crate) fn names(table: &PlanTable) -> Names {
    let rows = table.chapters.iter().flat_map(|chapter| &chapter.sections).flat_map(|section| &section.initiatives);
    let names = rows.flat_map(|row| row.divisions.iter().map(|name| (key(&row.party, &folded(name)), name.clone())));
    names.collect()
}

/// Returns a party's name as a key.
pub(crate) fn key(party: &PartyKey, name: &str) -> (PartyKey, String) {
    (party.clone(), name.to_owned())
}
