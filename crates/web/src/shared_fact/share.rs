//! 共通実績 of single values: the form for stating that the chosen values report one fact, such as the number of visitors
//! of one job fair that two rows print.

use renkei_document::as_of::Measure;
use renkei_domain::shared_fact::view::FactView;
use renkei_domain::shared_fact::{FactMember, Reporting, are_same, each_once};

use crate::frame::address::Query;
use crate::frame::typed::Typed;

/// The form for stating a fact, below the chosen values.
pub(crate) struct ShareForm {
    pub name: String,
    /// The number of each value's checkbox, with the id of the value.
    pub chosen: Vec<(usize, String)>,
    pub with: String,
    /// Name of the fact that already joins these values; `None` if there is none.
    pub known: Option<String>,
}

/// Returns the form for stating a fact; `None` if fewer than two values are chosen.
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
