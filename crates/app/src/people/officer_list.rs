//! 職員の一覧の取込み — imports the holders of posts from CSV or Excel. Columns are found by their names. A list is first tried
//! and then recorded as a whole. People are stored in the tables of accounts and never in the journal. The import
//! creates no divisions and no posts.

use renkei_document::id::{self, Id};
use renkei_journal::Enrolment;

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::organisation::list_columns::{Column, DIVISION, Headed, PARENT, POST};
use crate::organisation::list_fault::ListFault;
use crate::people::accounts::{HandedLink, fresh_id};
use crate::people::invitations::{Enrolling, invite};
use crate::people::log::{PeopleDeed, new_deed};
use crate::people::officer_proposal::{OfficerProposal, Propose};
use crate::people::officer_trial::{OfficerLine, OfficerList, OfficerOutcome, OfficerTrial};
use crate::people::sessions::Sessions;

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

/// Reads a list. A file may list divisions and posts as well; the columns for these are ignored.
pub fn read_officer_list(bytes: &[u8]) -> Result<Vec<OfficerLine>, AppError> {
    let headed = Headed::of(renkei_import::plain_rows(bytes)?).ok_or(AppError::List(ListFault::NoOfficers))?;
    if !headed.has(LOGIN) {
        return Err(AppError::List(ListFault::NoOfficers));
    }
    Ok(headed.lines(&COLUMNS, |line| &mut line.place))
}

/// Whether a list also contains people, whom the import of divisions and posts ignores.
pub fn names_officers(bytes: &[u8]) -> bool {
    read_officer_list(bytes).is_ok()
}

/// Returns the parties with their names, from which a page offers a choice.
pub fn parties(node: &Node) -> Vec<(Id<id::Party>, String)> {
    node.state().dossiers.parties.iter().map(|(id, dossier)| (*id, dossier.name.clone())).collect()
}

/// Returns what a list of a party's officers would change, without recording it.
pub fn try_officer_list(node: &Node, party: Id<id::Party>, list: &OfficerList) -> Result<OfficerTrial, AppError> {
    Ok(proposed_officers(node, party, list)?.trial)
}

/// Records all changes of a list of a party's officers, or none. Returns the changes, and a link for each new account,
/// which is shown only once. Refuses a list that changes nothing: if a list is sent twice, the links must not be
/// replaced by an empty second answer.
pub fn record_officer_list(
    node: &Node,
    by: &str,
    party: Id<id::Party>,
    list: &OfficerList,
) -> Result<(OfficerTrial, Vec<HandedLink>), AppError> {
    let enrolling = node.memory::<Enrolling>();
    let _one_at_a_time = enrolling.locked();
    let OfficerProposal { trial, accounts, appointments, endings } = proposed_officers(node, party, list)?;
    if !trial.faults.is_empty() {
        return Err(AppError::List(ListFault::Unclear));
    }
    if trial.changes() == 0 {
        return Err(AppError::List(ListFault::Unchanged));
    }
    let (mut enrolment, mut handed) = (Enrolment { appointments, endings, ..Enrolment::default() }, Vec::new());
    for account in &accounts {
        enrolment.deeds.push(new_deed(node, by, PeopleDeed::Added, &account.login, None, String::new())?);
        handed.push(invite(node, by, account, &mut enrolment)?);
    }
    enrolment.accounts = accounts;
    for step in &trial.steps {
        let deed = match step.outcome {
            OfficerOutcome::Added | OfficerOutcome::Appointed => PeopleDeed::Appointed,
            OfficerOutcome::Changed | OfficerOutcome::Ended => PeopleDeed::Ended,
            OfficerOutcome::Same => continue,
        };
        let detail = format!("{} {}〜{}", step.post, step.from, step.until.as_deref().unwrap_or_default());
        enrolment.deeds.push(new_deed(node, by, deed, &step.login, Some(party.to_string()), detail)?);
    }
    if !node.journal.enrol(&enrolment)? {
        return Err(AppError::Busy);
    }
    let sessions = node.memory::<Sessions>();
    node.journal.accounts()?.iter().for_each(|account| sessions.changed(&account.owner()));
    Ok((trial, handed))
}

fn proposed_officers(node: &Node, party: Id<id::Party>, list: &OfficerList) -> Result<OfficerProposal, AppError> {
    let state = node.state();
    let dossier = state.dossiers.parties.get(&party).ok_or(AppError::NothingStored)?;
    let propose = Propose {
        organisation: &dossier.organisation,
        party: party.to_string(),
        party_name: &|party: &str| crate::people::accounts::party_name(&state, party),
        accounts: node.journal.accounts()?,
        rows: node.journal.appointments(None)?,
        now: node.now_millis(),
        fresh_id: &|| fresh_id(node),
    };
    Ok(propose.of(list))
}
