//! Prints what the reader of documents without plan tables finds in a file, as JSON.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).ok_or(std::io::ErrorKind::InvalidInput)?;
    let text = std::fs::read_to_string(path)?;
    let imported = renkei_import::general::read_general(&text);
    serde_json::to_writer(std::io::stdout(), &imported)?;
    writeln!(std::io::stdout())
}
