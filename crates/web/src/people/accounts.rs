//! 利用者: the page of accounts with their posts, and of links that the administrator gives to people. It shows no content
//! of any plan.

use askama::Template;
use axum::http::StatusCode;
use jiff::civil::Date;
use renkei_app::{
    AccountFault, AppError, DeedLine, HandedLink, LinkPurpose, NewAccount, Person, PostToHold, access::Right, day_of,
    people,
};
use renkei_document::language::Language;
use serde::Deserialize;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::{clock, html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::officers::links_page;
use crate::people::sign_in::sentence;

#[derive(Template)]
#[template(path = "people/people.html")]
struct PeoplePage {
    frame: Frame,
    people: Vec<Person>,
    /// Number of people who have not used their invitation yet.
    invited: usize,
    /// Whether a list of officers was just recorded.
    listed: bool,
    fault: Option<String>,
    login: String,
    name: String,
    is_administrator: bool,
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonPage {
    frame: Frame,
    person: Person,
    posts: Vec<PostToHold>,
    today: String,
    /// The refused fields of a new appointment; empty fields if none was refused.
    appointing: AppointmentFields,
    fault: Option<String>,
    /// Whether an account was just changed.
    done: bool,
}

#[derive(Template)]
#[template(path = "people/handed_link.html")]
struct LinkPage {
    frame: Frame,
    link: HandedLink,
    number: String,
    address: String,
    until: String,
    is_reset: bool,
    back: String,
}

#[derive(Template)]
#[template(path = "people/people_log.html")]
struct LogPage {
    frame: Frame,
    lines: Vec<LogLine>,
    may_manage: bool,
}

struct LogLine {
    at: String,
    by: String,
    deed: &'static str,
    login: String,
    detail: String,
}

pub fn people(ask: &Ask<'_>) -> Result<Answer, Problem> {
    people_page(ask, None, [String::new(), String::new()], false)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PeopleForm {
    r#do: PeopleFormDeed,
    login: String,
    name: String,
    administrator: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PeopleFormDeed {
    /// Replaces the links of all unused invitations.
    Invitations,
    #[default]
    #[serde(other)]
    Add,
}

/// Adds an account, or replaces the links of all unused invitations.
pub fn manage_people(deed: &Deed<'_>) -> Result<Done, Problem> {
    let form: PeopleForm = deed.form.parsed().unwrap_or_default();
    match form.r#do {
        PeopleFormDeed::Invitations => invitations(&deed.ask),
        PeopleFormDeed::Add => add_person(&deed.ask, form),
    }
}

fn invitations(ask: &Ask<'_>) -> Result<Done, Problem> {
    match people::hand_invitations(&ask.site.node, by(ask))? {
        links if links.is_empty() => Ok(Done::See("/people".to_owned())),
        links => Ok(Done::Shown(StatusCode::OK, Box::new(links_page(ask, links, None)?))),
    }
}

fn add_person(ask: &Ask<'_>, PeopleForm { login, name, administrator, .. }: PeopleForm) -> Result<Done, Problem> {
    let is_administrator = !administrator.is_empty();
    let new = NewAccount { login: login.clone(), name: name.clone(), is_administrator, language: Language::Japanese };
    match people::add_account(&ask.site.node, by(ask), &new) {
        Ok(account) => Ok(Done::See(format!("/people/{account}?done=1"))),
        Err(AppError::Account(fault)) => {
            let page = people_page(ask, Some(sentence(ask, &fault)), [login, name], is_administrator)?;
            Ok(Done::Again(Box::new(page)))
        }
        Err(fault) => Err(fault.into()),
    }
}

pub fn person(ask: &Ask<'_>) -> Result<Answer, Problem> {
    person_page(ask, None, AppointmentFields::default(), ask.query.get("done").is_some())
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
enum PersonDeed {
    Rename {
        #[serde(default)]
        name: String,
    },
    Close,
    Reopen,
    Appoint(AppointmentFields),
    End(AppointmentFields),
    Link,
}

/// The fields for a new appointment, or for the end of an appointment.
#[derive(Default, Deserialize)]
#[serde(default)]
struct AppointmentFields {
    post: String,
    appointment: String,
    from: String,
    until: String,
}

/// Changes one account, as the form requests.
pub fn manage_person(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, id, node) = (&deed.ask, deed.ask.part("id"), &deed.ask.site.node);
    let mut appointing = AppointmentFields::default();
    let done = match deed.form.parsed() {
        Some(PersonDeed::Rename { name }) => people::rename_account(node, by(ask), id, &name),
        Some(PersonDeed::Close) => people::close_account(node, by(ask), id),
        Some(PersonDeed::Reopen) => people::reopen_account(node, by(ask), id),
        Some(PersonDeed::Appoint(fields)) => {
            let done = appoint(ask, &fields, id);
            appointing = fields;
            done
        }
        Some(PersonDeed::End(fields)) => end(ask, &fields),
        Some(PersonDeed::Link) => match people::hand_link(node, by(ask), id) {
            Ok(link) => return Ok(Done::Shown(StatusCode::OK, Box::new(link_page(ask, link)?))),
            Err(fault) => Err(fault),
        },
        None => Err(AccountFault::NoSuchAccount.into()),
    };
    match done {
        Ok(()) => Ok(Done::See(format!("/people/{id}?done=1"))),
        Err(AppError::Account(fault)) if people::find_account(node, id).is_ok() => {
            Ok(Done::Again(Box::new(person_page(ask, Some(sentence(ask, &fault)), appointing, false)?)))
        }
        Err(fault) => Err(fault.into()),
    }
}

pub fn people_log(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let line = |known: DeedLine| LogLine {
        at: clock(language, known.done_at),
        by: if known.done_by.is_empty() { say(language, "この機械の操作").to_owned() } else { known.done_by },
        deed: say(language, known.deed.title()),
        login: known.login,
        detail: known.detail,
    };
    let may_manage = ask.visitor.may(Right::People);
    let place = if may_manage { Place::People } else { Place::Organisation };
    let page = LogPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "利用者の管理の記録"), place, "/people/log"),
        lines: people::account_log(&ask.site.node, ask.visitor)?.into_iter().map(line).collect(),
        may_manage,
    };
    html(&page).map(unkept)
}

fn by<'a>(ask: &'a Ask<'_>) -> &'a str {
    ask.visitor.account.as_deref().unwrap_or_default()
}

fn appoint(ask: &Ask<'_>, fields: &AppointmentFields, id: &str) -> Result<(), AppError> {
    let node = &ask.site.node;
    let post = fields.post.parse().map_err(|_| AccountFault::NoSuchPost)?;
    let from = day(&fields.from)?.unwrap_or_else(|| day_of(node.now()));
    people::appoint(node, by(ask), id, post, from, day(&fields.until)?)
}

fn end(ask: &Ask<'_>, fields: &AppointmentFields) -> Result<(), AppError> {
    let node = &ask.site.node;
    let until = day(&fields.until)?.unwrap_or_else(|| day_of(node.now()));
    people::end_appointment(node, by(ask), &fields.appointment, until)
}

/// Reads a day from a date field; `None` if the field is empty.
fn day(text: &str) -> Result<Option<Date>, AccountFault> {
    match text.trim() {
        "" => Ok(None),
        day => day.parse().map(Some).map_err(|_| AccountFault::UntilBeforeFrom),
    }
}

fn people_page(
    ask: &Ask<'_>,
    fault: Option<String>,
    [login, name]: [String; 2],
    is_administrator: bool,
) -> Result<Answer, Problem> {
    let frame = Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "利用者"), Place::People, "/people");
    let people = people::people(&ask.site.node)?;
    let listed = ask.query.get("done").is_some();
    let invited = people.iter().filter(|person| !person.is_closed && !person.has_password).count();
    html(&PeoplePage { frame, people, invited, listed, fault, login, name, is_administrator }).map(unkept)
}

fn person_page(
    ask: &Ask<'_>,
    fault: Option<String>,
    appointing: AppointmentFields,
    done: bool,
) -> Result<Answer, Problem> {
    let (node, id) = (&ask.site.node, ask.part("id"));
    let person = people::people(node)?.into_iter().find(|person| person.id == id).ok_or(Problem::NoSuchPage)?;
    let page = PersonPage {
        frame: Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "利用者"), Place::People, ""),
        person,
        posts: people::posts_to_hold(node),
        today: day_of(node.now()).to_string(),
        appointing,
        fault,
        done,
    };
    html(&page).map(unkept)
}

fn link_page(ask: &Ask<'_>, link: HandedLink) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let number = link.token.text().to_owned();
    let page = LinkPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "渡すリンク"), Place::People, ""),
        address: format!("{}/links/{number}", ask.caller.origin),
        until: clock(language, link.expires_at),
        is_reset: link.purpose == LinkPurpose::Reset,
        back: format!("/people/{}", ask.part("id")),
        number,
        link,
    };
    html(&page).map(unkept)
}
