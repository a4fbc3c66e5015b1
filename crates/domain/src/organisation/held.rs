//! 代決 — the deputies of posts, and the posts that a person holds on a day.

use std::collections::BTreeSet;

use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use super::structure::{Deputation, Organisation, Post};
use crate::organisation::duty::Duty;
use crate::record::chain::DossierKey;

/// 代決されたもの — a decision that a deputy made for a post. It waits until the post's holder has reviewed it (後閲).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedMeanwhile {
    /// The dossier, and the event number in the party's chain of that dossier.
    pub entry: (DossierKey, u64),
    /// The post for which the deputy decided, for example しごと課 課長.
    pub post: String,
    /// The deputy, as written in the journal.
    pub by: String,
    pub what: String,
    pub at: Hlc,
    /// The post that reviewed the decision, and when.
    pub reviewed: Option<(String, Hlc)>,
}

/// 就いている職 — a post that a person holds on a day, or for which the person is deputy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    pub post: Id<Post>,
    /// The name of the post, as the journal records it: しごと課 課長.
    pub title: String,
    /// The name of the division as it is printed on that day.
    pub division: String,
    /// All names by which rows belong to the division: its present and past names, and those of the divisions that it
    /// took over.
    pub answers_for: BTreeSet<String>,
    pub duties: Vec<Duty>,
    /// 代理: the person's own post, if they are deputy for the holder of `post`.
    pub deputy: Option<String>,
}

impl HeldPost {
    /// Returns the name for the person's own pages: しごと課 課長, or しごと課 課長（代理 雇用課 課長） for a deputy.
    pub fn label(&self) -> String {
        match &self.deputy {
            None => self.title.clone(),
            Some(deputy) => format!("{}（代理 {deputy}）", self.title),
        }
    }

    /// Whether the division is responsible for a row with these division names.
    pub fn answers_for_any(&self, divisions: &[String]) -> bool {
        divisions.iter().any(|name| self.answers_for.contains(name))
    }
}

impl Organisation {
    /// Returns the posts of one person as they are on a day, followed by the posts for which this person is deputy.
    /// Deputation is not transitive: a deputy's deputy does not act for the first post.
    pub fn held(&self, posts: &[Id<Post>], day: Date) -> Vec<HeldPost> {
        let own = posts.iter().filter_map(|id| self.held_post(*id, None, day));
        let meanwhile = self.deputations.values().filter(|known| posts.contains(&known.deputy) && known.stands_on(day));
        let meanwhile = meanwhile.filter(|known| !posts.contains(&known.post));
        let stood_in = meanwhile.filter_map(|known| self.held_post(known.post, Some(known.deputy), day));
        own.chain(stood_in).collect()
    }

    fn held_post(&self, id: Id<Post>, deputy: Option<Id<Post>>, day: Date) -> Option<HeldPost> {
        let post = self.post_on(id, day)?;
        let deputy = match deputy {
            Some(deputy) => Some(self.post_on(deputy, day)?.name),
            None => None,
        };
        Some(HeldPost {
            post: id,
            title: post.name,
            division: post.division_name,
            answers_for: self.names_answered_for(post.division, day),
            duties: post.duties,
            deputy,
        })
    }

    /// Returns all names that a post has had, as written in the journal.
    pub fn names_of_post(&self, id: Id<Post>) -> BTreeSet<String> {
        self.days().into_iter().filter_map(|day| self.post_on(id, day)).map(|post| post.name).collect()
    }

    /// Returns the post that has this name on a day.
    pub fn post_named(&self, name: &str, day: Date) -> Option<Id<Post>> {
        self.posts.keys().copied().find(|id| self.post_on(*id, day).is_some_and(|post| post.name == name))
    }

    /// Returns the deputations that are in effect on a day or start later.
    pub fn deputations_from(&self, day: Date) -> impl Iterator<Item = (Id<Deputation>, &Deputation)> {
        let open = self.deputations.iter().filter(move |(_, known)| known.until.is_none_or(|until| day <= until));
        open.map(|(id, known)| (*id, known))
    }
}
