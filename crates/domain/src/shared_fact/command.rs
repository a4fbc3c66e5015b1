//! 共通実績の申出 — the commands of a party about a shared fact.

use renkei_document::id::{self, Id};

use crate::shared_fact::FactMember;

/// 共通実績についての申出 — a command of a party about a shared fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactDeed {
    /// 申し立てる: states a fact; creates a new fact if `fact` is `None`.
    State { fact: Option<Id<id::SharedFact>>, name: String, members: Vec<FactMember> },
    /// 取り下げる: withdraws a fact.
    Withdraw { fact: Id<id::SharedFact> },
    /// 違いを説明する: explains why the reports of a fact differ.
    Explain { fact: Id<id::SharedFact>, reason: String },
}
