//! Marks of unfinished work, and calls that have no place in finished work.

use super::source::{SourceFile, rust_files};

#[test]
fn nothing_is_left_unfinished() {
    // Written apart, so that this file does not hold them itself.
    let marks = [["TO", "DO"], ["FIX", "ME"], ["todo", "!("], ["unimplemented", "!("], ["dbg", "!("], ["#[", "ignore"]];
    let marks = marks.map(|halves| halves.concat());
    for file in rust_files(&["crates", "xtask"]) {
        for (number, line) in (1..).zip(file.text.lines()) {
            let mark = marks.iter().find(|mark| line.contains(mark.as_str()));
            assert_eq!(mark, None, "{}:{number}: {line}", file.path);
        }
    }
}

#[test]
fn nothing_sleeps() {
    let sleep = ["thread::", "sleep"].concat();
    for file in rust_files(&["crates"]) {
        check(&file, file.text.lines().enumerate().map(|(at, line)| (at + 1, line)), &sleep);
    }
}

#[test]
fn nothing_unwraps_outside_of_tests() {
    let unwrap = [".unwrap", "()"].concat();
    for file in rust_files(&["crates", "xtask"]) {
        check(&file, file.lines_without_tests().into_iter(), &unwrap);
    }
}

#[track_caller]
fn check<'a>(file: &SourceFile, lines: impl Iterator<Item = (usize, &'a str)>, call: &str) {
    for (number, line) in lines {
        let is_code = !line.trim_start().starts_with("//");
        assert!(!(is_code && line.contains(call)), "{}:{number}: {line}", file.path);
    }
}
