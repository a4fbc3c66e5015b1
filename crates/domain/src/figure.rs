//! 数値 — one figure as a document states it: what it counts, its value or state, and what it is measured at.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::document::Source;
use crate::id::Id;
use crate::observation::Observation;
use crate::wareki::AsOf;

/// 実績の状態 — what stands where a figure is expected. A state is not 0 and is left out of sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A number.
    Value,
    /// 実績なし.
    None,
    /// 未実施.
    NotHeld,
    /// 募集中.
    Recruiting,
    /// 開催中・実施中.
    Ongoing,
    /// 予定.
    Planned,
    /// 未集計.
    NotCompiled,
    /// 該当なし.
    NotApplicable,
    /// 非公表.
    Withheld,
    /// 秘匿.
    Suppressed,
}

/// 数値の種類 — what a figure is in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// 実績.
    Actual,
    /// 目標.
    Target,
    /// 参考: a value beside, for comparison.
    Reference,
    /// 基準値.
    Baseline,
    /// 達成率 and other quotients that follow from other figures.
    Derived,
    /// 前年同期比・対前年度比.
    YearOnYear,
}

/// 期間 — from the first to the last day, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    pub from: Date,
    pub to: Date,
}

/// 文中の位置 — where in its row the characters of a figure stand, so that a correction changes them and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// `None`: in the row's `text`; else the place (from 0) among its `items`.
    pub item: Option<u32>,
    /// UTF-8 offset of the first byte of the number or of the word that states (1,304 · 実績なし); units stand outside.
    pub start: u32,
    /// UTF-8 offset past its last byte.
    pub end: u32,
}

/// 数値 — one figure: 特定求職者雇用開発助成金支給決定件数 1,304件 (令和8年1月末現在、市内の事業所).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its observation's id where it is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observation: Option<Id<Observation>>,
    /// As a careful clerk would name it, with what stands around it: 「合同就職説明会 求職者」.
    pub label: String,
    pub state: State,
    /// As printed, without separators: 1304, 93.7, 1.9 (with the unit 万PV).
    #[serde(with = "rust_decimal::serde::str_option")]
    pub value: Option<Decimal>,
    pub unit: Option<String>,
    pub kind: FigureKind,
    pub as_of: Option<AsOf>,
    pub period: Option<Period>,
    pub event_dates: Vec<AsOf>,
    /// Whom or where it covers: みどり市内の事業所, 全県.
    pub scope: Option<String>,
    /// 延べ, 約, 以上, 交付決定額 and other words that qualify it.
    pub qualifier: Option<String>,
    /// 見込.
    pub provisional: bool,
    pub source: Source,
    /// Where it stands in its row; `None` for a figure outside of plan tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}
