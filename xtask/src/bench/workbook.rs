//! A workbook of 46,800 rows, written and read, beside openpyxl in its own fastest modes.

use super::{Bench, Line, Measured, example, number_after};
use crate::install;
use crate::run::{output, program};

pub fn workbook(bench: &Bench) -> Measured {
    let ours = example("measure_workbook", &[&bench.path("rows.xlsx")])?;
    let [write, read] = [number_after(&ours, "write")?, number_after(&ours, "read")?];
    let import = number_after(&ours, "import")?;
    let line = format!("write {write:.2} s, read {read:.2} s ({import:.1} s understood)");
    let python = match install::python_packages(&["openpyxl"]) {
        Ok(python) => python,
        Err(reason) => return Ok(Line { ours: line, reference: reason, ratio: "—".to_owned() }),
    };
    let script = "xtask/src/bench/openpyxl_workbook.py";
    let theirs = output(&mut program(&python, &[script, &bench.path("rows.xlsx"), &bench.path("again.xlsx")]))?;
    let [their_write, their_read] = [number_after(&theirs, "write")?, number_after(&theirs, "read")?];
    Ok(Line {
        ours: line,
        reference: format!("openpyxl {their_write:.2} s, {their_read:.2} s"),
        ratio: format!("{:.0} ×, {:.0} ×", their_write / write, their_read / read),
    })
}
