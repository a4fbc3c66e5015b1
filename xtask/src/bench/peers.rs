//! Measures calamine and rust_xlsxwriter on a workbook, for comparison with renkei. They are built in release mode
//! outside of the workspace, so that no other build compiles them.

use std::path::Path;

use super::prepared::Bench;
use crate::run::{cargo, output, program, run, target_directory};

const MANIFEST: &str = r#"[package]
name = "peers"
version = "0.0.0"
edition = "2024"

[dependencies]
calamine = "=0.38.0"
rust_xlsxwriter = "=0.102.0"

[workspace]
"#;

const MAIN: &str = include_str!("peers_main.rs");

/// Returns `read S write S cells N`: the seconds in which calamine reads a workbook as cells and rust_xlsxwriter writes
/// them.
pub fn workbook(bench: &Bench, file: &str) -> Result<String, String> {
    let built = target_directory().join("bench-peers");
    let source = built.join("source");
    std::fs::create_dir_all(source.join("src")).map_err(|error| format!("{}: {error}", source.display()))?;
    write_if_other(&source.join("Cargo.toml"), MANIFEST)?;
    write_if_other(&source.join("src/main.rs"), MAIN)?;
    let (manifest, target) = (source.join("Cargo.toml").display().to_string(), built.display().to_string());
    let words = ["build", "--release", "--quiet", "--manifest-path", &manifest, "--target-dir", &target];
    run(&mut cargo(&words))?;
    output(&mut program(&built.join("release/peers").display().to_string(), &[file, &bench.path("peer.xlsx")]))
}

/// Writes a file only if its content changes, so that cargo does not build it again.
fn write_if_other(path: &Path, content: &str) -> Result<(), String> {
    if std::fs::read_to_string(path).is_ok_and(|known| known == content) {
        return Ok(());
    }
    std::fs::write(path, content).map_err(|error| format!("{}: {error}", path.display()))
}
