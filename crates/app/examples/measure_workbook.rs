//! Measures how long a workbook of 46,800 rows takes to write, to read as cells, and to import (cells, then rules of
//! structure and checks). `measure_workbook OUT.xlsx` prints the fastest of several runs, in seconds. The rows are
//! observations of invented cities.

use std::time::Instant;

use renkei_app::read_document;
use renkei_import::lines_of;
use renkei_publish::{Dataset, data_workbook};
use renkei_sample::{Settings, document};

const ROWS: usize = 46_800;
const TIMES: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = std::env::args().nth(1).ok_or("usage: measure_workbook OUT.xlsx")?;
    let dataset = observations()?;
    let written = data_workbook(&dataset)?;
    std::fs::write(&out, &written)?;
    let write = fastest(|| data_workbook(&dataset).map(|bytes| bytes.len()).unwrap_or_default());
    let read = fastest(|| lines_of("data.xlsx", &written).map(|lines| lines.len()).unwrap_or_default());
    let import = fastest(|| read_document("data.xlsx", &written).map(|read| read.findings.len()).unwrap_or_default());
    println!("write {write:.3} read {read:.3} import {import:.3} rows {ROWS}");
    Ok(())
}

/// Returns a table of this size.
fn observations() -> Result<Dataset, Box<dyn std::error::Error>> {
    let read = read_document("sample.txt", document(&Settings::usual(1, 2026)).as_bytes())?;
    let mut dataset = Dataset::of(&read.value);
    dataset.tables.retain(|table| table.file_name == "observations");
    for table in &mut dataset.tables {
        table.rows = table.rows.iter().cycle().take(ROWS).cloned().collect();
    }
    Ok(dataset)
}

fn fastest(mut work: impl FnMut() -> usize) -> f64 {
    let mut fastest = f64::MAX;
    for _ in 0..TIMES {
        let start = Instant::now();
        std::hint::black_box(work());
        fastest = fastest.min(start.elapsed().as_secs_f64());
    }
    fastest
}
