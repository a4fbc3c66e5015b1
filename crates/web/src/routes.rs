//! The one table of path, method and right. The router is made from it, and the test of every route and role as well.
//! What stands nowhere here is refused.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::routing::{MethodFilter, on};
use renkei_app::Visitor;
use renkei_app::access::Right;
use renkei_domain::facts::Actor;

use crate::address::Query;
use crate::answer::Answer;
use crate::asked::Asked;
use crate::caller::Caller;
use crate::form::Form;
use crate::intake::Intake;
use crate::keep::{Answered, PageKey};
use crate::lanes::Work;
use crate::moment::Moment;
use crate::pages;
use crate::problem::Problem;
use crate::site::Site;
use crate::taking;

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
    /// What else is known of whoever asks.
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

const fn page(
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

const fn fresh(
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

const fn deed(path: &'static str, right: Right, deed: fn(&Deed<'_>) -> Result<Done, Problem>) -> Route {
    let (method, makes) = (MethodFilter::POST, Makes::Deed(deed));
    Route { path, method, right, intake: Intake::FORM, query: &[], is_long: false, makes }
}

/// A deed whose form holds what somebody writes, or a choice among all rows.
const fn texts(path: &'static str, right: Right, done: fn(&Deed<'_>) -> Result<Done, Problem>) -> Route {
    Route { intake: Intake::TEXTS, ..deed(path, right, done) }
}

/// A route that takes long.
const fn long(route: Route) -> Route {
    Route { is_long: true, ..route }
}

/// What the page that adds and compares is asked: the boxes of the values, the other indicator, and what to do.
const COMPARED: &[&str] = &{
    let mut names = ["with"; 42];
    names[1] = "how";
    let mut place = 0;
    while place < pages::VALUES.len() {
        names[place + 2] = pages::VALUES[place];
        place += 1;
    }
    names
};

/// Bytes of a query: of the words that somebody looks for, or the boxes of a filter.
const MOST_BYTES_OF_QUERY: usize = 4 << 10;

/// Every route there is.
pub const TABLE: &[Route] = &[
    Route { right: Right::Home, ..fresh("/", &["done"], pages::home) },
    page("/plans/{year}/{kind}", &["party", "division", "chapter", "state", "beside", "page"], pages::plan),
    Route {
        right: Right::Read,
        makes: Makes::Passage(pages::on_plan),
        ..fresh("/plans/{year}/{kind}/at/{anchor}", &[], pages::plan)
    },
    page("/initiatives/{id}", &[], pages::initiative),
    Route { right: Right::Outline, ..page("/plans", &[], pages::plans) },
    long(deed("/plans", Right::Outline, pages::open_plan)),
    long(texts("/plans/{year}/{kind}/carry-over", Right::Outline, pages::carry_over)),
    long(texts("/plans/{year}/{kind}/share", Right::Share, pages::share_rows)),
    Route { right: Right::Draft, ..fresh("/plans/{year}/{kind}/new", &["section"], pages::new_row) },
    texts("/plans/{year}/{kind}/new", Right::Draft, pages::draft_row),
    texts("/plans/{year}/{kind}/new/typed", Right::Draft, pages::keep_new_typed),
    Route { right: Right::Draft, ..fresh("/initiatives/{id}/edit", &[], pages::edit_row) },
    texts("/initiatives/{id}/edit", Right::Draft, pages::save_row),
    texts("/initiatives/{id}/edit/typed", Right::Draft, pages::keep_row_typed),
    Route { right: Right::Suggest, ..fresh("/initiatives/{id}/suggest", &[], pages::suggest_row) },
    texts("/initiatives/{id}/suggest", Right::Suggest, pages::send_suggestion),
    texts("/initiatives/{id}/suggest/typed", Right::Suggest, pages::keep_suggestion_typed),
    page("/initiatives/{id}/history", &["from", "to"], pages::row_history),
    deed("/suggestions/{id}", Right::Suggest, pages::answer_suggestion),
    deed("/initiatives/{id}/move", Right::Draft, pages::move_row),
    deed("/initiatives/{id}/repeat", Right::Draft, pages::repeat_row),
    deed("/initiatives/{id}/withdraw", Right::Draft, pages::withdraw_row),
    page("/findings", &["year", "severity", "division", "page"], pages::findings),
    page("/indicators", &["party", "division", "gap", "q", "page"], pages::indicators),
    page("/indicators/{id}", &["done"], pages::indicator),
    texts("/indicators/{id}", Right::Define, pages::change_indicator),
    page("/indicators/{id}/compare", COMPARED, pages::compare),
    deed("/indicators/{id}/compare", Right::Define, pages::share_values),
    page("/indicators/handover/{division}", &[], pages::handover),
    Route {
        right: Right::Read,
        ..long(fresh("/indicators/handover/{division}/handover.pdf", &[], pages::handover_pdf))
    },
    page("/agreement", &[], pages::agreement),
    Route { right: Right::Import, ..page("/divisions", &["done"], pages::divisions) },
    deed("/divisions", Right::Import, pages::identify_divisions),
    page("/search", &["q", "page"], pages::search),
    Route { right: Right::ReadJournal, ..page("/journal", &["before"], pages::journal) },
    long(page("/reports/{file}", &[], pages::report)),
    fresh("/imports", &["done"], pages::imports),
    long(deed("/editions", Right::Publish, pages::freeze)),
    Route { intake: Intake::DOCUMENTS, ..long(deed("/imports", Right::Import, pages::bring)) },
    long(fresh("/imports/{id}", &["done", "page", "row", "changes", "stay"], pages::review)),
    long(texts("/imports/{id}", Right::Import, pages::decide_on)),
    long(fresh("/imports/{id}/rows/{place}", &[], pages::read_row)),
    long(texts("/imports/{id}/rows/{place}", Right::Import, pages::correct_row)),
    long(deed("/evidence/{id}", Right::Import, pages::undo_import)),
    Route { right: Right::Import, ..page("/evidence/{id}/rows", &["page"], pages::waiting_rows) },
    long(deed("/evidence/{id}/rows", Right::Import, pages::take_over)),
    long(deed("/evidence/{id}/rows/decline", Right::Import, pages::decline)),
    Route { right: Right::Settings, ..page("/settings", &["done"], pages::settings) },
    deed("/settings", Right::Settings, pages::set_house_style),
    Route { right: Right::ReadJournal, ..fresh("/organisation", &["on", "party", "done"], pages::organisation) },
    texts("/organisation", Right::Organise, pages::organise),
    Route {
        right: Right::ReadJournal,
        ..fresh("/organisation/divisions/{id}", &["on", "party", "done"], pages::division)
    },
    Route { right: Right::Organise, ..fresh("/organisation/import", &["party"], pages::organisation_list) },
    Route {
        intake: Intake::LIST,
        ..long(deed("/organisation/import", Right::Organise, pages::take_organisation_list))
    },
    deed("/deputies", Right::Deputise, pages::deputise),
    deed("/after-reviews", Right::Deputise, pages::after_review),
    page("/editions", &[], pages::editions),
    page("/editions/{name}", &[], pages::edition),
    page("/editions/{name}/{digest}", &[], pages::edition_file),
    page("/r/{reference}", &[], pages::reference),
    Route { right: Right::Open, ..page("/assets/{file}", &["v"], pages::asset) },
    Route { right: Right::Open, ..fresh("/sign-in", &["then"], pages::sign_in) },
    deed("/sign-in", Right::Open, pages::enter),
    Route { right: Right::Open, ..fresh("/sign-in/code", &["then"], pages::code) },
    deed("/sign-in/code", Right::Open, pages::give_code),
    deed("/sign-in/passkey", Right::Open, pages::enter_by_passkey),
    deed("/sign-in/passkey/options", Right::Open, pages::ask_for_passkey),
    deed("/sign-out", Right::Open, pages::sign_out),
    Route { right: Right::Open, makes: Makes::Passage(pages::depart), ..fresh("/sign-in/oidc", &[], pages::sign_in) },
    Route {
        right: Right::Open,
        makes: Makes::Passage(pages::come_back),
        ..fresh("/sign-in/oidc/back", &["state", "code", "error"], pages::sign_in)
    },
    Route { right: Right::Me, ..fresh("/me/outside", &["done"], pages::outside) },
    deed("/me/outside", Right::Me, pages::bind_outside),
    deed("/language", Right::Open, pages::speak),
    Route { right: Right::Open, ..fresh("/links", &[], pages::links) },
    deed("/links", Right::Open, pages::open_link),
    Route { right: Right::Open, ..fresh("/links/{token}", &[], pages::link) },
    deed("/links/{token}", Right::Open, pages::use_link),
    Route { right: Right::Me, ..fresh("/me", &["done"], pages::me) },
    deed("/me/password", Right::Me, pages::change_password),
    deed("/me/one-time", Right::Me, pages::turn_on_one_time),
    deed("/me/one-time/off", Right::Me, pages::turn_off_one_time),
    deed("/me/passkeys", Right::Me, pages::add_passkey),
    deed("/me/passkeys/options", Right::Me, pages::ask_for_new_passkey),
    deed("/me/passkeys/{key}", Right::Me, pages::change_passkey),
    deed("/me/sessions", Right::Me, pages::end_sessions),
    Route { right: Right::Me, ..fresh("/unsent/{id}", &[], pages::unsent) },
    deed("/unsent/{id}", Right::Me, pages::drop_unsent),
    Route { right: Right::People, ..fresh("/people", &["done"], pages::people) },
    texts("/people", Right::People, pages::manage_people),
    Route { right: Right::People, ..fresh("/people/import", &[], pages::officer_list) },
    Route { intake: Intake::LIST, ..deed("/people/import", Right::People, pages::take_officer_list) },
    Route { right: Right::People, ..fresh("/people/{id}", &["done"], pages::person) },
    deed("/people/{id}", Right::People, pages::manage_person),
    Route { right: Right::PeopleLog, ..fresh("/people/log", &[], pages::people_log) },
];

pub(crate) fn router(site: &Arc<Site>) -> Router {
    let mut router = Router::new();
    for route in TABLE {
        let site = Arc::clone(site);
        let handle = move |parts: Result<RawPathParams, RawPathParamsRejection>, request: Request| {
            let site = Arc::clone(&site);
            async move {
                let caller = site.caller(&request).await;
                match parts {
                    Ok(parts) => answer(site, caller, route, &parts, request).await,
                    Err(_) => site.problem(&caller.visitor, &Problem::UnreadableAddress),
                }
            }
        };
        router = router.route(route.path, on(route.method, handle));
    }
    let [elsewhere, otherwise] = [Arc::clone(site), Arc::clone(site)];
    router
        .fallback(|request: Request| async move {
            let caller = elsewhere.caller(&request);
            drop(request);
            elsewhere.problem(&caller.await.visitor, &Problem::NoSuchPage)
        })
        .method_not_allowed_fallback(|request: Request| async move {
            let caller = otherwise.caller(&request);
            drop(request);
            otherwise.problem(&caller.await.visitor, &Problem::MethodNotAllowed)
        })
}

async fn answer(
    site: Arc<Site>,
    caller: Caller,
    route: &'static Route,
    parts: &RawPathParams,
    request: Request,
) -> Response<Body> {
    let visitor = Arc::clone(&caller.visitor);
    if !visitor.may(route.right) {
        return taking::not_let_in(&site, caller, route, request).await;
    }
    let terms = site.terms(route, &caller);
    if route.method == MethodFilter::GET && terms.are_exceeded_by(&request) {
        return site.problem(&visitor, &terms.too_large());
    }
    let asked = request.uri().query().unwrap_or_default();
    if asked.len() > MOST_BYTES_OF_QUERY {
        return site.problem(&visitor, &Problem::LongAddress);
    }
    let query = Query::read(asked, route.query);
    let address = query.behind(request.uri().path());
    let moment = site.moment(visitor.viewer());
    let parts: Vec<_> = parts.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let work = match route.intake {
        Intake { files: 1.., .. } => Work::Files,
        _ if route.method == MethodFilter::GET => Work::Page,
        _ => Work::Deed,
    };
    let path = request.uri().path().to_owned();
    let asked = Asked { site: Arc::clone(&site), caller, moment, path, parts, query, work, long: None };
    let answered = match route.makes {
        // There is no end of words to look for: such a page is not kept, for it holds all that was searched.
        Makes::Page(page) if asked.query.get("q").is_some() => asked.apart(move |ask| page(ask).map(Arc::new)).await,
        Makes::Page(page) => {
            let key = (visitor.kind(), address);
            match site.keep.page_at(&key, &asked.moment) {
                Some(answer) => Ok(answer),
                None => asked.in_turn(route, move |ask| kept(ask, &key, page)).await,
            }
        }
        Makes::Fresh(page) => asked.in_turn(route, move |ask| page(ask).map(Arc::new)).await,
        Makes::Passage(passage) => {
            let made = asked.apart(passage).await;
            return made.map_or_else(|problem| site.problem(&visitor, &problem), Done::respond);
        }
        Makes::Deed(deed) => return taking::done(asked, route, deed, request).await,
    };
    match answered {
        Ok(answer) => answer.respond(request.headers()),
        Err(problem) => site.problem(&visitor, &problem),
    }
}

/// A page as it is kept, or made now.
fn kept(ask: &Ask<'_>, key: &PageKey, page: fn(&Ask<'_>) -> Result<Answer, Problem>) -> Answered {
    ask.site.keep.page(key, ask.moment, |noting| page(&Ask { moment: noting, ..*ask }).map(Arc::new))
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
