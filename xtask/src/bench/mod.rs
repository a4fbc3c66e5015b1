//! `cargo xtask bench` — measures the quantities of DESIGN §9, and measures a reference program on the same machine in
//! the same minute.
//!
//! Each row of the table is measured several times; the table shows the median and the spread. If a row cannot be
//! measured, the table shows the reason. The numbers never fail a build, because times vary on a shared machine.

mod append;
pub mod client;
pub mod edits;
mod figures;
mod fold;
mod import;
mod importing;
mod pages;
mod peers;
mod prepared;
mod report;
mod search;
pub mod server;
mod start;
pub mod times;
mod word;
mod workbook;

use crate::install;
use crate::run::Outcome;

use figures::told;
use prepared::{Bench, Measured};

/// A row: its name on the command line, its number of runs, and the function for one run.
struct Row {
    name: &'static str,
    times: usize,
    measure: fn(&Bench) -> Measured,
}

const ROWS: [Row; 11] = [
    Row { name: "page", times: 5, measure: pages::page },
    Row { name: "edits", times: 1, measure: edits::edits },
    Row { name: "importing", times: 1, measure: importing::importing },
    Row { name: "import", times: 5, measure: import::import },
    Row { name: "report", times: 5, measure: report::report },
    Row { name: "fold", times: 5, measure: fold::fold },
    Row { name: "append", times: 5, measure: append::append },
    Row { name: "search", times: 5, measure: search::search },
    Row { name: "workbook", times: 5, measure: workbook::workbook },
    Row { name: "word", times: 5, measure: word::word },
    Row { name: "start", times: 5, measure: start::start },
];

/// Measures the named rows, or all.
pub fn bench(arguments: &[String]) -> Outcome {
    if let Some(unknown) = arguments.iter().find(|name| !ROWS.iter().any(|row| row.name == *name)) {
        return Err(format!("no row is named {unknown}; there are: {}", ROWS.map(|row| row.name).join(", ")));
    }
    install::debian_packages(&install::FOR_BENCH);
    let bench = Bench::prepare()?;
    let wanted = |row: &&Row| arguments.is_empty() || arguments.iter().any(|name| name == row.name);
    for row in ROWS.iter().filter(wanted) {
        let runs: Result<Vec<_>, _> = (0..row.times).map(|_| (row.measure)(&bench)).collect();
        println!(
            "
{}, {} run{}",
            row.name,
            row.times,
            if row.times == 1 { "" } else { "s: median (least–greatest)" }
        );
        match runs {
            Ok(runs) => told(&runs).iter().for_each(|line| println!("  {line}")),
            Err(reason) => println!("  not measured: {reason}"),
        }
    }
    Ok(())
}
