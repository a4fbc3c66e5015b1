//! 利用者 — accounts, appointments to posts, and links by which people set a first or a new password.

use jiff::civil::Date;
use renkei_document::blank::is_blank;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::organisation::Post;
use renkei_domain::organisation::duty::Duty;
use renkei_identity::token::Token;
use renkei_journal::{Account, AppointmentRow, Link, LinkPurpose, Times};

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::state::State;
use crate::people::access;
use crate::people::fault::AccountFault;
use crate::people::log::{PeopleDeed, note};
use crate::people::sessions::{Sessions, end_sessions_of, stands_on};

/// 新しい利用者 — the data that is required to add a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    pub login: String,
    pub name: String,
    pub is_administrator: bool,
    pub language: Language,
}

/// 利用者の行 — an account in the list that administrators see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: String,
    pub login: String,
    pub name: String,
    pub is_administrator: bool,
    /// Whether a password is set, so that the invitation was used.
    pub has_password: bool,
    pub has_one_time: bool,
    pub is_closed: bool,
    pub appointments: Vec<Appointment>,
}

/// 任命 — a past, present or future appointment of a person to a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub id: String,
    pub party: String,
    pub post: String,
    pub from: String,
    pub until: Option<String>,
    pub is_today: bool,
}

/// 就ける職 — a post that exists today and to which people may be appointed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostToHold {
    pub party: Id<id::Party>,
    pub party_name: String,
    pub post: Id<Post>,
    /// Name of the post, for example しごと課 課長.
    pub name: String,
    pub duties: Vec<Duty>,
}

/// 渡すリンク — a link that the administrator gives to its owner. It is shown only once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedLink {
    pub token: Token,
    pub login: String,
    pub name: String,
    pub purpose: LinkPurpose,
    /// Time at which the link expires, in milliseconds since 1970.
    pub expires_at: u64,
}

pub(crate) const INVITATION_LASTS: u64 = 7 * 24 * 60 * 60_000;
const RESET_LASTS: u64 = 24 * 60 * 60_000;

/// Returns all accounts, sorted by login name.
pub fn people(node: &Node) -> Result<Vec<Person>, AppError> {
    let (state, day) = (node.state(), node.today());
    let rows = node.journal.appointments(None)?;
    let person = |account: Account| Person {
        appointments: rows.iter().filter(|row| row.account == account.id).map(|row| shown(&state, row, day)).collect(),
        has_password: account.password.is_some(),
        has_one_time: account.one_time_secret.is_some(),
        is_closed: account.closed_at.is_some(),
        id: account.id,
        login: account.login,
        name: account.name,
        is_administrator: account.is_administrator,
    };
    Ok(node.journal.accounts()?.into_iter().map(person).collect())
}

/// Returns the posts of all parties that exist today.
pub fn posts_to_hold(node: &Node) -> Vec<PostToHold> {
    let (state, day) = (node.state(), node.today());
    let parties = state.dossiers.parties.iter();
    let posts = parties.flat_map(|(party, dossier)| {
        dossier.organisation.posts_on(day).into_iter().map(|post| PostToHold {
            party: *party,
            party_name: dossier.name.clone(),
            post: post.id,
            name: post.name,
            duties: post.duties,
        })
    });
    posts.collect()
}

/// Adds an account without a password. `by` is the account that adds it; empty for the command line.
pub fn add_account(node: &Node, by: &str, new: &NewAccount) -> Result<String, AppError> {
    let login = plain_login(&new.login);
    let name = new.name.trim();
    if !is_login(&login) {
        return Err(AccountFault::LoginUnreadable.into());
    }
    if is_blank(name) {
        return Err(AccountFault::NameMissing.into());
    }
    let account = Account {
        id: fresh_id(node),
        login: login.clone(),
        name: plain_name(name),
        language: language_key(new.language).to_owned(),
        is_administrator: new.is_administrator,
        password: None,
        one_time_secret: None,
        one_time_step: 0,
        password_times: Times::default(),
        one_time_times: Times::default(),
        generation: 0,
        told_until: 0,
        made_at: node.now_millis(),
        closed_at: None,
    };
    if !node.journal.add_account(&account)? {
        return Err(AccountFault::LoginTaken { login }.into());
    }
    note(node, by, PeopleDeed::Added, &login, None, String::new())?;
    Ok(account.id)
}

/// Changes the name of a person. The login name does not change.
pub fn rename_account(node: &Node, by: &str, account: &str, name: &str) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    let name = plain_name(name);
    if name.is_empty() {
        return Err(AccountFault::NameMissing.into());
    }
    node.journal.set_name(account, &name)?;
    node.memory::<Sessions>().changed(&known.owner());
    note(node, by, PeopleDeed::Renamed, &known.login, None, String::new())
}

/// Closes an account. Its owner is signed out in every browser and cannot sign in again.
pub fn close_account(node: &Node, by: &str, account: &str) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    let others = node.journal.accounts()?;
    let mut others = others.iter().filter(|other| other.is_administrator && other.closed_at.is_none());
    if known.is_administrator && known.closed_at.is_none() && others.all(|other| other.id == known.id) {
        return Err(AccountFault::LastAdministrator.into());
    }
    node.journal.set_closed(account, Some(node.now_millis()))?;
    node.journal.drop_links(&known.owner())?;
    end_sessions_of(node, &known.owner(), None)?;
    note(node, by, PeopleDeed::Closed, &known.login, None, String::new())
}

pub fn reopen_account(node: &Node, by: &str, account: &str) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    node.journal.set_closed(account, None)?;
    node.memory::<Sessions>().changed(&known.owner());
    note(node, by, PeopleDeed::Reopened, &known.login, None, String::new())
}

/// Creates a link for setting a first password, or a new one if a password is set. Earlier links become invalid.
pub fn hand_link(node: &Node, by: &str, account: &str) -> Result<HandedLink, AppError> {
    let known = find_account(node, account)?;
    let (purpose, lasts, deed) = match known.password {
        None => (LinkPurpose::Invitation, INVITATION_LASTS, PeopleDeed::Invited),
        Some(_) => (LinkPurpose::Reset, RESET_LASTS, PeopleDeed::Reset),
    };
    let (token, now) = (Token::for_paper()?, node.now_millis());
    let (digest, expires_at) = (token.digest(), now + lasts);
    let link = Link { digest, account: known.owner(), purpose, made_at: now, expires_at, used_at: None };
    node.journal.make_link(&link)?;
    note(node, by, deed, &known.login, None, String::new())?;
    Ok(HandedLink { token, login: known.login, name: known.name, purpose, expires_at })
}

/// Appoints a person to a post, from a first day to a last day.
pub fn appoint(
    node: &Node,
    by: &str,
    account: &str,
    post: Id<Post>,
    from: Date,
    until: Option<Date>,
) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    let state = node.state();
    let party = state.dossiers.parties.iter().find(|(_, dossier)| dossier.organisation.posts.contains_key(&post));
    let (party, dossier) = party.ok_or(AccountFault::NoSuchPost)?;
    if until.is_some_and(|until| until < from) {
        return Err(AccountFault::UntilBeforeFrom.into());
    }
    let row = AppointmentRow {
        id: fresh_id(node),
        account: known.id.clone(),
        party: party.to_string(),
        post: post.to_string(),
        from_day: from.to_string(),
        until_day: until.map(|day| day.to_string()),
    };
    let others = node.journal.appointments(Some(account))?;
    let mut meanwhile = others.iter().filter(|other| overlap(other, &row));
    if let Some(other) = meanwhile.clone().find(|other| other.party != row.party) {
        return Err(AccountFault::OtherParty { party: party_name(&state, &other.party) }.into());
    }
    if meanwhile.any(|other| other.post == row.post) {
        return Err(AccountFault::HeldAlready.into());
    }
    node.journal.appoint(&row)?;
    node.memory::<Sessions>().changed(&known.owner());
    let name = dossier.organisation.post_on(post, from).map(|post| post.name).unwrap_or_default();
    let until = row.until_day.as_deref().unwrap_or_default();
    let detail = format!("{name} {}〜{until}", row.from_day);
    note(node, by, PeopleDeed::Appointed, &known.login, Some(row.party), detail)
}

/// Ends an appointment. `until` is its last day.
pub fn end_appointment(node: &Node, by: &str, appointment: &str, until: Date) -> Result<(), AppError> {
    let rows = node.journal.appointments(None)?;
    let row = rows.into_iter().find(|row| row.id == appointment).ok_or(AccountFault::NoSuchPost)?;
    let known = find_account(node, &row.account)?;
    node.journal.end_appointment(&row.id, &until.to_string())?;
    node.memory::<Sessions>().changed(&known.owner());
    let post = shown(&node.state(), &row, node.today()).post;
    note(node, by, PeopleDeed::Ended, &known.login, Some(row.party), format!("{post} 〜{until}"))
}

/// Sets the language in which a person sees the pages.
pub fn set_language(node: &Node, account: &str, language: Language) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    node.journal.set_language(account, language_key(language))?;
    node.memory::<Sessions>().changed(&known.owner());
    Ok(())
}

/// Returns an account by its id.
pub fn find_account(node: &Node, account: &str) -> Result<Account, AppError> {
    Ok(node.journal.account(account)?.ok_or(AccountFault::NoSuchAccount)?)
}

/// Returns the id of the account with a login name.
pub fn account_named(node: &Node, login: &str) -> Result<String, AppError> {
    let found = node.journal.account_of_login(&plain_login(login))?;
    Ok(found.ok_or(AccountFault::NoSuchAccount)?.id)
}

pub(crate) fn fresh_id(node: &Node) -> String {
    node.context.facts(access::local_operator()).id::<Account>().to_string()
}
/// Normalises a login name for storage. Upper and lower case become equal.
pub(crate) fn plain_login(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Normalises a person's name for storage.
pub(crate) fn plain_name(name: &str) -> String {
    name.trim().chars().filter(|c| !c.is_control()).take(100).collect()
}

pub(crate) fn is_login(login: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_@".contains(&byte);
    (3..=64).contains(&login.len()) && login.bytes().all(plain)
}

fn shown(state: &State, row: &AppointmentRow, day: Date) -> Appointment {
    let post = row.party.parse().ok().and_then(|party: Id<id::Party>| state.dossiers.parties.get(&party)).and_then(
        |dossier| {
            let post: Id<Post> = row.post.parse().ok()?;
            let on = |day| dossier.organisation.post_on(post, day);
            let known = on(day)
                .or_else(|| on(row.until_day.as_deref()?.parse().ok()?))
                .or_else(|| on(row.from_day.parse().ok()?));
            known.map(|post| post.name)
        },
    );
    Appointment {
        id: row.id.clone(),
        party: party_name(state, &row.party),
        post: post.unwrap_or_default(),
        from: row.from_day.clone(),
        until: row.until_day.clone(),
        is_today: stands_on(row, day),
    }
}

pub(crate) fn party_name(state: &State, party: &str) -> String {
    let known = party.parse().ok().and_then(|party: Id<id::Party>| state.dossiers.parties.get(&party));
    known.map(|dossier| dossier.name.clone()).unwrap_or_default()
}

pub(crate) fn overlap(one: &AppointmentRow, other: &AppointmentRow) -> bool {
    let begins_within = |one: &AppointmentRow, other: &AppointmentRow| {
        other.until_day.as_ref().is_none_or(|until| one.from_day <= *until)
    };
    begins_within(one, other) && begins_within(other, one)
}

fn language_key(language: Language) -> &'static str {
    match language {
        Language::Japanese => "ja",
        Language::English => "en",
    }
}
