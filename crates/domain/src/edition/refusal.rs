//! 版の拒否 — why an edition cannot be made.

use renkei_document::edition::EditionName;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;

use crate::phrases::{say, tell};

/// 版の拒否の理由 — a reason why an edition cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditionRefusal {
    /// There is nothing to print for this year.
    NoReport { fiscal_year: FiscalYear },
    /// No row of the report has been shown. An edition is permanent, and this one would be empty.
    NothingShown { fiscal_year: FiscalYear },
    /// A document of another party attributes rows of the report to this party, and this party has not taken them over.
    RowsWait { party: String, rows: usize },
    /// The last edition of the year already has the same content.
    Unchanged { edition: EditionName },
    /// The content changed while the files were being made.
    ContentMoved,
}

impl EditionRefusal {
    pub(crate) fn message_in(self, language: Language) -> String {
        let year = |year: FiscalYear| year.in_language(language);
        match self {
            EditionRefusal::NoReport { fiscal_year } => tell(
                language,
                "{}の報告書はまだありません。先に文書を取り込むか、計画を作ってください。",
                [year(fiscal_year)],
            ),
            EditionRefusal::NothingShown { fiscal_year } => tell(
                language,
                "{}の報告書には、示された取組がまだありません。取組を相手方に示してから、版を作ってください。",
                [year(fiscal_year)],
            ),
            EditionRefusal::RowsWait { party, rows } => tell(
                language,
                "{}の取組{}件を、{}の事務局がまだ引き継いでいません。引き継ぐか引き継がないかが決まってから、版を作ってください。文書を取り込んだ側が、取込みを取り消すこともできます。",
                [party.clone(), rows.to_string(), party],
            ),
            EditionRefusal::Unchanged { edition } => tell(
                language,
                "{}から内容が変わっていません。そのまま「{}」を使ってください。",
                [edition.in_words_in(language), edition.to_string()],
            ),
            EditionRefusal::ContentMoved => {
                say(language, "版のファイルを作っている間に内容が変わりました。もう一度行ってください。").to_owned()
            }
        }
    }
}
