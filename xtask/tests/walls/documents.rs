//! What the documents of the project must say.

use super::source::{files, root};

#[test]
fn the_readme_names_the_two_commands() {
    let readme = read("README.md");
    for command in ["cargo xtask demo", "cargo xtask test"] {
        assert!(readme.contains(command), "README.md does not name: {command}");
    }
}

#[test]
fn the_architecture_lists_each_decision() {
    let architecture = read("ARCHITECTURE.md");
    for decision in files(&["docs/adr"], &|path| path.extension().is_some_and(|ending| ending == "md")) {
        let name = decision.path.rsplit('/').next().unwrap_or_default();
        assert!(architecture.contains(name), "ARCHITECTURE.md does not list {}", decision.path);
    }
}

#[test]
fn the_gate_runs_the_test_command_of_the_readme() {
    assert!(read(".ci/run").contains("cargo xtask test"));
}

#[track_caller]
fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
