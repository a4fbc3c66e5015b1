//! The lines of a list of officers, and the changes that the list would make.

use jiff::civil::Date;

use crate::people::officer_fault::OfficerFault;

/// 職員の一覧の行 — the cells of one line of the list, as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficerLine {
    /// The place of the line in the file, such as 3行目 or シート「一覧」3行目.
    pub place: String,
    pub division: String,
    pub parent: String,
    pub post: String,
    pub name: String,
    pub login: String,
    pub from: String,
    pub until: String,
}

/// 職員の一覧 — an imported list, the first day for lines that do not give one, and whether the list is complete: it names
/// everybody who has a post of the party on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerList {
    pub lines: Vec<OfficerLine>,
    pub on: Date,
    pub is_complete: bool,
}

/// 職員の一覧の行の扱い — the effect of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfficerOutcome {
    /// A new account is added and appointed to the post.
    Added,
    Appointed,
    /// The recorded appointment gets another last day.
    Changed,
    /// The recorded appointment ends, because the complete list does not contain it.
    Ended,
    Same,
}

/// 職員の一覧の行の結果 — a person and a post, and the effect of the list on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerStep {
    /// The place of the line; empty if no line of the list contains this appointment.
    pub place: String,
    pub name: String,
    pub login: String,
    /// The post, for example しごと課 課長.
    pub post: String,
    pub outcome: OfficerOutcome,
    pub from: String,
    pub until: Option<String>,
}

/// 職員の一覧の試し — the changes that would be recorded, and all faults of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficerTrial {
    pub steps: Vec<OfficerStep>,
    pub faults: Vec<OfficerFault>,
}

impl OfficerOutcome {
    pub const ALL: [OfficerOutcome; 5] = [
        OfficerOutcome::Added,
        OfficerOutcome::Appointed,
        OfficerOutcome::Changed,
        OfficerOutcome::Ended,
        OfficerOutcome::Same,
    ];

    pub fn name(self) -> &'static str {
        match self {
            OfficerOutcome::Added => "登録と任命",
            OfficerOutcome::Appointed => "任命",
            OfficerOutcome::Changed => "期間の変更",
            OfficerOutcome::Ended => "任命の終わり",
            OfficerOutcome::Same => "変わらない",
        }
    }

    /// Returns a name of the outcome that never changes, for use by programs.
    pub fn key(self) -> &'static str {
        match self {
            OfficerOutcome::Added => "added",
            OfficerOutcome::Appointed => "appointed",
            OfficerOutcome::Changed => "changed",
            OfficerOutcome::Ended => "ended",
            OfficerOutcome::Same => "same",
        }
    }
}

impl OfficerTrial {
    /// Returns the number of lines with this outcome.
    pub fn count(&self, outcome: OfficerOutcome) -> usize {
        self.steps.iter().filter(|step| step.outcome == outcome).count()
    }

    pub fn changes(&self) -> usize {
        self.steps.len() - self.count(OfficerOutcome::Same)
    }

    /// Whether the list can be recorded: it changes something and has no fault.
    pub fn is_recordable(&self) -> bool {
        self.faults.is_empty() && self.changes() > 0
    }
}
