//! 指標の申出 — the commands of a party about its own indicators and values.

use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::id::{self, Id};

use crate::indicator::{IndicatorDefinition, Target};

/// 指標についての申出 — a command of a party about its own indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndicatorCommand {
    /// 定義を述べる: states the definition of an indicator.
    Describe { party: Id<id::Party>, indicator: Id<Indicator>, definition: Box<IndicatorDefinition> },
    /// まとめる: merges indicators; `same` become other names of `kept`.
    Merge { party: Id<id::Party>, kept: Id<Indicator>, same: Vec<Id<Indicator>> },
    /// 分ける: separates merged indicators again.
    Part { party: Id<id::Party>, indicators: Vec<Id<Indicator>> },
    /// 目標値を定める: sets a target.
    SetTarget { party: Id<id::Party>, indicator: Id<Indicator>, target: Target },
    /// 実績値を報告する: reports a value.
    ReportObservation {
        party: Id<id::Party>,
        indicator: Indicator,
        kind: FigureKind,
        measured: Measured,
        stated: Stated,
    },
    /// 実績値を訂正する: corrects a value.
    CorrectObservation { party: Id<id::Party>, observation: Id<id::Observation>, stated: Stated, reason: String },
}

impl IndicatorCommand {
    /// Returns the party whose indicators the command changes.
    pub(crate) fn party(&self) -> Id<id::Party> {
        match self {
            IndicatorCommand::Describe { party, .. }
            | IndicatorCommand::Merge { party, .. }
            | IndicatorCommand::Part { party, .. }
            | IndicatorCommand::SetTarget { party, .. }
            | IndicatorCommand::ReportObservation { party, .. }
            | IndicatorCommand::CorrectObservation { party, .. } => *party,
        }
    }
}
