//! 共通実績の出来事 — what parties said of shared facts, in the past tense.

use renkei_document::figure::Stated;
use renkei_document::id::{self, Id};
use serde::{Deserialize, Serialize};

use crate::shared_fact::FactMember;

/// 共通実績の出来事 — what parties said of shared facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SharedFactEvent {
    /// 共通実績が申し立てられた: agreed when each party with a part in it has said the same.
    SharedFactStated { fact: Id<id::SharedFact>, name: String, members: Vec<FactMember> },
    /// 共通実績が取り下げられた.
    SharedFactWithdrawn { fact: Id<id::SharedFact> },
    /// 共通実績の違いが説明された: it holds while the reports say these values.
    SharedFactExplained { fact: Id<id::SharedFact>, reason: String, values: Vec<(Id<id::Observation>, Stated)> },
}

crate::event::declare! {
    SharedFact(SharedFactEvent) {
        SharedFactStated: 1, "共通実績の申立て";
        SharedFactWithdrawn: 1, "共通実績の取下げ";
        SharedFactExplained: 1, "共通実績の違いの説明";
    }
}
