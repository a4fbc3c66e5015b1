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
    /// 計画の作成を始める: opens a plan; its outline is copied from the plan `like`.
    OpenPlan {
        agreement: Id<Agreement>,
        party: Id<id::Party>,
        fiscal_year: FiscalYear,
        kind: PlanKind,
        title: String,
        like: Option<Id<id::Plan>>,
    },
    /// 取組を起案する: drafts a row.
    DraftInitiative {
        agreement: Id<Agreement>,
        party: Id<id::Party>,
        plan: Id<id::Plan>,
        section: Id<id::Section>,
        after: Option<Id<id::Initiative>>,
        wording: Wording,
    },
    /// 取組の文言を改める: rewords a row. `base` is the time of the wording that the author began with; changes that others have
    /// made since then are kept. Without it, the wording replaces any other.
    RewordInitiative { agreement: Id<Agreement>, initiative: Id<id::Initiative>, base: Option<Hlc>, wording: Wording },
    /// 取組を並べ替える: moves a row.
    MoveInitiative {
        agreement: Id<Agreement>,
        initiative: Id<id::Initiative>,
        section: Id<id::Section>,
        after: Option<Id<id::Initiative>>,
    },
    /// 前年度の取組を引き継ぐ: carries over all rows of the party in the plan `from` that have no successor in the new plan yet.
    CarryOverInitiatives { agreement: Id<Agreement>, party: Id<id::Party>, plan: Id<id::Plan>, from: Id<id::Plan> },
    /// 取組を再掲する: repeats a row in another section.
    RepeatInitiative { agreement: Id<Agreement>, initiative: Id<id::Initiative>, section: Id<id::Section> },
    /// 再掲を取りやめる: removes a repeat of a row.
    RemoveRepeat { agreement: Id<Agreement>, initiative: Id<id::Initiative>, section: Id<id::Section> },
    /// 修正を提案する: suggests another wording to the owner of a row.
    SuggestEdit(Box<SuggestEdit>),
    /// 提案に答える: answers a suggestion.
    AnswerSuggestion { agreement: Id<Agreement>, suggestion: Id<Suggestion>, answer: SuggestionAnswer },
    /// 取組を取り下げる: withdraws a row.
    WithdrawInitiative { agreement: Id<Agreement>, initiative: Id<id::Initiative> },
    /// 取組を相手方に示す: shows rows to the other party.
    ShareInitiatives { agreement: Id<Agreement>, party: Id<id::Party>, initiatives: Vec<Id<id::Initiative>> },
}

/// 修正の提案の申出 — the command to suggest another wording for a row of the other side, with the reason.
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
    /// The row's owner accepts the suggestion. `read` is the time of the row's wording that the owner compared it with.
    Accept { read: Hlc },
    /// The row's owner declines the suggestion.
    Decline { reason: String },
    /// The party that made the suggestion withdraws it.
    Withdraw,
}
