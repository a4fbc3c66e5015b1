//! 組織の権限 — what the commands about divisions, posts and deputies need.

use renkei_document::id::{self, Id};

use crate::authority::need::{Need, Scope};
use crate::authority::right::Right;
use crate::organisation::command::OrganisationCommand;
use crate::organisation::{DecidedMeanwhile, Organisation, Post};
use crate::view::View;

/// Returns what naming or ending the deputy of a post needs.
pub fn to_deputise(party: Id<id::Party>, post: Id<Post>) -> Need<'static> {
    Need { party, right: Right::Deputise, of: Scope::Post(post) }
}

/// Returns what reviewing a deputy's decision needs: only the holder of the post may do so.
pub fn to_review(party: Id<id::Party>, organisation: &Organisation, decided: &DecidedMeanwhile) -> Need<'static> {
    let named = organisation.posts.keys().filter(|post| organisation.names_of_post(**post).contains(&decided.post));
    Need { party, right: Right::Deputise, of: Scope::OwnPost(named.copied().collect()) }
}

/// Returns what a command needs. Things that the viewer does not know are left to the decision.
pub(crate) fn needs(view: View<'_>, command: &OrganisationCommand) -> Vec<Need<'static>> {
    match command {
        OrganisationCommand::SetHouseStyle { party, .. } => vec![Need::of_party(*party, Right::Settings)],
        OrganisationCommand::IdentifyDivisions { party, .. } => vec![Need::of_party(*party, Right::Import)],
        OrganisationCommand::ChangeOrganisation { party, .. } => vec![Need::of_party(*party, Right::Organise)],
        OrganisationCommand::NameDeputy { party, named } => vec![to_deputise(*party, named.post)],
        OrganisationCommand::EndDeputy { party, deputation, .. } => {
            let known = view.organisation(*party).and_then(|known| known.deputations.get(deputation));
            vec![match known {
                Some(known) => to_deputise(*party, known.post),
                None => Need::of_party(*party, Right::Deputise),
            }]
        }
        // The decision finds the post for each: a person may review for several of their posts together.
        OrganisationCommand::AfterReview { party, .. } => vec![Need::of_party(*party, Right::Deputise)],
    }
}
