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
    /// 取組が移された: to the place after `after` in `section`; to the first place if `after` is `None`.
    InitiativeMoved { initiative: Id<id::Initiative>, section: Id<id::Section>, after: Option<Id<id::Initiative>> },
    /// 取組が取り下げられた.
    InitiativeWithdrawn { initiative: Id<id::Initiative> },
    /// 取組が相手方に示された, each row with its place and its wording by value.
    InitiativesShared {
        /// Version 1 contained only the ids of the rows. It is no longer recorded.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        initiatives: Vec<Id<id::Initiative>>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        rows: Vec<SharedRow>,
    },
    /// 前年度の取組が引き継がれた: rows of the party as private drafts of the plan.
    InitiativesCarriedOver { plan: Id<id::Plan>, rows: Vec<CarriedOver> },
    /// 取組が再掲された: it is also listed in `section`, after `after`.
    InitiativeRepeated { initiative: Id<id::Initiative>, section: Id<id::Section>, after: Option<Id<id::Initiative>> },
    /// 再掲が取りやめられた.
    RepeatRemoved { initiative: Id<id::Initiative>, section: Id<id::Section> },
    /// 修正が提案された, for a row of the other side, based on the wording of the time `base`.
    EditSuggested {
        suggestion: Id<Suggestion>,
        initiative: Id<id::Initiative>,
        base: Hlc,
        wording: Wording,
        reason: String,
    },
    /// 提案が採用された: the row gets `wording`.
    SuggestionAccepted { suggestion: Id<Suggestion>, wording: Wording },
    /// 提案が採用されなかった.
    SuggestionDeclined { suggestion: Id<Suggestion>, reason: String },
    /// 提案が取り下げられた.
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

/// 示された行 — a row as it was shown. It refers only to rows that both sides see. So a node that does not know the draft
/// folds the same row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedRow {
    pub initiative: Id<id::Initiative>,
    pub plan: Id<id::Plan>,
    pub home: SharedPlace,
    pub wording: Wording,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<Id<id::Initiative>>,
    /// 再掲: the other places where it is listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeats: Vec<SharedPlace>,
}

/// 示された場所 — a section, and the nearest row before this place that both sides see at that point; `None` for the first
/// place. All rows of an event are first put at home, in order, then the repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPlace {
    pub section: Id<id::Section>,
    pub after: Option<Id<id::Initiative>>,
}
