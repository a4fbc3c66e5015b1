//! 限度を超えたもの — a text or list that exceeds a limit. The message says by how much, where, and what to do.

use renkei_document::language::Language;
use renkei_document::limits;

use crate::limits::{
    CHANGES, CORRECTIONS, DEFINITION, ENDED, MEMBERS, OPEN_SUGGESTIONS, OPEN_SUGGESTIONS_OF_PARTY, REASON, TOGETHER,
    VERSIONS, WORDINGS,
};
use crate::phrases::{say, tell};

/// 超過 — one exceeded limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excess {
    pub of: Measure,
    /// The place, as people name it: 令和7年度 1(5) ④.
    pub place: Option<String>,
    pub found: usize,
}

/// 測るもの — a kind of thing that has a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    RowText,
    Item,
    Row,
    Name,
    Title,
    Lead,
    Reason,
    Label,
    Definition,
    FileName,
    Paragraph,
    Source,
    Items,
    Figures,
    Divisions,
    Partners,
    TargetGroups,
    Lines,
    Rows,
    Sections,
    Chapters,
    Tables,
    Paragraphs,
    Findings,
    Parties,
    OpenSuggestions,
    OpenSuggestionsOfParty,
    Members,
    Changes,
    Ended,
    Together,
    Wordings,
    Corrections,
    Versions,
}

/// The unit in which a thing is counted.
enum Counted {
    Letters,
    Things,
    Times,
}

impl Measure {
    /// All kinds of things that have a limit.
    pub const ALL: [Self; 34] = [
        Self::RowText,
        Self::Item,
        Self::Row,
        Self::Name,
        Self::Title,
        Self::Lead,
        Self::Reason,
        Self::Label,
        Self::Definition,
        Self::FileName,
        Self::Paragraph,
        Self::Source,
        Self::Items,
        Self::Figures,
        Self::Divisions,
        Self::Partners,
        Self::TargetGroups,
        Self::Lines,
        Self::Rows,
        Self::Sections,
        Self::Chapters,
        Self::Tables,
        Self::Paragraphs,
        Self::Findings,
        Self::Parties,
        Self::OpenSuggestions,
        Self::OpenSuggestionsOfParty,
        Self::Members,
        Self::Changes,
        Self::Ended,
        Self::Together,
        Self::Wordings,
        Self::Corrections,
        Self::Versions,
    ];

    /// Whether the count includes stored data in addition to the data sent. Such a count is disclosed only to an actor
    /// who may know of the thing.
    pub(crate) fn counts_what_is_kept(self) -> bool {
        matches!(
            self,
            Measure::Rows
                | Measure::OpenSuggestions
                | Measure::OpenSuggestionsOfParty
                | Measure::Wordings
                | Measure::Corrections
                | Measure::Versions
        )
    }

    /// Returns the limit of this kind.
    pub fn most(self) -> usize {
        match self {
            Measure::RowText => limits::ROW_TEXT,
            Measure::Item => limits::ITEM,
            Measure::Row => limits::ROW,
            Measure::Name => limits::NAME,
            Measure::Title => limits::TITLE,
            Measure::Lead => limits::LEAD,
            Measure::Reason => REASON,
            Measure::Label => limits::LABEL,
            Measure::Definition => DEFINITION,
            Measure::FileName => limits::FILE_NAME,
            Measure::Paragraph => limits::PARAGRAPH,
            Measure::Source => limits::SOURCE,
            Measure::TargetGroups => limits::TARGET_GROUPS,
            Measure::Lines => limits::LINES,
            Measure::Paragraphs => limits::PARAGRAPHS,
            Measure::Findings => limits::FINDINGS,
            Measure::Items => limits::ITEMS,
            Measure::Figures => limits::FIGURES,
            Measure::Divisions => limits::DIVISIONS,
            Measure::Partners => limits::PARTNERS,
            Measure::Rows => limits::ROWS,
            Measure::Sections => limits::SECTIONS,
            Measure::Chapters => limits::CHAPTERS,
            Measure::Tables => limits::TABLES,
            Measure::Parties => limits::PARTIES,
            Measure::OpenSuggestions => OPEN_SUGGESTIONS,
            Measure::OpenSuggestionsOfParty => OPEN_SUGGESTIONS_OF_PARTY,
            Measure::Members => MEMBERS,
            Measure::Changes => CHANGES,
            Measure::Ended => ENDED,
            Measure::Together => TOGETHER,
            Measure::Wordings => WORDINGS,
            Measure::Corrections => CORRECTIONS,
            Measure::Versions => VERSIONS,
        }
    }

    fn counted(self) -> Counted {
        match self {
            Measure::RowText
            | Measure::Item
            | Measure::Row
            | Measure::Name
            | Measure::Title
            | Measure::Lead
            | Measure::Reason
            | Measure::Label
            | Measure::Definition
            | Measure::FileName
            | Measure::Paragraph
            | Measure::Source => Counted::Letters,
            Measure::Wordings | Measure::Corrections | Measure::Versions => Counted::Times,
            _ => Counted::Things,
        }
    }

    fn name(self, language: Language) -> &'static str {
        match self {
            Measure::RowText => say(language, "取組内容の文"),
            Measure::Item => say(language, "箇条の一つ"),
            Measure::Row => say(language, "取組内容と箇条を合わせた文"),
            Measure::Name => say(language, "課や職、組織の名前"),
            Measure::Title => say(language, "題名"),
            Measure::Lead => say(language, "項目の前文"),
            Measure::Reason => say(language, "理由や備考"),
            Measure::Label => say(language, "指標の名前や単位、範囲"),
            Measure::Definition => say(language, "指標の定義の一つの欄"),
            Measure::FileName => say(language, "ファイルの名前"),
            Measure::Paragraph => say(language, "協定書や前付の一つの段落"),
            Measure::Source => say(language, "読み取り元の一続きの文"),
            Measure::TargetGroups => say(language, "一つの取組の対象"),
            Measure::Lines => say(language, "一つの取組が占める行"),
            Measure::Paragraphs => say(language, "協定書や前付の段落と見出し"),
            Measure::Findings => say(language, "一つの文書で気づいたこと"),
            Measure::Items => say(language, "一つの取組の箇条"),
            Measure::Figures => say(language, "一つの取組の数値"),
            Measure::Divisions => say(language, "担当課"),
            Measure::Partners => say(language, "連携先"),
            Measure::Rows => say(language, "一つの文書や計画の取組"),
            Measure::Sections => say(language, "一つの文書の項目"),
            Measure::Chapters => say(language, "一つの文書の柱"),
            Measure::Tables => say(language, "一つの文書の表"),
            Measure::Parties => say(language, "協定の当事者"),
            Measure::OpenSuggestions => say(language, "一つの取組への、回答を待つ提案"),
            Measure::OpenSuggestionsOfParty => say(language, "一つの当事者の、回答を待つ提案"),
            Measure::Members => say(language, "一つの共通実績の報告"),
            Measure::Changes => say(language, "一度の組織の変更"),
            Measure::Ended => say(language, "一度に廃止する課と、後を継ぐ課"),
            Measure::Together => say(language, "一度に扱うもの"),
            Measure::Wordings => say(language, "一つの取組の文言の変更"),
            Measure::Corrections => say(language, "一つの数値の訂正"),
            Measure::Versions => say(language, "一つの指標の定義や目標値の変更"),
        }
    }
}

impl Excess {
    /// Returns a message: what exceeds the limit, where, and what to do next.
    pub fn message_in(&self, language: Language) -> String {
        let parts = [self.of.name(language).to_owned(), self.of.most().to_string(), self.found.to_string()];
        let told = match self.of.counted() {
            Counted::Letters => {
                tell(language, "{}は{}字までです（今は{}字）。短くするか分けてから、もう一度行ってください。", parts)
            }
            Counted::Things => {
                tell(language, "{}は{}件までです（今は{}件）。減らすか分けてから、もう一度行ってください。", parts)
            }
            Counted::Times => {
                tell(language, "{}は{}回までです（今は{}回目）。新しい取組や指標として始めてください。", parts)
            }
        };
        match &self.place {
            Some(place) => tell(language, "{}：{}##place", [place.as_str(), told.as_str()]),
            None => told,
        }
    }
}
