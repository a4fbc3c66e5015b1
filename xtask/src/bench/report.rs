//! The report as a tagged PDF, beside LibreOffice converting our HTML of it.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::server::memory;
use super::{Bench, Line, Measured};
use crate::install;
use crate::run::{is_on_path, program};

/// One run of a command.
pub(super) struct Run {
    pub seconds: f64,
    /// The most it used, in MiB (Linux).
    peak: f64,
}

pub fn report(bench: &Bench) -> Measured {
    let renkei = bench.renkei()?;
    let command = |out: &str| {
        let (out, data) = (bench.path(out), bench.data());
        program(&renkei, &["report", "--fiscal-year", "2026", "--out", &out, "--data", &data])
    };
    timed(&mut command("report.html"))?;
    let ours = best(3, || timed(&mut command("report.pdf")))?;
    let line = format!("{:.2} s, {:.0} MiB", ours.seconds, ours.peak);
    install::debian_packages(&install::LIBREOFFICE);
    if !is_on_path("soffice") {
        return Ok(Line { ours: line, reference: "LibreOffice is not here".to_owned(), ratio: "—".to_owned() });
    }
    let (folder, html) = (bench.path("office"), bench.path("report.html"));
    let profile = format!("-env:UserInstallation=file://{folder}/profile");
    let arguments = [&profile, "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", &folder, &html];
    let office = best(3, || timed(&mut program("soffice", &arguments)))?;
    Ok(Line {
        ours: line,
        reference: format!("LibreOffice {:.2} s", office.seconds),
        ratio: format!("{:.1} ×", office.seconds / ours.seconds),
    })
}

/// The fastest of some runs, with the most memory that any took.
pub(super) fn best(times: usize, mut measure: impl FnMut() -> Result<Run, String>) -> Result<Run, String> {
    let mut best = measure()?;
    for _ in 1..times {
        let run = measure()?;
        best = Run { seconds: best.seconds.min(run.seconds), peak: best.peak.max(run.peak) };
    }
    Ok(best)
}

pub(super) fn timed(command: &mut Command) -> Result<Run, String> {
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|error| format!("did not start: {error}"))?;
    let mut peak = 0.0_f64;
    loop {
        // The kernel keeps the peak until the process ends; the last look before that is near enough.
        peak = peak.max(memory(child.id(), "VmHWM:").unwrap_or_default());
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) if status.success() => return Ok(Run { seconds: start.elapsed().as_secs_f64(), peak }),
            Some(status) => return Err(format!("ended with {status}")),
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}
