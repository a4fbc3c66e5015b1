//! `cargo xtask bench` — measures the figures of DESIGN §9, each beside a reference on the same machine in the same
//! minute.
//!
//! Each row is measured several times and shows the median and the spread. A row that cannot be measured gives the
//! reason. The numbers are for people to read and never fail a build: a shared machine is noisy.

mod append;
pub mod client;
pub mod edits;
mod figures;
mod fold;
mod import;
mod importing;
mod pages;
mod peers;
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

use figures::{Figure, told};

/// The quantities of one run, or the reason why the run failed.
type Measured = Result<Vec<Figure>, String>;

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

/// The data that all rows share.
struct Bench {
    folder: PathBuf,
    node: OnceCell<Result<String, String>>,
    examples: OnceCell<Outcome>,
}

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

impl Bench {
    fn prepare() -> Result<Self, String> {
        let folder = target_directory().join("bench");
        let _absent_at_first = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { folder, node: OnceCell::new(), examples: OnceCell::new() })
    }

    /// Returns the release binary, built at the first call, with the sample in its data directory.
    fn node(&self) -> Result<String, String> {
        self.node.get_or_init(|| self.build()).clone()
    }

    fn build(&self) -> Result<String, String> {
        self.build_for_release()?;
        let node = target_directory().join("release/renkei").display().to_string();
        self.write("sample.txt", &self.example("write_sample", &["1", "2026"])?)?;
        output(&mut program(&node, &["import", &self.path("sample.txt"), "--data", &self.data()]))?;
        Ok(node)
    }

    /// Builds all programs that rows measure, at the first call: building them separately would compile typst again,
    /// with other features of its dependencies.
    fn build_for_release(&self) -> Outcome {
        let words = ["build", "--release", "--workspace", "--bins", "--examples", "--quiet"];
        self.examples.get_or_init(|| run(&mut cargo(&words))).clone()
    }

    /// Returns the output of an example of the workspace, built for release.
    fn example(&self, name: &str, arguments: &[&str]) -> Result<String, String> {
        self.build_for_release()?;
        let path = target_directory().join("release/examples").join(name).display().to_string();
        let printed = output(&mut program(&path, arguments))?;
        if printed.is_empty() { Err(format!("the example {name} printed nothing")) } else { Ok(printed) }
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

/// Returns the number after a word in printed text.
fn number_after(printed: &str, word: &str) -> Result<f64, String> {
    let words: Vec<&str> = printed.split_whitespace().collect();
    let found = words.windows(2).find(|pair| pair[0] == word).and_then(|pair| pair[1].parse().ok());
    found.ok_or_else(|| format!("no number behind {word} in: {}", printed.trim()))
}
