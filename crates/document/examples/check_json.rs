//! Prints the findings of a document (renkei-document/1 on standard input), merged with the findings that it contains.
use std::io::Read;

use renkei_document::checks;
use renkei_document::document::Document;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let document: Document = serde_json::from_str(&text)?;
    println!("{}", serde_json::json!({ "findings": checks::check(&document) }));
    Ok(())
}
