//! 申出 — what somebody wants done. [`crate::decide`] refuses it with every reason or answers with events.

use std::collections::HashSet;

use jiff::civil::Date;
use renkei_document::document::{AgreementText, Document, PlanKind};
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::finding::Finding;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::house_style::HouseStyle;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;

use crate::agreement::Agreement;
use crate::edition::EditionFile;
use crate::evidence::Evidence;
use crate::indicator::{IndicatorDefinition, Target};
use crate::organisation::{Deputation, OrganisationChange};
use crate::plan::Wording;
use crate::plan::suggestion::Suggestion;
use crate::record::chain::DossierKey;
use crate::shared_fact::FactMember;

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
    TakeOverRows { agreement: Id<Agreement>, party: Id<id::Party>, evidence: Id<Evidence> },
    /// 資料の行を引き継がない: all rows of the party in it that wait.
    DeclineRows(DeclineRows),
    /// 計画の作成を始める; its outline is that of the plan `like`.
    OpenPlan {
        agreement: Id<Agreement>,
        party: Id<id::Party>,
        fiscal_year: FiscalYear,
        kind: PlanKind,
        title: String,
        like: Option<Id<id::Plan>>,
    },
    /// 取組を起案する.
    DraftInitiative {
        agreement: Id<Agreement>,
        party: Id<id::Party>,
        plan: Id<id::Plan>,
        section: Id<id::Section>,
        after: Option<Id<id::Initiative>>,
        wording: Wording,
    },
    /// 取組の文言を改める.
    RewordInitiative { agreement: Id<Agreement>, initiative: Id<id::Initiative>, wording: Wording },
    /// 取組を並べ替える.
    MoveInitiative {
        agreement: Id<Agreement>,
        initiative: Id<id::Initiative>,
        section: Id<id::Section>,
        after: Option<Id<id::Initiative>>,
    },
    /// 前年度の取組を引き継ぐ: all rows of the party in `from` that no row of the plan follows yet.
    CarryOverInitiatives { agreement: Id<Agreement>, party: Id<id::Party>, plan: Id<id::Plan>, from: Id<id::Plan> },
    /// 取組を再掲する.
    RepeatInitiative { agreement: Id<Agreement>, initiative: Id<id::Initiative>, section: Id<id::Section> },
    /// 再掲を取りやめる.
    RemoveRepeat { agreement: Id<Agreement>, initiative: Id<id::Initiative>, section: Id<id::Section> },
    /// 修正を提案する, to the row's owner.
    SuggestEdit(Box<SuggestEdit>),
    /// 提案に答える.
    AnswerSuggestion { agreement: Id<Agreement>, suggestion: Id<Suggestion>, answer: SuggestionAnswer },
    /// 取組を取り下げる.
    WithdrawInitiative { agreement: Id<Agreement>, initiative: Id<id::Initiative> },
    /// 取組を相手方に示す.
    ShareInitiatives { agreement: Id<Agreement>, party: Id<id::Party>, initiatives: Vec<Id<id::Initiative>> },
    /// 実績値を報告する.
    ReportObservation {
        party: Id<id::Party>,
        indicator: Indicator,
        kind: FigureKind,
        measured: Measured,
        stated: Stated,
    },
    /// 実績値を訂正する.
    CorrectObservation { party: Id<id::Party>, observation: Id<id::Observation>, stated: Stated, reason: String },
    /// 版を作る.
    FreezeEdition(Box<FreezeEdition>),
    /// 表記を定める: how the party's rows are printed from now on.
    SetHouseStyle { party: Id<id::Party>, style: HouseStyle },
    /// 二つの課名が同じ課かどうかを答える.
    IdentifyDivisions { party: Id<id::Party>, former: String, latter: String, since: FiscalYear, same: bool },
    /// 組織を改める: all changes of a reorganisation together.
    ChangeOrganisation { party: Id<id::Party>, changes: Vec<OrganisationChange> },
    /// 代理を定める.
    NameDeputy { party: Id<id::Party>, named: Deputation },
    /// 代理を終える: `until` is its last day.
    EndDeputy { party: Id<id::Party>, deputation: Id<Deputation>, until: Date },
    /// 代決されたものを後閲する: each by its dossier and number.
    AfterReview { party: Id<id::Party>, decided: Vec<(DossierKey, u64)> },
    /// 指標について.
    Indicator(IndicatorCommand),
    /// 共通実績について.
    SharedFact { agreement: Id<Agreement>, party: Id<id::Party>, deed: FactDeed },
}

/// 指標についての申出 — what a party wants of its own indicators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndicatorCommand {
    /// 定義を述べる.
    Describe { party: Id<id::Party>, indicator: Id<Indicator>, definition: Box<IndicatorDefinition> },
    /// まとめる: `same` are other names of `kept`.
    Merge { party: Id<id::Party>, kept: Id<Indicator>, same: Vec<Id<Indicator>> },
    /// 分ける.
    Part { party: Id<id::Party>, indicators: Vec<Id<Indicator>> },
    /// 目標値を定める.
    SetTarget { party: Id<id::Party>, indicator: Id<Indicator>, target: Target },
}

/// 共通実績についての申出 — what a party wants of a shared fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactDeed {
    /// 申し立てる: a new one where `fact` is none.
    State { fact: Option<Id<id::SharedFact>>, name: String, members: Vec<FactMember> },
    /// 取り下げる.
    Withdraw { fact: Id<id::SharedFact> },
    /// 違いを説明する.
    Explain { fact: Id<id::SharedFact>, reason: String },
}

/// 修正の提案の申出 — another wording for a row of the other side, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestEdit {
    pub agreement: Id<Agreement>,
    pub by: Id<id::Party>,
    pub initiative: Id<id::Initiative>,
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
    pub by: Id<id::Party>,
    pub file_name: String,
    pub digest: String,
    pub document: Document,
    pub findings: Vec<Finding>,
    /// 統合: tables of years that are there already take their place. Without it they are refused.
    pub merge: Option<Merge>,
}

/// 引き継がない申出 — a party declines what a document shows as its rows, and says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclineRows {
    pub agreement: Id<Agreement>,
    pub party: Id<id::Party>,
    pub evidence: Id<Evidence>,
    pub reason: String,
}

/// 統合の指定 — which rows stay as they are although the document says otherwise or does not have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merge {
    pub kept: HashSet<Id<id::Initiative>>,
    /// How many rows somebody confirmed will go. It is asked where more than half of a table's rows go.
    pub gone: usize,
}

/// 版の申出 — a year's report with the hash and the files that were made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreezeEdition {
    pub agreement: Id<Agreement>,
    pub by: Id<id::Party>,
    pub fiscal_year: FiscalYear,
    /// What the files show: it must still be what is known when the decision is taken.
    pub document: Document,
    pub digest: String,
    pub files: Vec<EditionFile>,
}
