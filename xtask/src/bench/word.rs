//! Measures making the report as a Word file, beside python-docx making one from the same rows.

use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured, number_after};
use super::report::timed;
use crate::install;
use crate::run::{output, program};

/// Our time is for the whole command, including reading the journal; python-docx's excludes the start of Python.
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
