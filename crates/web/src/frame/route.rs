//! One route: its path, method and right, what it takes, and what it makes of a request; what a page is asked, and what follows a deed.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::routing::MethodFilter;
use renkei_app::Visitor;
use renkei_app::access::Right;
use renkei_domain::record::facts::Actor;

use crate::frame::address::Query;
use crate::frame::answer::Answer;
use crate::frame::caller::Caller;
use crate::frame::form::Form;
use crate::frame::intake::Intake;
use crate::frame::moment::Moment;
use crate::frame::problem::Problem;
use crate::frame::site::Site;

/// One line of the table.
pub struct Route {
    pub path: &'static str,
    pub method: MethodFilter,
    pub right: Right,
    /// The largest body and the longest time that it takes, and whether files are among it.
    pub intake: Intake,
    /// The names that its query knows; all others are left out of account.
    pub query: &'static [&'static str],
    /// Whether it reads files, merges or prints: then it waits for the turn of its visitor's side.
    pub is_long: bool,
    pub(crate) makes: Makes,
}

/// What a route makes of a request.
#[derive(Clone, Copy)]
pub(crate) enum Makes {
    /// A page that follows from what its visitor may see of the journal, and from nothing else: kept as long as that is the same.
    Page(fn(&Ask<'_>) -> Result<Answer, Problem>),
    /// A page that shows what lies on the desk as well: made each time.
    Fresh(fn(&Ask<'_>) -> Result<Answer, Problem>),
    /// A way that leads elsewhere: to another server, or back from there.
    Passage(fn(&Ask<'_>) -> Result<Done, Problem>),
    /// Something is done.
    Deed(fn(&Deed<'_>) -> Result<Done, Problem>),
}

/// What somebody wants done.
pub(crate) struct Deed<'a> {
    pub ask: Ask<'a>,
    pub form: Form,
}

/// What follows a deed.
pub(crate) enum Done {
    /// The page to see next.
    See(String),
    /// The form again, with what stands in the way; nothing that was typed is lost.
    Again(Box<Answer>),
    /// An answer of its own.
    Shown(StatusCode, Box<Answer>),
    /// The page to see next, with what the browser carries from now on.
    Pass { to: String, cookies: Vec<HeaderValue> },
}

/// What a page is asked.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub site: &'a Site,
    pub visitor: &'a Visitor,
    /// The request's address, session tokens and language, beside its visitor.
    pub caller: &'a Caller,
    pub moment: &'a Moment,
    /// The address without its query.
    pub path: &'a str,
    pub parts: &'a [(String, String)],
    pub query: &'a Query,
}

impl Ask<'_> {
    /// The part of the path of this name; empty where the route has none.
    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// In whose name something is done with this right.
    pub fn actor(&self, right: Right) -> Result<Actor, Problem> {
        self.visitor.actor(right).ok_or(Problem::Forbidden)
    }
}

pub(crate) const fn page(
    path: &'static str,
    query: &'static [&'static str],
    page: fn(&Ask<'_>) -> Result<Answer, Problem>,
) -> Route {
    Route {
        path,
        method: MethodFilter::GET,
        right: Right::Read,
        intake: Intake::NOTHING,
        query,
        is_long: false,
        makes: Makes::Page(page),
    }
}

pub(crate) const fn fresh(
    path: &'static str,
    query: &'static [&'static str],
    page: fn(&Ask<'_>) -> Result<Answer, Problem>,
) -> Route {
    Route {
        path,
        method: MethodFilter::GET,
        right: Right::Import,
        intake: Intake::NOTHING,
        query,
        is_long: false,
        makes: Makes::Fresh(page),
    }
}

pub(crate) const fn deed(path: &'static str, right: Right, deed: fn(&Deed<'_>) -> Result<Done, Problem>) -> Route {
    let (method, makes) = (MethodFilter::POST, Makes::Deed(deed));
    Route { path, method, right, intake: Intake::FORM, query: &[], is_long: false, makes }
}

/// A deed whose form holds what somebody writes, or a choice among all rows.
pub(crate) const fn texts(path: &'static str, right: Right, done: fn(&Deed<'_>) -> Result<Done, Problem>) -> Route {
    Route { intake: Intake::TEXTS, ..deed(path, right, done) }
}

/// A route that takes long.
pub(crate) const fn long(route: Route) -> Route {
    Route { is_long: true, ..route }
}

impl Done {
    pub fn respond(self) -> Response<Body> {
        match self {
            Done::See(address) => see_other(&address),
            Done::Again(answer) => answer.refused(),
            Done::Shown(status, answer) => answer.respond_as(status),
            Done::Pass { to, cookies } => {
                let mut response = see_other(&to);
                cookies.into_iter().for_each(|cookie| {
                    response.headers_mut().append(header::SET_COOKIE, cookie);
                });
                response
            }
        }
    }
}

pub(crate) fn see_other(address: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response
}
