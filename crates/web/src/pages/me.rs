//! 自分: posts held today, password, one-time codes, and where one is signed in.

use askama::Template;
use renkei_app::{AccountFault, AppError, OneTimeSecret, OwnSession};

use super::sign_in::sentence;
use super::{clock, html, unkept};
use crate::answer::Answer;
use crate::frame::{Frame, Place};
use crate::phrases::say;
use crate::problem::Problem;
use crate::routes::{Ask, Deed, Done};

#[derive(Template)]
#[template(path = "me.html")]
struct MePage {
    frame: Frame,
    name: String,
    login: String,
    posts: Vec<String>,
    done: Option<&'static str>,
    fault: Option<String>,
    has_one_time: bool,
    /// The key that is offered, as a picture and as text.
    offered: Option<Offered>,
    sessions: Vec<SessionLine>,
    /// Forms that were sent after a session had run out.
    unsent: Vec<String>,
}

struct Offered {
    picture: String,
    text: String,
}

struct SessionLine {
    name: String,
    device: String,
    made_at: String,
    seen_at: String,
    is_this: bool,
}

pub fn me(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let done = match ask.query.get("done") {
        Some("welcome") => {
            say(language, "パスワードを定め、サインインしました。ワンタイムコードも使うと、より安全です。")
        }
        Some("password") => say(language, "パスワードを変えました。ほかの端末のサインインは終わりました。"),
        Some("one-time") => say(language, "ワンタイムコードを使い始めました。次のサインインから尋ねます。"),
        Some("one-time-off") => say(language, "ワンタイムコードをやめました。"),
        Some("session") => say(language, "選んだ端末のサインインを終えました。"),
        _ => return me_page(ask, None, None),
    };
    me_page(ask, Some(done), None)
}

pub fn change_password(deed: &Deed<'_>) -> Result<Done, Problem> {
    let [now, new, again] = ["now", "password", "again"].map(|name| deed.form.get(name));
    let (account, token) = own(&deed.ask);
    let changed = match new == again {
        true => deed.ask.site.renkei.change_password(account, token, &now, &new),
        false => Err(AccountFault::PasswordsDiffer.into()),
    };
    after(&deed.ask, changed, "/me?done=password")
}

pub fn turn_on_one_time(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (account, token) = own(&deed.ask);
    let turned = deed.ask.site.renkei.turn_on_one_time(account, token, &deed.form.get("code"));
    after(&deed.ask, turned, "/me?done=one-time")
}

pub fn turn_off_one_time(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (account, _) = own(&deed.ask);
    let turned = deed.ask.site.renkei.turn_off_one_time(account, &deed.form.get("now"));
    after(&deed.ask, turned, "/me?done=one-time-off")
}

/// Ends one of the own sessions, or all but this.
pub fn end_sessions(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (account, token) = own(&deed.ask);
    let name = deed.form.get("session");
    if name.is_empty() {
        deed.ask.site.renkei.sign_out_everywhere(account, Some(token))?;
    } else {
        deed.ask.site.renkei.end_own_session(account, &name)?;
    }
    Ok(Done::See("/me?done=session".to_owned()))
}

fn own<'a>(ask: &'a Ask<'_>) -> (&'a str, &'a str) {
    (ask.visitor.account.as_deref().unwrap_or_default(), ask.caller.session.as_deref().unwrap_or_default())
}

fn after(ask: &Ask<'_>, done: Result<(), AppError>, next: &str) -> Result<Done, Problem> {
    match done {
        Ok(()) => Ok(Done::See(next.to_owned())),
        Err(AppError::Account(fault)) => Ok(Done::Again(Box::new(me_page(ask, None, Some(sentence(ask, &fault)))?))),
        Err(fault) => Err(fault.into()),
    }
}

fn me_page(ask: &Ask<'_>, done: Option<&'static str>, fault: Option<String>) -> Result<Answer, Problem> {
    let (language, (id, token)) = (ask.visitor.language, own(ask));
    let renkei = &ask.site.renkei;
    let account = renkei.account(id)?;
    let has_one_time = account.one_time_secret.is_some();
    let offer = |secret: OneTimeSecret| Offered {
        picture: secret.qr_code(&account.login, say(language, "認証アプリで読み取る QR コード")).unwrap_or_default(),
        text: secret.text(),
    };
    let offered = if has_one_time { None } else { Some(offer(renkei.offered_one_time(id)?)) };
    let line = |known: OwnSession| SessionLine {
        name: known.name,
        device: known.device,
        made_at: clock(language, known.made_at),
        seen_at: clock(language, known.seen_at),
        is_this: known.is_this,
    };
    let page = MePage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "自分"), Place::Me, "/me"),
        name: account.name.clone(),
        login: account.login.clone(),
        posts: ask.visitor.posts.iter().map(|post| post.title.clone()).collect(),
        done,
        fault,
        has_one_time,
        offered,
        sessions: renkei.own_sessions(id, token)?.into_iter().map(line).collect(),
        unsent: renkei.unsent_ids(id)?,
    };
    html(&page).map(unkept)
}
