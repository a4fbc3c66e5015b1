//! 数値 — one figure as a document states it: what it counts, its value or state, and its time.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::id::{self, Id};
use crate::locus::Source;
use crate::wareki::AsOf;

/// 実績の状態 — whether a figure has a number, or which word is printed instead of a number. Such a word does not mean 0,
/// and sums leave it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A number.
    Value,
    /// 実績なし: nothing resulted, and the document says so in words instead of with a number.
    None,
    /// 未実施: not carried out.
    NotHeld,
    /// 募集中: applications are being accepted.
    Recruiting,
    /// 開催中・実施中: in progress.
    Ongoing,
    /// 予定: planned.
    Planned,
    /// 未集計: not compiled yet.
    NotCompiled,
    /// 該当なし: not applicable.
    NotApplicable,
    /// 非公表: not published.
    Withheld,
    /// 秘匿: suppressed to protect individuals.
    Suppressed,
}

/// 数値の種類 — the role of a figure in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// 実績: a result.
    Actual,
    /// 目標: a target.
    Target,
    /// 参考: a value given for comparison.
    Reference,
    /// 基準値: a baseline.
    Baseline,
    /// 達成率 (attainment) and other quotients of other figures.
    Derived,
    /// 前年同期比・対前年度比: a comparison with the year before.
    YearOnYear,
}

/// 期間 — from the first to the last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    pub from: Date,
    pub to: Date,
}

/// 文中の位置 — the position of a figure's characters in its row. A correction changes only these characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Index in the row's `items`, from 0; `None` if the figure is in its `text`.
    pub item: Option<u32>,
    /// UTF-8 offset of the first byte of the number or of the state's word (1,304 · 実績なし), without the unit.
    pub start: u32,
    /// UTF-8 offset just after the last byte.
    pub end: u32,
}

/// 数値 — one figure, for example 特定求職者雇用開発助成金支給決定件数 1,304件 (令和8年1月末現在、市内の事業所).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The stored observation's id; `None` if it is not stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observation: Option<Id<id::Observation>>,
    /// The name of the figure, composed of the words around it, for example 「合同就職説明会 求職者」.
    pub label: String,
    pub state: State,
    /// The number as printed, without separators: 1304, 93.7, 1.9 (with the unit 万PV).
    #[serde(with = "rust_decimal::serde::str_option")]
    pub value: Option<Decimal>,
    pub unit: Option<String>,
    pub kind: FigureKind,
    pub as_of: Option<AsOf>,
    pub period: Option<Period>,
    pub event_dates: Vec<AsOf>,
    /// The people or places that the figure covers: みどり市内の事業所, 全県.
    pub scope: Option<String>,
    /// Words that qualify the figure: 延べ, 約, 以上, 交付決定額 and others.
    pub qualifier: Option<String>,
    /// Whether the value is provisional (見込).
    pub provisional: bool,
    pub source: Source,
    /// The figure's position in the row; `None` for a figure outside of plan tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// 値または状態 — a number, or the state printed in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    Value {
        #[serde(with = "rust_decimal::serde::str")]
        value: Decimal,
        provisional: bool,
    },
    /// A state other than [`State::Value`].
    Without(State),
}

impl Stated {
    pub fn of(figure: &Figure) -> Self {
        match figure.value {
            Some(value) => Stated::Value { value, provisional: figure.provisional },
            None => Stated::Without(if figure.state == State::Value { State::NotCompiled } else { figure.state }),
        }
    }

    /// Whether both print the same characters. 見込 (provisional) is ignored, because it is printed separately from the
    /// number.
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

/// 指標 — a thing that is counted, identified by name and unit. One indicator has values of many years.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Indicator {
    pub label: String,
    pub unit: Option<String>,
    /// The people or places covered: 市内, 全県…
    pub scope: Option<String>,
    /// A word that changes the way of counting, for example 延べ.
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

/// 測ったもの — the time that an observation covers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    pub as_of: Option<AsOf>,
    pub period: Option<Period>,
    pub event_dates: Vec<AsOf>,
}
