//! 共通実績の出来事 — the parties' statements about shared facts, in the past tense.

use renkei_document::figure::Stated;
use renkei_document::id::{self, Id};
use serde::{Deserialize, Serialize};

use crate::shared_fact::FactMember;

/// 共通実績の出来事 — a party's statement about a shared fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedFactEvent {
    /// 共通実績が申し立てられた: a party stated a shared fact. The fact is agreed once each party that reports it has stated the
    /// same.
    SharedFactStated { fact: Id<id::SharedFact>, name: String, members: Vec<FactMember> },
    /// 共通実績が取り下げられた: a shared fact was withdrawn.
    SharedFactWithdrawn { fact: Id<id::SharedFact> },
    /// 共通実績の違いが説明された: a party explained why the reports differ. The explanation is valid while the reports have these
    /// values.
    SharedFactExplained { fact: Id<id::SharedFact>, reason: String, values: Vec<(Id<id::Observation>, Stated)> },
}

crate::record::declared::declare! {
    SharedFactEvent {
        SharedFactStated: 1, "共通実績の申立て";
        SharedFactWithdrawn: 1, "共通実績の取下げ";
        SharedFactExplained: 1, "共通実績の違いの説明";
    }
}
