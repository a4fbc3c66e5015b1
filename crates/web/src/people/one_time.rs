//! ワンタイムコード: the page with the key for an app that shows one-time codes. The key is shown only after a proof.

use askama::Template;
use axum::http::StatusCode;
use renkei_app::{AccountFault, AppError, people};

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::{html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::me::{Said, after, me_page};
use crate::people::proof::{before, is_missing_proof, own, with_proof};
use crate::people::sign_in::sentence;

#[derive(Template)]
#[template(path = "people/one_time.html")]
struct OneTimePage {
    frame: Frame,
    fault: Option<String>,
    /// The key as a QR code and as text.
    picture: String,
    text: String,
}

const PLACE: &str = "/me/one-time";

pub fn one_time(ask: &Ask<'_>) -> Result<Answer, Problem> {
    page(ask, None)
}

pub fn turn_on_one_time(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, (_, session)) = (&deed.ask, own(&deed.ask));
    match people::turn_on_one_time(&ask.site.node, ask.visitor, session, &deed.form.get("code")) {
        Ok(()) => Ok(Done::See("/me?done=one-time".to_owned())),
        Err(AppError::Account(fault)) => {
            let fault = Some(sentence(ask, &fault)).filter(|_| fault != AccountFault::ProofMissing);
            Ok(Done::Shown(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page(ask, fault)?)))
        }
        Err(fault) => Err(fault.into()),
    }
}

pub fn turn_off_one_time(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, (_, session)) = (&deed.ask, own(&deed.ask));
    with_proof(deed, &[], || {
        let turned = people::turn_off_one_time(&ask.site.node, ask.visitor, session);
        after(ask, turned, "/me?done=one-time-off")
    })
}

fn page(ask: &Ask<'_>, fault: Option<String>) -> Result<Answer, Problem> {
    let (language, (id, session)) = (ask.visitor.language, own(ask));
    let account = people::find_account(&ask.site.node, id)?;
    if account.one_time_secret.is_some() {
        return me_page(ask, Said::default());
    }
    let secret = match people::offer_one_time(&ask.site.node, ask.visitor, session) {
        Err(missing) if is_missing_proof(&missing) => return before(ask, PLACE),
        offered => offered?,
    };
    let title = say(language, "認証アプリで読み取る QR コード");
    let page = OneTimePage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "ワンタイムコード"), Place::Me, PLACE),
        fault,
        picture: secret.qr_code(&account.login, title).unwrap_or_default(),
        text: secret.text(),
    };
    html(&page).map(unkept)
}
