//! 実績値 — what was counted, what it measures, and every correction since.

use renkei_document::edition::Cause;
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::id::Id;
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

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

impl Correction {
    /// The correction as a 正誤表 prints it.
    pub fn as_cause(&self) -> Cause {
        let Report { stated, post, at } = &self.report;
        Cause { stated: *stated, reason: self.reason.clone(), post: post.clone(), at: *at }
    }
}

impl Observation {
    /// What holds now.
    pub fn current(&self) -> Stated {
        self.corrections.last().map_or(self.reported.stated, |correction| correction.report.stated)
    }
}
