//! 指標の出来事 — the events of a party's indicators and values, in the past tense.

use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::id::{self, Id};
use serde::{Deserialize, Serialize};

use crate::indicator::{IndicatorDefinition, Target};

/// 指標の出来事 — an event of a party's indicators and values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum IndicatorEvent {
    /// 指標が定義された: indicators were defined.
    IndicatorsDefined { indicators: Vec<(Id<Indicator>, Indicator)> },
    /// 実績値が報告された: values were reported.
    ObservationsReported { observations: Vec<Reported> },
    /// 実績値が取り下げられた: values were withdrawn because the import that reported them was undone.
    ObservationsWithdrawn { observations: Vec<Id<id::Observation>> },
    /// 実績値が訂正された: a value was corrected.
    ObservationCorrected { observation: Id<id::Observation>, stated: Stated, reason: String },
    /// 指標の定義が述べられた: a definition was stated; it replaces the previous definition.
    IndicatorDescribed { indicator: Id<Indicator>, definition: Box<IndicatorDefinition> },
    /// 指標がまとめられた: indicators were merged; `same` are other names of `kept`.
    IndicatorsMerged { kept: Id<Indicator>, same: Vec<Id<Indicator>> },
    /// まとめた指標が分けられた: merged indicators were separated again.
    IndicatorsParted { indicators: Vec<Id<Indicator>> },
    /// 目標値が定められた: a target was set.
    TargetSet { indicator: Id<Indicator>, target: Target },
}

crate::record::declared::declare! {
    IndicatorEvent {
        IndicatorsDefined: 1, "指標の定義";
        ObservationsReported: 1, "実績値の報告";
        ObservationsWithdrawn: 1, "実績値の取下げ";
        ObservationCorrected: 1, "実績値の訂正";
        IndicatorDescribed: 1, "指標の説明";
        IndicatorsMerged: 1, "指標の統合";
        IndicatorsParted: 1, "指標の分離";
        TargetSet: 1, "目標値の設定";
    }
}

/// 報告された実績値 — an observation as first reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    pub observation: Id<id::Observation>,
    pub indicator: Id<Indicator>,
    pub kind: FigureKind,
    pub measured: Measured,
    pub stated: Stated,
}
