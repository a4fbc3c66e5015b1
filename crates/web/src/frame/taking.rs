//! 受付 — handles what is sent to a route: checks the sender's right, then the size, then reads the form, then does the
//! deed.

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

/// Answers a form whose session had expired. The form is `None` if it was too large to be read without a session.
pub(crate) type RanOut = fn(&Site, &Caller, Right, &str, Option<&Form>) -> Response<Body>;

impl Site {
    /// Returns the limits for reading a request. A stranger may send only little, and only for a short time, whatever
    /// the route takes.
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

/// Refuses a request without the right. If the site has sign-in, a stranger is asked to sign in and comes back to this
/// page. No body is read, except a small form of a stranger: `ran_out` keeps it for the account whose session expired.
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

/// Does what a form of our own pages asks. A form on another site would use the rights of the person who looks at it,
/// so it is refused. If the deed is refused, the answer links back to the page at the same address, if such a page
/// exists.
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
    // A request that has a place in the queue is no longer put off: its deed is done when its turn comes.
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

/// Keeps a form that arrives while too much work is under way, so that it can be sent again. A form with files is not
/// kept.
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

/// Removes a kept form after it was sent again and accepted.
fn sent_again(ask: &Ask<'_>, id: &str, done: &Done) {
    if let (Done::See(_), false) = (done, id.is_empty()) {
        // If it cannot be removed, it is shown once more: nothing is lost.
        let _ = people::drop_unsent(&ask.site.node, ask.visitor, id);
    }
}
