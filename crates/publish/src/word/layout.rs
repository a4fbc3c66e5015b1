//! Word文書の様式 — opens a Word file with placeholders, and checks that it has everything that a report needs.

use std::collections::BTreeSet;

use super::looks::Looks;
use super::package::Package;
use super::placeholders::{Content, PLACEHOLDERS, Passage, Placeholder, find};
use super::tree::{self, Element};
use crate::error::PressError;
use crate::template_fault::{Fault, FaultPlace, TemplateFault};

const KIND: &str = "Word文書";

/// The parts of our own template, as readable XML.
const OURS: [(&str, &str); 11] = [
    ("[Content_Types].xml", include_str!("../../templates/docx/[Content_Types].xml")),
    ("_rels/.rels", include_str!("../../templates/docx/_rels/.rels")),
    ("docProps/core.xml", include_str!("../../templates/docx/docProps/core.xml")),
    ("docProps/app.xml", include_str!("../../templates/docx/docProps/app.xml")),
    ("word/document.xml", include_str!("../../templates/docx/word/document.xml")),
    ("word/_rels/document.xml.rels", include_str!("../../templates/docx/word/_rels/document.xml.rels")),
    ("word/styles.xml", include_str!("../../templates/docx/word/styles.xml")),
    ("word/numbering.xml", include_str!("../../templates/docx/word/numbering.xml")),
    ("word/settings.xml", include_str!("../../templates/docx/word/settings.xml")),
    ("word/fontTable.xml", include_str!("../../templates/docx/word/fontTable.xml")),
    ("word/footer1.xml", include_str!("../../templates/docx/word/footer1.xml")),
];

/// Word文書の様式 — the look of the report in Word; one per process.
#[derive(Debug, Clone)]
pub struct WordLayout {
    pub(super) package: Package,
    pub(super) document: Part,
    pub(super) styles: Part,
    pub(super) numbering: Option<Part>,
    /// Headers and footers.
    pub(super) margins: Vec<Part>,
    pub(super) looks: Looks,
    /// The passages for which the template has a placeholder.
    pub(super) passages: BTreeSet<Passage>,
}

/// A part of the file that is read or changed.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub name: String,
    pub root: Element,
}

impl WordLayout {
    /// Opens our template.
    pub fn ours() -> Result<Self, PressError> {
        Self::of(Package::of(OURS), "report.docx").map_err(PressError::Templates)
    }

    /// Opens an office's template; `file` is its name in messages. Reports all its faults together.
    pub fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<TemplateFault>> {
        let package = Package::open(bytes).ok_or_else(|| vec![unreadable(file, "ZIP")])?;
        Self::of(package, file)
    }

    fn of(package: Package, file: &str) -> Result<Self, Vec<TemplateFault>> {
        let parts = Parts { package: &package };
        let told = |reason: String| vec![unreadable(file, &reason)];
        let document = parts.document().map_err(told)?;
        let related = |kind| parts.related(&document.name, kind).map_err(told);
        let styles = related("/styles")?.pop();
        let mut styles = styles.ok_or_else(|| vec![unreadable(file, "word/styles.xml")])?;
        let numbering = related("/numbering")?.pop();
        let margins = [related("/header")?, related("/footer")?].concat();
        let mut check = Check { file, faults: Vec::new(), passages: BTreeSet::new() };
        check.document(&document.root);
        margins.iter().for_each(|part| check.paragraphs_of(&part.root, "ヘッダー・フッター"));
        let looks =
            our_styles().and_then(|ours| Looks::find(&mut styles.root, &ours).map_err(|it| check.missing(&it)).ok());
        let passages = check.passages;
        match looks {
            Some(looks) if check.faults.is_empty() => {
                Ok(Self { document, styles, numbering, margins, looks, passages, package })
            }
            _ => Err(check.faults),
        }
    }
}

/// Returns our template as a Word file that an office can change.
pub(crate) fn our_file() -> Result<Vec<u8>, String> {
    Package::of(OURS).zipped()
}

fn our_styles() -> Option<Element> {
    let (_, text) = OURS.iter().find(|(name, _)| *name == "word/styles.xml")?;
    tree::parse(text.as_bytes()).ok()
}

fn unreadable(file: &str, reason: &str) -> TemplateFault {
    let fault = Fault::Unreadable { kind: KIND, reason: reason.to_owned() };
    TemplateFault { file: file.to_owned(), place: FaultPlace::File, fault }
}

/// Finds parts by their relationships, because each word processor chooses other names for them. An error names the
/// part that is missing or damaged.
struct Parts<'package> {
    package: &'package Package,
}

impl Parts<'_> {
    fn document(&self) -> Result<Part, String> {
        let found = self.targets("_rels/.rels", "", "/officeDocument")?;
        let name = found.into_iter().next().ok_or("_rels/.rels")?;
        let document = self.part(&name)?;
        match document.root.child("w:body") {
            Some(_) => Ok(document),
            None => Err(name),
        }
    }

    /// Returns the parts of a kind that a part refers to.
    fn related(&self, name: &str, kind: &str) -> Result<Vec<Part>, String> {
        let (folder, own) = name.rsplit_once('/').unwrap_or(("", name));
        let relations = format!("{folder}/_rels/{own}.rels");
        self.targets(relations.trim_start_matches('/'), folder, kind)?.iter().map(|name| self.part(name)).collect()
    }

    fn targets(&self, relations: &str, folder: &str, kind: &str) -> Result<Vec<String>, String> {
        let root = self.part(relations)?.root;
        let of_kind = root.elements().filter(|it| it.attribute("Type").is_some_and(|it| it.ends_with(kind)));
        let inside = of_kind.filter(|it| it.attribute("TargetMode") != Some("External"));
        let named = |target: &str| match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}/{target}").trim_start_matches('/').to_owned(),
        };
        Ok(inside.filter_map(|it| it.attribute("Target")).map(named).collect())
    }

    fn part(&self, name: &str) -> Result<Part, String> {
        let bytes = self.package.part(name).ok_or(name)?;
        let root = tree::parse(bytes).map_err(|reason| format!("{name}: {reason}"))?;
        Ok(Part { name: name.to_owned(), root })
    }
}

/// Checks the placeholders of a template and collects the faults.
struct Check<'file> {
    file: &'file str,
    faults: Vec<TemplateFault>,
    passages: BTreeSet<Passage>,
}

impl Check<'_> {
    fn document(&mut self, root: &Element) {
        let mut number = 0;
        self.walk(root, "本文", false, &mut number);
        if !self.passages.contains(&Passage::Plan) {
            self.faults.push(TemplateFault {
                file: self.file.to_owned(),
                place: FaultPlace::File,
                fault: Fault::NoPlan,
            });
        }
    }

    fn paragraphs_of(&mut self, root: &Element, part: &'static str) {
        self.walk(root, part, false, &mut 0);
    }

    /// Checks every paragraph, including paragraphs in cells and frames, in the order of the file.
    fn walk(&mut self, element: &Element, part: &'static str, in_body: bool, number: &mut usize) {
        for child in element.elements() {
            if child.name == "w:p" {
                *number += 1;
                self.paragraph(child, FaultPlace::Paragraph { part, number: *number, text: words(child) }, in_body);
            }
            let in_body = child.name == "w:body" || in_body && ["w:sdt", "w:sdtContent"].contains(&child.name.as_ref());
            self.walk(child, part, in_body, number);
        }
    }

    fn paragraph(&mut self, paragraph: &Element, place: FaultPlace, in_body: bool) {
        let text = words(paragraph);
        for found in find(&text) {
            let alone = text.trim() == &text[found.start..found.end];
            if let Some(fault) = self.fault(found.content, alone, in_body) {
                self.faults.push(TemplateFault { file: self.file.to_owned(), place: place.clone(), fault });
            }
        }
    }

    fn fault(&mut self, content: Content, alone: bool, in_body: bool) -> Option<Fault> {
        match content {
            Content::Unclosed => Some(Fault::Unclosed),
            Content::Unopened => Some(Fault::Unopened),
            Content::Unknown(name) => {
                Some(Fault::UnknownPlaceholder { name, known: PLACEHOLDERS.iter().map(|(name, _, _)| *name).collect() })
            }
            Content::Known(Placeholder::Field(_)) => None,
            Content::Known(Placeholder::Passage(passage)) => {
                let name = name_of(passage);
                let first = self.passages.insert(passage);
                match (in_body, alone, first) {
                    (false, _, _) => Some(Fault::NotInBody { name }),
                    (_, false, _) => Some(Fault::NotAlone { name }),
                    (_, _, false) => Some(Fault::Repeated { name }),
                    _ => None,
                }
            }
        }
    }

    fn missing(&mut self, styles: &[&'static str]) {
        let faults = styles.iter().map(|name| Fault::MissingStyle { name });
        let file = self.file.to_owned();
        self.faults.extend(faults.map(|fault| TemplateFault { file: file.clone(), place: FaultPlace::File, fault }));
    }
}

fn name_of(passage: Passage) -> &'static str {
    let known = PLACEHOLDERS.iter().find(|(_, placeholder, _)| *placeholder == Placeholder::Passage(passage));
    known.map_or("", |(name, _, _)| name)
}

/// Returns the text of one paragraph without the text of its frames, because paragraphs in frames are checked
/// separately.
pub(super) fn words(paragraph: &Element) -> String {
    let of = |child: &Element| match child.name.as_ref() {
        "w:t" => child.text(),
        "w:p" => String::new(),
        _ => words(child),
    };
    paragraph.elements().map(of).collect()
}
