//! Refuses marks of unfinished work, and calls that finished work must not contain.

use super::source::{SourceFile, files, none, rust_files};

#[test]
fn nothing_is_left_unfinished() {
    // The marks are split, so that this file does not contain them.
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

/// A browser test must wait for a condition and not for a time. `page.clock` changes the time of a page.
#[test]
fn no_browser_test_waits_for_time() {
    let files = files(&["tests/browser"], &|path| path.extension().is_some_and(|ending| ending == "js"));
    assert!(files.len() > 10, "{} files", files.len());
    none(files.iter().flat_map(|file| {
        let lines = (1..).zip(file.text.lines());
        ["waitForTimeout", "setTimeout("].iter().flat_map(move |wait| holding(file, lines.clone(), wait))
    }));
}

#[test]
fn nothing_unwraps_outside_of_tests() {
    let unwrap = [".unwrap", "()"].concat();
    let mut files = rust_files(&["crates", "xtask"]);
    files.retain(|file| file.text.contains(&unwrap));
    none(files.iter().flat_map(|file| holding(file, code(file.lines_without_tests().into_iter()), &unwrap)));
}

/// HOUSE.md, Prose: comments are clear at first reading. A sentence that begins with one of `OPENINGS` or contains one
/// of `PHRASES` is not.
#[test]
fn comments_and_names_have_no_riddles() {
    const OPENINGS: [&str; 3] = ["What ", "Whoever ", "So many "];
    const PHRASES: [&str; 3] = ["none where", " of late ", " of late."];
    let is_riddle = |line: &str| {
        let Some((_, words)) = line.trim_start().split_once("//") else { return false };
        let words = words.trim_start_matches(['/', '!']).trim_start();
        let begins = |sentence: &str| OPENINGS.iter().any(|opening| sentence.starts_with(opening));
        // A question may begin with one of these words.
        let is_question = words.contains('?');
        (!is_question && words.split(". ").any(begins)) || PHRASES.iter().any(|turn| words.contains(turn))
    };
    assert!(is_riddle("    /// What is left. It ends.") && is_riddle("//! Ends. Whoever asks, waits."));
    assert!(!is_riddle("let What = 1;") && !is_riddle("// Returns what is left."));
    let files = rust_files(&["crates", "xtask"]);
    none(files.iter().flat_map(|file| {
        let lines = (1..).zip(file.text.lines()).filter(|(_, line)| line.trim_start().starts_with("//"));
        let riddles = lines.filter(|(_, line)| is_riddle(line));
        let in_comments = riddles.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim()));
        let names = ["fn what_", "fn whoever_", "fn so_many_"];
        let in_names = names.iter().flat_map(|name| holding(file, (1..).zip(file.text.lines()), name));
        in_comments.chain(in_names.filter(|found| !found.contains('"'))).collect::<Vec<_>>()
    }));
}

/// Returns the lines that are not comments.
fn code<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> impl Iterator<Item = (usize, &'a str)> {
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn holding<'a>(file: &SourceFile, lines: impl Iterator<Item = (usize, &'a str)>, words: &str) -> Vec<String> {
    let found = lines.filter(|(_, line)| line.contains(words));
    found.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim())).collect()
}
