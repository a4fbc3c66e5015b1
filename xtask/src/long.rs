//! `cargo xtask long` — runs tests that take hours: killed processes, many seeds, random walks, properties, mutated
//! documents, the siege.
//!
//! It repeats tests of `cargo xtask test` a hundred times as often; the environment variable `RENKEI_TIMES` is the
//! factor. Each part adds a line to a log in the target folder. A part that has passed at this commit is skipped, so an
//! interrupted run can be continued.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use crate::run::{Outcome, cargo, output, program, root, run, target_directory};
use crate::{fuzz, install, siege};

const TIMES: &str = "100";
const SECONDS_OF_FUZZ: &str = "3600";

/// A part: its name in the log, and its function.
type Part = (&'static str, fn() -> Outcome);

const PARTS: [Part; 10] = [
    ("kills", || tests("renkei-journal", "crash")),
    ("properties", || tests("renkei-domain", "record::properties")),
    ("drafts", || tests("renkei-domain", "plan::carrying")),
    ("seeds", || tests("renkei-sample", "renamed_divisions")),
    ("figures", || tests("renkei-app", "figures")),
    ("walks", || tests("renkei-web", "frame::keeping")),
    ("secrets", || tests("renkei-web", "secrecy::what_the_bureau_keeps")),
    ("pages", pages),
    ("documents", || fuzz::fuzz(&["--seconds".to_owned(), SECONDS_OF_FUZZ.to_owned()])),
    ("siege", of_the_release),
];

/// Runs the named parts, or all.
pub fn long(names: &[String]) -> Outcome {
    if let Some(name) = names.iter().find(|name| !PARTS.iter().any(|(known, _)| known == name)) {
        let known: Vec<&str> = PARTS.iter().map(|(known, _)| *known).collect();
        return Err(format!("no part {name}; there are: {}", known.join(", ")));
    }
    let commit = output(&mut program("git", &["describe", "--always", "--dirty", "--abbrev=12"]))?.trim().to_owned();
    if commit.is_empty() {
        return Err("git names no commit: the log would not say what was tried".to_owned());
    }
    let path = log_path();
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let mut log = opened(&path)?;
    let mut failed = Vec::new();
    for (name, part) in PARTS.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|known| known == name)) {
        if has_passed(&before, &commit, name) {
            println!("{name}: passed at {commit} before");
            continue;
        }
        let begun = Instant::now();
        let outcome = part();
        let told = match &outcome {
            Ok(()) => "passed".to_owned(),
            Err(reason) => format!("failed: {}", reason.replace('\n', " ")),
        };
        let line = format!("{commit}\t{name}\t{} s\t{told}", begun.elapsed().as_secs());
        println!("{line}");
        writeln!(log, "{line}").map_err(|error| format!("{}: {error}", path.display()))?;
        failed.extend(outcome.err().map(|reason| format!("{name}: {reason}")));
    }
    println!("The log is {}.", path.display());
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n  ")) }
}

fn log_path() -> PathBuf {
    target_directory().join("long.tsv")
}

fn opened(path: &PathBuf) -> Result<File, String> {
    let opened = OpenOptions::new().create(true).append(true).open(path);
    opened.map_err(|error| format!("{}: {error}", path.display()))
}

/// Whether a part passed at a commit. With uncommitted changes there is no commit name, so all parts run.
fn has_passed(log: &str, commit: &str, part: &str) -> bool {
    let passed = |line: &str| {
        let mut fields = line.split('\t');
        fields.next() == Some(commit) && fields.next() == Some(part) && fields.nth(1) == Some("passed")
    };
    !commit.ends_with("-dirty") && log.lines().any(passed)
}

fn tests(package: &str, filter: &str) -> Outcome {
    let words = ["test", "--package", package, "--test", "all", "--", filter];
    // Check that the filter matches a test, because cargo succeeds without running any test otherwise.
    if !output(&mut cargo(&[&words[..], &["--list"]].concat()))?.contains(": test") {
        return Err(format!("{package} has no test {filter}"));
    }
    run(cargo(&words).env("RENKEI_TIMES", TIMES).env("RENKEI_EVERY_FIGURE", "1"))
}

/// Runs the siege on a release build: the build of the tests is not optimised and exceeds the siege's limits of time
/// and memory.
fn of_the_release() -> Outcome {
    run(&mut cargo(&["build", "--release", "--package", "renkei"]))?;
    siege::of_binary(&target_directory().join("release/renkei"))
}

/// Runs the browser tests at all widths.
fn pages() -> Outcome {
    if !install::npm_packages() {
        return Err("the browser tests could not run".to_owned());
    }
    run(&mut cargo(&["test", "--workspace", "--no-run"]))?;
    let mut browser = program("npm", &["test", "--silent"]);
    browser.current_dir(root().join("tests/browser")).env("RENKEI_TIMES", TIMES);
    run(browser.env("RENKEI_BIN", target_directory().join("debug/renkei")))
}

#[cfg(test)]
mod tests {
    use super::has_passed;

    #[test]
    fn a_part_is_done_once_for_each_commit() {
        let log = "aa\tkills\t9 s\tpassed\nbb\tkills\t9 s\tfailed: lost\nbb-dirty\tseeds\t1 s\tpassed\n";
        for (commit, part, expected) in
            [("aa", "kills", true), ("aa", "seeds", false), ("bb", "kills", false), ("bb-dirty", "seeds", false)]
        {
            assert_eq!(has_passed(log, commit, part), expected, "{commit} {part}");
        }
    }
}
