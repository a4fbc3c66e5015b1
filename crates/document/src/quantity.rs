//! 単位 — the units of figures, compared by their normalised form.

use crate::search::folded;

/// Whether two units are equal; 人 and 名 are one unit.
pub fn same_unit(one: Option<&str>, other: Option<&str>) -> bool {
    unit_key(one) == unit_key(other)
}

/// Returns the form of a unit used for comparing.
pub(crate) fn unit_key(unit: Option<&str>) -> String {
    unit.map_or_else(String::new, folded).replace('名', "人")
}
