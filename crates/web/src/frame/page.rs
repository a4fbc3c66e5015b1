//! Helper functions of every page: the answer from a rendered template, and a time as text.

use askama::Template;
use renkei_document::language::Language;
use renkei_document::time::Hlc;

use crate::frame::answer::{Answer, HTML};
use crate::frame::figure_words::japan_time_in;
use crate::frame::problem::Problem;
use crate::frame::quoted_japanese::marked;

/// Returns a time from the database tables (milliseconds since 1970) in words.
pub(crate) fn clock(language: Language, millis: u64) -> String {
    japan_time_in(language, Hlc { millis, counter: 0 })
}

/// Returns the answer, marked so that no cache stores it, because the page is about a person.
pub(crate) fn unkept(answer: Answer) -> Answer {
    answer.with_header(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"))
}

/// Renders a template and returns it as an answer.
pub(crate) fn html(page: &impl Template) -> Result<Answer, Problem> {
    page.render().map(|text| Answer::text(HTML, marked(text))).map_err(|_| Problem::Broken)
}
