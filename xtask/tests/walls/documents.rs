//! What the documents of the project must say.

use super::source::{files, root};

#[test]
fn the_readme_names_the_two_commands() {
    let Some(readme) = read("README.md") else { return };
    for command in ["cargo xtask demo", "cargo xtask test"] {
        assert!(readme.contains(command), "README.md does not name: {command}");
    }
}

#[test]
fn the_architecture_lists_each_decision() {
    let Some(architecture) = read("ARCHITECTURE.md") else { return };
    for decision in files(&["docs/adr"], &|path| path.extension().is_some_and(|ending| ending == "md")) {
        let name = decision.path.rsplit('/').next().unwrap_or_default();
        assert!(architecture.contains(name), "ARCHITECTURE.md does not list {}", decision.path);
    }
}

#[test]
fn the_gate_runs_the_test_command_of_the_readme() {
    assert!(read(".ci/run").is_some_and(|script| script.contains("cargo xtask test")));
}

fn read(path: &str) -> Option<String> {
    let text = std::fs::read_to_string(root().join(path)).ok();
    if text.is_none() {
        println!("skipped: {path} is not written yet");
    }
    text
}
