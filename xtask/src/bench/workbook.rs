//! Measures writing and reading a workbook of 46,800 rows. The references are the Rust libraries alone, and openpyxl in
//! its fastest modes.

use super::figures::{Figure, Limit};
use super::peers;
use super::prepared::{Bench, Measured, number_after};
use crate::install;
use crate::run::{output, program};

pub fn workbook(bench: &Bench) -> Measured {
    let rows = bench.path("rows.xlsx");
    let ours = bench.example("measure_workbook", &[&rows])?;
    let [write, read, import] =
        [number_after(&ours, "write")?, number_after(&ours, "read")?, number_after(&ours, "import")?];
    let peers = peers::workbook(bench, &rows)?;
    let [their_write, their_read] = [number_after(&peers, "write")?, number_after(&peers, "read")?];
    let mut figures = vec![
        Figure::less("a workbook of 46,800 rows: write", "s", write).beside("rust_xlsxwriter", their_write),
        Figure::less("read as cells", "s", read).beside("calamine", their_read).within(Limit::Ratio(1.5)),
    ];
    if let Ok(python) = install::python_packages(&["openpyxl"]) {
        let script = "xtask/src/bench/openpyxl_workbook.py";
        let theirs = output(&mut program(&python, &[script, &rows, &bench.path("again.xlsx")]))?;
        let [their_write, their_read] = [number_after(&theirs, "write")?, number_after(&theirs, "read")?];
        figures.push(Figure::less("write", "s", write).beside("openpyxl", their_write).within(Limit::Ratio(1.0)));
        figures.push(Figure::less("read as cells", "s", read).beside("openpyxl", their_read).within(Limit::Ratio(1.0)));
    }
    figures.push(Figure::less("read and understood", "s", import));
    Ok(figures)
}
