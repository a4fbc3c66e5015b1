//! 送れなかった入力: a form that arrived after its session had expired. It is kept for the same account and shown after the
//! next sign-in. Only the person can send it again.

use askama::Template;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use renkei_app::{access::Right, people, plan};
use renkei_document::language::Language;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::caller::Caller;
use crate::frame::form::{AGAIN, Form};
use crate::frame::page::{html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::frame::site::Site;
use crate::plan::draft::{TypingDeed, typed_place};

#[derive(Template)]
#[template(path = "people/unsent.html")]
struct UnsentPage {
    frame: Frame,
    id: String,
    address: String,
    fields: Vec<(String, String)>,
    /// The fields that the person filled in, with their labels in the form.
    shown: Vec<(String, String)>,
    again: &'static str,
}

#[derive(Template)]
#[template(path = "people/run_out.html")]
struct RunOutPage {
    frame: Frame,
    /// Address of the kept form, to which signing in leads; `None` if the form was not kept.
    then: Option<String>,
    /// The fields of a form that was not kept, so that the person can copy them.
    fields: Vec<(String, String)>,
    had_files: bool,
    /// Whether the form was too large to be read from an unknown sender.
    was_too_large: bool,
}

pub fn unsent(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let (language, id) = (ask.visitor.language, ask.part("id"));
    let kept = people::unsent(&ask.site.node, ask.visitor, id)?.ok_or(Problem::NoSuchPage)?;
    let page = UnsentPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "送れなかった入力"), Place::Elsewhere, ""),
        id: id.to_owned(),
        address: kept.address,
        shown: shown(language, &kept.fields),
        fields: kept.fields,
        again: AGAIN,
    };
    html(&page).map(unkept)
}

/// Returns the fields that the person filled in: without empty fields, and without fields that the page added.
fn shown(language: Language, fields: &[(String, String)]) -> Vec<(String, String)> {
    let named = |name: &str| match name {
        "text" => say(language, "取組内容").to_owned(),
        "items" => say(language, "箇条").to_owned(),
        "divisions" => say(language, "担当課").to_owned(),
        "reason" => say(language, "理由").to_owned(),
        "name" => say(language, "名前").to_owned(),
        other => other.to_owned(),
    };
    let typed = fields.iter().filter(|(name, value)| {
        !["base", "opened", "do", "key", "until"].contains(&name.as_str()) && !value.is_empty()
    });
    typed.map(|(name, value)| (named(name), value.clone())).collect()
}

/// Deletes a kept form without sending it.
pub fn drop_unsent(deed: &Deed<'_>) -> Result<Done, Problem> {
    people::drop_unsent(&deed.ask.site.node, deed.ask.visitor, deed.ask.part("id"))?;
    Ok(Done::See("/me".to_owned()))
}

/// Answers a form whose session had expired, and keeps the form for the account of the session. `form` is `None` if the
/// form was too large to be read from an unknown sender.
pub fn run_out(site: &Site, caller: &Caller, right: Right, address: &str, form: Option<&Form>) -> Response<Body> {
    let language = caller.visitor.language;
    let frame = || Frame::bare(language, say(language, "サインインし直してください"));
    let Some(form) = form else {
        let page = RunOutPage { frame: frame(), then: None, fields: Vec::new(), had_files: false, was_too_large: true };
        return told(site, caller, StatusCode::PAYLOAD_TOO_LARGE, &page);
    };
    let is_about_oneself = [Right::Me, Right::People, Right::Open].contains(&right);
    // A form about the account itself may contain passwords. It is neither kept nor shown again.
    let fields = if is_about_oneself { Vec::new() } else { form.fields() };
    let kept =
        caller.session.as_deref().filter(|_| !fields.is_empty()).and_then(|token| match typed_place(address, form) {
            Some(place) => keep_typed(site, token, &place, form, &fields),
            None => keep_sent(site, token, address, &fields),
        });
    // A kept form is shown after the sign-in, and therefore not now.
    let fields = if kept.is_some() { Vec::new() } else { fields };
    let page = RunOutPage { frame: frame(), then: kept, fields, had_files: form.had_files, was_too_large: false };
    told(site, caller, StatusCode::UNAUTHORIZED, &page)
}

fn keep_sent(site: &Site, token: &str, address: &str, fields: &[(String, String)]) -> Option<String> {
    let id = people::keep_unsent_of_ended(&site.node, token, address, fields).ok()??;
    Some(format!("/unsent/{id}"))
}

/// Keeps the input of a row's form in place of earlier input, and returns the address of the form. `None` unless the
/// session had expired; a session that somebody ended does not count.
fn keep_typed(site: &Site, token: &str, place: &str, form: &Form, fields: &[(String, String)]) -> Option<String> {
    let kept = match TypingDeed::of(form) {
        TypingDeed::Keep => plan::keep_typing_of_run_out(&site.node, token, place, fields),
        _ => people::has_run_out(&site.node, token),
    };
    kept.ok()?.then(|| place.to_owned())
}

fn told(site: &Site, caller: &Caller, status: StatusCode, page: &RunOutPage) -> Response<Body> {
    match html(page).map(unkept) {
        Ok(page) => page.respond_as(status),
        Err(problem) => site.problem(&caller.visitor, &problem),
    }
}
