//! The page that says why another page cannot be shown, and what to do next.

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use renkei_document::language::Language;

use crate::frame::answer::HTML;
use crate::frame::around::Frame;
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::quoted_japanese::marked;

#[derive(Template)]
#[template(path = "frame/problem.html")]
struct ProblemPage {
    frame: Frame,
    heading: &'static str,
    paragraphs: Vec<String>,
    /// Address of a page on which the user can continue, and the text of the link to it.
    list: Option<(String, &'static str)>,
    choices: Vec<(String, String)>,
}

/// Returns the page for an unknown visitor: its frame shows no stored data.
pub fn problem_page(language: Language, problem: &Problem) -> Response<Body> {
    problem_page_in(Frame::bare(language, problem.heading(language)), problem)
}

/// Returns the page inside the given frame.
pub fn problem_page_in(frame: Frame, problem: &Problem) -> Response<Body> {
    let language = frame.language;
    let page = ProblemPage {
        frame,
        heading: problem.heading(language),
        list: problem.list().map(|(list, words)| (list.to_owned(), say(language, words))),
        choices: problem.choices().to_vec(),
        paragraphs: problem.sentences(language).lines().map(str::to_owned).collect(),
    };
    let mut response = Response::new(Body::from(page.render().map_or_else(|_| problem.sentences(language), marked)));
    *response.status_mut() = problem.status();
    response.headers_mut().insert(header::CONTENT_TYPE, HTML);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = problem.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
