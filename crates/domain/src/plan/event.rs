//! 計画の出来事 — the events of plans, their rows and the suggestions for them, in the past tense.

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;
use serde::{Deserialize, Serialize};

use crate::plan::suggestion::Suggestion;
use crate::plan::{Chapter, Wording};

/// 計画の出来事 — an event of plans, their rows and the suggestions for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanEvent {
    /// 計画の作成が始まった: a plan was opened.
    PlanOpened { plan: Id<id::Plan>, fiscal_year: FiscalYear, kind: PlanKind, title: String, chapters: Vec<Chapter> },
    /// 取組が起案された: a row was drafted.
    InitiativeDrafted {
        initiative: Id<id::Initiative>,
        plan: Id<id::Plan>,
        section: Id<id::Section>,
        after: Option<Id<id::Initiative>>,
        wording: Wording,
    },
    /// 取組の文言が改められた: a row was reworded.
    InitiativeReworded { initiative: Id<id::Initiative>, wording: Wording },
    /// 取組が移された: a row was moved to the place after `after` in `section`; to the first place if `after` is `None`.
    InitiativeMoved { initiative: Id<id::Initiative>, section: Id<id::Section>, after: Option<Id<id::Initiative>> },
    /// 取組が取り下げられた: a row was withdrawn.
    InitiativeWithdrawn { initiative: Id<id::Initiative> },
    /// 取組が相手方に示された: rows were shown to the other party. The event contains the place and the wording of each row.
    InitiativesShared {
        /// Version 1 contained only the ids of the rows. It is no longer recorded.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        initiatives: Vec<Id<id::Initiative>>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rows: Vec<SharedRow>,
    },
    /// 前年度の取組が引き継がれた: rows of last year were carried over as private drafts of the party in this plan.
    InitiativesCarriedOver { plan: Id<id::Plan>, rows: Vec<CarriedOver> },
    /// 取組が再掲された: a row is also listed in `section`, after `after`.
    InitiativeRepeated { initiative: Id<id::Initiative>, section: Id<id::Section>, after: Option<Id<id::Initiative>> },
    /// 再掲が取りやめられた: a repeat of a row was removed.
    RepeatRemoved { initiative: Id<id::Initiative>, section: Id<id::Section> },
    /// 修正が提案された: another wording was suggested for a row of the other side. `base` is the time of the wording on which
    /// the suggestion is based.
    EditSuggested {
        suggestion: Id<Suggestion>,
        initiative: Id<id::Initiative>,
        base: Hlc,
        wording: Wording,
        reason: String,
    },
    /// 提案が採用された: a suggestion was accepted; the row gets `wording`.
    SuggestionAccepted { suggestion: Id<Suggestion>, wording: Wording },
    /// 提案が採用されなかった: a suggestion was declined.
    SuggestionDeclined { suggestion: Id<Suggestion>, reason: String },
    /// 提案が取り下げられた: a suggestion was withdrawn.
    SuggestionWithdrawn { suggestion: Id<Suggestion> },
}

crate::record::declared::declare! {
    PlanEvent {
        PlanOpened: 1, "計画の作成開始";
        InitiativeDrafted: 1, "取組の起案";
        InitiativeReworded: 1, "取組の文言の変更";
        InitiativeMoved: 1, "取組の移動";
        InitiativeWithdrawn: 1, "取組の取下げ";
        InitiativesShared: 2, "取組の提示";
        InitiativesCarriedOver: 1, "前年度の取組の引継ぎ";
        InitiativeRepeated: 1, "取組の再掲";
        RepeatRemoved: 1, "再掲の取りやめ";
        EditSuggested: 1, "修正の提案";
        SuggestionAccepted: 1, "提案の採用";
        SuggestionDeclined: 1, "提案の不採用";
        SuggestionWithdrawn: 1, "提案の取下げ";
    }
}

/// 引き継がれた行 — a draft made from a row of the year before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedOver {
    pub initiative: Id<id::Initiative>,
    pub section: Id<id::Section>,
    pub follows: Id<id::Initiative>,
    pub wording: Wording,
}

/// 示された行 — a row as it was shown. It refers only to rows that both sides see, so that a node without the row's draft
/// folds the event to the same row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedRow {
    pub initiative: Id<id::Initiative>,
    pub plan: Id<id::Plan>,
    pub home: SharedPlace,
    pub wording: Wording,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Id<id::Initiative>>,
    /// 再掲: the other places where the row is listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeats: Vec<SharedPlace>,
}

/// 示された場所 — a section, and the nearest row before this place that both sides see when the event is folded; `None` for
/// the first place. The fold first places all rows of an event in their home sections, then their repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPlace {
    pub section: Id<id::Section>,
    pub after: Option<Id<id::Initiative>>,
}
