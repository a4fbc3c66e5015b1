//! `cargo xtask score` — runs the scorers of `../shared/score` on the output of the import, and compares the scores
//! with our thresholds.

use std::path::{Path, PathBuf};

use crate::install;
use crate::run::{Outcome, cargo, output, program, root, run, target_directory};

/// Minimum value in the last line of a scorer, in per cent.
const IMPORT: f64 = 97.0;
const LABELS: f64 = 70.0;
const AGREEMENT: f64 = 97.0;
const FINDINGS: f64 = 90.0;
const OTHER_PLACES: f64 = 80.0;
/// Thresholds for the same document as Word, Excel and HTML files, and as PDFs that other programs print from them.
const CONVERTED: f64 = 95.0;
const PRINTED: f64 = 90.0;

/// Number of last lines of a scorer that are printed.
const SHOWN: usize = 14;

pub fn score(_arguments: &[String]) -> Outcome {
    let shared = root().join("../shared");
    if !shared.join("score").exists() {
        println!("skipped: ../shared/score is not here");
        return Ok(());
    }
    run(&mut cargo(&["build", "--package", "renkei", "--quiet"]))?;
    let mut board = Board { shared, failures: Vec::new() };
    let document = board.document()?;
    let imported = board.import(&document)?;
    board.import_of(&imported, &document, 2025, "r7_chapters_1_2.json")?;
    board.import_of(&imported, &document, 2026, "r8_chapters_1_2.json")?;
    board.hold("agreement", "score_agreement.py", &[&imported, &board.gold("agreement.json")], AGREEMENT)?;
    board.hold("findings", "score_findings.py", &[&imported, &board.gold("findings_chapters_1_2.json")], FINDINGS)?;
    board.lineage(&document)?;
    let command = format!("{} import {{}} --dry-run --format json", binary().display());
    board.hold("other places", "score_other.py", &[&board.path("other_places"), &command], OTHER_PLACES)?;
    // This is the last step, because each import writes the same file.
    board.conversions(&document)?;
    if board.failures.is_empty() { Ok(()) } else { Err(board.failures.join("; ")) }
}

/// Runs the scorers and collects the failures.
struct Board {
    shared: PathBuf,
    failures: Vec<String>,
}

impl Board {
    fn path(&self, inside: &str) -> String {
        self.shared.join(inside).display().to_string()
    }

    fn gold(&self, name: &str) -> String {
        self.path(&format!("gold/{name}"))
    }

    /// Returns the only document of the folder for which people have written the expected result.
    fn document(&self) -> Result<String, String> {
        let entries = std::fs::read_dir(self.shared.join("documents")).map_err(|error| error.to_string())?;
        let mut texts: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        texts.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
        texts.sort();
        let first = texts.first().ok_or("no text in ../shared/documents")?;
        Ok(first.display().to_string())
    }

    /// Writes the import as JSON to a file in the target folder; returns its path.
    fn import(&self, document: &str) -> Result<String, String> {
        let json = output(&mut program(
            &binary().display().to_string(),
            &["import", document, "--dry-run", "--format", "json"],
        ))?;
        keep("score-import.json", &json)
    }

    fn import_of(&mut self, imported: &str, document: &str, year: u16, gold: &str) -> Outcome {
        let (gold, year) = (self.gold(gold), year.to_string());
        let borderline = self.gold("r7_borderline_chapters_1_2.json");
        let arguments = [
            imported,
            &gold,
            "--year",
            &year,
            "--borderline",
            &borderline,
            "--chapters",
            "1,2",
            "--document",
            document,
        ];
        let lines = self.lines(&format!("import {year}"), "score_import.py", &arguments)?;
        self.at_least(&format!("import {year}"), number_after(&lines, "overall"), IMPORT);
        if let Some(likeness) = number_after(&lines, "label likeness") {
            self.at_least(&format!("labels {year}"), Some(likeness), LABELS);
        }
        Ok(())
    }

    /// Scores the document in other file formats, which a script independent of renkei writes, and as PDFs that other
    /// programs print.
    fn conversions(&mut self, document: &str) -> Outcome {
        install::debian_packages(install::LIBREOFFICE.iter().chain(&install::FOR_TESTS));
        let folder = target_directory().join("score-documents").display().to_string();
        let scripts = root().join("tests/documents");
        run(&mut program("python3", &[&scripts.join("make.py").display().to_string(), document, &folder]))?;
        run(&mut program("sh", &[&scripts.join("print.sh").display().to_string(), &folder]))?;
        let entries = std::fs::read_dir(&folder).map_err(|error| error.to_string())?;
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            let imported = self.import(&file.display().to_string())?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let threshold = if name.ends_with(".pdf") { PRINTED } else { CONVERTED };
            for (year, gold) in [("2025", "r7_chapters_1_2.json"), ("2026", "r8_chapters_1_2.json")] {
                let (gold, borderline) = (self.gold(gold), self.gold("r7_borderline_chapters_1_2.json"));
                let arguments = [&imported, &gold, "--year", year, "--borderline", &borderline, "--chapters", "1,2"];
                let name = format!("{name} {year}");
                let lines = self.lines(&name, "score_import.py", &arguments)?;
                self.at_least(&name, number_after(&lines, "overall"), threshold);
            }
        }
        Ok(())
    }

    /// Scores the lineage, if the product has the command; no threshold is set for it yet.
    fn lineage(&self, document: &str) -> Outcome {
        let binary = binary().display().to_string();
        let help = output(&mut program(&binary, &["--help"]))?;
        if !help.contains("lineage") {
            println!("\n== lineage\nskipped: renkei has no command `lineage` yet");
            return Ok(());
        }
        let data = target_directory().join("score-data");
        let _absent_at_first = std::fs::remove_dir_all(&data);
        let data = data.display().to_string();
        run(&mut program(&binary, &["import", document, "--data", &data]))?;
        let arguments = ["lineage", "--data", &data, "--from", "2025", "--to", "2026", "--format", "json"];
        let rows = keep("score-lineage.json", &output(&mut program(&binary, &arguments))?)?;
        self.lines("lineage", "score_lineage.py", &[&rows, &self.gold("lineage_chapters_1_2.json")]).map(drop)
    }

    fn hold(&mut self, name: &str, scorer: &str, arguments: &[&str], threshold: f64) -> Outcome {
        let lines = self.lines(name, scorer, arguments)?;
        self.at_least(name, number_after(&lines, "overall"), threshold);
        Ok(())
    }

    /// Runs a scorer, shows its last lines and returns them.
    fn lines(&self, name: &str, scorer: &str, arguments: &[&str]) -> Result<Vec<String>, String> {
        let script = self.path(&format!("score/{scorer}"));
        let mut words = vec![script.as_str()];
        words.extend(arguments);
        let printed = output(program("python3", &words).env("PYTHONDONTWRITEBYTECODE", "1"))?;
        let lines: Vec<String> = printed.lines().map(str::to_owned).collect();
        println!("\n== {name}");
        for line in lines.iter().skip(lines.len().saturating_sub(SHOWN)) {
            println!("{line}");
        }
        Ok(lines)
    }

    fn at_least(&mut self, name: &str, reached: Option<f64>, threshold: f64) {
        match reached {
            Some(reached) if reached >= threshold => {}
            Some(reached) => self.failures.push(format!("{name}: {reached} is under {threshold}")),
            None => self.failures.push(format!("{name}: the scorer gave no figure")),
        }
    }
}

fn binary() -> PathBuf {
    target_directory().join("debug/renkei")
}

fn keep(name: &str, content: &str) -> Result<String, String> {
    let file = target_directory().join(name);
    std::fs::write(&file, content).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Path::new(&file).display().to_string())
}

/// Returns the number after a name in the last line that begins with that name.
fn number_after(lines: &[String], name: &str) -> Option<f64> {
    let line = lines.iter().rev().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
