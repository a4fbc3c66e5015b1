//! 自分: the visitor's posts today, password, one-time codes, passkeys and sessions.

use askama::Template;
use renkei_app::{AccountFault, AppError, OneTimeSecret, OwnPasskey, OwnSession, people};
use renkei_document::language::Language;
use renkei_domain::organisation::HeldPost;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::{clock, html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::passkey_script::passkey_script;
use crate::people::sign_in::sentence;

#[derive(Template)]
#[template(path = "people/me.html")]
struct MePage {
    frame: Frame,
    name: String,
    login: String,
    posts: Vec<String>,
    done: Option<&'static str>,
    fault: Option<String>,
    has_one_time: bool,
    /// The one-time secret that the page offers, as a QR code and as text; `None` if the account has a secret.
    offered: Option<Offered>,
    /// Address of the script that asks a device for a passkey; `None` if browsers cannot use passkeys at this address.
    passkey_script: Option<&'static str>,
    passkeys: Vec<PasskeyLine>,
    /// The typed name of a passkey, if adding the passkey failed.
    passkey_name: String,
    /// Name of the external issuer; `None` if none is configured.
    outside: Option<String>,
    sessions: Vec<SessionLine>,
    /// Kept forms that were sent after a session had expired.
    unsent: Vec<String>,
}

struct Offered {
    picture: String,
    text: String,
}

struct PasskeyLine {
    key: String,
    name: String,
    made_at: String,
    used_at: Option<String>,
}

/// The message of the page about the last change or its failure.
#[derive(Default)]
pub(crate) struct Said {
    pub done: Option<&'static str>,
    pub fault: Option<String>,
    pub passkey_name: String,
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
        Some("passkey") => {
            say(language, "パスキーを追加しました。次からは、サインインの画面の「パスキーで入る」で入れます。")
        }
        Some("passkey-name") => say(language, "パスキーの名前を変えました。"),
        Some("passkey-off") => say(language, "パスキーを削除しました。ほかの端末のサインインは終わりました。"),
        _ => return me_page(ask, Said::default()),
    };
    me_page(ask, Said { done: Some(done), ..Said::default() })
}

pub fn change_password(deed: &Deed<'_>) -> Result<Done, Problem> {
    let [now, new, again] = ["now", "password", "again"].map(|name| deed.form.get(name));
    let (account, token) = own(&deed.ask);
    let changed = match new == again {
        true => people::change_password(&deed.ask.site.node, account, token, &now, &new),
        false => Err(AccountFault::PasswordsDiffer.into()),
    };
    after(&deed.ask, changed, "/me?done=password")
}

pub fn turn_on_one_time(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (account, token) = own(&deed.ask);
    let turned = people::turn_on_one_time(&deed.ask.site.node, account, token, &deed.form.get("code"));
    after(&deed.ask, turned, "/me?done=one-time")
}

pub fn turn_off_one_time(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (account, _) = own(&deed.ask);
    let turned = people::turn_off_one_time(&deed.ask.site.node, account, &deed.form.get("now"));
    after(&deed.ask, turned, "/me?done=one-time-off")
}

/// Ends one of the visitor's sessions, or all sessions except the present one.
pub fn end_sessions(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (_, token) = own(&deed.ask);
    let name = deed.form.get("session");
    if name.is_empty() {
        people::sign_out_everywhere(&deed.ask.site.node, deed.ask.visitor, Some(token))?;
    } else {
        people::end_own_session(&deed.ask.site.node, deed.ask.visitor, &name)?;
    }
    Ok(Done::See("/me?done=session".to_owned()))
}

pub(crate) fn own<'a>(ask: &'a Ask<'_>) -> (&'a str, &'a str) {
    (ask.visitor.account.as_deref().unwrap_or_default(), ask.caller.session.as_deref().unwrap_or_default())
}

pub(crate) fn after(ask: &Ask<'_>, done: Result<(), AppError>, next: &str) -> Result<Done, Problem> {
    match done {
        Ok(()) => Ok(Done::See(next.to_owned())),
        Err(AppError::Account(fault)) => {
            let said = Said { fault: Some(sentence(ask, &fault)), ..Said::default() };
            Ok(Done::Again(Box::new(me_page(ask, said)?)))
        }
        Err(fault) => Err(fault.into()),
    }
}

pub(crate) fn me_page(ask: &Ask<'_>, said: Said) -> Result<Answer, Problem> {
    let (language, (id, token)) = (ask.visitor.language, own(ask));
    let node = &ask.site.node;
    let account = people::find_account(node, id)?;
    let has_one_time = account.one_time_secret.is_some();
    let offer = |secret: OneTimeSecret| Offered {
        picture: secret.qr_code(&account.login, say(language, "認証アプリで読み取る QR コード")).unwrap_or_default(),
        text: secret.text(),
    };
    let offered = if has_one_time { None } else { Some(offer(people::offered_one_time(node, id)?)) };
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
        posts: ask.visitor.posts.iter().map(HeldPost::label).collect(),
        done: said.done,
        fault: said.fault,
        has_one_time,
        offered,
        passkey_script: passkey_script(ask),
        passkeys: people::own_passkeys(node, ask.visitor)?
            .into_iter()
            .map(|known| passkey_line(language, known))
            .collect(),
        passkey_name: said.passkey_name,
        outside: people::outside_name(node),
        sessions: people::own_sessions(node, ask.visitor, token)?.into_iter().map(line).collect(),
        unsent: people::unsent_ids(node, ask.visitor)?,
    };
    html(&page).map(unkept)
}

fn passkey_line(language: Language, known: OwnPasskey) -> PasskeyLine {
    let (made_at, used_at) = (clock(language, known.made_at), known.used_at.map(|at| clock(language, at)));
    PasskeyLine { key: known.key, name: known.name, made_at, used_at }
}
