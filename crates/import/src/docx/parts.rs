//! Finds the parts of a Word package by their relationships, as Word does.

use std::collections::HashMap;

use crate::decode::Unreadable;
use crate::docx::xml::{Step, Steps, text_of};
use crate::package;

/// A package and the names of its parts.
pub struct Parts<'a> {
    bytes: &'a [u8],
    main: String,
    /// Part names by the last word of the relationship type: styles, numbering, footnotes.
    by_kind: HashMap<String, String>,
}

impl<'a> Parts<'a> {
    pub fn of(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let main = links(bytes, "_rels/.rels", "")?.remove("officeDocument");
        let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut by_kind = links(bytes, &format!("{prefix}_rels/{file}.rels"), folder)?;
        for kind in ["styles", "numbering"] {
            by_kind.entry(kind.to_owned()).or_insert_with(|| format!("{prefix}{kind}.xml"));
        }
        Ok(Self { bytes, main, by_kind })
    }

    pub fn main_name(&self) -> &str {
        &self.main
    }

    /// Returns the text of the main document part; `Err` if the package does not contain it.
    pub fn main(&self) -> Result<String, Unreadable> {
        let part = package::part(self.bytes, &self.main)?;
        part.map(text_of).ok_or_else(|| Unreadable::Damaged { part: self.main.clone() })
    }

    /// Returns the text of the part of this kind, or `None` if the document has no such part.
    pub fn text(&self, kind: &str) -> Result<Option<String>, Unreadable> {
        let Some(name) = self.by_kind.get(kind) else { return Ok(None) };
        Ok(package::part(self.bytes, name)?.map(text_of))
    }
}

/// Returns the targets of relationships, as names in the package, by the last word of their type.
fn links(bytes: &[u8], name: &str, folder: &str) -> Result<HashMap<String, String>, Unreadable> {
    let mut found = HashMap::new();
    let Some(text) = package::part(bytes, name)?.map(text_of) else { return Ok(found) };
    let mut steps = Steps::new(&text, name);
    while let Some(step) = steps.next()? {
        let Step::Open(element) = step else { continue };
        if let (Some(kind), Some(target)) = (element.value("Type"), element.value("Target"))
            && element.value("TargetMode").as_deref() != Some("External")
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.entry(kind).or_insert_with(|| resolved(folder, &target));
        }
    }
    Ok(found)
}

/// Resolves a target to a name in the package. A target is relative to the root or to the folder of the part that names
/// it.
fn resolved(folder: &str, target: &str) -> String {
    let (start, target) = target.strip_prefix('/').map_or((folder, target), |target| ("", target));
    let mut path: Vec<&str> = start.split('/').filter(|word| !word.is_empty()).collect();
    for word in target.split('/') {
        match word {
            "" | "." => {}
            ".." => drop(path.pop()),
            word => path.push(word),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_as_names_in_the_package() {
        assert_eq!(resolved("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "/word/styles2.xml"), "word/styles2.xml");
        assert_eq!(resolved("word", "../customXml/./a.xml"), "customXml/a.xml");
        assert_eq!(resolved("", "../../a.xml"), "a.xml");
    }
}
