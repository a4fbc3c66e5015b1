//! 外部認証: signing in at an external issuer of the organisation, and the page for binding the issuer's user to an
//! account.

use askama::Template;
use axum::http::StatusCode;
use renkei_app::{AppError, Returned, people};
use serde::Deserialize;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::cookies::{self, Carried};
use crate::frame::page::{html, unkept};
use crate::frame::phrases::{phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::sign_in::{let_in, sign_in_page};

#[derive(Template)]
#[template(path = "people/outside.html")]
struct OutsidePage {
    frame: Frame,
    /// Name of the issuer for people.
    issuer: String,
    /// The issuer's user who is not yet bound to an account; `None` if there is none.
    waiting: Option<String>,
    is_bound: bool,
    done: Option<&'static str>,
    fault: Option<&'static str>,
}

const PLACE: &str = "/me/outside";
const BOUND_ELSEWHERE: &str = phrase(
    "この外部の利用者は、もうほかの利用者に結び付けられているか、時間がたっています。外部認証をもう一度行ってください。",
);

/// Redirects the browser to the issuer.
pub fn depart(ask: &Ask<'_>) -> Result<Done, Problem> {
    known_issuer(ask)?;
    match people::leave_for_issuer(&ask.site.node, &ask.caller.address) {
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
    match people::return_from_issuer(&ask.site.node, carried, asked("state"), asked("code"), &ask.caller.device) {
        Ok(Returned::In(token)) => {
            let Done::Pass { to, mut cookies } = let_in(ask, token.text(), "") else { return Err(Problem::Broken) };
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
    Unbind,
}

pub fn bind_outside(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    known_issuer(ask)?;
    let gone = vec![cookies::drop(Carried::Outside, ask.site.gate.is_https())];
    match deed.form.parsed() {
        Some(OutsideDeed::Bind) => {
            let carried = ask.caller.outside.as_deref().unwrap_or_default();
            if !people::bind_outside(&ask.site.node, ask.visitor, carried)? {
                return Ok(Done::Again(Box::new(page(ask, None, Some(BOUND_ELSEWHERE))?)));
            }
            Ok(Done::Pass { to: format!("{PLACE}?done=bound"), cookies: gone })
        }
        Some(OutsideDeed::Unbind) => {
            people::unbind_outside(&ask.site.node, ask.visitor)?;
            Ok(Done::Pass { to: format!("{PLACE}?done=unbound"), cookies: gone })
        }
        None => Ok(Done::Again(Box::new(page(ask, None, None)?))),
    }
}

fn page(ask: &Ask<'_>, done: Option<&'static str>, fault: Option<&'static str>) -> Result<Answer, Problem> {
    let issuer = known_issuer(ask)?;
    let waiting = ask.caller.outside.as_deref().and_then(|carried| people::waiting_outside(&ask.site.node, carried));
    let is_bound = people::is_bound_outside(&ask.site.node, ask.visitor)?;
    let title = say(ask.visitor.language, "外部認証");
    let frame = Frame::of(ask.visitor, ask.moment, title, Place::Elsewhere, PLACE);
    let said = |sentence: Option<&'static str>| sentence.map(|sentence| say(ask.visitor.language, sentence));
    html(&OutsidePage { frame, issuer, waiting, is_bound, done: said(done), fault: said(fault) }).map(unkept)
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
