//! 印刷機 — stores the fonts and the typesetter's library, so that they are loaded only once for all reports.

use std::collections::HashMap;
use std::path::PathBuf;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::error::PressError;
use crate::fonts::Fonts;
use crate::templates::Templates;
use crate::typst_faults::fault;
use crate::typst_file::file_id;

const REPORT: &str = include_str!("../templates/report.typ");
const SUMMARY: &str = include_str!("../templates/summary.typ");
const HANDOVER: &str = include_str!("../templates/handover.typ");

/// 印刷機 — the fonts and layouts for printing; one per process.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Fonts,
    report: Template,
    summary: Template,
    handover: Template,
}

/// A layout, and the name of its data file.
struct Template {
    source: Source,
    data: FileId,
    /// Whether an office made the layout. If so, faults are reported with their places, because the office can correct
    /// them.
    is_own: bool,
    /// Pictures next to an office's layout.
    files: HashMap<FileId, Bytes>,
}

impl Press {
    /// Makes a press with the fonts of this machine, or with the embedded ones. Fails if it finds no Japanese font, and
    /// names the package to install.
    pub fn find() -> Result<Self, PressError> {
        Self::with(Fonts::find()?)
    }

    /// Like [`Press::find`], but uses the office's layout if there is one.
    pub fn with_templates(templates: &Templates) -> Result<Self, PressError> {
        let mut press = Self::find()?;
        let Some(layout) = &templates.typst else { return Ok(press) };
        press.report = Template { is_own: true, ..Template::of("report", &layout.source)? };
        for (name, bytes) in &layout.files {
            press.report.files.insert(file_id(name)?, bytes.clone());
        }
        Ok(press)
    }

    /// Makes a press with the fonts of these directories only.
    pub fn with_fonts_in(directories: &[PathBuf]) -> Result<Self, PressError> {
        Self::with(Fonts::in_directories(directories)?)
    }

    fn with(fonts: Fonts) -> Result<Self, PressError> {
        // Typst 0.15 writes row headers to the tag tree only with this feature.
        let features = [Feature::A11yExtras].into_iter().collect();
        Ok(Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts.fonts)),
            report: Template::of("report", REPORT)?,
            summary: Template::of("summary", SUMMARY)?,
            handover: Template::of("handover", HANDOVER)?,
            fonts,
        })
    }

    /// Returns the fonts in the order in which they are searched for a glyph.
    pub(crate) fn fonts(&self) -> &Fonts {
        &self.fonts
    }
}

impl Template {
    fn of(name: &str, text: &str) -> Result<Self, PressError> {
        let source = Source::new(file_id(&format!("{name}.typ"))?, text.to_owned());
        Ok(Self { source, data: file_id(&format!("{name}.json"))?, is_own: false, files: HashMap::new() })
    }
}

/// All files that the typesetter can read: a template, its data as JSON, and the fonts.
pub(crate) struct Desk<'press> {
    press: &'press Press,
    template: &'press Template,
    data: Bytes,
}

impl<'press> Desk<'press> {
    pub(crate) fn report(press: &'press Press, data: String) -> Self {
        Self { press, template: &press.report, data: Bytes::from_string(data) }
    }

    pub(crate) fn summary(press: &'press Press, data: String) -> Self {
        Self { press, template: &press.summary, data: Bytes::from_string(data) }
    }

    pub(crate) fn handover(press: &'press Press, data: String) -> Self {
        Self { press, template: &press.handover, data: Bytes::from_string(data) }
    }

    /// Converts the typesetter's errors: for our layout to its messages, for an office's layout to faults with their
    /// places.
    pub(crate) fn refused(&self, reasons: &[SourceDiagnostic]) -> PressError {
        if self.template.is_own {
            let faults = reasons.iter().map(|reason| fault(&self.template.source, reason));
            return PressError::Templates(faults.collect());
        }
        let hinted = |reason: &SourceDiagnostic| {
            let hints = reason.hints.iter().map(|hint| format!(" ({})", hint.v));
            format!("{}{}", reason.message, hints.collect::<String>())
        };
        PressError::Refused(reasons.iter().map(hinted).collect())
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.template.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.source.id() { Ok(self.template.source.clone()) } else { Err(not_there(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.template.data {
            return Ok(self.data.clone());
        }
        self.template.files.get(&id).cloned().ok_or_else(|| not_there(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_there(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
