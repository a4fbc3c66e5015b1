//! 共通実績 of single values: what was chosen to be compared is said to be one thing, such as the visitors of one job fair in two
//! rows.

use renkei_app::AppError;
use renkei_app::access::Right;
use renkei_document::as_of::Measure;
use renkei_domain::shared_fact::command::FactDeed;
use renkei_domain::shared_fact::view::FactView;
use renkei_domain::shared_fact::{FactMember, Reporting, are_same, each_once};

use crate::frame::address::{self, Query};
use crate::frame::form::Form;
use crate::frame::problem::Problem;
use crate::frame::route::{Deed, Done};
use crate::indicator::compare::{VALUES, page};
use crate::indicator::one::may_define;
use crate::indicator::parts::Typed;

/// The form below the values that were chosen.
pub(crate) struct ShareForm {
    pub name: String,
    /// Each box with its value.
    pub chosen: Vec<(usize, String)>,
    pub with: String,
    /// The fact that says it already.
    pub known: Option<String>,
}

/// Where at least two values are chosen.
pub(crate) fn share_form(
    facts: &[FactView<'_>],
    chosen: &[Measure],
    query: &Query,
    typed: &Typed<'_>,
) -> Option<ShareForm> {
    let members = members(chosen);
    let known = facts.iter().find(|known| are_same(&known.fact.members, &members));
    (members.len() > 1).then(|| ShareForm {
        name: typed.field("share", "name"),
        chosen: (1..).zip(chosen.iter().map(|measure| measure.observation.to_string())).collect(),
        with: query.get("with").unwrap_or_default().to_owned(),
        known: known.map(|known| known.fact.name.clone()),
    })
}

fn members(chosen: &[Measure]) -> Vec<FactMember> {
    let member =
        |measure: &Measure| FactMember { party: measure.party, of: Reporting::Observation(measure.observation) };
    each_once(chosen.iter().map(member))
}

pub fn share_values(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    let actor = ask.actor(Right::Define)?;
    let agreement = ask.moment.agreement()?;
    let indicators = agreement.indicators();
    let id = ask.part("id").parse().map_err(|_| Problem::NoSuchIndicator)?;
    let view = indicators.of(id).ok_or(Problem::NoSuchIndicator)?;
    if !may_define(ask.visitor, agreement, view) {
        return Err(Problem::Forbidden);
    }
    let query = asked(&deed.form);
    let chosen = VALUES.iter().filter_map(|name| query.get(name)?.parse().ok());
    let members: Vec<FactMember> = chosen
        .filter_map(|id| Some(FactMember { party: indicators.counting(id)?.party, of: Reporting::Observation(id) }))
        .collect();
    let state = FactDeed::State { fact: None, name: deed.form.get("name").trim().to_owned(), members };
    match ask.site.renkei.tell_of_shared_fact(actor, agreement.id, view.party, state) {
        Ok(()) => Ok(Done::See(format!("{}?done=1#shared", address::indicator(view.id)))),
        Err(AppError::Refused(reasons)) => {
            let refusals = reasons.iter().map(|reason| reason.message_in(ask.visitor.language)).collect();
            Ok(Done::Again(Box::new(page(ask, &query, &Typed { form: Some(&deed.form), refusals })?)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What the page was asked when the form was sent.
fn asked(form: &Form) -> Query {
    let names = VALUES.iter().copied().chain(["with", "how"]);
    names.fold(Query::default(), |query, name| query.with(name, form.get(name).trim()))
}
