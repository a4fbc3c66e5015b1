//! 組織再編 — the changes of divisions and posts that follow when divisions are merged, split or closed.

use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_document::search::folded;

use super::change::OrganisationChange;
use super::structure::{Division, Organisation, Place};

impl Organisation {
    /// Ends divisions from a day on. If `moves_posts` is set, their posts move to the first successor; if two posts
    /// have the same title, only one of them stays. Otherwise their posts end.
    pub fn ending(
        &self,
        divisions: &[Id<Division>],
        successors: &[Id<Division>],
        from: Date,
        moves_posts: bool,
    ) -> Vec<OrganisationChange> {
        let heir = successors.first().copied().filter(|_| moves_posts);
        let posts = self.posts_on(from);
        let in_heir = |title: &str| posts.iter().any(|post| Some(post.division) == heir && post.title == title);
        let mut moved: Vec<String> = Vec::new();
        let mut changes = Vec::new();
        for post in posts.iter().filter(|post| divisions.contains(&post.division)) {
            let is_new = !in_heir(&post.title) && !moved.contains(&folded(&post.title));
            changes.push(match heir.filter(|_| is_new) {
                Some(division) => {
                    moved.push(folded(&post.title));
                    let place = Place { division, title: post.title.clone(), duties: post.duties.clone() };
                    OrganisationChange::PostChanged { post: post.id, from, place }
                }
                None => OrganisationChange::PostEnded { post: post.id, from },
            });
        }
        let (divisions, successors) = (divisions.to_vec(), successors.to_vec());
        changes.push(OrganisationChange::DivisionsEnded { divisions, from, successors });
        changes
    }
}
