//! 行為者 — the actor of a command: posts and not a person. Finds the post in whose name the actor does something.

use std::sync::Arc;

use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::authority::need::{Need, Scope};
use crate::authority::refusal::AuthorityRefusal;
use crate::authority::right::{Right, Role, may};
use crate::organisation::HeldPost;
use crate::organisation::duty::Duty;
use crate::plan::refusal::DraftRefusal;
use crate::refusal::Refusal;

/// 行為者 — the actor of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The operator of a node that serves all parties: acts for each of them and sees all their private data.
    Operator { post: String },
    /// An officer of one party, with the posts that they hold today and those for which they are deputy today.
    Officer { party: Id<id::Party>, posts: Arc<[HeldPost]> },
}

/// 行為の名義 — the post in whose name something is done, as the journal records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// しごと課 課長. For a deputy also the deputy's own post: しごと課 課長（代決 雇用課 課長） for a decision, しごと課
    /// 担当（代理入力 雇用課 担当） for an entry.
    pub post: String,
    /// 代決: the post whose holder is absent, if its deputy made a decision.
    pub on_behalf_of: Option<String>,
}

impl Actor {
    /// Whether the actor may create events in a party's name.
    pub fn acts_for(&self, party: Id<id::Party>) -> bool {
        match self {
            Actor::Operator { .. } => true,
            Actor::Officer { party: own, .. } => *own == party,
        }
    }

    /// Returns the party of an agreement in whose name the actor speaks: an officer's own party; for the operator, the
    /// first party. `None` if the officer's party is not a party of the agreement.
    pub fn speaks_for(&self, agreement: &Agreement) -> Option<Id<id::Party>> {
        agreement.parties.iter().map(|party| party.id).find(|id| self.acts_for(*id))
    }

    /// Whether some post of the actor meets a need.
    pub fn may(&self, need: &Need<'_>) -> bool {
        self.acts_for(need.party)
            && match self {
                Actor::Operator { .. } => true,
                Actor::Officer { posts, .. } => posts.iter().any(|post| meets(post, need)),
            }
    }

    /// Returns the post in whose name the actor does something that needs all of this, or every reason why no post may.
    ///
    /// An own post comes before a post for which the actor is deputy, and a post of the row's division before the
    /// secretariat.
    pub fn acting(&self, needs: &[Need<'_>]) -> Result<Acting, Vec<Refusal>> {
        let posts = match self {
            Actor::Operator { post } => return Ok(Acting { post: post.clone(), on_behalf_of: None }),
            Actor::Officer { posts, .. } => posts,
        };
        let mut refusals: Vec<Refusal> = Vec::new();
        for need in needs.iter().filter(|need| !self.may(need)) {
            let reason = if self.acts_for(need.party) { refusal(posts, need) } else { Refusal::NotYourParty };
            if !refusals.contains(&reason) {
                refusals.push(reason);
            }
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let fitting = posts.iter().filter(|post| needs.iter().all(|need| meets(post, need)));
        // `min_by_key` returns the first of several posts with the same key.
        let post = fitting.min_by_key(|post| (post.deputy.is_some(), post.duties.contains(&Duty::Secretariat)));
        let decides = needs.iter().any(|need| need.right.is_decision());
        match post {
            Some(post) => Ok(in_the_name_of(post, decides)),
            None => Err(vec![Refusal::Authority(AuthorityRefusal::NoSinglePost)]),
        }
    }
}

/// Returns the name under which the journal records the deed of a post.
fn in_the_name_of(post: &HeldPost, decides: bool) -> Acting {
    let title = post.title.clone();
    match &post.deputy {
        None => Acting { post: title, on_behalf_of: None },
        Some(deputy) if decides => Acting { post: format!("{title}（代決 {deputy}）"), on_behalf_of: Some(title) },
        Some(deputy) => Acting { post: format!("{title}（代理入力 {deputy}）"), on_behalf_of: None },
    }
}

/// Whether one post meets a need.
fn meets(post: &HeldPost, need: &Need<'_>) -> bool {
    let has = |duty: &Duty| may(Role::from(*duty), need.right);
    let as_secretariat = post.duties.iter().any(|duty| *duty == Duty::Secretariat && has(duty));
    let is_own = |wanted: &Id<_>| post.deputy.is_none() && post.post == *wanted;
    match &need.of {
        Scope::Party => post.duties.iter().any(has),
        Scope::Divisions(divisions) | Scope::NewDivisions(divisions) => {
            as_secretariat || post.duties.iter().any(has) && post.answers_for_any(divisions)
        }
        Scope::Post(wanted) => as_secretariat || post.duties.iter().any(has) && is_own(wanted),
        Scope::OwnPost(wanted) => post.duties.iter().any(has) && wanted.iter().any(is_own),
    }
}

fn refusal(posts: &[HeldPost], need: &Need<'_>) -> Refusal {
    let has = |right: Right| posts.iter().flat_map(|post| &post.duties).any(|duty| may(Role::from(*duty), right));
    if !has(need.right) {
        return Refusal::Authority(AuthorityRefusal::RightMissing { right: need.right });
    }
    match &need.of {
        Scope::Divisions(divisions) => {
            Refusal::Authority(AuthorityRefusal::OtherDivision { divisions: divisions.to_vec() })
        }
        Scope::NewDivisions(_) => Refusal::Draft(DraftRefusal::OwnDivisionMissing),
        Scope::Post(_) | Scope::OwnPost(_) | Scope::Party => Refusal::Authority(AuthorityRefusal::OtherPost),
    }
}
