//! The report as a Word file, beside python-docx making one of the same rows.

use super::report::{best, timed};
use super::{Bench, Line, Measured, number_after};
use crate::install;
use crate::run::{output, program};

/// Our time is that of the whole command, with reading the journal; theirs is without the start of Python.
pub fn word(bench: &Bench) -> Measured {
    let renkei = bench.renkei()?;
    let command = |out: &str| {
        let (out, data) = (bench.path(out), bench.data());
        program(&renkei, &["report", "--fiscal-year", "2026", "--out", &out, "--data", &data])
    };
    timed(&mut command("report.json"))?;
    let ours = best(3, || timed(&mut command("report.docx")))?;
    let line = format!("{:.2} s", ours.seconds);
    let python = match install::python_packages(&["python-docx"]) {
        Ok(python) => python,
        Err(reason) => return Ok(Line { ours: line, reference: reason, ratio: "—".to_owned() }),
    };
    let script = "xtask/src/bench/python_docx_report.py";
    let theirs = output(&mut program(&python, &[script, &bench.path("report.json"), &bench.path("theirs.docx")]))?;
    let seconds = number_after(&theirs, "seconds")?;
    Ok(Line {
        ours: line,
        reference: format!("python-docx {seconds:.2} s"),
        ratio: format!("{:.0} ×", seconds / ours.seconds),
    })
}
