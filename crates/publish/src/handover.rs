//! 引継書の紙 — prints the indicators of a division for its next staff: a list, then a table for each indicator. The PDF
//! conforms to PDF/UA-1 and PDF/A-2a, like the report.

use jiff::civil::Date;
use renkei_document::handover::{Handover, HandoverSheet};
use renkei_document::wareki::long_date;
use serde::Serialize;

use crate::error::PressError;
use crate::glyphs::missing_among;
use crate::line_breaks::breakable;
use crate::pdf::print;
use crate::press::{Desk, Press};

/// Half-width characters per line of the column 内容.
const LETTERS_IN_CELL: usize = 60;
/// Half-width characters per line of the narrow columns of the list and of the values.
const LETTERS_IN_NARROW_CELL: usize = 16;

/// A table with fewer characters than this always fits on a page.
const SHORT: usize = 700;

/// The data that the template prints.
#[derive(Serialize)]
struct Printed<'press> {
    gothic: &'press [String],
    handover: Paper,
}

/// The content of the paper, in order.
#[derive(Serialize)]
struct Paper {
    title: String,
    agreement: String,
    parties: Vec<String>,
    division: String,
    date: String,
    lead: String,
    sheets: Vec<Sheet>,
    year: i16,
    month: i8,
    day: i8,
}

/// One indicator.
#[derive(Serialize)]
struct Sheet {
    /// The name, followed by 延べ if the indicator has that qualifier.
    name: String,
    is_described: bool,
    /// Whether the table certainly fits on a page. If so, it is not broken across pages.
    is_short: bool,
    pairs: Vec<(String, Vec<String>)>,
    values: Vec<[String; 3]>,
    older: String,
}

/// Prints the 引継書 of a division, dated with `day`; the same indicators, day and fonts give the same bytes.
pub fn handover_pdf(handover: &Handover, day: Date, press: &Press) -> Result<Vec<u8>, PressError> {
    let mut paper = Paper::of(handover, day);
    let missing = missing_among(paper.texts(), press);
    if !missing.is_empty() {
        return Err(PressError::MissingGlyphs(missing));
    }
    paper.allow_breaks();
    let printed = Printed { gothic: &press.fonts().gothic, handover: paper };
    let data = serde_json::to_string(&printed).map_err(|error| PressError::Refused(vec![error.to_string()]))?;
    print(&Desk::handover(press, data))
}

impl Paper {
    fn of(handover: &Handover, day: Date) -> Self {
        let (count, undescribed) = (handover.sheets.len(), handover.undescribed());
        let open = match undescribed {
            0 => String::new(),
            open => format!("このうち定義のまだ書かれていないものが{open}件あります。"),
        };
        Self {
            title: "指標の引継書".to_owned(),
            agreement: handover.agreement.clone(),
            parties: handover.parties.clone(),
            division: handover.division.clone(),
            date: long_date(day),
            lead: format!(
                "{}が所管する指標{count}件について、何を数えるか、どのように数えるか、どこから得るかを、次のとおり引き継ぎます。{open}",
                handover.division
            ),
            sheets: handover.sheets.iter().map(Sheet::of).collect(),
            year: day.year(),
            month: day.month(),
            day: day.day(),
        }
    }

    /// Returns every text with its place.
    fn texts(&self) -> Vec<(String, &str)> {
        let head = [&self.agreement, &self.division].into_iter().chain(&self.parties);
        let mut texts: Vec<(String, &str)> = head.map(|text| ("引継書".to_owned(), text.as_str())).collect();
        for (number, sheet) in (1..).zip(&self.sheets) {
            let place = format!("引継書 {number} {}", sheet.name);
            let said = sheet.pairs.iter().flat_map(|(_, lines)| lines).chain(sheet.values.iter().flatten());
            texts.extend(said.chain([&sheet.name]).map(|text| (place.clone(), text.as_str())));
        }
        texts
    }

    /// Allows line breaks in long words: web addresses in 出典 are longer than a line.
    fn allow_breaks(&mut self) {
        for sheet in &mut self.sheets {
            sheet.name = breakable(&sheet.name, LETTERS_IN_NARROW_CELL);
            for line in sheet.pairs.iter_mut().flat_map(|(_, lines)| lines) {
                *line = breakable(line, LETTERS_IN_CELL);
            }
            for cell in sheet.values.iter_mut().flatten() {
                *cell = breakable(cell, LETTERS_IN_NARROW_CELL);
            }
        }
    }
}

/// Estimates the length of a table in characters. Adds 20 characters for the unused end of each line, and counts the
/// narrow column of the values twice.
fn length(sheet: &HandoverSheet) -> usize {
    let lines = sheet.pairs.iter().flat_map(|(_, lines)| lines).map(|line| line.chars().count() + 20);
    lines.chain(sheet.values.iter().map(|known| known.measured.chars().count() * 2)).sum()
}

impl Sheet {
    fn of(sheet: &HandoverSheet) -> Self {
        let qualifier = match sheet.qualifier.as_str() {
            "" => String::new(),
            said => format!("（{said}）"),
        };
        let values =
            sheet.values.iter().map(|known| [known.measured.clone(), known.value.clone(), known.kind.to_owned()]);
        Self {
            name: format!("{}{qualifier}", sheet.name),
            is_described: sheet.is_described,
            is_short: length(sheet) < SHORT,
            pairs: sheet.pairs.iter().map(|(term, lines)| ((*term).to_owned(), lines.clone())).collect(),
            values: values.collect(),
            older: match sheet.older {
                0 => String::new(),
                older => format!("このほかに、これより前の値が{older}個あります。"),
            },
        }
    }
}
