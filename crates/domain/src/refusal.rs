//! 拒否 — why a command was not carried out. The message of each reason, with the next step, is defined only here.

mod excess;

use renkei_document::document::PlanKind;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::language::Language;

use crate::authority::refusal::AuthorityRefusal;
use crate::edition::refusal::EditionRefusal;
use crate::evidence::refusal::EvidenceRefusal;
use crate::indicator::refusal::IndicatorRefusal;
use crate::organisation::refusal::OrganisationRefusal;
use crate::phrases::{say, tell};
use crate::plan::joining::RowConflict;
use crate::plan::refusal::DraftRefusal;

pub use excess::{Excess, Measure};

/// 拒否の理由 — a reason for a refusal; a refusal contains all reasons that apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The command acts in the name of a party that the actor does not belong to.
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
    /// The plan of this year is already recorded from another document.
    PlanExists {
        fiscal_year: FiscalYear,
        kind: PlanKind,
    },
    /// A draft for this year exists; a document cannot replace it.
    PlanIsDraft {
        fiscal_year: FiscalYear,
    },
    /// The year is so distant that it must be a mistake.
    YearFarOff {
        fiscal_year: FiscalYear,
        first: FiscalYear,
        last: FiscalYear,
    },
    /// The document or text contains no registered agreement of the actor's party.
    NoAgreementOfYours,
    EvidenceUnknown,
    NothingToTakeOver,
    PlanUnknown,
    /// The wording of an adopted or recorded plan cannot be changed.
    PlanNotDraft {
        fiscal_year: FiscalYear,
    },
    SectionUnknown,
    InitiativeUnknown,
    /// The row has no text.
    WordingEmpty,
    /// The row names no responsible division.
    DivisionMissing,
    /// The command places a row after a row of another section, or after itself.
    NeighbourElsewhere,
    AlreadyShared,
    ObservationUnknown,
    ReasonMissing,
    LabelMissing,
    /// A division has no name, or a name occurs twice.
    DivisionNamesUnclear,
    /// The correction is equal to the current value.
    NothingChanged,
    /// No post of the actor may do this.
    Authority(AuthorityRefusal),
    /// Freezing an edition is refused.
    Edition(EditionRefusal),
    /// A change of divisions, posts or deputies is refused.
    Organisation(OrganisationRefusal),
    /// A command about an imported document is refused.
    Evidence(EvidenceRefusal),
    /// A command about an indicator or a shared fact is refused.
    Indicator(IndicatorRefusal),
    /// A change of a draft is refused.
    Draft(DraftRefusal),
    /// Somebody else has changed the same words meanwhile.
    Conflict(Box<RowConflict>),
    /// A text is too long, or a list has too many items.
    TooMuch(Excess),
}

impl Refusal {
    /// Whether the reason is that the actor lacks permission, or may not know of the thing that the command names.
    pub(crate) fn hides_the_thing(&self) -> bool {
        matches!(
            self,
            Refusal::NotYourParty
                | Refusal::AgreementUnknown
                | Refusal::EvidenceUnknown
                | Refusal::PlanUnknown
                | Refusal::SectionUnknown
                | Refusal::InitiativeUnknown
                | Refusal::ObservationUnknown
                | Refusal::Draft(DraftRefusal::SuggestionUnknown)
        )
    }

    /// Whether the reason is that no post of the actor may do this.
    pub fn is_of_authority(&self) -> bool {
        matches!(self, Refusal::Authority(_))
    }

    /// Returns a message: what happened and what to do next.
    pub fn message(&self) -> String {
        self.message_in(Language::Japanese)
    }

    /// Returns the message in a language; names are not translated.
    pub fn message_in(&self, language: Language) -> String {
        match self {
            Refusal::NotYourParty => {
                say(language, "相手方の当事者に代わって行うことはできません。自分の当事者の取組を選んでください。")
                    .to_owned()
            }
            Refusal::AgreementUnknown => {
                say(language, "協定が見つかりません。先に協定を締結するか、協定書を取り込んでください。").to_owned()
            }
            Refusal::NoAgreementOfYours => say(
                language,
                "この文書が示す協定は、自分の組織の協定として登録されていません。文書の当事者の名を確かめるか、新しい協定であれば、運用担当者に取込みを依頼してください。",
            )
            .to_owned(),
            Refusal::EvidenceUnknown => {
                say(language, "資料が見つかりません。先に文書を取り込んでください。").to_owned()
            }
            Refusal::NothingToTakeOver => say(language, "この資料に、引き継ぐ行は残っていません。").to_owned(),
            Refusal::PlanUnknown => {
                say(language, "計画が見つかりません。計画の一覧から選び直してください。").to_owned()
            }
            Refusal::PlanNotDraft { fiscal_year } => wording_stands(language, *fiscal_year),
            Refusal::SectionUnknown => say(language, "項目が見つかりません。計画を開き直してください。").to_owned(),
            Refusal::InitiativeUnknown => {
                say(language, "取組が見つかりません。取り下げられたか、まだ示されていません。").to_owned()
            }
            Refusal::WordingEmpty => say(language, "取組内容が空です。文を入れてください。").to_owned(),
            Refusal::DivisionMissing => say(language, "担当課がありません。一つ以上選んでください。").to_owned(),
            Refusal::NeighbourElsewhere => {
                say(language, "並べる先の行が、その項目にありません。計画を開き直してください。").to_owned()
            }
            Refusal::AlreadyShared => say(language, "既に相手方に示されています。").to_owned(),
            Refusal::ObservationUnknown => {
                say(language, "数値が見つかりません。引き継いでいない資料の数値は、先に引き継いでください。").to_owned()
            }
            Refusal::ReasonMissing => {
                say(language, "理由がありません。なぜそうするのかを一言入れてください。").to_owned()
            }
            Refusal::LabelMissing => say(language, "指標の名前がありません。何を数えたかを入れてください。").to_owned(),
            Refusal::DivisionNamesUnclear => {
                say(language, "旧い課名と新しい課名が要り、二つは異なる必要があります。一覧から選び直してください。")
                    .to_owned()
            }
            Refusal::NothingChanged => say(language, "今の値と同じです。変更はありません。").to_owned(),
            Refusal::Authority(reason) => reason.message_in(language),
            Refusal::Evidence(reason) => reason.message_in(language),
            Refusal::Edition(reason) => reason.clone().message_in(language),
            Refusal::Organisation(reason) => reason.message_in(language),
            Refusal::Indicator(reason) => reason.message_in(language),
            Refusal::Draft(reason) => reason.message_in(language).to_owned(),
            Refusal::Conflict(conflict) => conflict.message_in(language).to_owned(),
            Refusal::TooMuch(excess) => excess.message_in(language),
            Refusal::TooFewParties { .. }
            | Refusal::AgreementExists { .. }
            | Refusal::PartyUnknown { .. }
            | Refusal::AlreadyImported { .. }
            | Refusal::PlanExists { .. }
            | Refusal::PlanIsDraft { .. }
            | Refusal::YearFarOff { .. } => self.naming(language),
        }
    }

    /// Returns the message of a reason that names a document, a figure or a year.
    fn naming(&self, language: Language) -> String {
        let year = |year: &FiscalYear| year.in_language(language);
        match self {
            Refusal::TooFewParties { named } => tell(
                language,
                "協定には当事者が二者以上必要ですが、{}者しか読み取れませんでした。当事者の名称を書き加えてください。",
                [named.to_string()],
            ),
            Refusal::AgreementExists { title } => {
                tell(language, "「{}」は既にあります。変更は協議（第6条）として記録してください。", [title])
            }
            Refusal::PartyUnknown { name } => {
                tell(language, "「{}」はこの協定の当事者ではありません。名称を確かめてください。", [name])
            }
            Refusal::AlreadyImported { file_name } => tell(
                language,
                "同じ文書が「{}」として既に取り込まれています。取り込み直す必要はありません。",
                [file_name],
            ),
            Refusal::PlanExists { fiscal_year, kind } => tell(
                language,
                "{}の{}は既にあります。違いを確かめて統合するには、ブラウザの「取込み」からこの文書を開くか、`renkei import --merge` を使ってください。",
                [year(fiscal_year).as_str(), say(language, kind.name())],
            ),
            Refusal::PlanIsDraft { fiscal_year } => tell(
                language,
                "{}の計画は計画のページで作成中のため、文書では置き換えられません。取組はそのページで起案してください。ほかの年度の表だけを取り込むときは、{}の計画を除いた文書を使ってください。",
                [year(fiscal_year), year(fiscal_year)],
            ),
            Refusal::YearFarOff { fiscal_year, first, last } => tell(
                language,
                "{}は扱えません。扱えるのは{}から{}までです。年度を確かめ、文書に誤りがあれば直してから、もう一度行ってください。",
                [fiscal_year, first, last].map(year),
            ),
            _ => String::new(),
        }
    }
}

fn wording_stands(language: Language, fiscal_year: FiscalYear) -> String {
    tell(
        language,
        "{}の計画は決定済みのため、文言を変えられません。実績値の訂正は、その数値から行ってください。",
        [fiscal_year.in_language(language)],
    )
}
