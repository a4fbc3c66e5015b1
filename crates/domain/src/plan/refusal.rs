//! 起案の拒否 — why a draft, a repeat or a suggestion is refused.

use renkei_document::language::Language;

use crate::phrases::say;

/// 起案の拒否の理由 — a reason why a draft, a repeat or a suggestion is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftRefusal {
    NothingToCarryOver,
    /// The section already lists the row.
    StandsThere,
    NotRepeatedThere,
    /// The row belongs to the party itself, which can reword the row and needs no suggestion.
    OwnRow,
    SuggestionWithoutReason,
    DeclinedWithoutReason,
    SuggestionUnknown,
    /// The suggestion is based on a wording that its author does not know.
    BaseUnknown,
    SuggestionAnswered,
    /// The row does not name the clerk's own division; a clerk may write only rows of that division.
    OwnDivisionMissing,
    /// The rows changed after the actor read them, so the command would show wordings that the actor did not read.
    NotAsRead,
    /// The row changed after the owner read the suggestion, so accepting it would record a wording that nobody read.
    NotAsAnswered,
}

impl DraftRefusal {
    pub(crate) fn message_in(self, language: Language) -> &'static str {
        match self {
            DraftRefusal::NothingToCarryOver => {
                say(language, "前年度から引き継ぐ取組は残っていません。引き継いだ取組は、計画のページで直せます。")
            }
            DraftRefusal::StandsThere => {
                say(language, "この取組は、その項目に既にあります。ほかの項目を選んでください。")
            }
            DraftRefusal::NotRepeatedThere => say(language, "その項目に再掲はありません。計画を開き直してください。"),
            DraftRefusal::OwnRow => say(language, "自分の当事者の取組です。提案ではなく、直接直してください。"),
            DraftRefusal::SuggestionWithoutReason => {
                say(language, "提案の理由がありません。なぜ直すとよいかを一言入れてください。")
            }
            DraftRefusal::DeclinedWithoutReason => {
                say(language, "採用しない理由がありません。相手方に伝わるよう一言入れてください。")
            }
            DraftRefusal::SuggestionUnknown => say(
                language,
                "提案が見つかりません。取組が取り下げられたかもしれません。取組のページを開き直してください。",
            ),
            DraftRefusal::BaseUnknown => {
                say(language, "提案のもとにした文言がありません。取組のページを開き直して、もう一度提案してください。")
            }
            DraftRefusal::OwnDivisionMissing => {
                say(language, "担当課に自分の課がありません。自分の課を担当課に入れるか、事務局に頼んでください。")
            }
            DraftRefusal::NotAsRead => say(
                language,
                "画面を開いたあとに、示す取組の文言が変わりました。計画のページを開き直して確かめ、もう一度押してください。",
            ),
            DraftRefusal::NotAsAnswered => say(
                language,
                "画面を開いたあとに、この取組の文言が変わりました。取組のページを開き直して確かめ、もう一度採用してください。",
            ),
            DraftRefusal::SuggestionAnswered => {
                say(language, "この提案には既に回答があります。取組のページを開き直して確かめてください。")
            }
        }
    }
}
