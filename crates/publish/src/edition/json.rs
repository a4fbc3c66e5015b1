//! Writes the data of an edition except its document as JSON.

use super::errata_lines::told;
use super::imprint::Imprint;

/// Returns the data of an edition except its document, as `renkei-edition/1`: name, hash, references and 正誤表.
pub fn edition_json(imprint: &Imprint<'_>) -> String {
    let told = serde_json::json!({
        "format": "renkei-edition/1",
        "name": imprint.name.to_string(),
        "title": imprint.name.in_words(),
        "fiscal_year": imprint.name.fiscal_year,
        "number": imprint.name.number,
        "digest": imprint.digest,
        "open_errors": imprint.open_errors,
        "references": imprint.references,
        "errata": told(imprint.errata),
    });
    // Each map key is a field name, so writing to memory cannot fail.
    let mut text = serde_json::to_string_pretty(&told).unwrap_or_default();
    text.push('\n');
    text
}
