//! 合算・比較できない理由 — why figures may not be added or compared, each reason as a sentence with the next step.

use crate::counting::Counting;
use crate::figure::State;
use crate::language::Language;
use crate::passage::word_of;

/// 合算・比較できない理由 — one reason. If a reason names two values, they are in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unlawful {
    /// Fewer than two values.
    TooFew,
    /// A comparison needs exactly two values.
    NeedsTwo,
    /// The same value is given twice.
    SameTwice {
        label: String,
    },
    UnitsDiffer {
        units: [String; 2],
    },
    /// Nobody has recorded how the indicator adds up.
    AddingUndecided {
        label: String,
    },
    /// The indicator never adds up: a rate, a price.
    NeverAdds {
        label: String,
    },
    /// The values count each person once, but one person may be counted in both values.
    PersonsInBoth {
        label: String,
    },
    /// The values are counted in different ways: 延べ and 実.
    CountingDiffers {
        words: [&'static str; 2],
    },
    /// The values are of two kinds, such as 実績 and 目標.
    KindsDiffer {
        words: [&'static str; 2],
    },
    /// The value is not known yet or not public: 未集計, 秘匿.
    ValueUnknown {
        label: String,
        state: &'static str,
    },
    /// The value is a state without a number; for example, 実績なし does not mean 0.
    NoValue {
        label: String,
        state: &'static str,
    },
    NothingToAdd,
    /// Two reports of one shared fact have different values.
    FactDiffers {
        label: String,
    },
    DivisionByZero {
        label: String,
    },
    IndicatorsDiffer,
    /// The result is too large for a decimal.
    TooLarge,
    /// The values are measured at times that do not match.
    Time(OtherTime),
    /// The values cover scopes that do not match.
    Scope(OtherScope),
}

/// 時の違い — why the times of figures do not match.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OtherTime {
    /// A value at a moment does not add up over time.
    LatestOverTime {
        label: String,
    },
    /// One value is cumulative (累計); the other covers a single period.
    CumulationDiffers,
    /// The times are of different kinds, such as a moment and a period.
    TimesOfOtherKinds,
    /// The time of the value is not stated.
    TimeUnsaid {
        label: String,
    },
    MomentsDiffer,
    PeriodsDiffer,
    PeriodsOverlap,
    PeriodsLeaveAGap,
    NotAYearApart,
}

/// 範囲の違い — why the scopes of figures do not match.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OtherScope {
    /// One scope contains the other, so the smaller scope would be counted twice.
    ScopeHolds {
        whole: String,
        part: String,
    },
    ScopesDiffer {
        scopes: [String; 2],
    },
    /// The words of the scopes do not say whether they overlap.
    ScopesUnclear {
        scopes: [String; 2],
    },
    ScopeUnsaid {
        said: String,
    },
    /// Neither of the two parties states the scope of its value.
    ScopesUnsaid,
}

impl Unlawful {
    pub(super) fn no_value(label: &str, state: State) -> Self {
        let (label, state) = (label.to_owned(), word_of(state));
        Unlawful::NoValue { label, state }
    }

    /// Returns the reason and the next step as a sentence in the given language.
    pub fn sentence_in(&self, language: Language) -> String {
        match language {
            Language::Japanese => self.japanese(),
            Language::English => self.english(),
        }
    }

    fn japanese(&self) -> String {
        match self {
            Unlawful::TooFew => "値を二つ以上選んでください。".into(),
            Unlawful::NeedsTwo => "比べる値を、ちょうど二つ選んでください。".into(),
            Unlawful::SameTwice { label } => {
                format!("「{label}」の同じ範囲・同じ時の値が二つあります。どちらか一つだけを選んでください。")
            }
            Unlawful::UnitsDiffer { units: [one, other] } => {
                format!("単位が違います（{one}と{other}）。同じ単位の値を選んでください。")
            }
            Unlawful::AddingUndecided { label } => {
                format!(
                    "「{label}」は合算の仕方がまだ決まっていません。指標の定義で、合計・最新・合算しないのどれかを選んでください。"
                )
            }
            Unlawful::NeverAdds { label } => {
                format!("「{label}」は合算しない指標です。率は、分子と分母をそれぞれ合計してから求めてください。")
            }
            Unlawful::PersonsInBoth { label } => {
                format!(
                    "「{label}」は実人数です。同じ人が両方に入ることがあるため合計できません。延べで数えた値を使うか、名簿から数え直してください。"
                )
            }
            Unlawful::CountingDiffers { words: [one, other] } => {
                format!("数え方が違います（{one}と{other}）。同じ数え方の値を選んでください。")
            }
            Unlawful::KindsDiffer { words: [one, other] } => {
                format!("数値の種類が違います（{one}と{other}）。同じ種類の値を選んでください。")
            }
            Unlawful::ValueUnknown { label, state } => {
                format!(
                    "「{label}」は{state}です。除いて合計すると全体の数に見えるため、値が分かってから合計してください。"
                )
            }
            Unlawful::NoValue { label, state } => {
                format!("「{label}」は{state}で、数値がありません（0とは違います）。数値のある値を選んでください。")
            }
            Unlawful::NothingToAdd => "数値のある値がありません（実績なしは0とは違います）。".into(),
            Unlawful::FactDiffers { label } => {
                format!("共通実績「{label}」の報告が食い違っています。どちらかを訂正するか、違いを説明してください。")
            }
            Unlawful::DivisionByZero { label } => format!("分母の「{label}」が0のため、割合を求められません。"),
            Unlawful::IndicatorsDiffer => {
                "別の指標です。同じ指標の値を選ぶか、名称だけが違うときは一つの指標にまとめてください。".into()
            }
            Unlawful::TooLarge => "数が大きすぎて計算できません。単位を確かめてください。".into(),
            Unlawful::Time(reason) => reason.japanese(),
            Unlawful::Scope(reason) => reason.japanese(),
        }
    }

    fn english(&self) -> String {
        match self {
            Unlawful::TooFew => "Choose two values or more.".into(),
            Unlawful::NeedsTwo => "Choose exactly two values to compare.".into(),
            Unlawful::SameTwice { label } => {
                format!("There are two values of “{label}” for the same scope and time. Choose one of them.")
            }
            Unlawful::UnitsDiffer { units: [one, other] } => {
                format!("The units differ ({one} and {other}). Choose values of one unit.")
            }
            Unlawful::AddingUndecided { label } => format!(
                "Nobody has said yet how “{label}” adds up. Say so in its definition: summed, latest, or never added."
            ),
            Unlawful::NeverAdds { label } => {
                format!("“{label}” is never added. For a rate, add numerators and denominators first, then divide.")
            }
            Unlawful::PersonsInBoth { label } => format!(
                "“{label}” counts persons once each (実), and somebody may be in both. Use visits (延べ), or count again from the list."
            ),
            Unlawful::CountingDiffers { words: [one, other] } => {
                format!("They are counted differently ({one} and {other}). Choose values counted in one way.")
            }
            Unlawful::KindsDiffer { words: [one, other] } => {
                format!("They are of different kinds ({one} and {other}). Choose values of one kind.")
            }
            Unlawful::ValueUnknown { label, state } => {
                format!("“{label}” is {state}. A sum without it would look like the whole: wait until it is known.")
            }
            Unlawful::NoValue { label, state } => {
                format!("“{label}” is {state}: no number, which is not 0. Choose a value with a number.")
            }
            Unlawful::NothingToAdd => "None of them has a number (実績なし is not 0).".into(),
            Unlawful::FactDiffers { label } => {
                format!("The reports of the shared fact “{label}” differ. Correct one, or explain the difference.")
            }
            Unlawful::DivisionByZero { label } => format!("“{label}”, the denominator, is 0: there is no rate."),
            Unlawful::IndicatorsDiffer => {
                "They are different indicators. Choose one, or merge the two where only their names differ.".into()
            }
            Unlawful::TooLarge => "The numbers are too large to work with. Check their units.".into(),
            Unlawful::Time(reason) => reason.english(),
            Unlawful::Scope(reason) => reason.english(),
        }
    }
}

impl OtherTime {
    fn japanese(&self) -> String {
        match self {
            OtherTime::LatestOverTime { label } => {
                format!("「{label}」はある時点の数です。期間では合計せず、最新の値を使ってください。")
            }
            OtherTime::CumulationDiffers => {
                "始めからの累計と、年度や期間の数が混ざっています。どちらかにそろえてください。".into()
            }
            OtherTime::TimesOfOtherKinds => {
                "ある時点の数と、期間や開催日の数が混ざっています。どちらかにそろえてください。".into()
            }
            OtherTime::TimeUnsaid { label } => {
                format!("「{label}」の時点か期間が書かれていません。いつの数かを確かめて、書き加えてください。")
            }
            OtherTime::MomentsDiffer => "時点が違います。同じ時点の値を選んでください。".into(),
            OtherTime::PeriodsDiffer => "期間が違います。同じ期間の値を選んでください。".into(),
            OtherTime::PeriodsOverlap => {
                "期間が重なっていて、重なった分が二度数えられます。重ならない期間の値を選んでください。".into()
            }
            OtherTime::PeriodsLeaveAGap => {
                "期間の間に抜けがあり、合計がどの期間の数にもなりません。間の期間の値も選んでください。".into()
            }
            OtherTime::NotAYearApart => {
                "二つの時がちょうど一年違いではありません。前年の同じ時点・同じ期間の値を選んでください。".into()
            }
        }
    }

    fn english(&self) -> String {
        match self {
            OtherTime::LatestOverTime { label } => {
                format!("“{label}” is a number at a moment. Do not add it over time; use the latest value.")
            }
            OtherTime::CumulationDiffers => {
                "One counts everything since the beginning (累計), the other a year or a period. Choose one way.".into()
            }
            OtherTime::TimesOfOtherKinds => {
                "One is a number at a moment, the other of a period or of days. Choose one way.".into()
            }
            OtherTime::TimeUnsaid { label } => {
                format!("It is not said when “{label}” was measured. Find out and add the date.")
            }
            OtherTime::MomentsDiffer => "Their as-of dates differ. Choose values of one date.".into(),
            OtherTime::PeriodsDiffer => "Their periods differ. Choose values of one period.".into(),
            OtherTime::PeriodsOverlap => {
                "The periods overlap, and what is in both would count twice. Choose periods that do not.".into()
            }
            OtherTime::PeriodsLeaveAGap => {
                "The periods leave a gap, so the sum is of no period at all. Choose the one between as well.".into()
            }
            OtherTime::NotAYearApart => {
                "They are not exactly a year apart. Choose the same date or period of the year before.".into()
            }
        }
    }
}

impl OtherScope {
    fn japanese(&self) -> String {
        match self {
            OtherScope::ScopeHolds { whole, part } => {
                format!("「{part}」は「{whole}」に含まれます。同じ範囲の値か、重ならない範囲の値を選んでください。")
            }
            OtherScope::ScopesDiffer { scopes: [one, other] } => {
                format!("範囲が違います（{one}と{other}）。同じ範囲の値を選んでください。")
            }
            OtherScope::ScopesUnclear { scopes: [one, other] } => {
                format!("「{one}」と「{other}」は、重なるかどうかが言葉から分かりません。範囲をそろえてください。")
            }
            OtherScope::ScopeUnsaid { said } => {
                format!("片方は「{said}」の数で、もう片方は範囲が書かれていません。指標の定義に範囲を入れてください。")
            }
            OtherScope::ScopesUnsaid => {
                "両当事者の範囲が書かれていません。それぞれの指標の定義に範囲を入れてください。".into()
            }
        }
    }

    fn english(&self) -> String {
        match self {
            OtherScope::ScopeHolds { whole, part } => {
                format!("“{part}” is a part of “{whole}”. Choose values of one scope, or of scopes that lie apart.")
            }
            OtherScope::ScopesDiffer { scopes: [one, other] } => {
                format!("Their scopes differ ({one} and {other}). Choose values of one scope.")
            }
            OtherScope::ScopesUnclear { scopes: [one, other] } => {
                format!(
                    "Whether “{one}” and “{other}” overlap cannot be told by their words. Choose values of one scope."
                )
            }
            OtherScope::ScopeUnsaid { said } => {
                format!("One is of “{said}”, the other says no scope. Put the scope into the definition.")
            }
            OtherScope::ScopesUnsaid => {
                "Neither party says its scope. Put the scopes into the definitions of both.".into()
            }
        }
    }
}

/// Returns the word for a way of counting.
pub(super) fn counting_word(counting: Option<Counting>) -> &'static str {
    match counting {
        Some(Counting::Visits) => "延べ",
        Some(Counting::Persons) => "実",
        None => "記載なし",
    }
}
