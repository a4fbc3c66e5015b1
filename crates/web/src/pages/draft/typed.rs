//! 入力の控え: what is typed into the form of a row is kept while it is typed, for its author alone, and shown again when the form is
//! opened next; two people of one party who have a row open see each other.

use axum::http::{HeaderValue, StatusCode};
use renkei_app::access::Right;
use renkei_app::{Beside, TypedForm};
use renkei_domain::plan::Initiative;
use renkei_domain::three_way::merge;
use renkei_domain::time::Hlc;
use serde::Serialize;

use super::super::{clock, plan::asked_plan};
use super::fields::RowFields;
use super::{asked_row, own_row};
use crate::address;
use crate::answer::Answer;
use crate::form::Form;
use crate::phrases::{say, tell};
use crate::problem::Problem;
use crate::routes::{Ask, Deed, Done};

/// What the page of a form says of the typing that is kept of it.
pub struct Keeping {
    /// Where the typing is sent to.
    pub address: String,
    /// When the typing that the form shows was kept; none where it shows what is saved.
    pub kept_at: Option<String>,
    /// Who else has the form open, as sentences.
    pub beside: Vec<String>,
}

/// What the script shows under the form.
#[derive(Serialize)]
struct Told {
    kept: Option<String>,
    beside: Vec<String>,
}

impl Keeping {
    /// For a form at `place` that shows what is saved, or what its visitor has just sent.
    pub fn at(ask: &Ask<'_>, place: &str) -> Self {
        let beside = ask.site.renkei.sit_down(ask.visitor, place);
        Self { address: format!("{place}/typed"), kept_at: None, beside: sentences(ask, &beside) }
    }

    /// For a form that people fill beside each other.
    pub fn alone(place: &str) -> Self {
        Self { address: format!("{place}/typed"), kept_at: None, beside: Vec::new() }
    }

    /// For a form that shows the typing that was kept of it.
    pub fn of(ask: &Ask<'_>, place: &str, typed: &TypedForm) -> Self {
        let kept_at = clock(ask.visitor.language, millis(typed));
        Self { kept_at: Some(kept_at), ..Self::at(ask, place) }
    }
}

/// The typing that is kept of a form.
pub fn typed(ask: &Ask<'_>, place: &str) -> Result<Option<(TypedForm, Form)>, Problem> {
    let kept = ask.site.renkei.typing(account(ask), place)?;
    Ok(kept.map(|kept| (kept.clone(), Form::of_fields(kept.fields))))
}

/// The typing of a row: its fields, and the wording that they were typed over. What says no more than the row does is left out.
pub fn typed_over(
    ask: &Ask<'_>,
    place: &str,
    row: &Initiative,
) -> Result<Option<(TypedForm, RowFields, Hlc)>, Problem> {
    let Some((kept, form)) = typed(ask, place)? else { return Ok(None) };
    let fields = RowFields::from_form(&form);
    let Ok(base) = form.get("base").parse::<Hlc>() else { return Ok(None) };
    let Some(before) = row.wording_of(base) else { return Ok(None) };
    let merged = merge(before, &row.wording, &fields.wording(Some(before)));
    let says_more = !merged.conflicts.is_empty() || RowFields::of(&merged.wording) != RowFields::of(&row.wording);
    Ok(says_more.then_some((kept, fields, base)))
}

/// The form was sent: nothing is kept of it, and its visitor has left.
pub fn put_away(ask: &Ask<'_>, place: &str) -> Result<(), Problem> {
    ask.site.renkei.stand_up(ask.visitor, place);
    Ok(ask.site.renkei.drop_typing(account(ask), place)?)
}

/// The form that an address takes typing of; none where it is another address.
pub fn typed_place(address: &str) -> Option<&str> {
    address.strip_suffix("/typed")
}

pub fn keep_row_typed(deed: &Deed<'_>) -> Result<Done, Problem> {
    deed.ask.actor(Right::Draft)?;
    let (_, seen) = own_row(&deed.ask)?;
    let base = deed.form.get("base");
    let moved = !base.is_empty() && base != seen.initiative.worded.at.to_string();
    keep(deed, format!("{}/edit", address::initiative(seen.id)), moved)
}

pub fn keep_new_typed(deed: &Deed<'_>) -> Result<Done, Problem> {
    deed.ask.actor(Right::Draft)?;
    let agreement = deed.ask.moment.agreement()?;
    let (_, plan) = asked_plan(&deed.ask, agreement)?;
    keep(deed, format!("{}/new", address::plan(plan.fiscal_year, plan.kind)), false)
}

pub fn keep_suggestion_typed(deed: &Deed<'_>) -> Result<Done, Problem> {
    deed.ask.actor(Right::Suggest)?;
    let (_, seen) = asked_row(&deed.ask)?;
    keep(deed, format!("{}/suggest", address::initiative(seen.id)), false)
}

/// `do` is drop (by the form's own button), leave or here (by the script); without it the fields are kept, where there are any.
fn keep(deed: &Deed<'_>, place: String, moved: bool) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let (renkei, language) = (&ask.site.renkei, ask.visitor.language);
    let kept = match deed.form.get("do").as_str() {
        "drop" => {
            put_away(ask, &place)?;
            return Ok(Done::See(place));
        }
        "leave" => {
            renkei.stand_up(ask.visitor, &place);
            return told(&Told { kept: None, beside: Vec::new() });
        }
        "here" => None,
        _ if deed.form.fields().is_empty() => None,
        _ => {
            let at = renkei.keep_typing(account(ask), &place, &deed.form.fields())?;
            let at = clock(language, u64::try_from(at.as_millisecond()).unwrap_or(0));
            Some(tell(language, "入力を控えました（{}）。計画にはまだ保存していません。", [at]))
        }
    };
    let mut beside = sentences(ask, &renkei.sit_down(ask.visitor, &place));
    if moved {
        beside.push(
            say(language, "ほかの人がこの取組を保存しました。保存すると、重ならないところは合わせます。").to_owned(),
        );
    }
    told(&Told { kept, beside })
}

fn told(told: &Told) -> Result<Done, Problem> {
    let json = serde_json::to_vec(told).map_err(|_| Problem::Broken)?;
    let answer = Answer::text(HeaderValue::from_static("application/json"), json);
    Ok(Done::Shown(StatusCode::OK, Box::new(answer)))
}

fn sentences(ask: &Ask<'_>, others: &[Beside]) -> Vec<String> {
    let language = ask.visitor.language;
    let sentence = |other: &Beside| match other.post.as_str() {
        "" => tell(language, "{}さんもこの画面を開いています。", [other.name.as_str()]),
        post => tell(language, "{}さん（{}）もこの画面を開いています。", [other.name.as_str(), post]),
    };
    others.iter().map(sentence).collect()
}

/// Empty for the local operator.
fn account<'a>(ask: &Ask<'a>) -> &'a str {
    ask.visitor.account.as_deref().unwrap_or_default()
}

fn millis(typed: &TypedForm) -> u64 {
    u64::try_from(typed.typed_at.as_millisecond()).unwrap_or(0)
}
