//! 出来事 — the facts of the journal, in the past tense. Written once, never changed.
//!
//! An event is stored by its type name and version with a JSON body. [`Authored::decode`] lifts old versions to the newest;
//! `tests/golden/` holds one file for every version ever released.

use jiff::civil::Date;
use renkei_document::document::{Document, PlanKind};
use renkei_document::edition::Erratum;
use renkei_document::figure::{FigureKind, Indicator, Measured, Stated};
use renkei_document::finding::Finding;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::house_style::HouseStyle;
use renkei_document::id::{self, Id};
use renkei_document::party::PartyKind;
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::agreement::Agreement;
use crate::chain::{ChainKey, DossierKey};
use crate::edition::{Edition, EditionFile};
use crate::evidence::Evidence;
use crate::indicator::{IndicatorDefinition, Target};
use crate::organisation::{Deputation, OrganisationChange};
use crate::plan::{Chapter, Wording};
use crate::shared_fact::FactMember;
use crate::suggestion::Suggestion;

/// 出来事 — what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// 当事者が登録された.
    PartyRegistered { name: String, short_name: Option<String>, kind: PartyKind },
    /// 協定が締結された.
    AgreementConcluded { agreement: Box<Agreement> },
    /// 文書が資料として取り込まれた: one event however many rows it shows.
    DocumentImported {
        evidence: Id<Evidence>,
        file_name: String,
        digest: String,
        document: Box<Document>,
        findings: Vec<Finding>,
    },
    /// 文書が既にある年度に統合された: its tables take the place of those with the same ids; rows in `same` stay as they are.
    DocumentMerged {
        evidence: Id<Evidence>,
        file_name: String,
        digest: String,
        document: Box<Document>,
        findings: Vec<Finding>,
        same: Vec<Id<id::Initiative>>,
    },
    /// 取込みが取り消された, as a whole.
    ImportUndone { evidence: Id<Evidence>, reason: String },
    /// 行が引き継がれた: rows of an evidence became the party's own.
    RowsTakenOver { evidence: Id<Evidence>, rows: Vec<Id<id::Initiative>> },
    /// 指標が定義された.
    IndicatorsDefined { indicators: Vec<(Id<Indicator>, Indicator)> },
    /// 実績値が報告された.
    ObservationsReported { observations: Vec<Reported> },
    /// 実績値が取り下げられた: they came with an import that was undone.
    ObservationsWithdrawn { observations: Vec<Id<id::Observation>> },
    /// 実績値が訂正された.
    ObservationCorrected { observation: Id<id::Observation>, stated: Stated, reason: String },
    /// 表記が定められた.
    HouseStyleSet { style: HouseStyle },
    /// 二つの課名が同じ課かどうかが答えられた: `latter` stands from the year `since` on.
    DivisionsIdentified { former: String, latter: String, since: FiscalYear, same: bool },
    /// 組織が改められた: one event for a whole reorganisation.
    OrganisationChanged { changes: Vec<OrganisationChange> },
    /// 代理が定められた.
    DeputyNamed { deputation: Id<Deputation>, named: Deputation },
    /// 代理が終わった: `until` is its last day.
    DeputyEnded { deputation: Id<Deputation>, until: Date },
    /// 代決されたものが後閲された: by the holder of the post in whose place it was done.
    AfterReviewed { decided: Vec<(DossierKey, u64)> },
    /// 計画の作成が始まった.
    PlanOpened { plan: Id<id::Plan>, fiscal_year: FiscalYear, kind: PlanKind, title: String, chapters: Vec<Chapter> },
    /// 取組が起案された.
    InitiativeDrafted {
        initiative: Id<id::Initiative>,
        plan: Id<id::Plan>,
        section: Id<id::Section>,
        after: Option<Id<id::Initiative>>,
        wording: Wording,
    },
    /// 取組の文言が改められた.
    InitiativeReworded { initiative: Id<id::Initiative>, wording: Wording },
    /// 取組が移された: behind `after` in `section`, first where `after` is none.
    InitiativeMoved { initiative: Id<id::Initiative>, section: Id<id::Section>, after: Option<Id<id::Initiative>> },
    /// 取組が取り下げられた.
    InitiativeWithdrawn { initiative: Id<id::Initiative> },
    /// 取組が相手方に示された, each with its place and its wording by value.
    InitiativesShared {
        /// Version 1 named the rows and carried nothing of them. Nobody records it any more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        initiatives: Vec<Id<id::Initiative>>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rows: Vec<SharedRow>,
    },
    /// 前年度の取組が引き継がれた: rows of the party as private drafts of the plan.
    InitiativesCarriedOver { plan: Id<id::Plan>, rows: Vec<CarriedOver> },
    /// 取組が再掲された: it stands in `section` once more, behind `after`.
    InitiativeRepeated { initiative: Id<id::Initiative>, section: Id<id::Section>, after: Option<Id<id::Initiative>> },
    /// 再掲が取りやめられた.
    RepeatRemoved { initiative: Id<id::Initiative>, section: Id<id::Section> },
    /// 修正が提案された, for a row of the other side as it was worded at `base`.
    EditSuggested {
        suggestion: Id<Suggestion>,
        initiative: Id<id::Initiative>,
        base: Hlc,
        wording: Wording,
        reason: String,
    },
    /// 提案が採用された: the row says `wording` from now on.
    SuggestionAccepted { suggestion: Id<Suggestion>, wording: Wording },
    /// 提案が採用されなかった.
    SuggestionDeclined { suggestion: Id<Suggestion>, reason: String },
    /// 提案が取り下げられた.
    SuggestionWithdrawn { suggestion: Id<Suggestion> },
    /// 版が作られた: content, files and 正誤表 are fixed by value.
    EditionFrozen { edition: Id<Edition>, frozen: Box<Frozen> },
    /// 指標の定義が述べられた: it takes the place of the one before.
    IndicatorDescribed { indicator: Id<Indicator>, definition: Box<IndicatorDefinition> },
    /// 指標がまとめられた: `same` are other names of `kept`.
    IndicatorsMerged { kept: Id<Indicator>, same: Vec<Id<Indicator>> },
    /// まとめた指標が分けられた.
    IndicatorsParted { indicators: Vec<Id<Indicator>> },
    /// 目標値が定められた.
    TargetSet { indicator: Id<Indicator>, target: Target },
    /// 共通実績が申し立てられた: agreed when each party with a part in it has said the same.
    SharedFactStated { fact: Id<id::SharedFact>, name: String, members: Vec<FactMember> },
    /// 共通実績が取り下げられた.
    SharedFactWithdrawn { fact: Id<id::SharedFact> },
    /// 共通実績の違いが説明された: it holds while the reports say these values.
    SharedFactExplained { fact: Id<id::SharedFact>, reason: String, values: Vec<(Id<id::Observation>, Stated)> },
}

/// 凍結された内容 — what an edition is made of. Who froze it, and when, stands in the event's own envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    pub fiscal_year: FiscalYear,
    pub number: u32,
    pub document: Document,
    pub digest: String,
    pub files: Vec<EditionFile>,
    pub errata: Vec<Erratum>,
    pub heads: Vec<(ChainKey, u64)>,
    pub open_errors: u32,
}

/// 引き継がれた行 — a draft that was made from a row of the year before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedOver {
    pub initiative: Id<id::Initiative>,
    pub section: Id<id::Section>,
    pub follows: Id<id::Initiative>,
    pub wording: Wording,
}

/// 示された行 — a row as it was shown. It names only rows that both sides see, so whoever knows nothing of its draft folds the
/// same row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedRow {
    pub initiative: Id<id::Initiative>,
    pub plan: Id<id::Plan>,
    pub home: SharedPlace,
    pub wording: Wording,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Id<id::Initiative>>,
    /// 再掲: where it stands once more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeats: Vec<SharedPlace>,
}

/// 示された場所 — a section, and the nearest row before it there that both sides see by then; none where it is the first. First
/// all rows of an event are put at home, in order, then the repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPlace {
    pub section: Id<id::Section>,
    pub after: Option<Id<id::Initiative>>,
}

/// 報告された実績値 — an observation as first reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    pub observation: Id<id::Observation>,
    pub indicator: Id<Indicator>,
    pub kind: FigureKind,
    pub measured: Measured,
    pub stated: Stated,
}

/// 読めない出来事 — an event that this release does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndecodableEvent {
    /// Of a type or version newer than this release.
    Unknown { name: String, version: u32 },
    /// Its body is not what its type says.
    Malformed { name: String, version: u32, fault: String },
}

impl std::fmt::Display for UndecodableEvent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            UndecodableEvent::Unknown { name, version } => {
                write!(
                    f,
                    "この版の renkei が知らない記録（{name} 第{version}版）です。新しい版の renkei で開いてください。"
                )
            }
            UndecodableEvent::Malformed { name, version, fault } => {
                write!(
                    f,
                    "記録（{name} 第{version}版）の内容が壊れています：{fault}。`renkei journal verify` で確かめてください。"
                )
            }
        }
    }
}

impl std::error::Error for UndecodableEvent {}

impl Event {
    /// The type name under which the event is stored.
    pub fn name(&self) -> &'static str {
        match self {
            Event::PartyRegistered { .. } => "PartyRegistered",
            Event::AgreementConcluded { .. } => "AgreementConcluded",
            Event::DocumentImported { .. } => "DocumentImported",
            Event::DocumentMerged { .. } => "DocumentMerged",
            Event::ImportUndone { .. } => "ImportUndone",
            Event::RowsTakenOver { .. } => "RowsTakenOver",
            Event::IndicatorsDefined { .. } => "IndicatorsDefined",
            Event::ObservationsReported { .. } => "ObservationsReported",
            Event::ObservationsWithdrawn { .. } => "ObservationsWithdrawn",
            Event::ObservationCorrected { .. } => "ObservationCorrected",
            Event::HouseStyleSet { .. } => "HouseStyleSet",
            Event::DivisionsIdentified { .. } => "DivisionsIdentified",
            Event::OrganisationChanged { .. } => "OrganisationChanged",
            Event::DeputyNamed { .. } => "DeputyNamed",
            Event::DeputyEnded { .. } => "DeputyEnded",
            Event::AfterReviewed { .. } => "AfterReviewed",
            Event::PlanOpened { .. } => "PlanOpened",
            Event::InitiativeDrafted { .. } => "InitiativeDrafted",
            Event::InitiativeReworded { .. } => "InitiativeReworded",
            Event::InitiativeMoved { .. } => "InitiativeMoved",
            Event::InitiativeWithdrawn { .. } => "InitiativeWithdrawn",
            Event::InitiativesShared { .. } => "InitiativesShared",
            Event::InitiativesCarriedOver { .. } => "InitiativesCarriedOver",
            Event::InitiativeRepeated { .. } => "InitiativeRepeated",
            Event::RepeatRemoved { .. } => "RepeatRemoved",
            Event::EditSuggested { .. } => "EditSuggested",
            Event::SuggestionAccepted { .. } => "SuggestionAccepted",
            Event::SuggestionDeclined { .. } => "SuggestionDeclined",
            Event::SuggestionWithdrawn { .. } => "SuggestionWithdrawn",
            Event::EditionFrozen { .. } => "EditionFrozen",
            Event::IndicatorDescribed { .. } => "IndicatorDescribed",
            Event::IndicatorsMerged { .. } => "IndicatorsMerged",
            Event::IndicatorsParted { .. } => "IndicatorsParted",
            Event::TargetSet { .. } => "TargetSet",
            Event::SharedFactStated { .. } => "SharedFactStated",
            Event::SharedFactWithdrawn { .. } => "SharedFactWithdrawn",
            Event::SharedFactExplained { .. } => "SharedFactExplained",
        }
    }

    /// The version of the type's body that is recorded now.
    pub fn version(&self) -> u32 {
        newest_version(self.name())
    }

    /// What happened, in the words of the journal's page.
    pub fn title(&self) -> &'static str {
        match self {
            Event::PartyRegistered { .. } => "当事者の登録",
            Event::AgreementConcluded { .. } => "協定の締結",
            Event::DocumentImported { .. } => "文書の取込み",
            Event::DocumentMerged { .. } => "文書の統合",
            Event::ImportUndone { .. } => "取込みの取消し",
            Event::RowsTakenOver { .. } => "取組の引継ぎ",
            Event::IndicatorsDefined { .. } => "指標の定義",
            Event::ObservationsReported { .. } => "実績値の報告",
            Event::ObservationsWithdrawn { .. } => "実績値の取下げ",
            Event::ObservationCorrected { .. } => "実績値の訂正",
            Event::HouseStyleSet { .. } => "表記の設定",
            Event::DivisionsIdentified { .. } => "組織の改称の確認",
            Event::OrganisationChanged { .. } => "組織の変更",
            Event::DeputyNamed { .. } => "代理の指定",
            Event::DeputyEnded { .. } => "代理の終了",
            Event::AfterReviewed { .. } => "後閲",
            Event::PlanOpened { .. } => "計画の作成開始",
            Event::InitiativeDrafted { .. } => "取組の起案",
            Event::InitiativeReworded { .. } => "取組の文言の変更",
            Event::InitiativeMoved { .. } => "取組の移動",
            Event::InitiativeWithdrawn { .. } => "取組の取下げ",
            Event::InitiativesShared { .. } => "取組の提示",
            Event::InitiativesCarriedOver { .. } => "前年度の取組の引継ぎ",
            Event::InitiativeRepeated { .. } => "取組の再掲",
            Event::RepeatRemoved { .. } => "再掲の取りやめ",
            Event::EditSuggested { .. } => "修正の提案",
            Event::SuggestionAccepted { .. } => "提案の採用",
            Event::SuggestionDeclined { .. } => "提案の不採用",
            Event::SuggestionWithdrawn { .. } => "提案の取下げ",
            Event::EditionFrozen { .. } => "版の作成",
            Event::IndicatorDescribed { .. } => "指標の説明",
            Event::IndicatorsMerged { .. } => "指標の統合",
            Event::IndicatorsParted { .. } => "指標の分離",
            Event::TargetSet { .. } => "目標値の設定",
            Event::SharedFactStated { .. } => "共通実績の申立て",
            Event::SharedFactWithdrawn { .. } => "共通実績の取下げ",
            Event::SharedFactExplained { .. } => "共通実績の違いの説明",
        }
    }
}

/// The newest version of a type's body. Types that are not listed here are at their first.
pub fn newest_version(name: &str) -> u32 {
    match name {
        "InitiativesShared" => 2,
        _ => 1,
    }
}

/// Every type name, for golden files and for what is refused as unknown.
pub const NAMES: &[&str] = &[
    "PartyRegistered",
    "AgreementConcluded",
    "DocumentImported",
    "DocumentMerged",
    "ImportUndone",
    "RowsTakenOver",
    "IndicatorsDefined",
    "ObservationsReported",
    "ObservationsWithdrawn",
    "ObservationCorrected",
    "HouseStyleSet",
    "DivisionsIdentified",
    "OrganisationChanged",
    "DeputyNamed",
    "DeputyEnded",
    "AfterReviewed",
    "PlanOpened",
    "InitiativeDrafted",
    "InitiativeReworded",
    "InitiativeMoved",
    "InitiativeWithdrawn",
    "InitiativesShared",
    "InitiativesCarriedOver",
    "InitiativeRepeated",
    "RepeatRemoved",
    "EditSuggested",
    "SuggestionAccepted",
    "SuggestionDeclined",
    "SuggestionWithdrawn",
    "EditionFrozen",
    "IndicatorDescribed",
    "IndicatorsMerged",
    "IndicatorsParted",
    "TargetSet",
    "SharedFactStated",
    "SharedFactWithdrawn",
    "SharedFactExplained",
];

/// 記名された出来事 — an event and the post that caused it: the body that is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authored {
    pub post: String,
    /// 代決: the post whose holder is away, where somebody stood in for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    pub event: Event,
}

impl Authored {
    /// The bytes to store.
    pub fn encode(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads what was stored under a type name and version. One version later than the newest is of a later release. Of
    /// `InitiativesShared` both versions are read as they are: the first cannot be lifted, for the place and wording that the
    /// second carries are known to the fold alone.
    pub fn decode(name: &str, version: u32, bytes: &[u8]) -> Result<Self, UndecodableEvent> {
        if !NAMES.contains(&name) || !(1..=newest_version(name)).contains(&version) {
            return Err(UndecodableEvent::Unknown { name: name.to_owned(), version });
        }
        let malformed = |fault: String| UndecodableEvent::Malformed { name: name.to_owned(), version, fault };
        let authored: Self = serde_json::from_slice(bytes).map_err(|fault| malformed(fault.to_string()))?;
        if authored.event.name() == name {
            Ok(authored)
        } else {
            Err(malformed(format!("中身は {} です", authored.event.name())))
        }
    }
}
