//! 計画の申出 — the commands about a plan and its rows.

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;

use crate::agreement::Agreement;
use crate::plan::Wording;
use crate::plan::suggestion::Suggestion;

/// 計画の申出 — a command of this slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanCommand {
    /// 計画の作成を始める; the outline is copied from the plan `like`.
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
    /// 前年度の取組を引き継ぐ: all rows of the party in `from` that have no successor in the plan yet.
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
}

/// 修正の提案の申出 — another wording for a row of the other side, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestEdit {
    pub agreement: Id<Agreement>,
    pub by: Id<id::Party>,
    pub initiative: Id<id::Initiative>,
    /// Time of the wording on which the suggestion is based.
    pub base: Hlc,
    pub wording: Wording,
    pub reason: String,
}

/// 提案への回答の申出 — the answer to a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SuggestionAnswer {
    /// By the party that owns the row: the row gets this wording.
    Accept { wording: Box<Wording> },
    /// By the row's owner.
    Decline { reason: String },
    /// By the party that made the suggestion.
    Withdraw,
}
