//! 共通実績 — one thing in the world that several rows or both parties report.

pub mod command;
pub(crate) mod decide;
pub mod event;
mod fold;
pub mod view;

use renkei_document::figure::{Indicator, Stated};
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::record::chain::Order;
use crate::record::register::Register;

/// 共通実績 — named by what happened; its members are the reports of it. Counted once in every sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFact {
    pub name: String,
    /// In the order in which they were stated last, each once.
    pub members: Vec<FactMember>,
    /// What each party stated last of its own part.
    pub stated: Register<Id<id::Party>, FactStatement>,
    /// The last of each party.
    pub explanations: Register<Id<id::Party>, Explanation>,
    /// The party that took it back, and when.
    pub withdrawn: Option<(Id<id::Party>, Hlc)>,
}

/// 共通実績の構成 — one report: an indicator of a party at all times, or one observation alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FactMember {
    pub party: Id<id::Party>,
    pub of: Reporting,
}

/// 報告の単位 — what of a party reports the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reporting {
    Indicator(Id<Indicator>),
    Observation(Id<id::Observation>),
}

/// 共通実績の申立て — what one party said the thing is, by which post and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactStatement {
    pub name: String,
    pub members: Vec<FactMember>,
    pub post: String,
    pub at: Hlc,
}

/// 説明 — why the reports of one thing differ and are right as they stand. It holds as long as they say what they said then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    pub reason: String,
    pub values: Vec<(Id<id::Observation>, Stated)>,
    pub post: String,
    pub at: Hlc,
}

impl SharedFact {
    /// The parties that have a part in it, each once.
    pub fn parties(&self) -> Vec<Id<id::Party>> {
        each_once(self.members.iter().map(|member| member.party))
    }

    /// Whether a party has said what now stands.
    pub fn is_stated_by(&self, party: Id<id::Party>) -> bool {
        let same =
            |statement: &FactStatement| statement.name == self.name && are_same(&statement.members, &self.members);
        self.stated.get(&party).is_some_and(same)
    }

    /// Whether every party with a part in it has stated it: before that it is a proposal.
    pub fn is_agreed(&self) -> bool {
        self.withdrawn.is_none() && self.parties().into_iter().all(|party| self.is_stated_by(party))
    }

    /// What a party states takes the place of what stood before; the other's word must then be given again.
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

/// Whether two lists name the same members: the same thing said in another order is the same.
pub fn are_same(one: &[FactMember], other: &[FactMember]) -> bool {
    let holds = |one: &[FactMember], other: &[FactMember]| one.iter().all(|member| other.contains(member));
    holds(one, other) && holds(other, one)
}

/// What is named twice, once: where it stood first.
pub fn each_once<T: Copy + PartialEq>(named: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut known = Vec::new();
    for one in named {
        if !known.contains(&one) {
            known.push(one);
        }
    }
    known
}
