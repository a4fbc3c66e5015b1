//! 申出 — what somebody wants done, by slice. [`crate::decide`] refuses it with every reason or answers with events.

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
    /// 協定を締結する. The parties of the text are registered where they are not yet known by their names.
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
