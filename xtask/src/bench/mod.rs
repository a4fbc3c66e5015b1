//! `cargo xtask bench` — the figures of DESIGN §9, each beside a reference that runs on the same machine in the same minute.
//!
//! A row that cannot be measured yet says why. Numbers are for reading, not for failing a build: a shared machine is noisy.

pub mod client;
pub mod edits;
mod fold;
mod import;
mod importing;
mod pages;
mod report;
mod search;
pub mod server;
mod start;
pub mod times;
mod word;
mod workbook;

use std::cell::OnceCell;
use std::path::PathBuf;

use crate::install;
use crate::run::{Outcome, cargo, output, program, run, target_directory};

/// What was measured, or why it was not.
type Measured = Result<Line, String>;

/// A line of the table.
struct Line {
    ours: String,
    reference: String,
    ratio: String,
}

/// A row: its name on the command line, what it measures, what DESIGN §9 asks to hold.
struct Row {
    name: &'static str,
    what: &'static str,
    hold: &'static str,
    measure: fn(&Bench) -> Measured,
}

const ROWS: [Row; 10] = [
    Row { name: "page", what: "a plan, signed in, edited", hold: "≥ 0.5 × nginx", measure: pages::page },
    Row { name: "edits", what: "200 clients edit for a minute", hold: "none lost, p99 told", measure: edits::edits },
    Row {
        name: "importing",
        what: "a save while 50,000 rows come",
        hold: "p99 ≤ 5 × alone",
        measure: importing::importing,
    },
    Row { name: "import", what: "import of a whole report", hold: "< 50 ms", measure: import::import },
    Row {
        name: "report", what: "the report as tagged PDF", hold: "< 0.6 s, ≥ 5 ×, < 100 MB", measure: report::report
    },
    Row { name: "fold", what: "fold of 50,000 observations", hold: "< 0.3 s", measure: fold::fold },
    Row { name: "search", what: "search over 40,000 texts", hold: "< 1 ms, hits of LIKE", measure: search::search },
    Row {
        name: "workbook",
        what: "a workbook of 46,800 rows",
        hold: "faster than openpyxl",
        measure: workbook::workbook,
    },
    Row { name: "word", what: "the report as a Word file", hold: "faster than python-docx", measure: word::word },
    Row { name: "start", what: "cold start, memory at rest", hold: "< 0.2 s, < 64 MiB", measure: start::start },
];

/// What the rows share.
struct Bench {
    folder: PathBuf,
    renkei: OnceCell<Result<String, String>>,
}

/// Measures the rows that are named, or all.
pub fn bench(arguments: &[String]) -> Outcome {
    if let Some(unknown) = arguments.iter().find(|name| !ROWS.iter().any(|row| row.name == *name)) {
        return Err(format!("no row is named {unknown}; there are: {}", ROWS.map(|row| row.name).join(", ")));
    }
    install::debian_packages(&install::FOR_BENCH);
    let bench = Bench::prepare()?;
    let wanted = |row: &&Row| arguments.is_empty() || arguments.iter().any(|name| name == row.name);
    println!("\n{:<30} {:<26} {:<34} {:<8} hold", "what", "ours", "reference", "ratio");
    for row in ROWS.iter().filter(wanted) {
        match (row.measure)(&bench) {
            Ok(line) => {
                println!("{:<30} {:<26} {:<34} {:<8} {}", row.what, line.ours, line.reference, line.ratio, row.hold)
            }
            Err(reason) => println!("{:<30} not measured: {reason}", row.what),
        }
    }
    Ok(())
}

impl Bench {
    fn prepare() -> Result<Self, String> {
        let folder = target_directory().join("bench");
        let _absent_at_first = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { folder, renkei: OnceCell::new() })
    }

    /// The release binary, built when a row first asks for it, with the sample in its data directory.
    fn renkei(&self) -> Result<String, String> {
        self.renkei.get_or_init(|| self.build()).clone()
    }

    fn build(&self) -> Result<String, String> {
        build_for_release()?;
        let renkei = target_directory().join("release/renkei").display().to_string();
        self.write("sample.txt", &example("write_sample", &["1", "2026"])?)?;
        output(&mut program(&renkei, &["import", &self.path("sample.txt"), "--data", &self.data()]))?;
        Ok(renkei)
    }

    fn data(&self) -> String {
        self.path("data")
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    fn write(&self, name: &str, content: &str) -> Outcome {
        std::fs::write(self.folder.join(name), content).map_err(|error| format!("{name}: {error}"))
    }
}

/// Everything that rows measure, in one build: parts of it alone would compile typst once more, with other features of
/// what it uses.
fn build_for_release() -> Outcome {
    run(&mut cargo(&["build", "--release", "--workspace", "--bins", "--examples", "--quiet"]))
}

/// What an example of the workspace prints, built for release.
fn example(name: &str, arguments: &[&str]) -> Result<String, String> {
    build_for_release()?;
    let path = target_directory().join("release/examples").join(name).display().to_string();
    let printed = output(&mut program(&path, arguments))?;
    if printed.is_empty() { Err(format!("the example {name} printed nothing")) } else { Ok(printed) }
}

/// The number behind a word in what was printed.
fn number_after(printed: &str, word: &str) -> Result<f64, String> {
    let words: Vec<&str> = printed.split_whitespace().collect();
    let found = words.windows(2).find(|pair| pair[0] == word).and_then(|pair| pair[1].parse().ok());
    found.ok_or_else(|| format!("no number behind {word} in: {}", printed.trim()))
}
