//! Reading the file that a command names, and printing JSON.

use std::path::Path;

use crate::failure::Failure;

/// Reads the named file.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(Failure::file(path))
}

/// Prints a value as indented JSON.
pub fn print_json(value: &impl serde::Serialize) {
    print!("{}", indented(value));
}

/// Returns a value as indented JSON that ends in a line feed.
pub fn indented(value: &impl serde::Serialize) -> String {
    // Each map key is a field name, so writing to memory cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
