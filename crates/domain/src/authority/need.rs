//! 要する権限 — what a command needs of the post that gives it.

use std::borrow::Cow;

use renkei_document::id::{self, Id};

use crate::authority::right::Right;
use crate::organisation::Post;

/// 要する権限 — a right of one party, and the thing to which it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need<'a> {
    pub party: Id<id::Party>,
    pub right: Right,
    pub of: Scope<'a>,
}

/// 権限の及ぶ範囲 — the thing to which a right applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope<'a> {
    /// 当事者の全体: the whole party; every post with the right suffices.
    Party,
    /// 担当課: an existing row or indicator of these divisions. The post must be of one of them, or be the secretariat's.
    Divisions(Cow<'a, [String]>),
    /// 新たな担当課: the divisions that a row gets. As for an existing row, but the writer can still add their division.
    NewDivisions(Cow<'a, [String]>),
    /// 職: a post that must be the actor's own, unless the secretariat acts.
    Post(Id<Post>),
    /// 本人の職: one of these posts must be the actor's own; nobody else may act.
    OwnPost(Vec<Id<Post>>),
}

impl<'a> Need<'a> {
    pub fn of_party(party: Id<id::Party>, right: Right) -> Self {
        Self { party, right, of: Scope::Party }
    }

    pub fn of_divisions(party: Id<id::Party>, right: Right, divisions: impl Into<Cow<'a, [String]>>) -> Self {
        Self { party, right, of: Scope::Divisions(divisions.into()) }
    }

    pub fn of_new_divisions(party: Id<id::Party>, right: Right, divisions: impl Into<Cow<'a, [String]>>) -> Self {
        Self { party, right, of: Scope::NewDivisions(divisions.into()) }
    }
}
