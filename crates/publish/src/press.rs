//! 印刷機 — holds the fonts and the typesetter's library, so that a second report costs only what has changed.

use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::error::PressError;
use crate::fonts::Fonts;

const REPORT: &str = include_str!("../templates/report.typ");
const SUMMARY: &str = include_str!("../templates/summary.typ");

/// 印刷機 — the fonts and the layout that reports are printed with; one for a process.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Fonts,
    report: Template,
    summary: Template,
}

/// A layout, and the name under which it reads its data.
struct Template {
    source: Source,
    data: FileId,
}

impl Press {
    /// With the fonts of this machine (or of the program, where they were built in). Fails where there is no Japanese one,
    /// saying which package to install.
    pub fn find() -> Result<Self, PressError> {
        Self::with(Fonts::find()?)
    }

    /// With the fonts of these directories alone.
    pub fn with_fonts_in(directories: &[PathBuf]) -> Result<Self, PressError> {
        Self::with(Fonts::in_directories(directories)?)
    }

    fn with(fonts: Fonts) -> Result<Self, PressError> {
        // Row headers in the tag tree still hide behind this feature of typst 0.15.
        let features = [Feature::A11yExtras].into_iter().collect();
        Ok(Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts.fonts)),
            report: Template::of("report", REPORT)?,
            summary: Template::of("summary", SUMMARY)?,
            fonts,
        })
    }

    /// The fonts in the order they are asked for a glyph.
    pub(crate) fn fonts(&self) -> &Fonts {
        &self.fonts
    }
}

impl Template {
    fn of(name: &str, text: &str) -> Result<Self, PressError> {
        let source = Source::new(file_id(&format!("{name}.typ"))?, text.to_owned());
        Ok(Self { source, data: file_id(&format!("{name}.json"))? })
    }
}

fn file_id(name: &str) -> Result<FileId, PressError> {
    let path = VirtualPath::new(name).map_err(|error| PressError::Refused(vec![error.to_string()]))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What the typesetter may see of the world: a template, its data as JSON, and the fonts.
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
        if id == self.template.data { Ok(self.data.clone()) } else { Err(not_there(id)) }
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
