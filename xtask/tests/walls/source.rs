//! Reads the source files of the workspace.

use std::path::{Path, PathBuf};

use syn::spanned::Spanned;

/// One file of the workspace.
pub struct SourceFile {
    /// Path from the root of the workspace, with `/` as separator.
    pub path: String,
    pub text: String,
}

/// Returns the root of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Returns the Rust files below the folders.
pub fn rust_files(folders: &[&str]) -> Vec<SourceFile> {
    let files = files(folders, &|path| path.extension().is_some_and(|ending| ending == "rs"));
    assert!(!files.is_empty(), "no Rust file below {folders:?}");
    files
}

/// Returns the wanted text files below the folders, without build outputs and installed packages.
pub fn files(folders: &[&str], wanted: &dyn Fn(&Path) -> bool) -> Vec<SourceFile> {
    let mut paths = Vec::new();
    for folder in folders {
        collect(&root().join(folder), &mut paths);
    }
    paths.retain(|path| wanted(path));
    paths.sort();
    let read = |path: PathBuf| {
        let text = String::from_utf8(std::fs::read(&path).ok()?).ok()?;
        let inside = path.strip_prefix(root()).unwrap_or(&path);
        Some(SourceFile { path: inside.display().to_string().replace('\\', "/"), text })
    };
    paths.into_iter().filter_map(read).collect()
}

/// Passes if the list is empty; otherwise fails with all findings.
#[track_caller]
pub fn none(found: impl Iterator<Item = String>) {
    let found: Vec<String> = found.collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

impl SourceFile {
    #[track_caller]
    pub fn parse(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }

    /// Whether the file contains only tests, benchmarks or examples.
    pub fn is_test(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        let inside = |folder: &str| parts[..parts.len() - 1].contains(&folder);
        inside("tests") || inside("benches") || inside("examples") || self.path.ends_with("/tests.rs")
    }

    /// Returns the lines outside of `#[cfg(test)]` items, with their numbers from 1; empty if the whole file is a test.
    pub fn lines_without_tests(&self) -> Vec<(usize, &str)> {
        if self.is_test() {
            return Vec::new();
        }
        let parsed = self.parse();
        let tests: Vec<(usize, usize)> = parsed.items.iter().filter(|item| is_for_tests(item)).map(lines_of).collect();
        let outside = |line: &usize| !tests.iter().any(|(from, to)| (from..=to).contains(&line));
        (1..).zip(self.text.lines()).filter(|(line, _)| outside(line)).collect()
    }
}

/// Whether an item has the attribute `#[cfg(test)]` or `#[test]`.
pub fn is_for_tests(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        syn::Meta::NameValue(_) => false,
    })
}

fn lines_of(item: &syn::Item) -> (usize, usize) {
    (item.span().start().line, item.span().end().line)
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() && name != "target" && name != "node_modules" {
            collect(&path, into);
        } else if path.is_file() {
            into.push(path);
        }
    }
}
