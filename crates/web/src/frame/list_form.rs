//! The form in which a list is first tried and then recorded. After the trial, the form sends the lines of the list
//! again.

use jiff::civil::Date;
use renkei_app::AppError;
use renkei_document::language::Language;
use serde::Deserialize;

use crate::frame::form::Form;
use crate::frame::phrases::say;

/// The fields of the form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListForm {
    pub deed: ListDeed,
    pub party: String,
    pub from: String,
    complete: String,
    /// The lines of a list that was tried; empty if the form sends a file.
    list: String,
}

#[derive(Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ListDeed {
    /// Records a list that was tried before.
    Record,
    /// Tries the list of divisions that are printed in the newest plan.
    Printed,
    #[default]
    #[serde(other)]
    Try,
}

/// The cells of a line, in the order of the form.
pub(crate) type Cells<Line> = fn(&mut Line) -> [&mut String; 8];

impl ListForm {
    /// Returns the first day on which the list applies.
    pub fn on(&self, language: Language) -> Result<Date, String> {
        let unread = |_| say(language, "「いつから」の日付が読めません。2026-04-01 のように入れてください。");
        Ok(self.from.trim().parse().map_err(unread)?)
    }

    pub fn is_complete(&self) -> bool {
        self.complete == "1"
    }

    /// Returns the lines of a list that was tried, or those of the file that was sent.
    pub fn lines<Line: Default>(
        &self,
        form: &Form,
        language: Language,
        cells: Cells<Line>,
        read: fn(&[u8]) -> Result<Vec<Line>, AppError>,
    ) -> Result<Vec<Line>, String> {
        if !self.list.is_empty() {
            return Ok(self.list.lines().map(|text| line_of(text, cells)).collect());
        }
        let none = say(language, "ファイルが選ばれていません。一覧のファイルを選んでください。");
        let bytes = form.files.first().ok_or(none)?.bytes().map_err(|fault| fault.sentences(language))?;
        read(&bytes).map_err(|fault| fault.message_in(language))
    }
}

/// Returns lines as text for the form of a tried list: one line of text for each, with tabs between the cells.
pub(crate) fn text_of<Line: Clone>(lines: &[Line], cells: Cells<Line>) -> String {
    let text = |line: &Line| cells(&mut line.clone()).map(|cell| cell.replace(['\t', '\n', '\r'], " ")).join("\t");
    lines.iter().map(text).collect::<Vec<_>>().join("\n")
}

fn line_of<Line: Default>(text: &str, cells: Cells<Line>) -> Line {
    let mut line = Line::default();
    for (cell, value) in cells(&mut line).into_iter().zip(text.split('\t')) {
        value.clone_into(cell);
    }
    line
}
