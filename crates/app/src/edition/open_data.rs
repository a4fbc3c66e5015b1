//! 公開データ — the report of a year as tables for programs, and as a workbook for print.

use renkei_publish::{Csv, CsvEncoding, Dataset, csv};

use crate::edition::report::Report;
use crate::node::error::AppError;

impl Report {
    /// Returns the tables of the data as one workbook, with one sheet per table.
    pub fn data_workbook(&self) -> Result<Vec<u8>, AppError> {
        Ok(renkei_publish::data_workbook(&Dataset::of(&self.document))?)
    }

    /// Returns one table of the data by its name ([`crate::DATA_TABLES`]); an empty file if no table has
    /// this name.
    pub fn csv(&self, table: &str, encoding: CsvEncoding) -> Csv {
        let dataset = Dataset::of(&self.document);
        dataset.table(table).map(|table| csv(table, encoding)).unwrap_or_default()
    }

    /// Returns the report as a workbook that people can print and edit.
    pub fn workbook(&self) -> Result<Vec<u8>, AppError> {
        Ok(renkei_publish::workbook(&self.printed)?)
    }
}
