//! The data and programs that all rows of the bench share.

use std::cell::OnceCell;
use std::path::PathBuf;

use crate::run::{Outcome, cargo, output, program, run, target_directory};

use super::figures::Figure;

/// The quantities of one run, or the reason why the run failed.
pub(super) type Measured = Result<Vec<Figure>, String>;

/// The data that all rows share.
pub(super) struct Bench {
    pub folder: PathBuf,
    node: OnceCell<Result<String, String>>,
    examples: OnceCell<Outcome>,
}

impl Bench {
    pub fn prepare() -> Result<Self, String> {
        let folder = target_directory().join("bench");
        let _absent_at_first = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Self { folder, node: OnceCell::new(), examples: OnceCell::new() })
    }

    /// Returns the path of the release binary. The first call builds it and loads the sample into its data directory.
    pub fn node(&self) -> Result<String, String> {
        self.node.get_or_init(|| self.build()).clone()
    }

    fn build(&self) -> Result<String, String> {
        self.build_for_release()?;
        let node = target_directory().join("release/renkei").display().to_string();
        self.write("sample.txt", &self.example("write_sample", &["1", "2026"])?)?;
        output(&mut program(&node, &["import", &self.path("sample.txt"), "--data", &self.data()]))?;
        Ok(node)
    }

    /// The first call builds all programs that are measured. Building them separately would compile typst again, with
    /// other features of its dependencies.
    pub fn build_for_release(&self) -> Outcome {
        let words = ["build", "--release", "--workspace", "--bins", "--examples", "--quiet"];
        self.examples.get_or_init(|| run(&mut cargo(&words))).clone()
    }

    /// Returns the output of an example of the workspace, built for release.
    pub fn example(&self, name: &str, arguments: &[&str]) -> Result<String, String> {
        self.build_for_release()?;
        let path = target_directory().join("release/examples").join(name).display().to_string();
        let printed = output(&mut program(&path, arguments))?;
        if printed.is_empty() { Err(format!("the example {name} printed nothing")) } else { Ok(printed) }
    }

    pub fn data(&self) -> String {
        self.path("data")
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    pub fn write(&self, name: &str, content: &str) -> Outcome {
        std::fs::write(self.folder.join(name), content).map_err(|error| format!("{name}: {error}"))
    }
}

/// Returns the number after a word in printed text.
pub(super) fn number_after(printed: &str, word: &str) -> Result<f64, String> {
    let words: Vec<&str> = printed.split_whitespace().collect();
    let found = words.windows(2).find(|pair| pair[0] == word).and_then(|pair| pair[1].parse().ok());
    found.ok_or_else(|| format!("no number behind {word} in: {}", printed.trim()))
}
