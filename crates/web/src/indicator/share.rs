//! Handles the form of 共通実績 on the page that compares values: the visitor states that the chosen values report one
//! fact.

use renkei_app::access::Right;
use renkei_app::{AppError, shared_fact};
use renkei_domain::shared_fact::command::FactDeed;
use renkei_domain::shared_fact::{FactMember, Reporting};

use crate::frame::address::{self, Query};
use crate::frame::form::Form;
use crate::frame::problem::Problem;
use crate::frame::route::{Deed, Done};
use crate::frame::typed::Typed;
use crate::indicator::compare::page;
use crate::indicator::one::VALUES;

pub fn share_values(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let actor = ask.actor(Right::Define)?;
    let agreement = ask.moment.agreement()?;
    let indicators = agreement.indicators();
    let id = ask.part("id").parse().map_err(|_| Problem::NoSuchIndicator)?;
    let view = indicators.of(id).ok_or(Problem::NoSuchIndicator)?;
    let query = asked(&deed.form);
    let chosen = VALUES.iter().filter_map(|name| query.get(name)?.parse().ok());
    let members: Vec<FactMember> = chosen
        .filter_map(|id| Some(FactMember { party: indicators.counting(id)?.party, of: Reporting::Observation(id) }))
        .collect();
    let state = FactDeed::State { fact: None, name: deed.form.get("name").trim().to_owned(), members };
    match shared_fact::tell(&ask.site.node, actor, agreement.id, view.party, state) {
        Ok(()) => Ok(Done::See(format!("{}?done=1#shared", address::indicator(agreement.id, view.id)))),
        Err(denied) if denied.is_denied() => Err(denied.into()),
        Err(AppError::Refused(reasons)) => {
            let refusals = reasons.iter().map(|reason| reason.message_in(ask.visitor.language)).collect();
            Ok(Done::Again(Box::new(page(ask, &query, &Typed { form: Some(&deed.form), refusals })?)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Returns the query of the page from which the form was sent.
fn asked(form: &Form) -> Query {
    let names = VALUES.iter().copied().chain(["with", "how"]);
    names.fold(Query::default(), |query, name| query.with(name, form.get(name).trim()))
}
