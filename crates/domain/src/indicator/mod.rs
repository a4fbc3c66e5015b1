//! 指標の定義 — what an indicator counts, whether its values add up, and the information that a successor in office needs.

pub mod command;
pub(crate) mod decide;
pub mod event;
mod fold;
pub(crate) mod limits;
pub mod needs;
pub mod observation;
pub(crate) mod observe;
pub mod refusal;
pub mod view;

use jiff::civil::Date;
use renkei_document::counting::{AddsUp, Counting};
use renkei_document::figure::Indicator;
use renkei_document::id::Id;
use renkei_document::time::Hlc;
use renkei_document::wareki::AsOf;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// 率の組立て — a quotient: its name and the indicators that it is calculated from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotientOf {
    pub name: String,
    pub numerator: Id<Indicator>,
    pub denominator: Id<Indicator>,
}

/// 指標の定義 — the definition stated by the division that is responsible for the indicator. The data read from documents is
/// in [`Indicator`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IndicatorDefinition {
    /// 何を数えるか: what the indicator counts.
    pub meaning: String,
    /// `None`: not stated yet, so no values are added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adds_up: Option<AddsUp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counting: Option<Counting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The area or group that the values cover: 市内, 全県 …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotient: Option<QuotientOf>,
    /// 所管課: the division that is responsible for the indicator.
    pub division: String,
    /// 出典: the source of the values.
    pub source: String,
    /// 算出方法: the method of calculation.
    pub method: String,
    /// 注意: points to be careful about.
    pub caution: String,
    /// 次の報告期日: the date on which the next report is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Date>,
}

impl IndicatorDefinition {
    /// Whether both definitions look the same to other parties: 出典, 算出方法, 注意 and 次の報告期日 are visible only to the
    /// indicator's own party.
    pub(crate) fn says_to_others_what(&self, other: &Self) -> bool {
        let Self {
            meaning,
            adds_up,
            counting,
            unit,
            scope,
            quotient,
            division,
            source: _,
            method: _,
            caution: _,
            next_due: _,
        } = self;
        (meaning, adds_up, counting) == (&other.meaning, &other.adds_up, &other.counting)
            && (unit, scope, quotient, division) == (&other.unit, &other.scope, &other.quotient, &other.division)
    }
}

/// 定義の版 — one stated version of a definition; the last version is in effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    pub definition: IndicatorDefinition,
    pub post: String,
    pub at: Hlc,
}

/// 目標値 — the value that an indicator should reach by a date. A target without a value cancels the target of that date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub by: AsOf,
    #[serde(with = "rust_decimal::serde::str_option")]
    pub value: Option<Decimal>,
    /// Where the target was decided, and other notes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// 目標値の版 — one version of a target; the last version for a date is in effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetVersion {
    pub target: Target,
    pub post: String,
    pub at: Hlc,
}

/// 量り方 — the properties that decide whether values of an indicator may be added or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms<'a> {
    pub adds_up: Option<AddsUp>,
    pub counting: Option<Counting>,
    pub unit: Option<&'a str>,
    pub scope: Option<&'a str>,
}
