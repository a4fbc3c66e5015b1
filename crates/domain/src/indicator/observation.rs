//! 実績値 — a reported value of an indicator, with every later correction.

use renkei_document::edition::Cause;
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::id::Id;
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

/// 実績値 — an observation of an indicator. A correction is added to the observation and overwrites nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    pub indicator: Id<Indicator>,
    pub kind: FigureKind,
    pub measured: Measured,
    pub reported: Report,
    /// The corrections, oldest first.
    pub corrections: Vec<Correction>,
}

/// 報告 — a stated value, with its author and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub stated: Stated,
    pub post: String,
    pub at: Hlc,
}

/// 訂正 — a later statement that replaces the previous one, and the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub report: Report,
    pub reason: String,
}

impl Correction {
    /// Returns the correction as a 正誤表 prints it.
    pub fn as_cause(&self) -> Cause {
        let Report { stated, post, at } = &self.report;
        Cause { stated: *stated, reason: self.reason.clone(), post: post.clone(), at: *at }
    }
}

impl Observation {
    /// Returns the current value: the last correction, or the first report.
    pub fn current(&self) -> Stated {
        self.corrections.last().map_or(self.reported.stated, |correction| correction.report.stated)
    }
}
