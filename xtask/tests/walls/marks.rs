//! Marks of unfinished work, and calls that have no place in finished work.

use super::source::{SourceFile, none, rust_files};

#[test]
fn nothing_is_left_unfinished() {
    // Written apart, so that this file does not hold them itself.
    let marks = [["TO", "DO"], ["FIX", "ME"], ["todo", "!("], ["unimplemented", "!("], ["dbg", "!("], ["#[", "ignore"]];
    let files = rust_files(&["crates", "xtask"]);
    none(files.iter().flat_map(|file| {
        let lines = (1..).zip(file.text.lines());
        marks.iter().flat_map(move |halves| holding(file, lines.clone(), &halves.concat()))
    }));
}

#[test]
fn nothing_sleeps() {
    let sleep = ["thread::", "sleep"].concat();
    let files = rust_files(&["crates"]);
    none(files.iter().flat_map(|file| holding(file, code((1..).zip(file.text.lines())), &sleep)));
}

#[test]
fn nothing_unwraps_outside_of_tests() {
    let unwrap = [".unwrap", "()"].concat();
    let mut files = rust_files(&["crates", "xtask"]);
    files.retain(|file| file.text.contains(&unwrap));
    none(files.iter().flat_map(|file| holding(file, code(file.lines_without_tests().into_iter()), &unwrap)));
}

/// The lines that are no comment.
fn code<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> impl Iterator<Item = (usize, &'a str)> {
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn holding<'a>(file: &SourceFile, lines: impl Iterator<Item = (usize, &'a str)>, words: &str) -> Vec<String> {
    let found = lines.filter(|(_, line)| line.contains(words));
    found.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())).collect()
}
