//! Measures how long it takes to make the report as a tagged PDF. The reference is LibreOffice, which converts our HTML
//! of the report.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured};
use super::server::memory;
use crate::install;
use crate::run::{is_on_path, program};

/// One run of a command.
pub(super) struct Run {
    pub seconds: f64,
    /// Peak memory, in MiB (Linux).
    peak: f64,
}

pub fn report(bench: &Bench) -> Measured {
    let node = bench.node()?;
    let command = |out: &str| {
        let (out, data) = (bench.path(out), bench.data());
        program(&node, &["report", "--fiscal-year", "2026", "--out", &out, "--data", &data])
    };
    timed(&mut command("report.html"))?;
    let ours = timed(&mut command("report.pdf"))?;
    let seconds = Figure::less("the report as tagged PDF", "s", ours.seconds);
    let memory = Figure::less("its memory", "MiB", ours.peak).within(Limit::Value(100.0));
    install::debian_packages(&install::LIBREOFFICE);
    if !is_on_path("soffice") {
        return Ok(vec![seconds.within(Limit::Value(0.6)), memory]);
    }
    let (folder, html) = (bench.path("office"), bench.path("report.html"));
    let profile = format!("-env:UserInstallation=file://{folder}/profile");
    let arguments = [&profile, "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", &folder, &html];
    let office = timed(&mut program("soffice", &arguments))?;
    Ok(vec![seconds.beside("LibreOffice", office.seconds).within(Limit::Value(0.6)), memory])
}

pub(super) fn timed(command: &mut Command) -> Result<Run, String> {
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|error| format!("did not start: {error}"))?;
    let mut peak = 0.0_f64;
    loop {
        // The kernel reports the peak only while the process runs; the last value that is read is close enough.
        peak = peak.max(memory(child.id(), "VmHWM:").unwrap_or_default());
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) if status.success() => return Ok(Run { seconds: start.elapsed().as_secs_f64(), peak }),
            Some(status) => return Err(format!("ended with {status}")),
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}
