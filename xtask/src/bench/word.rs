//! Measures how long it takes to make the report as a Word file. The reference is python-docx, which makes a Word file
//! from the same rows.

use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured, number_after};
use super::report::timed;
use crate::install;
use crate::run::{output, program};

/// The time of renkei includes the whole command and reading the journal; the time of python-docx does not include
/// starting Python.
pub fn word(bench: &Bench) -> Measured {
    let node = bench.node()?;
    let command = |out: &str| {
        let (out, data) = (bench.path(out), bench.data());
        program(&node, &["report", "--fiscal-year", "2026", "--out", &out, "--data", &data])
    };
    timed(&mut command("report.json"))?;
    let ours = timed(&mut command("report.docx"))?.seconds;
    let ours = Figure::less("the report as a Word file", "s", ours).within(Limit::Value(0.06));
    let Ok(python) = install::python_packages(&["python-docx"]) else { return Ok(vec![ours]) };
    let script = "xtask/src/bench/python_docx_report.py";
    let theirs = output(&mut program(&python, &[script, &bench.path("report.json"), &bench.path("theirs.docx")]))?;
    Ok(vec![ours.beside("python-docx", number_after(&theirs, "seconds")?)])
}
