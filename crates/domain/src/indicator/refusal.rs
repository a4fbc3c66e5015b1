//! 指標についての拒否 — why a command about indicators or shared facts is refused, in both languages.

use renkei_document::language::Language;

/// 指標についての拒否の理由 — a reason for the refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndicatorRefusal {
    /// The party has no such indicator, or the actor may not know of it.
    Unknown,
    /// The definition does not state what is counted.
    MeaningMissing,
    /// The definition names no division.
    KeeperMissing,
    /// A quotient has no name, or refers to itself or to an unknown indicator.
    QuotientUnclear,
    /// The definition says that values of a quotient add up, which is not possible.
    QuotientAddsUp,
    /// A merge needs two indicators that are not merged yet.
    NothingToMerge,
    /// The units differ: 件 and 人 cannot be one indicator.
    UnitsDiffer {
        one: String,
        other: String,
    },
    /// The ways of counting differ: 延べ and 実 cannot be one indicator.
    CountingDiffers,
    /// The indicator is not merged with another.
    NotMerged,
    /// The scopes of the two indicators differ.
    ScopesDiffer {
        one: String,
        other: String,
    },
    /// The shared fact has no name.
    FactNameMissing,
    /// A shared fact needs two reports.
    TooFewReports,
    /// None of the reports is of the party that states the fact.
    NoReportOfYours,
    FactUnknown,
    /// The reports of the fact do not differ.
    NothingToExplain,
}

impl IndicatorRefusal {
    /// Returns a message: what happened and what to do next.
    pub fn message_in(&self, language: Language) -> String {
        match language {
            Language::Japanese => self.japanese(),
            Language::English => self.english(),
        }
    }

    fn japanese(&self) -> String {
        use IndicatorRefusal as Reason;
        match self {
            Reason::Unknown => "指標が見つかりません。指標の一覧から選び直してください。".into(),
            Reason::MeaningMissing => "何を数えるかが空です。一文で入れてください。".into(),
            Reason::KeeperMissing => "所管課がありません。この指標を受け持つ課を入れてください。".into(),
            Reason::QuotientUnclear => {
                "率の組立てが足りません。率の名称と、異なる二つの指標（分子と分母）を選んでください。".into()
            }
            Reason::QuotientAddsUp => {
                "率は足し合わせられません。「合算の仕方」を「合算しない」にするか、分子と分母を外してください。".into()
            }
            Reason::NothingToMerge => "まとめる指標がありません。まだ一つになっていない指標を選んでください。".into(),
            Reason::UnitsDiffer { one, other } => {
                format!("単位が違うため（{one}と{other}）、一つの指標にできません。別の指標のままにしてください。")
            }
            Reason::CountingDiffers => "延べと実は、一つの指標にできません。別の指標のままにしてください。".into(),
            Reason::ScopesDiffer { one, other } => {
                format!("範囲が違うため（{one}と{other}）、一つの指標にできません。別の指標のままにしてください。")
            }
            Reason::NotMerged => "この指標は、ほかの指標とまとめられていません。".into(),
            Reason::FactNameMissing => "共通実績の名称がありません。何のことかを一言入れてください。".into(),
            Reason::TooFewReports => "共通実績には、報告が二つ以上要ります。指標をもう一つ選んでください。".into(),
            Reason::NoReportOfYours => {
                "自分の当事者の報告が入っていません。自分の指標を一つ以上選んでください。".into()
            }
            Reason::FactUnknown => "共通実績が見つかりません。取り下げられたかもしれません。".into(),
            Reason::NothingToExplain => "報告の値は一致しています。説明は要りません。".into(),
        }
    }

    fn english(&self) -> String {
        use IndicatorRefusal as Reason;
        match self {
            Reason::Unknown => "There is no such indicator. Choose again from the list of indicators.".into(),
            Reason::MeaningMissing => "It is not said what is counted. Say it in one sentence.".into(),
            Reason::KeeperMissing => "No division keeps it. Name the division that answers for this indicator.".into(),
            Reason::QuotientUnclear => {
                "The rate is incomplete. Give its name and choose two different indicators to divide.".into()
            }
            Reason::QuotientAddsUp => {
                "A rate never adds up. Choose “never added”, or take numerator and denominator away.".into()
            }
            Reason::NothingToMerge => {
                "There is nothing to merge. Choose an indicator that is not part of this one yet.".into()
            }
            Reason::UnitsDiffer { one, other } => {
                format!("Their units differ ({one} and {other}), so they are not one indicator. Keep them apart.")
            }
            Reason::CountingDiffers => {
                "One counts visits (延べ), the other persons (実); they are not one indicator. Keep them apart.".into()
            }
            Reason::ScopesDiffer { one, other } => {
                format!("Their scopes differ ({one} and {other}), so they are not one indicator. Keep them apart.")
            }
            Reason::NotMerged => "This indicator is not merged with another.".into(),
            Reason::FactNameMissing => "The shared fact has no name. Say in a word what it is.".into(),
            Reason::TooFewReports => "A shared fact needs two reports. Choose one more indicator.".into(),
            Reason::NoReportOfYours => "None of the reports is your party's. Choose one of your indicators.".into(),
            Reason::FactUnknown => "There is no such shared fact. It may have been taken back.".into(),
            Reason::NothingToExplain => "The reports agree. Nothing needs explaining.".into(),
        }
    }
}
