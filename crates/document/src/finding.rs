//! 確認事項 — a problem or question that a reader or a check reports, with its place and the next step. `CHECKS.md` lists
//! the codes.
//!
//! A [`Notice`] contains the facts. Exhaustive `match` expressions derive its code, severity and sentences from it, so
//! a new notice does not compile without them.

use serde::{Deserialize, Serialize};

use crate::locus::Locus;

/// 重要度 — how serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 誤り: prevents publication.
    Error,
    /// 警告: probably a mistake.
    Warning,
    /// 質問: a person must decide.
    Question,
    /// 参考: for information.
    Note,
}

/// 箇所 — the place of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Line of the source, from 1.
    pub line: Option<u32>,
    /// The name of the row as people say it: 令和7年度 1(5) ④.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// The place in the file: page, cell or paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Locus>,
}

impl Place {
    pub fn line(line: u32) -> Self {
        Self { line: Some(line), row: None, at: None }
    }

    /// Returns the place for the document as a whole.
    pub fn whole() -> Self {
        Self { line: None, row: None, at: None }
    }
}

/// 気づき — a problem or question, with its facts. In JSON: `code` and `facts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "facts")]
pub enum Notice {
    /// The same mark appears twice in a section.
    #[serde(rename = "numbering.duplicate")]
    NumberingDuplicate { mark: String },
    /// A mark is missing between two others.
    #[serde(rename = "numbering.gap")]
    NumberingGap { missing: String },
    /// The organisation cell names one party, but the division belongs to the other.
    #[serde(rename = "party.conflict")]
    PartyConflict { cell: String, division: String, taken: String },
    /// No organisation cell covers this row.
    #[serde(rename = "party.missing")]
    PartyMissing { taken: String, because: String },
    /// A row without mark and division was joined to the row above.
    #[serde(rename = "row.joined")]
    RowJoined { text: String },
    /// The cells of a row are shifted.
    #[serde(rename = "row.misplaced")]
    RowMisplaced { read_as: String },
    /// A row without text, or a sentence that begins or ends in the middle.
    #[serde(rename = "text.lost")]
    TextLost { text: String },
    /// Text in the plan that fits no rule; it is kept and shown.
    #[serde(rename = "text.unread")]
    TextUnread { text: String },
    /// The same sentence in several rows.
    #[serde(rename = "text.repeated")]
    TextRepeated { text: String, times: usize },
    /// A past year in the text about future work.
    #[serde(rename = "text.stale-year")]
    TextStaleYear { year: String, text: String },
    /// A result in words that announce work, or a plan in words that report work.
    #[serde(rename = "text.tense")]
    TextTense { text: String, expected_result: bool },
    /// An opening bracket without a closing one, or a closing bracket without an opening one.
    #[serde(rename = "markup.unclosed")]
    MarkupUnclosed { bracket: String, text: String },
    /// Two names that probably mean one thing.
    #[serde(rename = "term.varies")]
    TermVaries { one: String, other: String },
    /// A date that was understood but is not in a usual form.
    #[serde(rename = "as-of.malformed")]
    AsOfMalformed { printed: String, understood: String },
    /// A month without 末 or day.
    #[serde(rename = "as-of.without-end")]
    AsOfWithoutEnd { printed: String },
    /// Several as-of dates in one cell.
    #[serde(rename = "as-of.mixed")]
    AsOfMixed { dates: Vec<String> },
    /// A figure of another fiscal year than the report's.
    #[serde(rename = "as-of.other-year")]
    AsOfOtherYear { printed: String, year_of_report: String },
    /// 予定, 募集中, 開催中 left in a report of results.
    #[serde(rename = "state.open")]
    StateOpen { word: String, text: String },
    /// Parts whose sum differs from the stated total.
    #[serde(rename = "figure.sum")]
    FigureSum { total: String, parts: String, sum: String },
    /// A share, rate or attainment that does not follow from its numbers.
    #[serde(rename = "figure.rate")]
    FigureRate { printed: String, computed: String, from: String },
    /// A part that is larger than the whole to which it seems to belong.
    #[serde(rename = "figure.order")]
    FigureOrder { part: String, whole: String },
    /// The same figures in several rows: either one fact that is reported twice, or chance.
    #[serde(rename = "figure.repeated")]
    FigureRepeated { figures: String },
    /// One service or event for which two different figures are stated.
    #[serde(rename = "figure.differs")]
    FigureDiffers { what: String, one: String, other: String },
    /// A figure far from its earlier values.
    #[serde(rename = "figure.outlier")]
    FigureOutlier { figure: String, before: String },
    /// A division that no party has on that date.
    #[serde(rename = "division.unknown")]
    DivisionUnknown { division: String },
    /// A row that a person corrected before it was recorded.
    #[serde(rename = "row.corrected")]
    RowCorrected { read: String },
    /// Tracked changes in the file, read as accepted.
    #[serde(rename = "source.tracked")]
    SourceTracked { inserted: String, deleted: String },
    /// Rows, columns, sheets or text that the file hides.
    #[serde(rename = "source.hidden")]
    SourceHidden { what: String },
    /// Content of the file that was not read: pictures, text boxes, anything beyond a limit.
    #[serde(rename = "source.left-out")]
    SourceLeftOut { what: String },
    /// A character that no available font can print: 外字, 異体字.
    #[serde(rename = "glyph.missing")]
    GlyphMissing { character: String, code_points: String },
}

/// 確認事項 — a notice with its places. Its JSON also contains the severity and the sentences, which are derived from the
/// facts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Finding {
    #[serde(flatten)]
    pub notice: Notice,
    pub place: Place,
    /// The further places that the finding concerns.
    pub also: Vec<Place>,
}

impl Notice {
    /// Returns the code in `CHECKS.md`.
    pub fn code(&self) -> &'static str {
        match self {
            Notice::NumberingDuplicate { .. } => "numbering.duplicate",
            Notice::NumberingGap { .. } => "numbering.gap",
            Notice::PartyConflict { .. } => "party.conflict",
            Notice::PartyMissing { .. } => "party.missing",
            Notice::RowJoined { .. } => "row.joined",
            Notice::RowMisplaced { .. } => "row.misplaced",
            Notice::TextLost { .. } => "text.lost",
            Notice::TextUnread { .. } => "text.unread",
            Notice::TextRepeated { .. } => "text.repeated",
            Notice::TextStaleYear { .. } => "text.stale-year",
            Notice::TextTense { .. } => "text.tense",
            Notice::MarkupUnclosed { .. } => "markup.unclosed",
            Notice::TermVaries { .. } => "term.varies",
            Notice::AsOfMalformed { .. } => "as-of.malformed",
            Notice::AsOfWithoutEnd { .. } => "as-of.without-end",
            Notice::AsOfMixed { .. } => "as-of.mixed",
            Notice::AsOfOtherYear { .. } => "as-of.other-year",
            Notice::StateOpen { .. } => "state.open",
            Notice::FigureSum { .. } => "figure.sum",
            Notice::FigureRate { .. } => "figure.rate",
            Notice::FigureOrder { .. } => "figure.order",
            Notice::FigureRepeated { .. } => "figure.repeated",
            Notice::FigureDiffers { .. } => "figure.differs",
            Notice::FigureOutlier { .. } => "figure.outlier",
            Notice::DivisionUnknown { .. } => "division.unknown",
            Notice::RowCorrected { .. } => "row.corrected",
            Notice::SourceTracked { .. } => "source.tracked",
            Notice::SourceHidden { .. } => "source.hidden",
            Notice::SourceLeftOut { .. } => "source.left-out",
            Notice::GlyphMissing { .. } => "glyph.missing",
        }
    }

    pub fn severity(&self) -> Severity {
        match self {
            Notice::TextLost { .. }
            | Notice::FigureSum { .. }
            | Notice::FigureRate { .. }
            | Notice::GlyphMissing { .. } => Severity::Error,
            Notice::AsOfOtherYear { .. }
            | Notice::FigureOrder { .. }
            | Notice::FigureRepeated { .. }
            | Notice::FigureDiffers { .. }
            | Notice::FigureOutlier { .. } => Severity::Question,
            Notice::PartyMissing { .. }
            | Notice::RowJoined { .. }
            | Notice::RowMisplaced { .. }
            | Notice::TextRepeated { .. }
            | Notice::AsOfWithoutEnd { .. }
            | Notice::RowCorrected { .. }
            | Notice::SourceTracked { .. }
            | Notice::AsOfMixed { .. } => Severity::Note,
            Notice::NumberingDuplicate { .. }
            | Notice::NumberingGap { .. }
            | Notice::PartyConflict { .. }
            | Notice::TextUnread { .. }
            | Notice::TextStaleYear { .. }
            | Notice::TextTense { .. }
            | Notice::MarkupUnclosed { .. }
            | Notice::TermVaries { .. }
            | Notice::AsOfMalformed { .. }
            | Notice::StateOpen { .. }
            | Notice::SourceHidden { .. }
            | Notice::SourceLeftOut { .. }
            | Notice::DivisionUnknown { .. } => Severity::Warning,
        }
    }
}

impl Finding {
    pub fn new(notice: Notice, place: Place) -> Self {
        Self { notice, place, also: Vec::new() }
    }

    pub fn at_line(notice: Notice, line: u32) -> Self {
        Self::new(notice, Place::line(line))
    }

    pub fn also(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.also.extend(places);
        self
    }
}

impl Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Told<'a> {
            #[serde(flatten)]
            notice: &'a Notice,
            severity: Severity,
            place: &'a Place,
            also: &'a [Place],
            message: String,
            advice: &'a str,
        }
        Told {
            notice: &self.notice,
            severity: self.notice.severity(),
            place: &self.place,
            also: &self.also,
            message: self.notice.message(),
            advice: self.notice.advice(),
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_in_json_has_its_code_and_sentence_and_can_be_read() {
        let finding = Finding::at_line(Notice::NumberingDuplicate { mark: "③".into() }, 174).also([Place::line(173)]);
        let json = serde_json::to_value(&finding).expect("serialises");
        assert_eq!(json["code"], finding.notice.code());
        assert_eq!(json["severity"], "warning");
        assert_eq!(json["place"]["line"], 174);
        assert_eq!(json["message"], "番号「③」が同じ項目に二つあります。");
        assert_eq!(serde_json::from_value::<Finding>(json).expect("reads back"), finding);
    }
}
