//! 取込みの拒否 — why a document is not recorded, or an import not taken back.

use renkei_document::figure_words::comma;
use renkei_document::language::Language;

use crate::phrases::tell;

/// 取込みの拒否の理由 — one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceRefusal {
    /// The officers of the party have recorded as many documents as they may in a day.
    ManyImports { most: usize },
    /// The import was undone before.
    AlreadyUndone { file_name: String },
    /// Another document was merged into a plan of this one since.
    MergedSince { file_name: String },
    /// Other parties have made rows of the import their own since.
    TakenOverByOthers { parties: Vec<String> },
    /// Figures that came with the import were corrected since.
    CorrectedSince { figures: Vec<String> },
}

impl EvidenceRefusal {
    /// What happened and what to do next.
    pub(crate) fn message_in(&self, language: Language) -> String {
        match self {
            EvidenceRefusal::ManyImports { most } => tell(
                language,
                "取り込める文書は、一つの当事者で24時間に{}件までです。時間をおいてもう一度行うか、急ぐときは運用担当者に取込みを依頼してください。",
                [most.to_string()],
            ),
            EvidenceRefusal::AlreadyUndone { file_name } => {
                tell(language, "「{}」の取込みは、既に取り消されています。", [file_name])
            }
            EvidenceRefusal::MergedSince { file_name } => tell(
                language,
                "この取込みの後に「{}」が統合されています。先に「{}」の取込みを取り消してください。",
                [file_name, file_name],
            ),
            EvidenceRefusal::TakenOverByOthers { parties } => tell(
                language,
                "{}が引き継いだ取組があるため、こちらだけでは取り消せません。引き継いだ当事者の事務局に知らせ、誤りのある数値はそれぞれ訂正してください。",
                [parties.join(comma(language))],
            ),
            EvidenceRefusal::CorrectedSince { figures } => tell(
                language,
                "取込みの後に訂正された数値があります（{}）。訂正を元に戻すか、取込みを残したまま訂正してください。",
                [figures.join(comma(language))],
            ),
        }
    }
}
