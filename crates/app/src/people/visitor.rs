//! 来訪者 — the sender of a request, with the rights that they have at this moment.

use std::sync::Arc;

use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::authority::actor::Actor;
use renkei_domain::authority::need::Need;
use renkei_domain::organisation::HeldPost;
use renkei_domain::view::Viewer;
use renkei_journal::{AccountOwner, PartyOwner};

use crate::node::error::AppError;
use crate::people::access::{self, Right, Role};

/// 来訪者 — a person with all roles that they have today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// The account; `None` for the local operator and for a stranger.
    pub account: Option<String>,
    /// The name of the person; shown only on their own pages.
    pub name: String,
    pub party: Option<Id<id::Party>>,
    pub posts: Arc<[HeldPost]>,
    pub roles: Vec<Role>,
    pub language: Language,
    kind: Arc<str>,
}

/// 来訪者の身上 — the data of a person who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub account: String,
    pub name: String,
    pub party: Option<Id<id::Party>>,
    pub posts: Vec<HeldPost>,
    pub is_administrator: bool,
    pub language: Language,
}

impl Visitor {
    pub fn local_operator(language: Language) -> Self {
        Self::nobody(Role::LocalOperator, language)
    }

    pub fn stranger(language: Language) -> Self {
        Self::nobody(Role::Stranger, language)
    }

    fn nobody(role: Role, language: Language) -> Self {
        let kind = format!("{role:?} {language:?}").into();
        let (account, party, name, posts) = (None, None, String::new(), Arc::default());
        Self { account, name, party, posts, roles: vec![role], language, kind }
    }

    /// Creates a visitor who has signed in, with the roles that follow from their posts.
    pub fn known(known: Known) -> Self {
        let Known { account, name, party, posts, is_administrator, language } = known;
        let mut roles: Vec<Role> = posts.iter().flat_map(|post| &post.duties).map(|duty| Role::from(*duty)).collect();
        roles.extend(is_administrator.then_some(Role::Administrator));
        roles.sort_unstable();
        roles.dedup();
        let (kind, posts) = (Arc::default(), posts.into());
        Self { account: Some(account), name, party, posts, roles, language, kind }.speaking(language)
    }

    /// Returns the same person with another language than the language of the account.
    pub fn speaking(self, language: Language) -> Self {
        let Self { party, roles, posts, .. } = &self;
        let kind = format!("{party:?} {roles:?} {posts:?} {language:?}").into();
        Self { language, kind, ..self }
    }

    /// Returns the kind of the visitor. All visitors of one kind see the same pages, if a page depends only on the
    /// journal and the roles.
    pub fn kind(&self) -> Arc<str> {
        Arc::clone(&self.kind)
    }

    /// Whether the visitor has a right. Everybody who has signed in has a home page and may manage their own account,
    /// even without a post.
    pub fn may(&self, right: Right) -> bool {
        let of_everybody = [Right::Home, Right::Me].contains(&right) && self.account.is_some();
        right == Right::Open || of_everybody || self.has_role_for(right)
    }

    fn has_role_for(&self, right: Right) -> bool {
        self.roles.iter().any(|role| access::may(*role, right))
    }

    pub fn is_local_operator(&self) -> bool {
        self.roles.contains(&Role::LocalOperator)
    }

    /// Returns the account that owns the visitor's personal data; `Err` for a stranger.
    pub(crate) fn account_owner(&self) -> Result<AccountOwner, AppError> {
        match &self.account {
            Some(account) => Ok(AccountOwner::Account(account.clone())),
            None if self.is_local_operator() => Ok(AccountOwner::LocalOperator),
            None => Err(AppError::Forbidden),
        }
    }

    /// Returns the party that owns the data of the visitor's side; `Err` for a visitor without a party.
    pub(crate) fn party_owner(&self) -> Result<PartyOwner, AppError> {
        match self.party {
            _ if self.is_local_operator() => Ok(PartyOwner::LocalOperator),
            Some(party) => Ok(PartyOwner::Party(party)),
            None => Err(AppError::Forbidden),
        }
    }

    /// Returns the viewer that decides what this visitor may see.
    pub fn viewer(&self) -> Viewer {
        let reads_drafts = |role: &Role| access::may(*role, Right::ReadJournal);
        match self.party {
            _ if self.is_local_operator() => access::local_viewer(),
            Some(party) if self.roles.iter().any(reads_drafts) => Viewer::Party(party),
            Some(party) if self.may(Right::Read) => Viewer::Councillor(party),
            _ => Viewer::Public,
        }
    }

    /// Returns the actor for what this visitor does by this right; `Err(AppError::Forbidden)` if they do not have it.
    pub(crate) fn acting(&self, right: Right) -> Result<Actor, AppError> {
        self.actor(right).ok_or(AppError::Forbidden)
    }

    /// Returns the actor with all posts of this visitor; `None` if none of them has the right. The decision chooses the
    /// post that acts.
    pub fn actor(&self, right: Right) -> Option<Actor> {
        self.as_actor().filter(|_| self.has_role_for(right))
    }

    fn as_actor(&self) -> Option<Actor> {
        if self.is_local_operator() {
            return Some(access::local_operator());
        }
        Some(Actor::Officer { party: self.party?, posts: Arc::clone(&self.posts) })
    }

    /// Whether some post of the visitor meets a need. A page asks this before it offers a command; the decision asks the
    /// same.
    pub fn meets(&self, need: &Need<'_>) -> bool {
        self.as_actor().is_some_and(|actor| actor.may(need))
    }

    /// Whether a row with these division names belongs to `division`. If that is a division of the visitor's own posts,
    /// each of its present and past names counts.
    pub fn is_of_division(&self, names: &[String], division: &str) -> bool {
        let own = |post: &HeldPost| post.division == division && post.answers_for_any(names);
        names.iter().any(|name| name == division) || self.posts.iter().any(own)
    }
}
