//! 職員の一覧の取込み — imports the holders of posts from CSV or Excel: columns are found by their names, and the list is tried,
//! then recorded as a whole. Persons are stored in the tables of accounts and never in the journal; this import creates
//! no divisions or posts.

use jiff::civil::Date;
use renkei_document::id::{self, Id};
use renkei_journal::Enrolment;

use crate::node::error::AppError;
use crate::node::open::Renkei;
use crate::organisation::list::ListFault;
use crate::organisation::list_columns::{Column, DIVISION, Headed, PARENT, POST};
use crate::people::accounts::HandedLink;
use crate::people::log::PeopleDeed;
use crate::people::officer_fault::OfficerFault;
use crate::people::officer_proposal::{OfficerProposal, Propose};
use crate::people::sessions::millis;

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

const LOGIN: &[&str] = &["利用者id", "ログイン名", "ログインid", "ユーザーid", "ユーザid", "職員id", "id"];

const COLUMNS: [Column<OfficerLine>; 7] = [
    (DIVISION, |line| &mut line.division),
    (PARENT, |line| &mut line.parent),
    (POST, |line| &mut line.post),
    (&["氏名", "職員氏名", "担当者氏名", "名前", "職員名"], |line| &mut line.name),
    (LOGIN, |line| &mut line.login),
    (&["着任日", "発令日", "就任日", "任命日", "着任年月日", "発令年月日"], |line| {
        &mut line.from
    }),
    (&["離任日", "退任日", "終了日", "離任年月日"], |line| &mut line.until),
];

/// Reads a list. The same file may also list divisions and posts; their other columns are ignored.
pub fn read_officer_list(bytes: &[u8]) -> Result<Vec<OfficerLine>, AppError> {
    let headed = Headed::of(renkei_import::plain_rows(bytes)?).ok_or(AppError::List(ListFault::NoOfficers))?;
    if !headed.has(LOGIN) {
        return Err(AppError::List(ListFault::NoOfficers));
    }
    Ok(headed.lines(&COLUMNS, |line| &mut line.place))
}

/// Whether a list also names persons, whom the import of divisions and posts ignores.
pub fn names_officers(bytes: &[u8]) -> bool {
    read_officer_list(bytes).is_ok()
}

impl Renkei {
    /// Returns the parties and their names, to choose from.
    pub fn parties(&self) -> Vec<(Id<id::Party>, String)> {
        self.state().dossiers.parties.iter().map(|(id, dossier)| (*id, dossier.name.clone())).collect()
    }

    /// Returns what a list of a party's officers would change; nothing is recorded.
    pub fn try_officer_list(&self, party: Id<id::Party>, list: &OfficerList) -> Result<OfficerTrial, AppError> {
        Ok(self.proposed_officers(party, list)?.trial)
    }

    /// Records all changes of a list of a party's officers, or none. Returns the changes and, shown only once, a link
    /// for each new account. A list that changes nothing is refused: if a list were sent twice, the second answer would
    /// hide the links.
    pub fn record_officer_list(
        &self,
        by: &str,
        party: Id<id::Party>,
        list: &OfficerList,
    ) -> Result<(OfficerTrial, Vec<HandedLink>), AppError> {
        let _one_at_a_time = self.enrolling();
        let OfficerProposal { trial, accounts, appointments, endings } = self.proposed_officers(party, list)?;
        if !trial.faults.is_empty() {
            return Err(AppError::List(ListFault::Unclear));
        }
        if trial.changes() == 0 {
            return Err(AppError::List(ListFault::Unchanged));
        }
        let (mut enrolment, mut handed) = (Enrolment { appointments, endings, ..Enrolment::default() }, Vec::new());
        for account in &accounts {
            enrolment.deeds.push(self.deed(by, PeopleDeed::Added, &account.login, None, String::new())?);
            handed.push(self.invite(by, account, &mut enrolment)?);
        }
        enrolment.accounts = accounts;
        for step in &trial.steps {
            let deed = match step.outcome {
                OfficerOutcome::Added | OfficerOutcome::Appointed => PeopleDeed::Appointed,
                OfficerOutcome::Changed | OfficerOutcome::Ended => PeopleDeed::Ended,
                OfficerOutcome::Same => continue,
            };
            let detail = format!("{} {}〜{}", step.post, step.from, step.until.as_deref().unwrap_or_default());
            enrolment.deeds.push(self.deed(by, deed, &step.login, Some(party.to_string()), detail)?);
        }
        if !self.journal.enrol(&enrolment)? {
            return Err(AppError::Busy);
        }
        self.journal.accounts()?.iter().for_each(|account| self.sign_ins.changed(&account.owner()));
        Ok((trial, handed))
    }

    fn proposed_officers(&self, party: Id<id::Party>, list: &OfficerList) -> Result<OfficerProposal, AppError> {
        let state = self.state();
        let dossier = state.dossiers.parties.get(&party).ok_or(AppError::NothingStored)?;
        let propose = Propose {
            organisation: &dossier.organisation,
            party: party.to_string(),
            party_name: &|party: &str| crate::people::accounts::party_name(&state, party),
            accounts: self.journal.accounts()?,
            rows: self.journal.appointments(None)?,
            now: millis(self.now()),
            fresh_id: &|| self.fresh_id(),
        };
        Ok(propose.of(list))
    }
}
