//! 公開データ — the report of a year as tables for machines, and as a workbook for print.

use renkei_publish::{Csv, CsvEncoding, Dataset, csv};

use crate::edition::report::Report;
use crate::node::error::AppError;

impl Report {
    /// The tables of the data as one workbook, a sheet for each.
    pub fn data_workbook(&self) -> Result<Vec<u8>, AppError> {
        Ok(renkei_publish::data_workbook(&Dataset::of(&self.document.value))?)
    }

    /// One table of the data, by its name ([`crate::DATA_TABLES`]); empty where there is none of this name.
    pub fn csv(&self, table: &str, encoding: CsvEncoding) -> Csv {
        let dataset = Dataset::of(&self.document.value);
        dataset.table(table).map(|table| csv(table, encoding)).unwrap_or_default()
    }

    /// The report as a workbook that people print and go on in.
    pub fn workbook(&self) -> Result<Vec<u8>, AppError> {
        Ok(renkei_publish::workbook(&self.printed)?)
    }
}
