//! The reasons why a list of divisions and posts, or a list of officers, is not recorded.

use renkei_document::language::Language;
use renkei_domain::phrases::say;

/// 組織一覧の失敗 — why a list is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFault {
    /// No row contains the names of the columns.
    NoColumns,
    /// A list of officers has no columns for names and login names.
    NoOfficers,
    /// Some lines of the list are unclear.
    Unclear,
    /// A list of officers would change nothing.
    Unchanged,
}

impl ListFault {
    /// Returns the fault of the list, and what to do next.
    pub fn message_in(&self, language: Language) -> String {
        let said = match self {
            ListFault::NoColumns => say(
                language,
                "課名の列が見つかりません。「課名」「上位組織」「職名」「職務」などの見出しを付けて、もう一度入れてください。",
            ),
            ListFault::NoOfficers => say(
                language,
                "氏名と利用者IDの列が見つかりません。「課名」「職名」「氏名」「利用者ID」の見出しを付けて、もう一度入れてください。",
            ),
            ListFault::Unclear => say(
                language,
                "わからない行があるため、記録していません。試しの結果を見て一覧を直し、もう一度入れてください。",
            ),
            ListFault::Unchanged => say(
                language,
                "今の記録と同じため、何も変えていません。招待の番号を印刷していないときは、「利用者」のページの「まだ使っていない人の招待をまとめて作り直し、印刷する」で作り直してください。",
            ),
        };
        said.to_owned()
    }
}
