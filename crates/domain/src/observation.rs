//! 実績値 — what was counted: a value or a state, what it measures, and every correction since.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::figure::{Figure, FigureKind, Period, State};
use crate::id::Id;
use crate::time::Hlc;
use crate::wareki::AsOf;

/// 値または状態 — a number, or the word that stands where one is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    Value {
        #[serde(with = "rust_decimal::serde::str")]
        value: Decimal,
        provisional: bool,
    },
    /// Never [`State::Value`].
    Without(State),
}

impl Stated {
    pub fn of(figure: &Figure) -> Self {
        match figure.value {
            Some(value) => Stated::Value { value, provisional: figure.provisional },
            None => Stated::Without(if figure.state == State::Value { State::NotCompiled } else { figure.state }),
        }
    }

    /// Whether both print the same: 見込 stands beside a number, not in it.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Stated::Value { value: one, .. }, Stated::Value { value: two, .. }) => one == two,
            (Stated::Without(one), Stated::Without(two)) => one == two,
            _ => false,
        }
    }

    pub fn state(&self) -> State {
        match self {
            Stated::Value { .. } => State::Value,
            Stated::Without(state) => *state,
        }
    }
}

/// 指標 — what is counted, by name and unit; the same thing over the years.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Indicator {
    pub label: String,
    pub unit: Option<String>,
    /// 市内, 全県…
    pub scope: Option<String>,
    /// 延べ and other words that make it another count.
    pub qualifier: Option<String>,
}

impl Indicator {
    pub fn of(figure: &Figure) -> Self {
        Self {
            label: figure.label.clone(),
            unit: figure.unit.clone(),
            scope: figure.scope.clone(),
            qualifier: figure.qualifier.clone(),
        }
    }
}

/// 測ったもの — the time an observation is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    pub as_of: Option<AsOf>,
    pub period: Option<Period>,
    pub event_dates: Vec<AsOf>,
}

/// 実績値 — one observation of an indicator, with its corrections. Never overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    pub indicator: Id<Indicator>,
    pub kind: FigureKind,
    pub measured: Measured,
    pub reported: Report,
    /// In the order in which they were made.
    pub corrections: Vec<Correction>,
}

/// 報告 — who stated what, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub stated: Stated,
    pub post: String,
    pub at: Hlc,
}

/// 訂正 — a later statement that takes the place of the one before, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub report: Report,
    pub reason: String,
}

impl Observation {
    /// What holds now.
    pub fn current(&self) -> Stated {
        self.corrections.last().map_or(self.reported.stated, |correction| correction.report.stated)
    }
}
