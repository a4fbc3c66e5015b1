//! Prints the suggested 前年度対応 of a document (renkei-document/1 on standard input), from its first table to its last.
use std::io::Read;

use renkei_document::document::Document;
use renkei_domain::plan::lineage;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let document: Document = serde_json::from_str(&text)?;
    if let (Some(old), Some(new)) = (document.plans.first(), document.plans.last()) {
        println!("{}", serde_json::to_string(&lineage::suggest(old, new))?);
    }
    Ok(())
}
