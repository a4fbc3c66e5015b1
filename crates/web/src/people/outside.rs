//! 外部認証: signing in at an external issuer of the organisation, and the page for binding the issuer's user to an
//! account.

use askama::Template;
use axum::http::StatusCode;
use renkei_app::{AppError, Callback, CredentialKind, Purpose, Returned, people};
use serde::Deserialize;

use crate::frame::address::local_path;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::cookies::{self, Carried};
use crate::frame::page::{html, unkept};
use crate::frame::phrases::{phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::proof::{own, with_proof};
use crate::people::sign_in::{let_in, sentence, sign_in_page};

#[derive(Template)]
#[template(path = "people/outside.html")]
struct OutsidePage {
    frame: Frame,
    /// Name of the issuer for people.
    issuer: String,
    /// The issuer's user who is not yet bound to an account; `None` if there is none.
    waiting: Option<String>,
    /// The issuer's users who are bound to the visitor's account.
    bound: Vec<Bound>,
    done: Option<&'static str>,
    fault: Option<String>,
}

struct Bound {
    key: String,
    name: String,
}

const PLACE: &str = "/me/outside";

/// Redirects the browser to the issuer: to sign in, or to prove who the visitor is and to return to the page `then`.
pub fn depart(ask: &Ask<'_>) -> Result<Done, Problem> {
    known_issuer(ask)?;
    let then = ask.query.get("then").and_then(local_path).filter(|_| ask.visitor.account.is_some());
    let purpose = match then {
        Some(then) => Purpose::Proof { session: own(ask).1.to_owned(), then: then.to_owned() },
        None => Purpose::SignIn,
    };
    match people::leave_for_issuer(&ask.site.node, &ask.caller.address, &ask.caller.browser, purpose) {
        Ok((address, token)) => Ok(Done::Pass { to: address, cookies: vec![carry(ask, token.text())] }),
        Err(fault) => not_done(ask, fault),
    }
}

/// Handles the browser's return from the issuer: signs the person in, or asks them to bind the issuer's user to an
/// account.
pub fn come_back(ask: &Ask<'_>) -> Result<Done, Problem> {
    known_issuer(ask)?;
    let asked = |name| ask.query.get(name).unwrap_or_default();
    let carried = ask.caller.outside.as_deref().unwrap_or_default();
    if !asked("error").is_empty() {
        return refused(
            ask,
            phrase("外部認証は取りやめられました。もう一度行うか、ログイン名とパスワードでサインインしてください。"),
        );
    }
    let (device, browser) = (ask.caller.device.as_str(), ask.caller.browser.as_str());
    let callback = Callback { carried, state: asked("state"), code: asked("code"), device, browser };
    match people::return_from_issuer(&ask.site.node, ask.visitor, own(ask).1, &callback) {
        Ok(Returned::Proved { then }) => {
            let gone = cookies::drop(Carried::Outside, ask.site.gate.is_https());
            Ok(Done::Pass { to: then, cookies: vec![gone] })
        }
        Ok(Returned::AnotherPerson) => refused(
            ask,
            phrase(
                "外部認証の人が、サインインしている人と違います。自分の外部の利用者で確かめるか、今のパスワードを入れてください。",
            ),
        ),
        Ok(Returned::In(entered)) => {
            let Done::Pass { to, mut cookies } = let_in(ask, &entered, "") else { return Err(Problem::Broken) };
            cookies.push(cookies::drop(Carried::Outside, ask.site.gate.is_https()));
            Ok(Done::Pass { to, cookies })
        }
        Ok(Returned::Unbound(person)) => {
            let token = people::await_binding(&ask.site.node, person)?;
            let to = if ask.visitor.account.is_some() { PLACE } else { "/sign-in?then=%2Fme%2Foutside" };
            Ok(Done::Pass { to: to.to_owned(), cookies: vec![carry(ask, token.text())] })
        }
        Ok(Returned::Spent) => refused(
            ask,
            phrase(
                "この外部認証は使えません。時間がたったか、もう使われたか、別のブラウザーで始められています。もう一度行ってください。",
            ),
        ),
        Ok(Returned::Closed) => {
            refused(ask, phrase("この利用者は閉じられています。システム管理者に申し出てください。"))
        }
        Err(fault) => not_done(ask, fault),
    }
}

/// Shows the issuer's user who is bound to the visitor's account, or who is to be bound.
pub fn outside(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let done = match ask.query.get("done") {
        Some("bound") => Some(phrase("外部認証を結び付けました。次からは、外部認証でサインインできます。")),
        Some("unbound") => Some(phrase("外部認証の結び付けを外しました。")),
        _ => None,
    };
    page(ask, done, None)
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
enum OutsideDeed {
    Bind,
    Unbind {
        #[serde(default)]
        key: String,
    },
}

pub fn bind_outside(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, (_, session)) = (&deed.ask, own(&deed.ask));
    known_issuer(ask)?;
    let gone = || vec![cookies::drop(Carried::Outside, ask.site.gate.is_https())];
    with_proof(deed, &["do", "key"], || {
        let (done, to) = match deed.form.parsed() {
            Some(OutsideDeed::Bind) => {
                let carried = ask.caller.outside.as_deref().unwrap_or_default();
                (people::bind_outside(&ask.site.node, ask.visitor, session, carried), "bound")
            }
            Some(OutsideDeed::Unbind { key }) => {
                (people::unbind_outside(&ask.site.node, ask.visitor, session, &key), "unbound")
            }
            None => return Ok(Done::Again(Box::new(page(ask, None, None)?))),
        };
        match done {
            Ok(()) => Ok(Done::Pass { to: format!("{PLACE}?done={to}"), cookies: gone() }),
            Err(AppError::Account(fault)) => Ok(Done::Again(Box::new(page(ask, None, Some(sentence(ask, &fault)))?))),
            Err(fault) => Err(fault.into()),
        }
    })
}

fn page(ask: &Ask<'_>, done: Option<&'static str>, fault: Option<String>) -> Result<Answer, Problem> {
    let issuer = known_issuer(ask)?;
    let waiting = ask.caller.outside.as_deref().and_then(|carried| people::waiting_outside(&ask.site.node, carried));
    let credentials = people::own_credentials(&ask.site.node, ask.visitor)?.into_iter();
    let bound = credentials.filter(|known| known.kind == CredentialKind::Outside);
    let bound = bound.map(|known| Bound { key: known.key, name: known.name }).collect();
    let title = say(ask.visitor.language, "外部認証");
    let frame = Frame::of(ask.visitor, ask.moment, title, Place::Elsewhere, PLACE);
    let done = done.map(|sentence| say(ask.visitor.language, sentence));
    html(&OutsidePage { frame, issuer, waiting, bound, done, fault }).map(unkept)
}

fn known_issuer(ask: &Ask<'_>) -> Result<String, Problem> {
    people::outside_name(&ask.site.node).ok_or(Problem::NoSuchPage)
}

fn carry(ask: &Ask<'_>, token: &str) -> axum::http::HeaderValue {
    cookies::carry(Carried::Outside, token, ask.site.gate.is_https())
}

fn refused(ask: &Ask<'_>, sentence: &'static str) -> Result<Done, Problem> {
    let sentence = say(ask.visitor.language, sentence).to_owned();
    Ok(Done::Shown(StatusCode::FORBIDDEN, Box::new(sign_in_page(ask, "", "", Some(sentence))?)))
}

/// Logs the failure for the operator, and shows the person the next step.
fn not_done(ask: &Ask<'_>, fault: AppError) -> Result<Done, Problem> {
    let AppError::Outside(particulars) = fault else { return Err(fault.into()) };
    eprintln!("{particulars}");
    refused(
        ask,
        phrase(
            "外部認証の結果を確かめられませんでした。もう一度行うか、ログイン名とパスワードでサインインしてください。続くときは、システム管理者に申し出てください。",
        ),
    )
}
