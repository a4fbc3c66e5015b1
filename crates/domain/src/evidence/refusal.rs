//! 取込みの拒否 — why a document is not recorded, or an import is not undone.

use renkei_document::document::PlanKind;
use renkei_document::figure_words::comma;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;

use crate::phrases::{say, tell};

/// 取込みの拒否の理由 — a reason for the refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceRefusal {
    /// The document shows neither the text of an agreement nor a single row.
    NothingRead,
    /// The document's table of this year has no rows, so it cannot replace one that has rows.
    TableWithoutRows { fiscal_year: FiscalYear, kind: PlanKind },
    /// More than half of a table's rows would be removed, and nobody confirmed the number.
    MostRowsGo { rows: usize },
    /// The officers of the party have reached the maximum number of documents recorded in a day.
    ManyImports { most: usize },
    /// The command declines rows of a document without a reason.
    UnexplainedDecline,
    /// The import is already undone.
    AlreadyUndone { file_name: String },
    /// Another document was later merged into a plan of this document.
    MergedSince { file_name: String },
    /// Other parties have since made rows of the import their own.
    TakenOverByOthers { parties: Vec<String> },
    /// Figures of the import have since been corrected.
    CorrectedSince { figures: Vec<String> },
}

impl EvidenceRefusal {
    /// Returns a message: what happened and what to do next.
    pub(crate) fn message_in(&self, language: Language) -> String {
        match self {
            EvidenceRefusal::NothingRead => say(
                language,
                "この文書には、協定の条文（「第1条」など）も取組の行も見つからないため、取り込めません。ファイルの種類と、名前の終わり（拡張子。.docx、.xlsx、.csv、.pdf、.html、.txt など）が合っているかを確かめてください。取組は、「令和8年度 事業計画」のように年度と種類のわかる見出しの下に、担当課と取組内容を並べた表から読み取ります。",
            )
            .to_owned(),
            EvidenceRefusal::TableWithoutRows { fiscal_year, kind } => tell(
                language,
                "この文書の{}の{}には取組の行が一つも見つからないため、既にある表と置き換えられません。取り込まない行を戻すか、文書の表を直してもう一度入れてください。",
                [fiscal_year.in_language(language).as_str(), say(language, kind.name())],
            ),
            EvidenceRefusal::MostRowsGo { rows } => tell(
                language,
                "既にある表の取組の半分より多くがなくなります（合わせて{}件）。違いを確かめてください。統合してよければ、ブラウザの「取込みの確認」で印を付けるか、`renkei import --merge --gone {}` のように、なくなる件数を添えてください。",
                [rows.to_string(), rows.to_string()],
            ),
            EvidenceRefusal::ManyImports { most } => tell(
                language,
                "取り込める文書は、一つの当事者で24時間に{}件までです。時間をおいてもう一度行うか、急ぐときは運用担当者に取込みを依頼してください。",
                [most.to_string()],
            ),
            EvidenceRefusal::UnexplainedDecline => say(language, "引き継がない理由を入れてください。").to_owned(),
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
