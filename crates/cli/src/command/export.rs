//! `renkei export` — writes the stored document as JSON (as `import` prints it), or its data as tables.

use std::io::Write;
use std::process::ExitCode;

use renkei_app::{CsvEncoding, Report, access, document_schema, read_state};
use renkei_document::fiscal_year::FiscalYear;

use super::input_output::indented;
use crate::arguments::{Encoding, Export, ExportShape};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn export(task: Export, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    if task.format == ExportShape::Schema {
        return give(&task, document_schema().as_bytes());
    }
    let state = read_state(&surroundings.data(task.which.data.data.clone())?)?;
    let viewer = access::local_viewer();
    let year = task.which.fiscal_year.map(FiscalYear);
    let report = state.report(viewer, task.which.agreement.as_deref(), year)?;
    match task.format {
        ExportShape::Csv => csv(&task, &report),
        ExportShape::Xlsx => give(&task, &report.data_workbook()?),
        ExportShape::Json | ExportShape::Schema => give(&task, indented(&report.document).as_bytes()),
    }
}

fn csv(task: &Export, report: &Report) -> Result<ExitCode, Failure> {
    let encoding = match task.encoding {
        Encoding::Utf8 => CsvEncoding::Utf8,
        Encoding::ShiftJis => CsvEncoding::ShiftJis,
    };
    let file = report.csv(&task.table, encoding);
    for lost in &file.lost {
        eprintln!("{lost}");
    }
    give(task, &file.bytes)
}

/// Writes the bytes to the file that the command names, or to the standard output.
fn give(task: &Export, bytes: &[u8]) -> Result<ExitCode, Failure> {
    match &task.out {
        Some(file) => {
            std::fs::write(file, bytes).map_err(Failure::file(file))?;
            println!("{} を作りました。", file.display());
        }
        None => std::io::stdout().write_all(bytes).map_err(Failure::file(std::path::Path::new("標準出力")))?,
    }
    Ok(ExitCode::SUCCESS)
}
