//! 職の用意 — finds or creates a post and its division, for a new account.

use std::collections::BTreeMap;

use renkei_document::id::{self, Id};
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::organisation::command::OrganisationCommand;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::organisation::{OrganisationChange, Place, Post, kind_of_name};
use renkei_domain::view::Viewer;

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::state::State;

/// Returns the post with this title in a division of a party, as of today. If the post or the division does not exist,
/// creates it. An existing post keeps its duties.
pub fn post_named(
    node: &Node,
    actor: Actor,
    party: Id<id::Party>,
    division: &str,
    title: &str,
    duties: &[Duty],
) -> Result<Id<Post>, AppError> {
    let (state, day) = (node.state(), node.today());
    let organisation = state.dossiers.parties.get(&party).map(|dossier| &dossier.organisation);
    let known = organisation.and_then(|known| known.named_on(division, day));
    let posts = organisation.map(|known| known.posts_on(day)).unwrap_or_default();
    if let Some(post) = posts.into_iter().find(|post| Some(post.division) == known && post.title == title) {
        return Ok(post.id);
    }
    let facts = node.context.facts(actor.clone());
    let (division_id, post) = (known.unwrap_or_else(|| facts.id()), facts.id());
    let begun = OrganisationChange::DivisionBegun {
        division: division_id,
        from: day,
        name: division.trim().to_owned(),
        kind: kind_of_name(division).unwrap_or("課").to_owned(),
        parent: None,
        area: None,
    };
    let place = Place { division: division_id, title: title.trim().to_owned(), duties: duties.to_vec() };
    let mut changes: Vec<_> = known.is_none().then_some(begun).into_iter().collect();
    changes.push(OrganisationChange::PostBegun { post, from: day, place });
    node.do_as(actor, Command::Organisation(OrganisationCommand::ChangeOrganisation { party, changes }))?;
    Ok(post)
}
impl State {
    /// Returns the divisions that are responsible for rows of a party's newest table. Divisions with more rows come
    /// first.
    pub fn busiest_divisions(&self, party: Id<id::Party>) -> Vec<String> {
        let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
        for agreement in self.seen_by(Viewer::Party(party)).agreements() {
            let Some((_, plan)) = agreement.plans().into_iter().next() else { continue };
            let sections = plan.chapters.iter().flat_map(|chapter| &chapter.sections);
            let own = sections.flat_map(|section| agreement.rows(section)).filter(|(_, _, row)| row.party == party);
            own.flat_map(|(_, _, row)| &row.wording.divisions).for_each(|name| *rows.entry(name).or_default() += 1);
        }
        let mut divisions: Vec<_> = rows.into_iter().collect();
        divisions.sort_by_key(|(name, rows)| (std::cmp::Reverse(*rows), *name));
        divisions.into_iter().map(|(name, _)| name.to_owned()).collect()
    }
}
