//! 入力の一時保存: stores the input of a row's form while a person types, for that person alone. The input is restored when
//! the form is opened again. People of one party who have the same form open see each other's names.

use axum::http::{HeaderValue, StatusCode};
use jiff::Timestamp;
use renkei_app::{Editor, FormName, TypedForm, access::Right, people, plan};
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use renkei_domain::agreement::Agreement;
use renkei_domain::plan::three_way::merge;
use renkei_domain::plan::{Initiative, Plan};
use renkei_domain::view::AgreementView;
use serde::{Deserialize, Serialize};

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::form::Form;
use crate::frame::page::clock;
use crate::frame::phrases::{say, tell};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::plan::asked_plan::asked_plan;
use crate::plan::draft::asked::{asked_row, own_row};
use crate::plan::draft::fields::RowFields;

/// Data for the script on the page of a form whose input is stored.
pub struct Keeping {
    /// Address to which the script sends the input.
    pub address: String,
    /// Random name of this opening of the form. Input that arrives after the form was submitted is ignored.
    pub opened: String,
    /// Id of the section in which a new row was begun; empty for an existing row.
    pub begun: String,
    /// Time at which the shown input was stored; `None` if the form shows the saved wording.
    pub kept_at: Option<String>,
    /// One sentence for each other person who has the same form open.
    pub beside: Vec<String>,
}

/// The answer to the script, which shows the text under the form.
#[derive(Serialize)]
struct Told {
    kept: Option<String>,
    beside: Vec<String>,
}

/// The purpose for which the script or a button posts to the address of unsaved input.
#[derive(Default, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum TypingDeed {
    /// Stores the input of the form.
    #[default]
    #[serde(rename = "")]
    Keep,
    /// Deletes the stored input of the form.
    Drop,
    /// Reports that the form was closed.
    Leave,
    /// Reports that the form is still open.
    #[serde(other)]
    Here,
}

impl TypingDeed {
    pub fn of(form: &Form) -> Self {
        form.parsed().unwrap_or_default()
    }
}

impl Keeping {
    /// Returns the data for a form at `place` that shows the saved wording, or input that was just sent.
    pub fn at(ask: &Ask<'_>, place: &str) -> Self {
        let beside = plan::open_form(&ask.site.node, ask.visitor, place);
        Self { beside: sentences(ask, &beside), ..Self::alone(ask, format!("{place}/typed"), "") }
    }

    /// Returns the data for a form that each person fills in separately, so that no other people are shown.
    pub fn alone(ask: &Ask<'_>, address: String, begun: &str) -> Self {
        let opened = millis_of(ask.site.node.now()).to_string();
        Self { address, opened, begun: begun.to_owned(), kept_at: None, beside: Vec::new() }
    }

    /// Returns the same data, with the time at which the shown input was stored.
    pub fn shows(self, ask: &Ask<'_>, typed: &TypedForm) -> Self {
        Self { kept_at: Some(clock(ask.visitor.language, millis_of(typed.typed_at))), ..self }
    }
}

/// Returns the stored input of a form; `None` if there is none.
pub fn typed(ask: &Ask<'_>, place: &str) -> Result<Option<(TypedForm, Form)>, Problem> {
    let kept = plan::typing(&ask.site.node, ask.visitor, place)?;
    Ok(kept.map(|kept| (kept.clone(), Form::of_fields(kept.fields))))
}

/// Returns the stored input of a row's form: its fields, and the time of the wording that the author began to edit.
/// `None` if saving the input would not change the row.
pub fn typed_over(
    ask: &Ask<'_>,
    place: &str,
    agreement: AgreementView<'_>,
    row: &Initiative,
) -> Result<Option<(TypedForm, RowFields, Hlc)>, Problem> {
    let Some((kept, form)) = typed(ask, place)? else { return Ok(None) };
    let fields = RowFields::from_form(&form);
    let Ok(base) = form.get("base").parse::<Hlc>() else { return Ok(None) };
    let Some(before) = agreement.wordings(row).of(base) else { return Ok(None) };
    let merged = merge(before, &row.wording, &fields.wording(Some(before)));
    let says_more = !merged.conflicts.is_empty() || RowFields::of(&merged.wording) != RowFields::of(&row.wording);
    Ok(says_more.then_some((kept, fields, base)))
}

/// Deletes the stored input of a submitted form, and removes the visitor from the people who have the form open. A
/// failure is ignored: the input would only be shown once more.
pub fn put_away(deed: &Deed<'_>, place: &str) {
    let node = &deed.ask.site.node;
    plan::close_form(node, deed.ask.visitor, place);
    let _ = plan::drop_typing(node, deed.ask.visitor, place, form_name(deed));
}

/// Returns the name of this opening of the form; `None` if our pages do not make such names.
fn form_name(deed: &Deed<'_>) -> Option<FormName> {
    deed.form.get("opened").parse().ok()
}

/// Stores the input of a refused form, so that nothing is lost if the window is closed.
pub fn keep_refused(deed: &Deed<'_>, place: &str) {
    // A failure is ignored, because the returned page contains the input as well.
    let _ = plan::keep_typing(&deed.ask.site.node, deed.ask.visitor, place, &deed.form.fields());
}

/// Returns the place of the form whose input is posted to this address; `None` for any other address.
pub fn typed_place(address: &str, form: &Form) -> Option<String> {
    let place = address.strip_suffix("/typed")?;
    Some(if place.ends_with("/new") { begun_at(place, &form.get("begun")) } else { place.to_owned() })
}

pub fn keep_row_typed(deed: &Deed<'_>) -> Result<Done, Problem> {
    deed.ask.actor(Right::Draft)?;
    let place = row_place(&deed.ask);
    if is_dropped(deed, &place)? {
        // If the row can no longer be written, there is no form to show, and the visitor is sent to the home page.
        return Ok(Done::See(own_row(&deed.ask).map_or_else(|_| "/".to_owned(), |_| place)));
    }
    let (agreement, seen) = own_row(&deed.ask)?;
    let base = deed.form.get("base");
    let is_present = |base: Hlc| agreement.wordings(seen.initiative).is_present(base);
    let moved = !base.is_empty() && !base.parse().is_ok_and(is_present);
    let mut told = keep(deed, &place)?;
    if told.kept.is_some() && typed_over(&deed.ask, &place, agreement, seen.initiative)?.is_none() {
        plan::drop_typing(&deed.ask.site.node, deed.ask.visitor, &place, None)?;
        told.kept = None;
    }
    told.beside = sentences(&deed.ask, &others_at(deed, &place));
    if moved {
        told.beside.push(
            say(
                deed.ask.visitor.language,
                "ほかの人がこの取組を保存しました。保存すると、重ならないところは合わせます。",
            )
            .to_owned(),
        );
    }
    told_in_full(&told)
}

pub fn keep_new_typed(deed: &Deed<'_>) -> Result<Done, Problem> {
    deed.ask.actor(Right::Draft)?;
    let agreement = deed.ask.moment.agreement()?;
    let (_, plan) = asked_plan(&deed.ask, agreement)?;
    let place = new_place(agreement.id, plan, &deed.form.get("begun"));
    match is_dropped(deed, &place)? {
        true => Ok(Done::See(place)),
        false => told_in_full(&keep(deed, &place)?),
    }
}

pub fn keep_suggestion_typed(deed: &Deed<'_>) -> Result<Done, Problem> {
    deed.ask.actor(Right::Suggest)?;
    let (_, seen) = asked_row(&deed.ask)?;
    let place = suggestion_place(seen.id);
    if is_dropped(deed, &place)? {
        return Ok(Done::See(place));
    }
    let mut told = keep(deed, &place)?;
    told.beside = sentences(&deed.ask, &others_at(deed, &place));
    told_in_full(&told)
}

/// Returns the address of the form for the row that the page's address names, whether or not this row exists. It names no
/// agreement, because it identifies unsaved input that may be older than the addresses of agreements.
pub fn row_place(ask: &Ask<'_>) -> String {
    format!("/initiatives/{}/edit", ask.part("id"))
}

/// Returns the address of the form for suggesting a wording of a row.
pub fn suggestion_place(row: Id<id::Initiative>) -> String {
    format!("/initiatives/{row}/suggest")
}

/// Returns the address of the form for a new row in this section. Each section has an address of its own.
pub fn new_place(agreement: Id<Agreement>, plan: &Plan, section: &str) -> String {
    begun_at(&format!("{}/new", address::plan(agreement, plan.fiscal_year, plan.kind)), section)
}

fn begun_at(form: &str, section: &str) -> String {
    match section.parse::<Id<id::Section>>() {
        Ok(section) => format!("{form}?section={section}"),
        Err(_) => form.to_owned(),
    }
}

/// Stores the input for a row that does not exist yet, or no longer exists. Its author finds it on the home page.
pub fn keep_unsent(deed: &Deed<'_>, place: &str) {
    let _ = people::keep_unsent(&deed.ask.site.node, deed.ask.visitor, place, &deed.form.fields());
}

/// Deletes the stored input if the form's button for this was pressed. Returns whether it was.
fn is_dropped(deed: &Deed<'_>, place: &str) -> Result<bool, Problem> {
    let dropped = TypingDeed::of(&deed.form) == TypingDeed::Drop;
    if dropped {
        plan::close_form(&deed.ask.site.node, deed.ask.visitor, place);
        plan::drop_typing(&deed.ask.site.node, deed.ask.visitor, place, None)?;
    }
    Ok(dropped)
}

/// Stores the input. Stores nothing if the script only reports that the form is still open or was closed.
fn keep(deed: &Deed<'_>, place: &str) -> Result<Told, Problem> {
    let node = &deed.ask.site.node;
    let fields = deed.form.fields();
    let is_late = || form_name(deed).is_some_and(|form| plan::was_sent(node, deed.ask.visitor, form));
    if TypingDeed::of(&deed.form) != TypingDeed::Keep || fields.is_empty() || is_late() {
        return Ok(Told { kept: None, beside: Vec::new() });
    }
    let (language, kept) = (deed.ask.visitor.language, plan::keep_typing(node, deed.ask.visitor, place, &fields)?);
    let at = clock(language, millis_of(kept.at));
    let mut said = tell(language, "一時保存しました（{}）。計画にはまだ保存していません。", [at]);
    if kept.put_away > 0 {
        let most = plan::most_typed_forms().to_string();
        said += &tell(
            language,
            "一時保存は{}件（合わせて8MB）までのため、最も古いものを消しました。要るものは、ホームから開いて保存してください。",
            [most],
        );
    }
    Ok(Told { kept: Some(said), beside: Vec::new() })
}

/// Returns the other people who have the form open; none if the visitor has just closed it.
fn others_at(deed: &Deed<'_>, place: &str) -> Vec<Editor> {
    let node = &deed.ask.site.node;
    if TypingDeed::of(&deed.form) == TypingDeed::Leave {
        plan::close_form(node, deed.ask.visitor, place);
        return Vec::new();
    }
    plan::open_form(node, deed.ask.visitor, place)
}

fn told_in_full(told: &Told) -> Result<Done, Problem> {
    let json = serde_json::to_vec(told).map_err(|_| Problem::Broken)?;
    let answer = Answer::text(HeaderValue::from_static("application/json"), json);
    Ok(Done::Shown(StatusCode::OK, Box::new(answer)))
}

fn sentences(ask: &Ask<'_>, others: &[Editor]) -> Vec<String> {
    let language = ask.visitor.language;
    let sentence = |other: &Editor| match other.post.as_str() {
        "" => tell(language, "{}さんもこの画面を開いています。", [other.name.as_str()]),
        post => tell(language, "{}さん（{}）もこの画面を開いています。", [other.name.as_str(), post]),
    };
    others.iter().map(sentence).collect()
}

fn millis_of(time: Timestamp) -> u64 {
    u64::try_from(time.as_millisecond()).unwrap_or(0)
}
