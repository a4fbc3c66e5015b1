//! 協定の出来事 — what happened to an agreement and its parties, in the past tense.

use renkei_document::party::PartyKind;
use serde::{Deserialize, Serialize};

use crate::agreement::Agreement;

/// 協定の出来事 — what happened to an agreement and its parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgreementEvent {
    /// 当事者が登録された: a party was registered.
    PartyRegistered { name: String, short_name: Option<String>, kind: PartyKind },
    /// 協定が締結された: an agreement was concluded.
    AgreementConcluded { agreement: Box<Agreement> },
}

crate::record::declared::declare! {
    AgreementEvent {
        PartyRegistered: 1, "当事者の登録";
        AgreementConcluded: 1, "協定の締結";
    }
}
