//! With the feature `embed-fonts`, embeds the fonts of the directory `RENKEI_FONT_DIR` in the program.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=RENKEI_FONT_DIR");
    let fonts = if env::var_os("CARGO_FEATURE_EMBED_FONTS").is_some() { fonts() } else { Vec::new() };
    let bytes: Vec<String> = fonts.iter().map(|file| format!("include_bytes!({file:?})")).collect();
    let code = format!("pub(super) static FONTS: [&[u8]; {}] = [{}];\n", fonts.len(), bytes.join(", "));
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("embedded_fonts.rs"), code).expect("OUT_DIR takes a file");
}

/// Returns the fonts to embed. The build fails if it should embed fonts and finds none; otherwise reports would lack
/// them later.
fn fonts() -> Vec<PathBuf> {
    let directory =
        env::var_os("RENKEI_FONT_DIR").map_or_else(|| PathBuf::from("/usr/share/fonts/truetype"), PathBuf::from);
    let mut files = Vec::new();
    for folder in [directory.clone(), directory.join("bizud-gothic"), directory.join("bizud-mincho")] {
        let entries = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
        files.extend(entries.filter(|file| is_wanted(file)));
    }
    files.sort();
    assert!(!files.is_empty(), "embed-fonts: no BIZUDGothic or BIZUDMincho in {}", directory.display());
    files
}

fn is_wanted(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.ends_with(".ttf") && (name.starts_with("BIZUDGothic-") || name.starts_with("BIZUDMincho-"))
}
