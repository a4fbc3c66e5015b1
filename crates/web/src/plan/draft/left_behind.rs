//! 残った入力: shows the stored input for a row if the form of the row can no longer be opened, for example because the
//! plan is no longer a draft. The author of the input can read, copy and delete it.

use askama::Template;

use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::{html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;
use crate::plan::draft::fields::RowFields;
use crate::plan::draft::typed::typed;

#[derive(Template)]
#[template(path = "plan/typing_left.html")]
struct LeftPage {
    frame: Frame,
    /// Why the row cannot be written.
    why: String,
    fields: Vec<(&'static str, String)>,
    address: String,
}

/// Returns the page with the input that is kept for a form which cannot be opened; `Err(problem)` if no input is kept.
pub fn left_behind(ask: &Ask<'_>, place: &str, problem: Problem) -> Result<Answer, Problem> {
    let Some((_, form)) = typed(ask, place)? else { return Err(problem) };
    let (language, typed) = (ask.visitor.language, RowFields::from_form(&form));
    let fields = [
        (say(language, "取組内容"), typed.text),
        (say(language, "箇条"), typed.items),
        (say(language, "担当課"), typed.divisions),
        (say(language, "連携先"), typed.with),
    ];
    let page = LeftPage {
        frame: Frame::of(ask.visitor, ask.moment, say(language, "書きかけの入力"), Place::Plan, ""),
        why: problem.heading(language).to_owned(),
        fields: fields.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        address: format!("{place}/typed"),
    };
    html(&page).map(unkept)
}
