//! 招待と再設定: a person opens this page with the number that the administrator gave them, and chooses a password.

use askama::Template;
use axum::http::StatusCode;
use renkei_app::{AccountFault, Answered, AppError, LinkPurpose, OpenLink, people};

use crate::frame::answer::Answer;
use crate::frame::around::Frame;
use crate::frame::page::{html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::sign_in::{let_in, sentence};

#[derive(Template)]
#[template(path = "people/links.html")]
struct NumberPage {
    frame: Frame,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "people/link.html")]
struct LinkPage {
    frame: Frame,
    number: String,
    login: String,
    name: String,
    is_reset: bool,
    fault: Option<String>,
}

pub fn links(ask: &Ask<'_>) -> Result<Answer, Problem> {
    number_page(ask, None)
}

/// Redirects to the page for a number that a person typed from paper.
pub fn open_link(deed: &Deed<'_>) -> Result<Done, Problem> {
    let number = deed.form.get("number").to_lowercase();
    let plain: String = number.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(100).collect();
    if plain.is_empty() {
        let page = number_page(&deed.ask, Some(sentence(&deed.ask, &AccountFault::LinkSpent)))?;
        return Ok(Done::Again(Box::new(page)));
    }
    Ok(Done::See(format!("/links/{plain}")))
}

pub fn link(ask: &Ask<'_>) -> Result<Answer, Problem> {
    match people::link_of(&ask.site.node, ask.part("token"))? {
        Some(open) => link_page(ask, open, None),
        None => number_page(ask, Some(sentence(ask, &AccountFault::LinkSpent))),
    }
}

pub fn use_link(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, token) = (&deed.ask, deed.ask.part("token"));
    let [one, again] = ["password", "again"].map(|name| deed.form.get(name));
    let used = match one == again {
        true => people::use_link(&ask.site.node, token, &one, &ask.caller.device, &ask.caller.browser),
        false => Err(AccountFault::PasswordsDiffer.into()),
    };
    match used {
        Ok(Answered::In(entered)) => Ok(let_in(ask, &entered, "/me?done=welcome")),
        Ok(_) => Err(Problem::Broken),
        Err(AppError::Account(fault)) => {
            let told = Some(sentence(ask, &fault));
            let page = match people::link_of(&ask.site.node, token)? {
                Some(open) => link_page(ask, open, told)?,
                None => number_page(ask, told)?,
            };
            Ok(Done::Shown(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page)))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn number_page(ask: &Ask<'_>, fault: Option<String>) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    html(&NumberPage { frame: Frame::bare(language, say(language, "招待と再設定")), fault }).map(unkept)
}

fn link_page(ask: &Ask<'_>, open: OpenLink, fault: Option<String>) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let page = LinkPage {
        frame: Frame::bare(language, say(language, "パスワードを決める")),
        number: ask.part("token").to_owned(),
        login: open.login,
        name: open.name,
        is_reset: open.purpose == LinkPurpose::Reset,
        fault,
    };
    html(&page).map(unkept)
}
