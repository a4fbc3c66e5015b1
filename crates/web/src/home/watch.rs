//! The part of the home page for an administrator: accounts that cannot be used yet or need attention. It shows no
//! content of any plan.

use askama::Template;
use renkei_app::{HandedOver, LinkPurpose, Watched, access::Right, people};
use renkei_document::wareki::long_date_in;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::{clock, html, unkept};
use crate::frame::phrases::{phrase, say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::people::notices::{self, Notices};

/// Maximum number of people that a list names; further people are only counted.
const MOST_NAMED: usize = 8;

/// The home page of an administrator who may not read plans.
#[derive(Template)]
#[template(path = "home/home_administrator.html")]
struct AdministratorPage {
    frame: Frame,
    notices: Option<Notices>,
    name: String,
    watch: Watch,
}

/// The administrator's open tasks, and the most recently active people.
pub struct Watch {
    pub lists: Vec<WatchList>,
    pub seen: Vec<SeenLine>,
}

/// People whose accounts need the same action from the administrator.
pub struct WatchList {
    pub title: &'static str,
    pub next: &'static str,
    pub count: usize,
    pub people: Vec<PersonLine>,
}

pub struct PersonLine {
    pub href: String,
    pub name: String,
    pub login: String,
    pub note: String,
}

pub struct SeenLine {
    pub person: PersonLine,
    pub state: &'static str,
}

pub fn administrator(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let frame = Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "ホーム"), Place::Home, "/");
    let (notices, name) = (notices::notices(ask)?, ask.visitor.name.clone());
    html(&AdministratorPage { frame, notices, name, watch: look(ask)? }).map(unkept)
}

/// Returns the administrator's tasks; `None` for a visitor who may not administer accounts.
pub fn watch(ask: &Ask<'_>) -> Result<Option<Watch>, Problem> {
    if ask.visitor.may(Right::People) { look(ask).map(Some) } else { Ok(None) }
}

fn look(ask: &Ask<'_>) -> Result<Watch, Problem> {
    let (language, known) = (ask.visitor.language, people::people_watch(&ask.site.node)?);
    let line = |person: &Watched, note: String| PersonLine {
        href: format!("/people/{}", person.id),
        name: person.name.clone(),
        login: person.login.clone(),
        note,
    };
    let list = |title, next, people: Vec<PersonLine>| WatchList {
        title: say(language, title),
        next: say(language, next),
        count: people.len(),
        people: people.into_iter().take(MOST_NAMED).collect(),
    };
    let without_post = known.without_post.iter().map(|(person, from)| {
        line(person, from.map(|from| tell(language, "{}から就く", [long_date_in(language, from)])).unwrap_or_default())
    });
    let link = |handed: &HandedOver| line(&handed.person, link_note(ask, handed));
    let (over, waiting): (Vec<_>, Vec<_>) = known.links.iter().partition(|handed| handed.is_over);
    let failing = known.failing.iter();
    let failing = failing.map(|(person, count)| line(person, tell(language, "失敗 {}回", [count.to_string()])));
    let lists = [
        list(phrase("職に就いていない人"), phrase("任命するか、利用を止める"), without_post.collect()),
        list(
            phrase("リンクの期限が切れた人"),
            phrase("新しいリンクを作って渡す"),
            over.into_iter().map(link).collect(),
        ),
        list(
            phrase("まだリンクを使っていない人"),
            phrase("渡したかを確かめる"),
            waiting.into_iter().map(link).collect(),
        ),
        list(
            phrase("知らない端末からの失敗が続いている人"),
            phrase("本人かを確かめる。本人が入れないときは、再設定のリンクを渡す"),
            failing.collect(),
        ),
        list(
            phrase("ワンタイムコードを使っていない人"),
            phrase("「自分」のページで登録するよう勧める"),
            known.without_code.iter().map(|person| line(person, String::new())).collect(),
        ),
    ];
    let seen = known.last_seen.iter().map(|seen| SeenLine {
        person: line(&seen.person, clock(language, seen.seen_at)),
        state: if seen.is_open { say(language, "サインイン中") } else { say(language, "終了") },
    });
    Ok(Watch { lists: lists.into_iter().filter(|list| list.count > 0).collect(), seen: seen.collect() })
}

fn link_note(ask: &Ask<'_>, handed: &HandedOver) -> String {
    let language = ask.visitor.language;
    let purpose = match handed.purpose {
        LinkPurpose::Invitation => say(language, "招待"),
        LinkPurpose::Reset => say(language, "パスワードの再設定"),
    };
    match handed.expires_at {
        Some(at) => tell(language, "{0}、期限 {1}", [purpose, &clock(language, at)]),
        None => tell(language, "{}、リンクはまだない", [purpose]),
    }
}
