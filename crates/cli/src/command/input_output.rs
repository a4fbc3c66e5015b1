//! Reads the files that commands name, and prints JSON.

use std::path::Path;

use crate::failure::Failure;

/// Reads a file that a command names.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(Failure::file(path))
}

/// Prints a value as indented JSON.
pub fn print_json(value: &impl serde::Serialize) {
    print!("{}", indented(value));
}

/// Returns a value as indented JSON with a line feed at the end.
pub fn indented(value: &impl serde::Serialize) -> String {
    // Writing to memory cannot fail, because every key of a map is the name of a field.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
