//! 申出 — the commands, grouped by slice. [`crate::decide`] refuses a command with every reason or returns its events.

use renkei_document::document::AgreementText;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::edition::command::FreezeEdition;
use crate::evidence::command::EvidenceCommand;
use crate::indicator::command::IndicatorCommand;
use crate::organisation::command::OrganisationCommand;
use crate::plan::command::PlanCommand;
use crate::shared_fact::command::FactDeed;

/// 申出 — a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 協定を締結する. Parties of the text whose names are not known yet are registered.
    ConcludeAgreement { text: Box<AgreementText> },
    /// 取込みについて.
    Evidence(EvidenceCommand),
    /// 計画について.
    Plan(PlanCommand),
    /// 組織について.
    Organisation(OrganisationCommand),
    /// 版を作る.
    FreezeEdition(Box<FreezeEdition>),
    /// 指標について.
    Indicator(IndicatorCommand),
    /// 共通実績について.
    SharedFact { agreement: Id<Agreement>, party: Id<id::Party>, deed: FactDeed },
}
