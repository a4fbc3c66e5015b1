//! 受付 — handles a submitted form: checks the sender's right and the size, then reads the form, then does the requested
//! change (the deed).

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::Response;
use axum::routing::MethodFilter;
use renkei_app::{Bringer, Visitor, access::Right, people};

use crate::frame::address;
use crate::frame::asked::Asked;
use crate::frame::caller::Caller;
use crate::frame::concurrency::Work;
use crate::frame::form::{AGAIN, Form, Terms};
use crate::frame::intake::Intake;
use crate::frame::low_priority;
use crate::frame::phrases::{InBoth, phrase, say};
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done, Route, see_other};
use crate::frame::site::Site;

/// The function that answers a form whose session has expired. Its last argument is the form; `None` if the form was
/// too large to be read without a session.
pub(crate) type RanOut = fn(&Site, &Caller, Right, &str, Option<&Form>) -> Response<Body>;

impl Site {
    /// Returns the limits for reading a request. The limits for a stranger are low, whatever the route allows.
    pub fn terms(&self, route: &Route, caller: &Caller) -> Terms {
        let patience = &self.patience;
        if caller.is_stranger() {
            let intake = route.intake.of_a_stranger();
            let time = intake.time.min(patience.bodies_of_strangers);
            return Terms {
                intake: Intake { time, ..intake },
                pace: patience.pace_of_strangers,
                arrives: None,
                lingering: Duration::ZERO,
            };
        }
        let text = |id: Option<String>| id.unwrap_or_default();
        let bringer = || Bringer {
            party: text(caller.visitor.party.map(|party| party.to_string())),
            account: text(caller.visitor.account.clone()),
        };
        let arrives = (route.intake.files > 0).then(|| (self.node.arrivals(), bringer()));
        Terms { intake: route.intake, pace: patience.pace, arrives, lingering: patience.lingering }
    }
}

/// Answers a request whose sender lacks the right. If the site has sign-in, a stranger is sent to the sign-in page and
/// returns to this page afterwards. A body is read only if it is a small form of a stranger, which `ran_out` keeps for
/// the account whose session has expired.
pub(crate) async fn not_let_in(
    site: &Arc<Site>,
    caller: Caller,
    (route, ran_out): (&'static Route, RanOut),
    request: Request,
) -> Response<Body> {
    if !site.entrance.signs_in() || !caller.is_stranger() {
        return site.problem(&caller.visitor, &Problem::Forbidden);
    }
    if route.method == MethodFilter::GET {
        return see_other(&address::sign_in(request.uri()));
    }
    if !site.gate.is_from_our_page(request.headers()) {
        return site.problem(&caller.visitor, &Problem::FromElsewhere);
    }
    let wanted = request.uri().path().to_owned();
    let sent = match Form::read(request, &site.terms(route, &caller)).await {
        Ok(form) => Some(form),
        Err(Problem::TooLarge { .. }) => None,
        Err(problem) => return site.problem(&caller.visitor, &problem),
    };
    let (apart, right) = (Arc::clone(site), route.right);
    let language = caller.visitor.language;
    let turn = site.concurrency.turn_of(&caller, Work::Page).await;
    let told = low_priority::spawn(move || {
        let _until_made = turn;
        ran_out(&apart, &caller, right, &wanted, sent.as_ref())
    });
    let told = told.await;
    told.unwrap_or_else(|_| site.problem(&Visitor::stranger(language), &Problem::Broken))
}

/// Does the deed of a form. Refuses a form that a page of another site sent, because such a form would misuse the
/// rights of the visitor. If the deed is refused, the answer links to the page at the same address, if there is one.
pub(crate) async fn done(
    mut asked: Asked,
    (route, has_a_page): (&'static Route, bool),
    deed: fn(&Deed<'_>) -> Result<Done, Problem>,
    request: Request,
) -> Response<Body> {
    let (site, visitor) = (Arc::clone(&asked.site), Arc::clone(&asked.caller.visitor));
    if !site.gate.is_from_our_page(request.headers()) {
        return site.problem(&visitor, &Problem::FromElsewhere);
    }
    // Once a request is in the queue, its deed is done when its turn comes, and is not put off any more.
    let place = match asked.enqueue(route) {
        Ok(place) => place,
        Err(problem) => return put_off(asked, route, request, problem).await,
    };
    let form = match Form::read(request, &site.terms(route, &asked.caller)).await {
        Ok(form) => form,
        Err(problem) => return site.problem(&visitor, &problem),
    };
    if let Some(place) = place {
        asked.long = Some(place.turn().await);
    }
    let page = has_a_page.then(|| asked.path.clone());
    let made = asked
        .apart(move |ask| {
            let again = form.get(AGAIN);
            let done = deed(&Deed { ask: *ask, form })?;
            sent_again(ask, &again, &done);
            Ok(done)
        })
        .await;
    match (made, page) {
        (Ok(done), _) => done.respond(),
        (Err(Problem::Refused { sentences, page: None }), page) => {
            site.problem(&visitor, &Problem::Refused { sentences, page })
        }
        (Err(problem), _) => site.problem(&visitor, &problem),
    }
}

/// Keeps a form that arrives while too much work is under way, so that its user can send it again later. A form with
/// files is not kept.
async fn put_off(asked: Asked, route: &'static Route, request: Request, problem: Problem) -> Response<Body> {
    let (site, visitor) = (Arc::clone(&asked.site), Arc::clone(&asked.caller.visitor));
    let (terms, address) = (site.terms(route, &asked.caller), request.uri().path().to_owned());
    let sent = if route.intake.files > 0 { None } else { Form::read(request, &terms).await.ok() };
    let Some(fields) = sent.map(|form| form.fields()).filter(|fields| !fields.is_empty()) else {
        return site.problem(&visitor, &problem);
    };
    let keep = move |ask: &Ask<'_>| Ok(people::keep_unsent(&ask.site.node, ask.visitor, &address, &fields)?);
    let problem = match (asked.apart(keep).await, problem) {
        (Ok(_), Problem::TryAgain { sentences }) => {
            let kept = phrase("送った内容は残してあります。「自分」のページの「送れなかった入力」から送り直せます。");
            let both = |language| format!("{}\n{}", sentences.in_language(language), say(language, kept));
            Problem::TryAgain { sentences: InBoth::of(both) }
        }
        (_, problem) => problem,
    };
    site.problem(&visitor, &problem)
}

/// Deletes a kept form after it was sent again and accepted.
fn sent_again(ask: &Ask<'_>, id: &str, done: &Done) {
    if let (Done::See(_), false) = (done, id.is_empty()) {
        // If deleting fails, the form is offered once more; no data is lost.
        let _ = people::drop_unsent(&ask.site.node, ask.visitor, id);
    }
}
