//! The one table of path, method and right. The router is made from it, and the test of every route and role as well.
//! What stands nowhere here is refused.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::http::Response;
use axum::routing::{MethodFilter, on};
use renkei_app::access::{Right, may};

use crate::address::Query;
use crate::answer::Answer;
use crate::moment::{Answered, Moment};
use crate::pages;
use crate::problem::Problem;
use crate::site::Site;

/// One line of the table.
pub struct Route {
    pub path: &'static str,
    pub method: MethodFilter,
    pub right: Right,
    /// The names that its query knows; all others are left out of account.
    pub query: &'static [&'static str],
    pub(crate) page: fn(&Ask<'_>) -> Result<Answer, Problem>,
}

/// What a page is asked.
pub(crate) struct Ask<'a> {
    pub site: &'a Site,
    pub moment: &'a Moment,
    parts: &'a [(String, String)],
    pub query: &'a Query,
}

impl Ask<'_> {
    /// The part of the path of this name; empty where the route has none.
    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}

const fn page(
    path: &'static str,
    query: &'static [&'static str],
    page: fn(&Ask<'_>) -> Result<Answer, Problem>,
) -> Route {
    Route { path, method: MethodFilter::GET, right: Right::Read, query, page }
}

/// Every route there is.
pub const TABLE: [Route; 9] = [
    page("/", &[], pages::home),
    page("/plans/{year}/{kind}", &["party", "division", "chapter", "state", "beside"], pages::plan),
    page("/initiatives/{id}", &[], pages::initiative),
    page("/findings", &["year", "severity"], pages::findings),
    page("/agreement", &[], pages::agreement),
    page("/search", &["q", "page"], pages::search),
    page("/journal", &["before"], pages::journal),
    Route { right: Right::Publish, ..page("/reports/{file}", &[], pages::report) },
    page("/assets/{file}", &["v"], pages::asset),
];

pub(crate) fn router(site: &Arc<Site>) -> Router {
    let mut router = Router::new();
    for route in &TABLE {
        let site = Arc::clone(site);
        let handle = move |parts: Result<RawPathParams, RawPathParamsRejection>, request: Request| {
            let site = Arc::clone(&site);
            async move {
                match parts {
                    Ok(parts) => answer(site, route, &parts, request).await,
                    Err(_) => site.problem(&Problem::UnreadableAddress),
                }
            }
        };
        router = router.route(route.path, on(route.method, handle));
    }
    let [elsewhere, otherwise] = [Arc::clone(site), Arc::clone(site)];
    router
        .fallback(|| async move { elsewhere.problem(&Problem::NoSuchPage) })
        .method_not_allowed_fallback(|| async move { otherwise.problem(&Problem::MethodNotAllowed) })
}

async fn answer(site: Arc<Site>, route: &'static Route, parts: &RawPathParams, request: Request) -> Response<Body> {
    if !may(site.role, route.right) {
        return site.problem(&Problem::Forbidden);
    }
    let query = Query::read(request.uri().query().unwrap_or_default(), route.query);
    let address = query.behind(request.uri().path());
    let moment = site.moment();
    let answered = match moment.kept_page(&address) {
        Some(answered) => answered,
        None => {
            let parts = parts.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            made(Arc::clone(&site), moment, route, parts, query, address).await
        }
    };
    match answered {
        Ok(answer) => answer.respond(request.headers()),
        Err(problem) => site.problem(&problem),
    }
}

/// Makes the page apart from the threads that answer, and never twice at the same time.
async fn made(
    site: Arc<Site>,
    moment: Arc<Moment>,
    route: &'static Route,
    parts: Vec<(String, String)>,
    query: Query,
    address: String,
) -> Answered {
    let make = move || {
        moment.page(&address, || {
            let ask = Ask { site: &site, moment: &moment, parts: &parts, query: &query };
            (route.page)(&ask).map(Arc::new)
        })
    };
    tokio::task::spawn_blocking(make).await.unwrap_or(Err(Problem::Broken))
}
