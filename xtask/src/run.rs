//! Runs other programs from the root of the workspace and streams their output.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The result of a command; `Err` contains a sentence about the failure.
pub type Outcome = Result<(), String>;

/// Returns the root of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Returns cargo's target directory: the path in the environment variable, otherwise `target/`.
pub fn target_directory() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |set| root().join(set))
}

/// Returns a command that runs the same cargo that runs this program.
pub fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = program(cargo.to_string_lossy().as_ref(), arguments);
    // Remove the variables that `cargo run` has set for this process, because build scripts that depend on them would
    // run again.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_BIN_NAME" {
            command.env_remove(name);
        }
    }
    command
}

/// Returns a command for a program with its arguments, run in the root of the workspace.
pub fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    command
}

/// Runs the command to its end and streams its output; `Err` unless it succeeds.
pub fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    println!("$ {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` ended with {status}")),
        Err(error) => Err(format!("`{shown}` did not start: {error}")),
    }
}

/// Runs the command to its end and returns its standard output, whatever the exit code.
pub fn output(command: &mut Command) -> Result<String, String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("`{shown}` did not start: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name is in a folder of `PATH`.
pub fn is_on_path(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
