//! 申出 — what somebody wants done. [`crate::decide`] refuses it with every reason or answers with events.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::agreement::{Agreement, Party};
use crate::chain::DossierKey;
use crate::document::{AgreementText, Document, PlanKind};
use crate::edition::EditionFile;
use crate::evidence::Evidence;
use crate::figure::FigureKind;
use crate::finding::Finding;
use crate::fiscal_year::FiscalYear;
use crate::house_style::HouseStyle;
use crate::id::Id;
use crate::indicator::{IndicatorDefinition, Target};
use crate::observation::{Indicator, Measured, Observation, Stated};
use crate::organisation::{Deputation, OrganisationChange};
use crate::plan::{Initiative, Plan, Section, Wording};
use crate::shared_fact::{FactMember, SharedFact};
use crate::suggestion::Suggestion;
use crate::time::Hlc;

/// 申出 — a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// 協定を締結する. The parties of the text are registered where they are not yet known by their names.
    ConcludeAgreement { text: Box<AgreementText> },
    /// 文書を資料として取り込む.
    ImportDocument(Box<ImportDocument>),
    /// 取込みを全体として取り消す.
    UndoImport { agreement: Id<Agreement>, evidence: Id<Evidence>, reason: String },
    /// 資料の行を引き継ぐ: all rows of the party in it.
    TakeOverRows { agreement: Id<Agreement>, party: Id<Party>, evidence: Id<Evidence> },
    /// 計画の作成を始める; its outline is that of the plan `like`.
    OpenPlan {
        agreement: Id<Agreement>,
        party: Id<Party>,
        fiscal_year: FiscalYear,
        kind: PlanKind,
        title: String,
        like: Option<Id<Plan>>,
    },
    /// 取組を起案する.
    DraftInitiative {
        agreement: Id<Agreement>,
        party: Id<Party>,
        plan: Id<Plan>,
        section: Id<Section>,
        after: Option<Id<Initiative>>,
        wording: Wording,
    },
    /// 取組の文言を改める.
    RewordInitiative { agreement: Id<Agreement>, initiative: Id<Initiative>, wording: Wording },
    /// 取組を並べ替える.
    MoveInitiative {
        agreement: Id<Agreement>,
        initiative: Id<Initiative>,
        section: Id<Section>,
        after: Option<Id<Initiative>>,
    },
    /// 前年度の取組を引き継ぐ: all rows of the party in `from` that no row of the plan follows yet.
    CarryOverInitiatives { agreement: Id<Agreement>, party: Id<Party>, plan: Id<Plan>, from: Id<Plan> },
    /// 取組を再掲する.
    RepeatInitiative { agreement: Id<Agreement>, initiative: Id<Initiative>, section: Id<Section> },
    /// 再掲を取りやめる.
    RemoveRepeat { agreement: Id<Agreement>, initiative: Id<Initiative>, section: Id<Section> },
    /// 修正を提案する, to the row's owner.
    SuggestEdit(Box<SuggestEdit>),
    /// 提案に答える.
    AnswerSuggestion { agreement: Id<Agreement>, suggestion: Id<Suggestion>, answer: SuggestionAnswer },
    /// 取組を取り下げる.
    WithdrawInitiative { agreement: Id<Agreement>, initiative: Id<Initiative> },
    /// 取組を相手方に示す.
    ShareInitiatives { agreement: Id<Agreement>, party: Id<Party>, initiatives: Vec<Id<Initiative>> },
    /// 実績値を報告する.
    ReportObservation { party: Id<Party>, indicator: Indicator, kind: FigureKind, measured: Measured, stated: Stated },
    /// 実績値を訂正する.
    CorrectObservation { party: Id<Party>, observation: Id<Observation>, stated: Stated, reason: String },
    /// 版を作る.
    FreezeEdition(Box<FreezeEdition>),
    /// 表記を定める: how the party's rows are printed from now on.
    SetHouseStyle { party: Id<Party>, style: HouseStyle },
    /// 二つの課名が同じ課かどうかを答える.
    IdentifyDivisions { party: Id<Party>, former: String, latter: String, since: FiscalYear, same: bool },
    /// 組織を改める: all changes of a reorganisation together.
    ChangeOrganisation { party: Id<Party>, changes: Vec<OrganisationChange> },
    /// 代理を定める.
    NameDeputy { party: Id<Party>, named: Deputation },
    /// 代理を終える: `until` is its last day.
    EndDeputy { party: Id<Party>, deputation: Id<Deputation>, until: Date },
    /// 代決されたものを後閲する: each by its dossier and number.
    AfterReview { party: Id<Party>, decided: Vec<(DossierKey, u64)> },
    /// 指標について.
    Indicator(IndicatorCommand),
    /// 共通実績について.
    SharedFact { agreement: Id<Agreement>, party: Id<Party>, deed: FactDeed },
}

/// 指標についての申出 — what a party wants of its own indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndicatorCommand {
    /// 定義を述べる.
    Describe { party: Id<Party>, indicator: Id<Indicator>, definition: Box<IndicatorDefinition> },
    /// まとめる: `same` are other names of `kept`.
    Merge { party: Id<Party>, kept: Id<Indicator>, same: Vec<Id<Indicator>> },
    /// 分ける.
    Part { party: Id<Party>, indicators: Vec<Id<Indicator>> },
    /// 目標値を定める.
    SetTarget { party: Id<Party>, indicator: Id<Indicator>, target: Target },
}

/// 共通実績についての申出 — what a party wants of a shared fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactDeed {
    /// 申し立てる: a new one where `fact` is none.
    State { fact: Option<Id<SharedFact>>, name: String, members: Vec<FactMember> },
    /// 取り下げる.
    Withdraw { fact: Id<SharedFact> },
    /// 違いを説明する.
    Explain { fact: Id<SharedFact>, reason: String },
}

/// 修正の提案の申出 — another wording for a row of the other side, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestEdit {
    pub agreement: Id<Agreement>,
    pub by: Id<Party>,
    pub initiative: Id<Initiative>,
    /// When the wording was made that it starts from.
    pub base: Hlc,
    pub wording: Wording,
    pub reason: String,
}

/// 提案への回答の申出 — what becomes of a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuggestionAnswer {
    /// By the row's owner: the row says this from now on.
    Accept { wording: Box<Wording> },
    /// By the row's owner.
    Decline { reason: String },
    /// By whoever suggested it.
    Withdraw,
}

/// 取込みの申出 — a document as read, and into which agreement it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportDocument {
    pub agreement: Id<Agreement>,
    pub by: Id<Party>,
    pub file_name: String,
    pub digest: String,
    pub document: Document,
    pub findings: Vec<Finding>,
    /// 統合: tables of years that are there already take their place. Without it they are refused.
    pub merge: Option<Merge>,
}

/// 統合の指定 — which rows stay as they are although the document says otherwise or does not have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    pub kept: HashSet<Id<Initiative>>,
}

/// 版の申出 — a year's report with the hash and the files that were made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreezeEdition {
    pub agreement: Id<Agreement>,
    pub by: Id<Party>,
    pub fiscal_year: FiscalYear,
    /// What the files show: it must still be what is known when the decision is taken.
    pub document: Document,
    pub digest: String,
    pub files: Vec<EditionFile>,
}
