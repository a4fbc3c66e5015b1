//! 利用者の見守り — accounts that need the attention of an administrator: nobody can use them yet, or they should not stay as
//! they are. It shows no content of plans.

use std::collections::BTreeMap;

use jiff::civil::Date;
use renkei_journal::{Account, Link, LinkPurpose};

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::people::accounts::{Person, people};
use crate::people::sessions::limits;
use crate::people::throttle::{self, Subject};

/// 見守る利用者 — a person listed on the administrator's home page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    pub id: String,
    pub login: String,
    pub name: String,
}

/// 渡したリンクの様子 — an unused link that the administrator gave to a person, and its expiry (`None` if it no longer exists).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    pub person: Watched,
    pub purpose: LinkPurpose,
    pub expires_at: Option<u64>,
    pub is_over: bool,
}

/// 最近のサインイン — when a person was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSeen {
    pub person: Watched,
    pub seen_at: u64,
    /// Whether the session is still open: the person has not signed out, and it has not expired.
    pub is_open: bool,
}

/// 利用者の見守り — the accounts that need an administrator's attention.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleWatch {
    /// People who may sign in and have no post today, each with the first day of their next post.
    pub without_post: Vec<(Watched, Option<Date>)>,
    pub links: Vec<HandedOver>,
    /// People under whose login name sign-ins keep failing in unknown browsers, with the number of recent failures.
    pub failing: Vec<(Watched, u32)>,
    pub without_code: Vec<Watched>,
    pub last_seen: Vec<LastSeen>,
}

const MOST_SEEN: u32 = 8;
/// Number of recent failures from which a person is listed.
const MANY_FAILURES: u32 = 5;

/// Returns the accounts that need an administrator's attention now.
pub fn people_watch(node: &Node) -> Result<PeopleWatch, AppError> {
    let now = node.now_millis();
    let people: Vec<Person> = people(node)?.into_iter().filter(|person| !person.is_closed).collect();
    let (failures, mut failing, mut without_post) = (node.journal.all_attempts()?, Vec::new(), Vec::new());
    for person in &people {
        let attempts = throttle::failures_among(&failures, &Subject::login(&person.login), now);
        let codes = throttle::failures_among(&failures, &Subject::code(&person.id), now);
        if attempts >= MANY_FAILURES || codes >= MANY_FAILURES {
            failing.push((watched(person), attempts.saturating_add(codes)));
        }
        if !person.is_administrator && !person.appointments.iter().any(|held| held.is_today) {
            without_post.push((watched(person), next_post_from(node, person)));
        }
    }
    let without_code = people.iter().filter(|person| person.has_password && !person.has_one_time);
    Ok(PeopleWatch {
        without_code: without_code.map(watched).collect(),
        links: handed_over(&people, node.journal.unused_links()?, now),
        last_seen: last_seen(node)?,
        without_post,
        failing,
    })
}

fn next_post_from(node: &Node, person: &Person) -> Option<Date> {
    let (today, days) = (node.today(), person.appointments.iter().filter_map(|held| held.from.parse().ok()));
    days.filter(|from| *from > today).min()
}

fn last_seen(node: &Node) -> Result<Vec<LastSeen>, AppError> {
    let accounts: BTreeMap<String, Account> =
        node.journal.accounts()?.into_iter().map(|account| (account.id.clone(), account)).collect();
    let sessions = node.journal.last_sessions(MOST_SEEN)?.into_iter();
    let (now, limits) = (node.now_millis(), limits(node));
    let seen = sessions.filter_map(|session| {
        let Account { id, login, name, .. } = accounts.get(session.account.id())?.clone();
        Some(LastSeen {
            person: Watched { id, login, name },
            seen_at: session.seen_at,
            is_open: session.ended_at.is_none() && limits.allow(session.made_at, session.seen_at, now),
        })
    });
    Ok(seen.collect())
}
/// Returns the unused links that are still valid, and the invited people whose link has expired or no longer exists.
fn handed_over(people: &[Person], links: Vec<Link>, now: u64) -> Vec<HandedOver> {
    let of = |person: &Person| {
        let link = links.iter().find(|link| link.account.id() == person.id);
        let is_over = link.is_none_or(|link| link.expires_at <= now);
        let purpose = link.map_or(LinkPurpose::Invitation, |link| link.purpose);
        let expires_at = link.map(|link| link.expires_at);
        (!person.has_password || !is_over).then(|| HandedOver { person: watched(person), purpose, expires_at, is_over })
    };
    let mut handed: Vec<_> = people.iter().filter_map(of).collect();
    handed.sort_by_key(|handed| (!handed.is_over, handed.expires_at));
    handed
}

fn watched(person: &Person) -> Watched {
    Watched { id: person.id.clone(), login: person.login.clone(), name: person.name.clone() }
}
