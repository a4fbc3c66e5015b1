//! 共通実績 — one real occurrence (for example, one job fair) that several rows or both parties report.

pub mod command;
pub(crate) mod decide;
pub mod event;
mod fold;
pub(crate) mod limits;
pub mod needs;
pub mod view;

use renkei_document::figure::{Indicator, Stated};
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::record::chain::Order;
use crate::record::register::Register;

/// 共通実績 — a shared fact. Its name says what happened; its members are the reports of it. A sum counts a shared fact
/// once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFact {
    pub name: String,
    /// The members in the order of the last statement, each once.
    pub members: Vec<FactMember>,
    /// The last statement of each party.
    pub stated: Register<Id<id::Party>, FactStatement>,
    /// The last explanation of each party.
    pub explanations: Register<Id<id::Party>, Explanation>,
    /// The party that withdrew the fact, and when.
    pub withdrawn: Option<(Id<id::Party>, Hlc)>,
}

/// 共通実績の構成 — one report: all values of a party's indicator, or a single observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FactMember {
    pub party: Id<id::Party>,
    pub of: Reporting,
}

/// 報告の単位 — the part of a party's data that reports the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reporting {
    Indicator(Id<Indicator>),
    Observation(Id<id::Observation>),
}

/// 共通実績の申立て — one party's statement of the fact, with its post and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactStatement {
    pub name: String,
    pub members: Vec<FactMember>,
    pub post: String,
    pub at: Hlc,
}

/// 説明 — the reason why the reports of one fact differ although each is right. It is valid as long as the reports have
/// the same values as when the explanation was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    pub reason: String,
    pub values: Vec<(Id<id::Observation>, Stated)>,
    pub post: String,
    pub at: Hlc,
}

impl SharedFact {
    /// Returns the parties that report the fact, each once.
    pub fn parties(&self) -> Vec<Id<id::Party>> {
        each_once(self.members.iter().map(|member| member.party))
    }

    /// Whether a party's last statement equals the current one.
    pub fn is_stated_by(&self, party: Id<id::Party>) -> bool {
        let same =
            |statement: &FactStatement| statement.name == self.name && are_same(&statement.members, &self.members);
        self.stated.get(&party).is_some_and(same)
    }

    /// Whether every party that reports the fact has stated it. Until then, the fact is only a proposal.
    pub fn is_agreed(&self) -> bool {
        self.withdrawn.is_none() && self.parties().into_iter().all(|party| self.is_stated_by(party))
    }

    /// Applies a party's statement, which replaces the previous one. If the statement changes the fact, the other party
    /// must state it again.
    fn state(known: Option<Self>, order: &Order, post: &str, name: &str, members: &[FactMember]) -> Option<Self> {
        let members = each_once(members.iter().copied());
        if !members.iter().any(|member| member.party == order.party) {
            return known;
        }
        let statement =
            FactStatement { name: name.to_owned(), members: members.clone(), post: post.to_owned(), at: order.time };
        let mut stated = known.as_ref().map(|known| known.stated.clone()).unwrap_or_default();
        stated.insert(order.party, statement);
        let explanations = known.map(|known| known.explanations).unwrap_or_default();
        Some(Self { name: name.to_owned(), members, stated, explanations, withdrawn: None })
    }
}

/// Whether two lists contain the same members, in any order.
pub fn are_same(one: &[FactMember], other: &[FactMember]) -> bool {
    let holds = |one: &[FactMember], other: &[FactMember]| one.iter().all(|member| other.contains(member));
    holds(one, other) && holds(other, one)
}

/// Removes duplicates; only the first occurrence stays.
pub fn each_once<T: Copy + PartialEq>(named: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut known = Vec::new();
    for one in named {
        if !known.contains(&one) {
            known.push(one);
        }
    }
    known
}
