//! 共通実績の権限 — what stating, explaining and withdrawing a shared fact need.

use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::authority::need::Need;
use crate::authority::right::Right;
use crate::indicator::needs::keepers;
use crate::shared_fact::command::FactDeed;
use crate::shared_fact::{FactMember, Reporting};
use crate::view::View;

/// Returns what a party needs to speak about a fact with these members: a post of a division that is responsible for one
/// of the party's own members.
pub fn to_tell<'a>(
    view: View<'_>,
    party: Id<id::Party>,
    members: impl IntoIterator<Item = &'a FactMember>,
) -> Need<'static> {
    let own = members.into_iter().filter(|member| member.party == party);
    let indicator = |member: &FactMember| match member.of {
        Reporting::Indicator(id) => Some(id),
        Reporting::Observation(id) => {
            view.agreements().find_map(|agreement| Some(agreement.indicator_counting(id)?.id))
        }
    };
    let indicators = own.filter_map(indicator);
    let keepers: Vec<String> = indicators.flat_map(|id| keepers(view, id)).collect();
    Need::of_divisions(party, Right::Define, keepers)
}

pub(crate) fn needs(
    view: View<'_>,
    agreement: Id<Agreement>,
    party: Id<id::Party>,
    deed: &FactDeed,
) -> Vec<Need<'static>> {
    let known = |fact: &Id<id::SharedFact>| {
        let agreement = view.agreement(agreement)?;
        let facts = agreement.shared_facts(&agreement.indicators());
        let members = facts.into_iter().find(|known| known.id == *fact)?.fact.members.clone();
        Some(to_tell(view, party, &members))
    };
    match deed {
        FactDeed::State { fact, members, .. } => {
            let replaced = fact.as_ref().and_then(known);
            replaced.into_iter().chain([to_tell(view, party, members)]).collect()
        }
        FactDeed::Withdraw { fact } | FactDeed::Explain { fact, .. } => {
            vec![known(fact).unwrap_or_else(|| Need::of_party(party, Right::Define))]
        }
    }
}
