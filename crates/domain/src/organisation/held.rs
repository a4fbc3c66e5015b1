//! 代決 — who stands in for whom, and which posts somebody holds on a day.

use std::collections::BTreeSet;

use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use super::{Division, Organisation, Post};
use crate::organisation::duty::Duty;
use crate::record::chain::DossierKey;

/// 代理 — the holder of `deputy` decides for the holder of `post` while that one is away (代決).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deputation {
    pub post: Id<Post>,
    pub deputy: Id<Post>,
    pub from: Date,
    /// The last day; none until it is ended.
    pub until: Option<Date>,
    /// 出張, 休暇 and the like.
    pub reason: String,
}

/// 代決されたもの — what a deputy did in the place of a post. It waits until the post's holder has looked at it (後閲).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedMeanwhile {
    /// The dossier and the number in the party's chain of it.
    pub entry: (DossierKey, u64),
    /// In whose place: しごと課 課長.
    pub post: String,
    /// By whom, as it stands in the journal.
    pub by: String,
    pub what: String,
    pub at: Hlc,
    /// By which post, and when.
    pub reviewed: Option<(String, Hlc)>,
}

/// 就いている職 — a post that somebody holds on a day, or stands in for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub post: Id<Post>,
    /// As it stands in the journal: しごと課 課長; しごと課 課長（代決 しごと課 主幹）.
    pub title: String,
    pub division: Id<Division>,
    /// As it is printed.
    pub division_name: String,
    pub duties: Vec<Duty>,
    /// The post whose holder is away: しごと課 課長.
    pub deputy_for: Option<String>,
}

impl Deputation {
    pub fn stands_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl Organisation {
    /// What these posts are on a day, and behind them the posts that their holder stands in for. Who stands in for somebody
    /// who stands in for a third does not stand in for the third.
    pub fn held(&self, posts: &[Id<Post>], day: Date) -> Vec<Held> {
        let own = posts.iter().filter_map(|id| self.held_post(*id, None, day));
        let meanwhile = self.deputations.values().filter(|known| posts.contains(&known.deputy) && known.stands_on(day));
        let meanwhile = meanwhile.filter(|known| !posts.contains(&known.post));
        let stood_in = meanwhile.filter_map(|known| self.held_post(known.post, Some(known.deputy), day));
        own.chain(stood_in).collect()
    }

    fn held_post(&self, id: Id<Post>, deputy: Option<Id<Post>>, day: Date) -> Option<Held> {
        let post = self.post_on(id, day)?;
        let (title, deputy_for) = match deputy {
            None => (post.name, None),
            Some(deputy) => {
                let deputy = self.post_on(deputy, day)?;
                (format!("{}（代決 {}）", post.name, deputy.name), Some(post.name))
            }
        };
        let (division, division_name, duties) = (post.division, post.division_name, post.duties);
        Some(Held { post: id, title, division, division_name, duties, deputy_for })
    }

    /// All names that a post has had, as they stand in the journal.
    pub fn names_of_post(&self, id: Id<Post>) -> BTreeSet<String> {
        self.days().into_iter().filter_map(|day| self.post_on(id, day)).map(|post| post.name).collect()
    }

    /// The post of this name on a day.
    pub fn post_named(&self, name: &str, day: Date) -> Option<Id<Post>> {
        self.posts.keys().copied().find(|id| self.post_on(*id, day).is_some_and(|post| post.name == name))
    }

    /// The deputations of a day and those to come.
    pub fn deputations_from(&self, day: Date) -> impl Iterator<Item = (Id<Deputation>, &Deputation)> {
        let open = self.deputations.iter().filter(move |(_, known)| known.until.is_none_or(|until| day <= until));
        open.map(|(id, known)| (*id, known))
    }
}
