//! The binary as a user at a terminal sees it: help, messages, exit codes, and all commands from the file to the
//! report.

mod failures;
mod help;
mod journey;
mod lists;
mod machine_readable;
#[cfg(unix)]
mod private;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs `renkei` in a folder, in Japanese.
fn node(folder: &Path, arguments: &[&str]) -> Output {
    in_language(folder, "ja_JP.UTF-8", arguments)
}

fn in_language(folder: &Path, language: &str, arguments: &[&str]) -> Output {
    command(folder, language, arguments).output().expect("the binary runs")
}

/// Runs `renkei` with its output in a pipe whose reader closes it before the first line.
fn unread(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = command(folder, "ja_JP.UTF-8", arguments);
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    drop(running.stdout.take());
    running.wait_with_output().expect("the binary ends")
}

fn command(folder: &Path, language: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_renkei"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", language)
        .env("XDG_DATA_HOME", folder.join("home"));
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Makes a folder that contains the sample document.
fn folder_with_sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sample = renkei_sample::document(&renkei_sample::Settings::usual(8, 2026));
    std::fs::write(folder.path().join("昨年度.txt"), sample).expect("written");
    folder
}
