//! 来訪者 — the sender of a request, as this node knows them at this moment.

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
    /// `None` for the local operator and for a stranger.
    pub account: Option<String>,
    /// The person's own name; shown only on their own pages.
    pub name: String,
    pub party: Option<Id<id::Party>>,
    pub posts: Vec<HeldPost>,
    pub roles: Vec<Role>,
    pub language: Language,
    kind: Arc<str>,
}

/// 来訪者の身上 — the data on a person who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub account: String,
    pub name: String,
    pub party: Option<Id<id::Party>>,
    pub posts: Vec<HeldPost>,
    pub is_administrator: bool,
    pub language: Language,
}

/// 現に就いている職 — a post that somebody holds today, or for whose holder they are the deputy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    /// As written in the journal: しごと課 課長; しごと課 課長（代決 しごと課 主幹）.
    pub title: String,
    /// As printed today.
    pub division: String,
    /// All names whose rows the division answers for today: its own past and present names, and those of the divisions
    /// it took over.
    pub answers_for: BTreeSet<String>,
    pub duties: Vec<Duty>,
    /// The post whose holder is away, as written in the journal.
    pub deputy_for: Option<String>,
}

impl HeldPost {
    /// Whether the division answers for a row with one of these names.
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

    /// Returns the same person with another language than that of their account.
    pub fn speaking(self, language: Language) -> Self {
        let Self { party, roles, posts, .. } = &self;
        let kind = format!("{party:?} {roles:?} {posts:?} {language:?}").into();
        Self { language, kind, ..self }
    }

    /// Returns the visitor's kind. Pages that depend only on the journal and the roles are the same for all visitors of
    /// a kind.
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

    /// Returns the owner of the visitor's personal tables. A stranger has none.
    pub(crate) fn account_owner(&self) -> Result<AccountOwner, AppError> {
        match &self.account {
            Some(account) => Ok(AccountOwner::Account(account.clone())),
            None if self.is_local_operator() => Ok(AccountOwner::LocalOperator),
            None => Err(AppError::Forbidden),
        }
    }

    /// Returns the owner of the tables of the visitor's party. A visitor without a party has none.
    pub(crate) fn party_owner(&self) -> Result<PartyOwner, AppError> {
        match self.party {
            _ if self.is_local_operator() => Ok(PartyOwner::LocalOperator),
            Some(party) => Ok(PartyOwner::Party(party)),
            None => Err(AppError::Forbidden),
        }
    }

    /// Returns the viewer that decides what they may see.
    pub fn viewer(&self) -> Viewer {
        let reads_drafts = |role: &Role| access::may(*role, Right::ReadJournal);
        match self.party {
            _ if self.is_local_operator() => access::local_viewer(),
            Some(party) if self.roles.iter().any(reads_drafts) => Viewer::Party(party),
            Some(party) if self.may(Right::Read) => Viewer::Councillor(party),
            _ => Viewer::Public,
        }
    }

    /// Returns the actor in whose name they act with this right, or [`AppError::Forbidden`].
    pub(crate) fn acting(&self, right: Right) -> Result<Actor, AppError> {
        self.actor(right).ok_or(AppError::Forbidden)
    }

    /// Returns the actor in whose name they act with this right; `None` if they do not have it. Their own post comes
    /// before one for which they are deputy.
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

    /// Whether they may change a row of this party with these division names. The secretariat may change any row of its
    /// party; a clerk, those that the own division answers for today, also under last year's name.
    pub fn may_edit(&self, party: Id<id::Party>, divisions: &[String]) -> bool {
        self.answers_for(party, divisions, Duty::Clerk)
    }

    /// Whether they may show a row to the other side. The secretariat may show any row of its party; an approver, those
    /// that the own division answers for today.
    pub fn may_share(&self, party: Id<id::Party>, divisions: &[String]) -> bool {
        self.answers_for(party, divisions, Duty::Approver)
    }

    /// Whether they may say what an indicator counts: they have the right for its party and for the divisions that keep
    /// it.
    pub fn may_define(&self, agreement: AgreementView<'_>, indicator: &IndicatorView<'_>) -> bool {
        let keepers: Vec<String> = indicator.keepers(agreement).into_iter().map(str::to_owned).collect();
        self.may(Right::Define) && self.may_edit(indicator.party, &keepers)
    }

    /// Whether a division answers for a row with these division names. A division of the visitor's own posts counts
    /// under all its names.
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
