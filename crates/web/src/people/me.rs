//! 自分: the visitor's posts today, credentials and sessions.

use askama::Template;
use renkei_app::{AccountFault, AppError, Credential, CredentialKind, OwnSession, people};
use renkei_document::language::Language;
use renkei_domain::organisation::HeldPost;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::{clock, html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::notices::{self, NoticeLine, Notices};
use crate::people::passkey_script::passkey_script;
use crate::people::proof::own;
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
    notices: Option<Notices>,
    /// All credentials of the visitor.
    credentials: Vec<CredentialLine>,
    /// The last changes of the credentials.
    changes: Vec<NoticeLine>,
    /// Whether the visitor proved a short time ago who they are.
    is_proved: bool,
    has_one_time: bool,
    /// Address of the script that asks a device for a passkey; `None` if browsers cannot use passkeys at this address.
    passkey_script: Option<&'static str>,
    /// The typed name of a passkey, if adding the passkey failed.
    passkey_name: String,
    /// Name of the external issuer; `None` if none is configured.
    outside: Option<String>,
    sessions: Vec<SessionLine>,
    /// Kept forms that were sent after a session had expired.
    unsent: Vec<String>,
}

struct CredentialLine {
    kind: CredentialKind,
    key: String,
    title: &'static str,
    name: String,
    made_at: String,
    used_at: String,
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
        Some("seen") => say(language, "知らせを消しました。変わったことは、この画面の「最近の変更」に残ります。"),
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

/// Changes the password. The form contains the current password, unless the visitor proved just now who they are.
pub fn change_password(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let [now, new, again] = ["now", "password", "again"].map(|name| deed.form.get(name));
    let (node, (_, session)) = (&ask.site.node, own(ask));
    let proved = match now.is_empty() {
        true => Ok(()),
        false => people::prove_by_password(node, ask.visitor, session, &now),
    };
    let changed = proved.and_then(|()| match new == again {
        true => people::change_password(node, ask.visitor, session, &new),
        false => Err(AccountFault::PasswordsDiffer.into()),
    });
    after(ask, changed, "/me?done=password")
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
    let credentials = people::own_credentials(node, ask.visitor)?;
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
        notices: notices::notices(ask)?,
        changes: notices::recent(ask)?,
        is_proved: people::is_proved(node, ask.visitor, token)?,
        has_one_time: account.one_time_secret.is_some(),
        passkey_script: passkey_script(ask),
        credentials: credentials.into_iter().map(|known| credential_line(language, known)).collect(),
        passkey_name: said.passkey_name,
        outside: people::outside_name(node),
        sessions: people::own_sessions(node, ask.visitor, token)?.into_iter().map(line).collect(),
        unsent: people::unsent_ids(node, ask.visitor)?,
    };
    html(&page).map(unkept)
}

fn credential_line(language: Language, known: Credential) -> CredentialLine {
    let title = match known.kind {
        CredentialKind::Password => say(language, "パスワード"),
        CredentialKind::OneTime => say(language, "ワンタイムコード"),
        CredentialKind::Passkey => say(language, "パスキー"),
        CredentialKind::Outside => say(language, "外部認証"),
    };
    let unknown = || say(language, "記録がありません").to_owned();
    let unused = || match known.times.made_at {
        Some(_) => say(language, "まだ使っていません").to_owned(),
        None => unknown(),
    };
    CredentialLine {
        kind: known.kind,
        key: known.key,
        title,
        name: known.name,
        made_at: known.times.made_at.map_or_else(unknown, |at| clock(language, at)),
        used_at: known.times.used_at.map_or_else(unused, |at| clock(language, at)),
    }
}
