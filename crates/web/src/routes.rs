//! The table of all routes (path, method, right), gathered from the slices. The router is built from this table, and a
//! test tries every route with every role. A request for any other address is refused.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{DefaultBodyLimit, RawPathParams, Request};
use axum::http::Response;
use axum::routing::{MethodFilter, on};
use renkei_app::Node;

use crate::frame::address::{self, Query};
use crate::frame::agreements::{AskedAgreement, asked_agreement};
use crate::frame::answer::Answer;
use crate::frame::asked::Asked;
use crate::frame::caller::Caller;
use crate::frame::concurrency::Work;
use crate::frame::gate::{self, Gate};
use crate::frame::intake::Intake;
use crate::frame::keep::{Answered, Keep, PageKey};
use crate::frame::patience::Patience;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Done, Makes, Route, see_other};
use crate::frame::site::{Entrance, Site};
use crate::frame::taking;
use crate::{
    agreement, edition, evidence, finding, frame, handover, home, indicator, organisation, people, plan, record,
};

/// Maximum size of a query, in bytes. A query contains search words or the values of a filter.
const MOST_BYTES_OF_QUERY: usize = 4 << 10;

/// Returns every route, slice by slice.
pub fn table() -> impl Iterator<Item = &'static Route> {
    let slices = [
        home::routes::ROUTES,
        agreement::routes::ROUTES,
        organisation::routes::ROUTES,
        indicator::routes::ROUTES,
        plan::routes::ROUTES,
        evidence::routes::ROUTES,
        handover::routes::ROUTES,
        edition::routes::ROUTES,
        finding::routes::ROUTES,
        people::routes::ROUTES,
        record::routes::ROUTES,
        frame::routes::ROUTES,
    ];
    slices.into_iter().flatten()
}

/// Returns the whole site as one service, for this machine.
pub fn site(node: Arc<Node>, entrance: Entrance) -> Router {
    site_behind(Arc::new(Gate::of_this_machine()), node, entrance)
}

/// Returns the whole site as one service behind this gate.
pub fn site_behind(gate: Arc<Gate>, node: Arc<Node>, entrance: Entrance) -> Router {
    site_with(gate, Patience::default(), node, entrance)
}

/// Returns the whole site with its own limits for slow clients.
pub(crate) fn site_with(gate: Arc<Gate>, patience: Patience, node: Arc<Node>, entrance: Entrance) -> Router {
    service(&Site::of((gate, patience, Arc::default()), node, entrance))
}

/// Returns the whole site for this machine, with a cache of pages that a test can inspect.
pub fn site_keeping(keep: Arc<Keep>, node: Arc<Node>, entrance: Entrance) -> Router {
    service(&Site::of((Arc::new(Gate::of_this_machine()), Patience::default(), keep), node, entrance))
}

fn service(site: &Arc<Site>) -> Router {
    let pass = axum::middleware::from_fn_with_state(Arc::clone(&site.gate), gate::pass);
    router(site).layer(DefaultBodyLimit::disable()).layer(pass)
}

fn router(site: &Arc<Site>) -> Router {
    let mut router = Router::new();
    for route in table() {
        let site = Arc::clone(site);
        let path = route.path;
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
        if route.is_of_agreement {
            router = router.route(&format!("/a/{{agreement}}{path}"), on(route.method, handle.clone()));
        }
        router = router.route(path, on(route.method, handle));
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
        return taking::not_let_in(&site, caller, (route, people::unsent::run_out), request).await;
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
    let parts: Vec<_> = parts.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let moment = match asked_agreement(&site, &visitor, route, &parts) {
        Ok(AskedAgreement::None) => site.moment(visitor.viewer()),
        Ok(AskedAgreement::Named(agreement)) => site.moment_in(visitor.viewer(), agreement),
        // An old address. A form that was loaded before the addresses changed is taken as it is.
        Ok(AskedAgreement::Meant(agreement)) if route.method == MethodFilter::GET => {
            return see_other(&address::within(agreement, &address));
        }
        Ok(AskedAgreement::Meant(agreement)) => site.moment_in(visitor.viewer(), agreement),
        Err(problem) => return site.problem(&visitor, &problem),
    };
    let work = match route.intake {
        Intake { files: 1.., .. } => Work::Files,
        _ if route.method == MethodFilter::GET => Work::Page,
        _ => Work::Deed,
    };
    let path = request.uri().path().to_owned();
    let asked = Asked { site: Arc::clone(&site), caller, moment, path, parts, query, work, long: None };
    let answered = match route.makes {
        // A page with search results is not cached: the number of possible queries is unlimited, and the record of what
        // was read for such a page would contain everything that was searched.
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
        Makes::Deed(deed) => return taking::done(asked, (route, has_a_page(route)), deed, request).await,
    };
    match answered {
        Ok(answer) => answer.respond(request.headers()),
        Err(problem) => site.problem(&visitor, &problem),
    }
}

/// Whether the address of a form is also the address of a page, which then contains the form.
fn has_a_page(route: &Route) -> bool {
    table().any(|known| known.path == route.path && known.method == MethodFilter::GET)
}

/// Returns the cached page, or makes the page.
fn kept(ask: &Ask<'_>, key: &PageKey, page: fn(&Ask<'_>) -> Result<Answer, Problem>) -> Answered {
    ask.site.keep.page(key, ask.moment, |noting| page(&Ask { moment: noting, ..*ask }).map(Arc::new))
}
