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
    /// 協定を締結する: concludes an agreement. Registers each party that the text names and that is not registered yet.
    ConcludeAgreement { text: Box<AgreementText> },
    /// 取込みについて: a command about imported documents.
    Evidence(EvidenceCommand),
    /// 計画について: a command about plans and their rows.
    Plan(PlanCommand),
    /// 組織について: a command about divisions, posts and deputies.
    Organisation(OrganisationCommand),
    /// 版を作る: freezes an edition of a year's report.
    FreezeEdition(Box<FreezeEdition>),
    /// 指標について: a command about indicators and their values.
    Indicator(IndicatorCommand),
    /// 共通実績について: a command about a shared fact.
    SharedFact { agreement: Id<Agreement>, party: Id<id::Party>, deed: FactDeed },
}
