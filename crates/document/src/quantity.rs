//! 数量 — a decimal with its unit. Values of different units, such as 人 and 件, cannot be added. Values are decimals,
//! never floating-point numbers.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::search::folded;

/// 単位 — a unit such as 件, 人, 社, 千円 or %. Units are compared in normalised form (％ equals %) and printed as written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Unit(String);

impl Unit {
    pub fn new(printed: impl Into<String>) -> Self {
        Self(printed.into())
    }

    pub fn as_printed(&self) -> &str {
        &self.0
    }

    fn normalised(&self) -> String {
        self.0.nfkc().filter(|c| !c.is_whitespace()).collect()
    }
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.normalised() == other.normalised()
    }
}

impl Eq for Unit {}

/// 数量 — a value with its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    #[serde(with = "rust_decimal::serde::str")]
    pub value: Decimal,
    pub unit: Unit,
}

/// 単位の不一致 — the two units of quantities that cannot be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitsDiffer {
    pub one: Unit,
    pub other: Unit,
}

impl Quantity {
    pub fn new(value: impl Into<Decimal>, unit: &str) -> Self {
        Self { value: value.into(), unit: Unit::new(unit) }
    }

    /// Returns the sum of two quantities with one unit; `Err` if the units differ.
    pub fn plus(&self, other: &Self) -> Result<Self, UnitsDiffer> {
        if self.unit != other.unit {
            return Err(UnitsDiffer { one: self.unit.clone(), other: other.unit.clone() });
        }
        Ok(Self { value: self.value + other.value, unit: self.unit.clone() })
    }
}

/// Whether two units are equal; 人 and 名 are treated as equal.
pub fn same_unit(one: Option<&str>, other: Option<&str>) -> bool {
    unit_key(one) == unit_key(other)
}

/// Returns the form of a unit used for comparing.
pub(crate) fn unit_key(unit: Option<&str>) -> String {
    unit.map_or_else(String::new, folded).replace('名', "人")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_and_cases_do_not_add_up() {
        let sum = Quantity::new(3, "人").plus(&Quantity::new(4, " 人"));
        assert_eq!(sum, Ok(Quantity::new(7, "人")));
        let refused = Quantity::new(3, "人").plus(&Quantity::new(4, "件"));
        assert_eq!(refused, Err(UnitsDiffer { one: Unit::new("人"), other: Unit::new("件") }));
    }

    #[test]
    fn a_unit_is_compared_by_its_normalised_form() {
        assert_eq!(Unit::new("％"), Unit::new("%"));
        assert_eq!(Unit::new("％").as_printed(), "％");
    }
}
