//! サインイン: a person enters the login name and the password, then a code if the account requires one. Also signing out.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use renkei_app::{AccountFault, Answered, AppError, Entered, Knock, access::Right, people};

use crate::frame::address;
use crate::frame::address::local_path;
use crate::frame::answer::Answer;
use crate::frame::around::Frame;
use crate::frame::cookies::{self, Carried};
use crate::frame::page::{html, unkept};
use crate::frame::phrases::{InBoth, say};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::passkey_script::passkey_script;

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct SignInPage {
    frame: Frame,
    then: String,
    login: String,
    fault: Option<String>,
    /// Whether this browser is already signed in.
    is_in: bool,
    /// Name of the external issuer; `None` if none is configured.
    outside: Option<String>,
    /// The issuer's user who is not yet bound to an account; `None` if there is none.
    waiting: Option<String>,
    /// Address of the script that asks a device for a passkey; `None` if browsers cannot use passkeys at this address.
    passkeys: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "people/sign_in_code.html")]
struct CodePage {
    frame: Frame,
    then: String,
    fault: Option<String>,
}

pub fn sign_in(ask: &Ask<'_>) -> Result<Answer, Problem> {
    sign_in_page(ask, ask.query.get("then").unwrap_or_default(), "", None)
}

pub fn enter(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, login, then) = (&deed.ask, deed.form.get("login"), deed.form.get("then"));
    let password = deed.form.get("password");
    let knock = Knock {
        login: &login,
        password: &password,
        address: &ask.caller.address,
        device: &ask.caller.device,
        browser: &ask.caller.browser,
        place: &ask.caller.place,
    };
    let answered = match people::sign_in(&ask.site.node, &knock) {
        Err(AppError::Account(fault)) => {
            let page = sign_in_page(ask, &then, &login, Some(sentence(ask, &fault)))?;
            return Ok(Done::Shown(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page)));
        }
        answered => answered?,
    };
    match answered {
        Answered::CodeWanted(half) => {
            let carried = cookies::carry(Carried::Half, half.text(), ask.site.gate.is_https());
            Ok(Done::Pass { to: address::with_then("/sign-in/code", &then), cookies: vec![carried] })
        }
        Answered::In(entered) => Ok(let_in(ask, &entered, &then)),
        Answered::Refused => {
            let fault = say(
                ask.visitor.language,
                "ログイン名かパスワードが違います。もう一度入れてください。忘れたときは、システム管理者に再設定のリンクを求めてください。",
            );
            let page = sign_in_page(ask, &then, &login, Some(fault.to_owned()))?;
            Ok(Done::Shown(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page)))
        }
        Answered::Wait { seconds, place } => {
            let page = sign_in_page(ask, &then, &login, Some(waiting(ask, seconds)))?;
            let given = place.map(|place| cookies::carry(Carried::Place, &place, ask.site.gate.is_https()));
            let page = given.into_iter().fold(page, |page, given| page.with_header(header::SET_COOKIE, given));
            Ok(asked_to_wait(page, seconds))
        }
    }
}

pub fn code(ask: &Ask<'_>) -> Result<Answer, Problem> {
    code_page(ask, ask.query.get("then").unwrap_or_default(), None)
}

pub fn give_code(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, then) = (&deed.ask, deed.form.get("then"));
    let half = ask.caller.half.as_deref().unwrap_or_default();
    match people::give_code(&ask.site.node, half, &deed.form.get("code")) {
        Ok(Answered::In(entered)) => Ok(let_in(ask, &entered, &then)),
        Ok(Answered::Wait { seconds, .. }) => {
            Ok(asked_to_wait(code_page(ask, &then, Some(waiting(ask, seconds)))?, seconds))
        }
        Ok(_) => {
            let page = code_page(ask, &then, Some(sentence(ask, &AccountFault::WrongCode)))?;
            Ok(Done::Shown(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page)))
        }
        // The password was entered too long ago, or has changed since, so the sign-in starts again.
        Err(AppError::Account(_)) => {
            let fault = say(ask.visitor.language, "時間がたったため、ログイン名とパスワードからやり直してください。");
            let page = sign_in_page(ask, &then, "", Some(fault.to_owned()))?;
            Ok(Done::Shown(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page)))
        }
        Err(fault) => Err(fault.into()),
    }
}

pub fn sign_out(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    if let Some(token) = &ask.caller.session {
        people::sign_out(&ask.site.node, token)?;
    }
    // Deletes the cookie of the language too, because the next person at this browser has a language of their own.
    let gone =
        [Carried::Session, Carried::Half, Carried::Language].map(|what| cookies::drop(what, ask.site.gate.is_https()));
    Ok(Done::Pass { to: "/sign-in".to_owned(), cookies: gone.into() })
}

/// Changes the language. The footer of every page has a button for this.
pub fn speak(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, key) = (&deed.ask, deed.form.get("language"));
    let language = cookies::language_of_key(&key).ok_or_else(|| Problem::UnreadableForm {
        sentences: InBoth::of(|language| {
            say(language, "言語が選ばれていません。画面の下のボタンから選んでください。").to_owned()
        }),
    })?;
    let is_https = ask.site.gate.is_https();
    let chosen = match &ask.visitor.account {
        // The language is also stored with the account, so that it applies in every browser.
        Some(account) => {
            people::set_language(&ask.site.node, account, language)?;
            cookies::drop(Carried::Language, is_https)
        }
        None => cookies::carry(Carried::Language, cookies::language_key(language), is_https),
    };
    let back = ask.caller.came_from.clone().unwrap_or_else(|| "/".to_owned());
    Ok(Done::Pass { to: back, cookies: vec![chosen] })
}

/// Sets the cookies of the session and of the browser, and redirects to the page that was requested.
pub(crate) fn let_in(ask: &Ask<'_>, entered: &Entered, then: &str) -> Done {
    let is_https = ask.site.gate.is_https();
    let session = cookies::carry(Carried::Session, entered.token.text(), is_https);
    let mut carried = vec![session, cookies::drop(Carried::Half, is_https), cookies::drop(Carried::Place, is_https)];
    let browser = entered.browser.as_ref();
    carried.extend(browser.map(|token| cookies::carry(Carried::Browser, token.text(), is_https)));
    Done::Pass { to: local_path(then).unwrap_or("/").to_owned(), cookies: carried }
}

/// Returns the fault as a sentence in the page's language.
pub(crate) fn sentence(ask: &Ask<'_>, fault: &AccountFault) -> String {
    fault.message_in(ask.visitor.language)
}

pub(crate) fn waiting(ask: &Ask<'_>, seconds: u64) -> String {
    sentence(ask, &AccountFault::Wait { seconds })
}

pub(crate) fn asked_to_wait(page: Answer, seconds: u64) -> Done {
    let page = page.with_header(header::RETRY_AFTER, HeaderValue::from(seconds));
    Done::Shown(StatusCode::TOO_MANY_REQUESTS, Box::new(page))
}

pub(crate) fn sign_in_page(ask: &Ask<'_>, then: &str, login: &str, fault: Option<String>) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let page = SignInPage {
        frame: Frame::bare(language, say(language, "サインイン")),
        then: local_path(then).unwrap_or_default().to_owned(),
        login: login.chars().take(100).collect(),
        fault,
        is_in: !ask.caller.is_stranger() && ask.visitor.may(Right::Me),
        outside: people::outside_name(&ask.site.node),
        waiting: ask.caller.outside.as_deref().and_then(|carried| people::waiting_outside(&ask.site.node, carried)),
        passkeys: passkey_script(ask),
    };
    html(&page).map(unkept)
}

fn code_page(ask: &Ask<'_>, then: &str, fault: Option<String>) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let frame = Frame::bare(language, say(language, "ワンタイムコード"));
    html(&CodePage { frame, then: local_path(then).unwrap_or_default().to_owned(), fault }).map(unkept)
}
