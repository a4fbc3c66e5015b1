//! The page that says why there is none, and what to do next.

use askama::Template;
use axum::body::Body;
use axum::http::{Response, header};

use crate::answer::HTML;
use crate::frame::Frame;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    heading: &'static str,
    paragraphs: Vec<String>,
}

pub fn problem_page(problem: &Problem) -> Response<Body> {
    let page = ProblemPage {
        frame: Frame::bare(problem.heading()),
        heading: problem.heading(),
        paragraphs: problem.sentences().lines().map(str::to_owned).collect(),
    };
    let mut response = Response::new(Body::from(page.render().unwrap_or_else(|_| problem.sentences())));
    *response.status_mut() = problem.status();
    response.headers_mut().insert(header::CONTENT_TYPE, HTML);
    response.headers_mut().insert(header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    response
}
