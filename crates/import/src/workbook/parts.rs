//! The parts of a workbook's package: reads the list of sheets, and the XML of each sheet once.

use std::collections::{HashMap, HashSet};

use quick_xml::events::Event;

use super::sheet::{self, Sheet};
use super::{drawn, xml};
use crate::decode::Unreadable;
use crate::package;

pub struct Parts<'a> {
    bytes: &'a [u8],
    /// Relations of the workbook, with id, kind and target.
    relations: Vec<Relation>,
    read: HashSet<String>,
}

/// The sheets listed in the workbook.
pub struct Listed {
    pub sheets: Vec<Entry>,
    pub counts_from_1904: bool,
}

pub struct Entry {
    pub name: String,
    pub is_hidden: bool,
    /// Whether the sheet is a worksheet and not a chart or macro.
    pub has_cells: bool,
    part: String,
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl<'a> Parts<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, relations: Vec::new(), read: HashSet::new() }
    }

    pub fn sheets(&mut self) -> Result<Listed, Unreadable> {
        let root = self.relations_of("")?.into_iter().find(|relation| relation.kind.ends_with("/officeDocument"));
        let part = root.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
        let damaged = || Unreadable::Damaged { part: part.clone() };
        self.relations = self.relations_of(&part)?;
        let targets: HashMap<&str, &Relation> =
            self.relations.iter().map(|relation| (relation.id.as_str(), relation)).collect();
        let text = self.text(&part)?.ok_or_else(damaged)?;
        let mut listed = Listed { sheets: Vec::new(), counts_from_1904: false };
        let mut reader = xml::reader(&text);
        loop {
            let event = reader.read_event();
            let (Ok(Event::Start(element)) | Ok(Event::Empty(element))) = &event else {
                if matches!(event, Ok(Event::Eof) | Err(_)) {
                    break;
                }
                continue;
            };
            match xml::name(element).as_ref() {
                "workbookPr" => listed.counts_from_1904 = xml::flag(element, "date1904"),
                "sheet" => {
                    let relation = xml::attribute(element, "id").and_then(|id| targets.get(&*id).copied());
                    listed.sheets.push(Entry {
                        name: xml::attribute(element, "name").unwrap_or_default().into_owned(),
                        is_hidden: xml::attribute(element, "state").is_some_and(|state| state.contains("idden")),
                        has_cells: relation.is_some_and(|relation| relation.kind.ends_with("/worksheet")),
                        part: relation.map(|relation| relation.target.clone()).unwrap_or_default(),
                    });
                }
                _ => {}
            }
        }
        if listed.sheets.is_empty() {
            return Err(damaged());
        }
        Ok(listed)
    }

    /// Returns the text of the first part whose relation kind has this ending.
    pub fn text_of_kind(&mut self, ending: &str) -> Result<Option<String>, Unreadable> {
        let target = self.relations.iter().find(|relation| relation.kind.ends_with(ending));
        match target.map(|relation| relation.target.clone()) {
            Some(part) => Ok(self.text(&part).unwrap_or(None)),
            None => Ok(None),
        }
    }

    /// Reads a sheet with its cells, drawings and comments.
    pub fn sheet(&mut self, entry: &Entry) -> Result<Sheet, Unreadable> {
        // A part that was already read for another sheet is treated as damaged.
        if !self.read.insert(entry.part.clone()) {
            return Ok(Sheet { is_damaged: true, ..Sheet::default() });
        }
        let Some(text) = self.text(&entry.part).unwrap_or(None) else {
            return Ok(Sheet { is_damaged: true, ..Sheet::default() });
        };
        let mut sheet = sheet::read(&text)?;
        for relation in self.relations_of(&entry.part).unwrap_or_default() {
            if !self.read.insert(relation.target.clone()) {
                continue;
            }
            if relation.kind.ends_with("/drawing") {
                sheet.drawn = drawn::texts(&self.text(&relation.target).unwrap_or(None).unwrap_or_default());
            } else if relation.kind.ends_with("/comments") {
                sheet.comments = drawn::comments(&self.text(&relation.target).unwrap_or(None).unwrap_or_default());
            }
        }
        Ok(sheet)
    }

    /// Returns the text of a part. Only XML is read, because only its size was checked.
    fn text(&self, part: &str) -> Result<Option<String>, Unreadable> {
        let lower = part.to_lowercase();
        if !(lower.ends_with(".xml") || lower.ends_with(".rels")) {
            return Ok(None);
        }
        Ok(package::part(self.bytes, part)?.map(xml::text_of))
    }

    fn relations_of(&self, part: &str) -> Result<Vec<Relation>, Unreadable> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let text = self.text(&resolved(folder, &format!("_rels/{file}.rels")))?.unwrap_or_default();
        let mut relations = Vec::new();
        let mut reader = xml::reader(&text);
        loop {
            match reader.read_event() {
                Ok(Event::Eof) | Err(_) => return Ok(relations),
                Ok(Event::Start(element) | Event::Empty(element)) if xml::name(&element) == "Relationship" => {
                    let said = |name| xml::attribute(&element, name).unwrap_or_default().into_owned();
                    relations.push(Relation {
                        id: said("Id"),
                        kind: said("Type"),
                        target: resolved(folder, &said("Target")),
                    });
                }
                Ok(_) => {}
            }
        }
    }
}

/// Resolves a target, which is relative to a folder or to the root, to the name of a part.
fn resolved(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(from_root) => from_root.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut path: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            _ => path.push(step),
        }
    }
    path.join("/")
}
