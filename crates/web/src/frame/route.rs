//! One route: its path, method and right, its limits, and its function. Also the argument (`Ask`, `Deed`) and the
//! result (`Done`) of such a function.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::routing::MethodFilter;
use renkei_app::Visitor;
use renkei_app::access::Right;
use renkei_domain::authority::actor::Actor;

use crate::frame::address::Query;
use crate::frame::answer::Answer;
use crate::frame::caller::Caller;
use crate::frame::form::Form;
use crate::frame::intake::Intake;
use crate::frame::moment::Moment;
use crate::frame::paging::Paging;
use crate::frame::problem::Problem;
use crate::frame::site::Site;

/// One row of the table of routes.
pub struct Route {
    pub path: &'static str,
    pub method: MethodFilter,
    pub right: Right,
    /// Limits of the body: its size, its time, and whether it may contain files.
    pub intake: Intake,
    /// Names of the parameters of the query that the route uses; all others are ignored.
    pub query: &'static [&'static str],
    /// Whether the page belongs to one agreement. Its address is then `/a/{agreement}` followed by `path`; `path` alone
    /// is an address from before several agreements, and redirects if only one agreement can be meant.
    pub is_of_agreement: bool,
    /// Whether the route reads files, merges or prints. If so, it waits for a turn of the visitor's side (see
    /// `long_work`).
    pub is_long: bool,
    pub(crate) makes: Makes,
}

/// The function of a route. The variant says which kind of result it returns.
#[derive(Clone, Copy)]
pub(crate) enum Makes {
    /// A page that depends only on those parts of the journal that its visitor may see. The page is cached.
    Page(fn(&Ask<'_>) -> Result<Answer, Problem>),
    /// A page that also shows the files on the desk (files that wait for their review). It is never cached.
    Fresh(fn(&Ask<'_>) -> Result<Answer, Problem>),
    /// A redirect to another server, or the return from there.
    Passage(fn(&Ask<'_>) -> Result<Done, Problem>),
    /// A deed: a POST request that changes something.
    Deed(fn(&Deed<'_>) -> Result<Done, Problem>),
}

/// A deed, with its request and its form.
pub(crate) struct Deed<'a> {
    pub ask: Ask<'a>,
    pub form: Form,
}

/// The result of a deed.
pub(crate) enum Done {
    /// The deed was done; redirect to this page.
    See(String),
    /// The deed was refused. Shows the form again with the reasons and everything that was typed.
    Again(Box<Answer>),
    /// An answer with a status code of its own.
    Shown(StatusCode, Box<Answer>),
    /// The deed was done; redirect to this page and set these cookies.
    Pass { to: String, cookies: Vec<HeaderValue> },
}

/// A request, as the function of a route receives it.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub site: &'a Site,
    pub visitor: &'a Visitor,
    /// The sender of the request: network address, session tokens, device and origin.
    pub caller: &'a Caller,
    pub moment: &'a Moment,
    /// The address without its query.
    pub path: &'a str,
    pub parts: &'a [(String, String)],
    pub query: &'a Query,
}

impl Ask<'_> {
    /// Returns the value of the placeholder with this name in the route's path; empty if there is none.
    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Returns the actor who does something by this right; `Err` if the visitor does not have the right.
    pub fn actor(&self, right: Right) -> Result<Actor, Problem> {
        self.visitor.actor(right).ok_or(Problem::Forbidden)
    }

    /// Returns the page of a list that the parameter `name` selects; the first page if the parameter is missing.
    pub fn page_of(&self, paging: &Paging, name: &str) -> Result<usize, Problem> {
        paging.numbered(self.query.get(name)).ok_or_else(|| self.no_such_page(name))
    }

    /// Returns the problem that a list has no page with the number in the address.
    fn no_such_page(&self, key: &str) -> Problem {
        let page = self.query.get(key).unwrap_or_default().to_owned();
        Problem::NoSuchPageOfList { page, list: self.query.with(key, "").behind(self.path) }
    }

    /// Returns the problem that the parameter `key` has an unknown value. `name` is the label of the parameter on the
    /// page.
    pub fn no_such_setting(&self, key: &str, name: &'static str) -> Problem {
        let value = self.query.get(key).unwrap_or_default().to_owned();
        Problem::NoSuchSetting { name, value, page: self.query.with(key, "").behind(self.path) }
    }

    /// Returns the problem that the filter `key` has an unknown value. `name` is the label of the filter on the page.
    pub fn no_such_choice(&self, key: &str, name: &'static str) -> Problem {
        let value = self.query.get(key).unwrap_or_default().to_owned();
        Problem::NoSuchChoice { name, value, list: self.query.with(key, "").with("page", "").behind(self.path) }
    }
}

pub(crate) const fn page(
    path: &'static str,
    right: Right,
    query: &'static [&'static str],
    page: fn(&Ask<'_>) -> Result<Answer, Problem>,
) -> Route {
    Route {
        path,
        method: MethodFilter::GET,
        right,
        intake: Intake::NOTHING,
        query,
        is_of_agreement: false,
        is_long: false,
        makes: Makes::Page(page),
    }
}

pub(crate) const fn fresh(
    path: &'static str,
    right: Right,
    query: &'static [&'static str],
    page: fn(&Ask<'_>) -> Result<Answer, Problem>,
) -> Route {
    Route {
        path,
        method: MethodFilter::GET,
        right,
        intake: Intake::NOTHING,
        query,
        is_of_agreement: false,
        is_long: false,
        makes: Makes::Fresh(page),
    }
}

pub(crate) const fn deed(path: &'static str, right: Right, deed: fn(&Deed<'_>) -> Result<Done, Problem>) -> Route {
    let (method, makes) = (MethodFilter::POST, Makes::Deed(deed));
    Route { path, method, right, intake: Intake::FORM, query: &[], is_of_agreement: false, is_long: false, makes }
}

/// Returns the route of a deed whose form contains longer texts, or a choice among all rows.
pub(crate) const fn texts(path: &'static str, right: Right, done: fn(&Deed<'_>) -> Result<Done, Problem>) -> Route {
    Route { intake: Intake::TEXTS, ..deed(path, right, done) }
}

/// Returns the same route, as one of the pages of an agreement.
pub(crate) const fn of_agreement(route: Route) -> Route {
    Route { is_of_agreement: true, ..route }
}

/// Returns the same route, marked as long work.
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
