//! `peers IN.xlsx OUT.xlsx`: reads all cells with calamine, writes them with rust_xlsxwriter, and prints the seconds of
//! each.

use std::error::Error;
use std::time::Instant;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

fn main() -> Result<(), Box<dyn Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = files.as_slice() else { return Err("usage: peers IN.xlsx OUT.xlsx".into()) };
    let begun = Instant::now();
    let mut workbook: Xlsx<_> = open_workbook(from)?;
    let sheets = workbook.worksheets();
    let read = begun.elapsed().as_secs_f64();
    let cells: usize = sheets.iter().map(|(_, range)| range.used_cells().count()).sum();
    let begun = Instant::now();
    let mut written = Workbook::new();
    for (name, range) in &sheets {
        let sheet = written.add_worksheet();
        sheet.set_name(name)?;
        for (row, column, value) in range.used_cells() {
            let (row, column) = (u32::try_from(row)?, u16::try_from(column)?);
            match value {
                Data::Float(number) => sheet.write_number(row, column, *number)?,
                Data::Int(number) => sheet.write_number(row, column, *number as f64)?,
                other => sheet.write_string(row, column, other.to_string())?,
            };
        }
    }
    written.save(to)?;
    println!("read {read:.3} write {:.3} cells {cells}", begun.elapsed().as_secs_f64());
    Ok(())
}
