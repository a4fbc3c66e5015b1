//! Checks that the project's documents contain the required information.

use std::path::{Path, PathBuf};

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

/// Returns one path for each alternative in braces, such as `{a,b}`; expands only the first braces.
fn expanded(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else { return vec![path.to_owned()] };
    let Some((inside, after)) = rest.split_once('}') else { return vec![path.to_owned()] };
    inside.split(',').map(|name| format!("{before}{}{after}", name.trim())).collect()
}

/// Returns the paths in backticks that name our files; a path may lack its first folders.
fn paths_in(text: &str) -> Vec<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    let is_path = |quoted: &&str| {
        let plain = !quoted.is_empty() && quoted.chars().all(|c| c.is_ascii_alphanumeric() || "/_.-{},".contains(c));
        let is_ours = !quoted.starts_with("../") && !quoted.contains("SLICE");
        plain
            && is_ours
            && quoted.contains('/')
            && [".rs", ".js", ".md", ".typ", ".json"].iter().any(|end| quoted.ends_with(end))
    };
    quoted.filter(is_path).flat_map(expanded).collect()
}

/// Collects all files below a folder.
fn gather(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true if path.ends_with("node_modules") => {}
            true => gather(&path, into),
            false => into.push(path),
        }
    }
}

#[test]
fn the_files_that_the_documents_name_are_there() {
    assert_eq!(expanded("a/{b,c/d}.rs"), ["a/b.rs", "a/c/d.rs"]);
    let (mut missing, mut count, mut files) = (Vec::new(), 0, Vec::new());
    ["crates", "docs", "tests", "xtask"].iter().for_each(|folder| gather(&root().join(folder), &mut files));
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "README.md", "README.ja.md"] {
        for path in paths_in(&read(document)) {
            count += 1;
            if !files.iter().any(|known| known.ends_with(&path)) {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(count > 80, "{count} paths");
    assert!(missing.is_empty(), "{missing:#?}");
}
