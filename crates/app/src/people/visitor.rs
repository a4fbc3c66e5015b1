//! 来訪者 — the sender of a request, with the rights that they have at this moment.

use std::collections::BTreeSet;
use std::sync::Arc;

use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::indicator::view::IndicatorView;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::record::facts::Actor;
use renkei_domain::view::{AgreementView, Viewer};
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
    pub posts: Vec<HeldPost>,
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

/// 現に就いている職 — a post that a person holds today, or whose holder they represent today as deputy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    /// The title as the journal records it: しごと課 課長; for a deputy, しごと課 課長（代決 しごと課 主幹）.
    pub title: String,
    /// The name of the division as it is printed today.
    pub division: String,
    /// All names by which rows belong to the division today: its present and past names, and those of the divisions
    /// that it took over.
    pub answers_for: BTreeSet<String>,
    pub duties: Vec<Duty>,
    /// The post whose holder is absent, as the journal records it.
    pub deputy_for: Option<String>,
}

impl HeldPost {
    /// Whether the division is responsible for a row with these division names.
    pub fn answers_for_any(&self, divisions: &[String]) -> bool {
        divisions.iter().any(|name| self.answers_for.contains(name))
    }
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
        let (account, party, name, posts) = (None, None, String::new(), Vec::new());
        Self { account, name, party, posts, roles: vec![role], language, kind }
    }

    /// Creates a visitor who has signed in, with the roles that follow from their posts.
    pub fn known(known: Known) -> Self {
        let Known { account, name, party, posts, is_administrator, language } = known;
        let mut roles: Vec<Role> = posts.iter().flat_map(|post| &post.duties).map(|duty| Role::from(*duty)).collect();
        roles.extend(is_administrator.then_some(Role::Administrator));
        roles.sort_unstable();
        roles.dedup();
        let kind = Arc::default();
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

    /// Returns the actor for what this visitor does by this right; `None` if they do not have it. A post of their own
    /// comes before a post for which they are deputy.
    pub fn actor(&self, right: Right) -> Option<Actor> {
        if self.is_local_operator() {
            return access::may(Role::LocalOperator, right).then(access::local_operator);
        }
        let party = self.party?;
        let carries = |post: &&HeldPost| post.duties.iter().any(|duty| access::may(Role::from(*duty), right));
        let (own, other): (Vec<_>, Vec<_>) = self.posts.iter().partition(|post| post.deputy_for.is_none());
        let post = own.into_iter().find(carries).or_else(|| other.into_iter().find(carries))?;
        Some(Actor::Officer { party, post: post.title.clone(), on_behalf_of: post.deputy_for.clone() })
    }

    /// Whether the visitor may change a row of this party with these division names. The secretariat may change every
    /// row of its party. A clerk may change the rows for which their division is responsible today, also under last
    /// year's name.
    pub fn may_edit(&self, party: Id<id::Party>, divisions: &[String]) -> bool {
        self.answers_for(party, divisions, Duty::Clerk)
    }

    /// Whether the visitor may show a row to the other side. The secretariat may show every row of its party. An
    /// approver may show the rows for which their division is responsible today.
    pub fn may_share(&self, party: Id<id::Party>, divisions: &[String]) -> bool {
        self.answers_for(party, divisions, Duty::Approver)
    }

    /// Whether the visitor may define an indicator: they have the right for its party and for the divisions that are
    /// responsible for it.
    pub fn may_define(&self, agreement: AgreementView<'_>, indicator: &IndicatorView<'_>) -> bool {
        let keepers: Vec<String> = indicator.keepers(agreement).into_iter().map(str::to_owned).collect();
        self.may(Right::Define) && self.may_edit(indicator.party, &keepers)
    }

    /// Whether a row with these division names belongs to `division`. If that is a division of the visitor's own posts,
    /// each of its present and past names counts.
    pub fn is_of_division(&self, names: &[String], division: &str) -> bool {
        let own = |post: &HeldPost| post.division == division && post.answers_for_any(names);
        names.iter().any(|name| name == division) || self.posts.iter().any(own)
    }

    fn answers_for(&self, party: Id<id::Party>, divisions: &[String], duty: Duty) -> bool {
        if self.is_local_operator() {
            return true;
        }
        let answers = |post: &HeldPost| {
            post.duties.contains(&Duty::Secretariat) || post.duties.contains(&duty) && post.answers_for_any(divisions)
        };
        self.party == Some(party) && self.posts.iter().any(answers)
    }
}
