//! The lines of a list of officers, and what the list would change.

use jiff::civil::Date;

use crate::people::officer_fault::OfficerFault;

/// 職員の一覧の行 — the contents of a line of the list, in the words of its columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficerLine {
    /// The line's place in the file, such as 3行目 or シート「一覧」3行目.
    pub place: String,
    pub division: String,
    pub parent: String,
    pub post: String,
    pub name: String,
    pub login: String,
    pub from: String,
    pub until: String,
}

/// 職員の一覧 — an imported list, the first day for lines without their own, and whether the list names everybody who holds
/// a post of the party on that day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerList {
    pub lines: Vec<OfficerLine>,
    pub on: Date,
    pub is_complete: bool,
}

/// 職員の一覧の行の扱い — how a line is handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfficerOutcome {
    /// A new account with a post.
    Added,
    Appointed,
    /// The appointment gets another last day.
    Changed,
    /// The appointment ends, because the list does not have it.
    Ended,
    Same,
}

/// 職員の一覧の行の結果 — a person, a post, and how both are handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerStep {
    /// Empty if no line of the list has this appointment.
    pub place: String,
    pub name: String,
    pub login: String,
    /// For example しごと課 課長.
    pub post: String,
    pub outcome: OfficerOutcome,
    pub from: String,
    pub until: Option<String>,
}

/// 職員の一覧の試し — what would be recorded, and all faults of the list.
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

    /// Returns a stable key for programs.
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

    /// Whether the list can be recorded: it changes something and has no faults.
    pub fn is_recordable(&self) -> bool {
        self.faults.is_empty() && self.changes() > 0
    }
}
