//! 引継書: the facts about each indicator of a division that a successor in office must know, as a page and as a PDF to
//! file.

use askama::Template;
use axum::http::{HeaderValue, header};
use renkei_app::{AppError, handover_pdf as printed};
use renkei_document::handover::{Handover, HandoverSheet};
use renkei_document::id::Id;
use renkei_domain::agreement::Agreement;
use renkei_domain::handover::of_division;

use crate::frame::address;
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::html;
use crate::frame::phrases::tell;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;

#[derive(Template)]
#[template(path = "handover/handover.html")]
struct HandoverPage {
    frame: Frame,
    handover: Handover,
    agreement: Id<Agreement>,
    pdf: String,
}

impl HandoverPage {
    fn address(&self, sheet: &HandoverSheet) -> String {
        address::indicator(self.agreement, sheet.indicator)
    }
}

pub fn handover(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let language = ask.visitor.language;
    let division = ask.part("division");
    let agreement = ask.moment.agreement()?;
    let handover = of_division(agreement, division, language).ok_or(Problem::NoSuchPage)?;
    let title = tell(language, "{}の引継書", [division]);
    html(&HandoverPage {
        frame: Frame::of(ask.visitor, ask.moment, &title, Place::Indicators, "/indicators"),
        agreement: agreement.id,
        pdf: address::handover_pdf(agreement.id, division),
        handover,
    })
}

/// Returns the 引継書 as a PDF, in Japanese, dated today.
pub fn handover_pdf(ask: &Ask<'_>) -> Result<Answer, Problem> {
    let agreement = ask.moment.agreement()?;
    let title = agreement.agreement.text.title.as_deref();
    let handover = ask.moment.unkept_state().handover(ask.moment.viewer, title, ask.part("division"));
    let handover = handover.map_err(|fault| match fault {
        AppError::NothingKept { .. } => Problem::NoSuchPage,
        other => other.into(),
    })?;
    let bytes = printed(&handover, ask.site.node.today(), ask.site.press().map_err(AppError::from)?)?;
    let named = HeaderValue::from_static("inline; filename=\"handover.pdf\"");
    let answer = Answer::packed(HeaderValue::from_static("application/pdf"), bytes);
    Ok(answer.with_header(header::CONTENT_DISPOSITION, named))
}
