//! ブックを作れない理由 — the reasons why a workbook cannot be made, each with the next step.

use std::fmt;

/// ブックを作れない理由 — the reason why a workbook cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkbookError {
    /// A text is longer than the maximum of a cell (32,767 characters).
    TextTooLong { sheet: String, row: u32 },
    /// The library that writes workbooks reported an error; contains its message.
    Refused(String),
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkbookError::TextTooLong { sheet, row } => write!(
                f,
                "シート「{sheet}」{row}行目の文が長すぎて、Excelのセルに入りません（32,767字まで）。CSVかJSONで書き出してください。"
            ),
            WorkbookError::Refused(reason) => {
                write!(f, "Excelのブックを作れませんでした。次の内容を添えて開発者に知らせてください。\n  {reason}")
            }
        }
    }
}

impl std::error::Error for WorkbookError {}

impl From<rust_xlsxwriter::XlsxError> for WorkbookError {
    fn from(fault: rust_xlsxwriter::XlsxError) -> Self {
        WorkbookError::Refused(fault.to_string())
    }
}
