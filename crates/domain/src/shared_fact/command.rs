//! 共通実績の申出 — what a party wants of a shared fact.

use renkei_document::id::{self, Id};

use crate::shared_fact::FactMember;

/// 共通実績についての申出 — what a party wants of a shared fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactDeed {
    /// 申し立てる: a new one where `fact` is none.
    State { fact: Option<Id<id::SharedFact>>, name: String, members: Vec<FactMember> },
    /// 取り下げる.
    Withdraw { fact: Id<id::SharedFact> },
    /// 違いを説明する.
    Explain { fact: Id<id::SharedFact>, reason: String },
}
