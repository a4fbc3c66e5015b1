//! 拒否 — why a command was not carried out. Each reason's sentence, with the next step, stands here and nowhere else.

mod indicator;
mod organisation;

use crate::document::PlanKind;
use crate::edition::EditionName;
use crate::fiscal_year::FiscalYear;
use crate::language::Language;

pub use indicator::IndicatorRefusal;
pub use organisation::OrganisationRefusal;

/// 拒否の理由 — one reason; a refusal carries all that apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The actor's party is not the one the command speaks for.
    NotYourParty,
    AgreementUnknown,
    /// An agreement needs two parties or more.
    TooFewParties {
        named: usize,
    },
    AgreementExists {
        title: String,
    },
    PartyUnknown {
        name: String,
    },
    /// The same file was imported before.
    AlreadyImported {
        file_name: String,
    },
    /// Another document has shown the plan of this year.
    PlanExists {
        fiscal_year: FiscalYear,
        kind: PlanKind,
    },
    /// A draft of this year is being written: a document cannot take its place.
    PlanIsDraft {
        fiscal_year: FiscalYear,
    },
    /// The import was undone before.
    AlreadyUndone {
        file_name: String,
    },
    /// Another document was merged into a plan of this one since.
    MergedSince {
        file_name: String,
    },
    /// Figures that came with the import were corrected since.
    CorrectedSince {
        figures: Vec<String>,
    },
    EvidenceUnknown,
    NothingToTakeOver,
    PlanUnknown,
    /// An adopted or recorded plan's wording stands.
    PlanNotDraft {
        fiscal_year: FiscalYear,
    },
    SectionUnknown,
    InitiativeUnknown,
    /// A row without any words.
    WordingEmpty,
    /// No division answers for the row.
    DivisionMissing,
    /// The row it is to stand behind is in another section or is itself.
    NeighbourElsewhere,
    AlreadyShared,
    ObservationUnknown,
    ReasonMissing,
    LabelMissing,
    /// A division without a name, or one name twice.
    DivisionNamesUnclear,
    /// The correction says what already stands.
    NothingChanged,
    /// An edition cannot be made.
    Edition(EditionRefusal),
    /// Divisions, posts and deputies stay as they are.
    Organisation(OrganisationRefusal),
    /// Something about an indicator or a shared fact.
    Indicator(IndicatorRefusal),
}

impl Refusal {
    /// What happened and what to do next.
    pub fn message(&self) -> String {
        match self {
            Refusal::NotYourParty => {
                "相手方の当事者に代わって行うことはできません。自分の当事者の取組を選んでください。".into()
            }
            Refusal::AgreementUnknown => {
                "協定が見つかりません。先に協定を締結するか、協定書を取り込んでください。".into()
            }
            Refusal::TooFewParties { named } => {
                format!(
                    "協定には当事者が二者以上必要ですが、{named}者しか読み取れませんでした。当事者の名称を書き加えてください。"
                )
            }
            Refusal::AgreementExists { title } => {
                format!("「{title}」は既にあります。変更は協議（第6条）として記録してください。")
            }
            Refusal::PartyUnknown { name } => {
                format!("「{name}」はこの協定の当事者ではありません。名称を確かめてください。")
            }
            Refusal::AlreadyImported { file_name } => {
                format!("同じ文書が「{file_name}」として既に取り込まれています。取り込み直す必要はありません。")
            }
            Refusal::PlanExists { fiscal_year, kind } => format!(
                "{fiscal_year}の{}は既にあります。違いを確かめて統合するには、ブラウザの「取込み」からこの文書を開くか、`renkei import --merge` を使ってください。",
                plan_kind(*kind)
            ),
            Refusal::PlanIsDraft { fiscal_year } => format!(
                "{fiscal_year}の計画は作成中のため、文書で置き換えられません。作成中の計画を取り下げてから取り込んでください。"
            ),
            Refusal::AlreadyUndone { file_name } => {
                format!("「{file_name}」の取込みは、既に取り消されています。")
            }
            Refusal::MergedSince { file_name } => format!(
                "この取込みの後に「{file_name}」が統合されています。先に「{file_name}」の取込みを取り消してください。"
            ),
            Refusal::CorrectedSince { figures } => format!(
                "取込みの後に訂正された数値があります（{}）。訂正を元に戻すか、取込みを残したまま訂正してください。",
                figures.join("、")
            ),
            Refusal::EvidenceUnknown => "資料が見つかりません。先に文書を取り込んでください。".into(),
            Refusal::NothingToTakeOver => "この資料に、引き継ぐ行は残っていません。".into(),
            Refusal::PlanUnknown => "計画が見つかりません。計画の一覧から選び直してください。".into(),
            Refusal::PlanNotDraft { fiscal_year } => wording_stands(*fiscal_year),
            Refusal::SectionUnknown => "項目が見つかりません。計画を開き直してください。".into(),
            Refusal::InitiativeUnknown => "取組が見つかりません。取り下げられたか、まだ示されていません。".into(),
            Refusal::WordingEmpty => "取組内容が空です。文を入れてください。".into(),
            Refusal::DivisionMissing => "担当課がありません。一つ以上選んでください。".into(),
            Refusal::NeighbourElsewhere => "並べる先の行が、その項目にありません。計画を開き直してください。".into(),
            Refusal::AlreadyShared => "既に相手方に示されています。".into(),
            Refusal::ObservationUnknown => OBSERVATION_UNKNOWN.into(),
            Refusal::ReasonMissing => "訂正の理由がありません。なぜ変わったかを一言入れてください。".into(),
            Refusal::LabelMissing => "指標の名前がありません。何を数えたかを入れてください。".into(),
            Refusal::DivisionNamesUnclear => {
                "旧い課名と新しい課名が要り、二つは異なる必要があります。一覧から選び直してください。".into()
            }
            Refusal::NothingChanged => "今の値と同じです。変更はありません。".into(),
            Refusal::Edition(reason) => reason.message(),
            Refusal::Organisation(reason) => reason.message(),
            Refusal::Indicator(reason) => reason.message_in(Language::Japanese),
        }
    }
}

/// 版の拒否の理由 — why no edition is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditionRefusal {
    /// There is nothing to print for this year.
    NoReport { fiscal_year: FiscalYear },
    /// The last edition of the year already says all of it.
    Unchanged { edition: EditionName },
    /// Somebody changed the content while the files were being made.
    ContentMoved,
}

impl EditionRefusal {
    fn message(self) -> String {
        match self {
            EditionRefusal::NoReport { fiscal_year } => {
                format!("{fiscal_year}の報告書はまだありません。先に文書を取り込むか、計画を作ってください。")
            }
            EditionRefusal::Unchanged { edition } => {
                format!("{}から内容が変わっていません。そのまま「{edition}」を使ってください。", edition.in_words())
            }
            EditionRefusal::ContentMoved => {
                "版のファイルを作っている間に内容が変わりました。もう一度行ってください。".into()
            }
        }
    }
}

const OBSERVATION_UNKNOWN: &str = "数値が見つかりません。引き継いでいない資料の数値は、先に引き継いでください。";

fn wording_stands(fiscal_year: FiscalYear) -> String {
    format!("{fiscal_year}の計画は決定済みのため、文言を変えられません。実績値の訂正は、その数値から行ってください。")
}

/// What a table of this kind is called.
pub fn plan_kind(kind: PlanKind) -> &'static str {
    match kind {
        PlanKind::Progress => "事業進捗状況",
        PlanKind::Result => "事業実施報告",
        PlanKind::Plan => "事業計画",
    }
}
