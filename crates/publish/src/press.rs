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

const TEMPLATE: &str = include_str!("../templates/report.typ");

/// 印刷機 — the fonts and the layout that reports are printed with; one for a process.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Fonts,
    template: Source,
    data: FileId,
}

impl Press {
    /// With the fonts of this machine (or of the program, where they were built in). Fails where there is no Japanese one,
    /// saying which package to install.
    pub fn find() -> Result<Self, PressError> {
        Ok(Self::with(Fonts::find()?, file_id("report.typ")?, file_id("report.json")?))
    }

    /// With the fonts of these directories alone.
    pub fn with_fonts_in(directories: &[PathBuf]) -> Result<Self, PressError> {
        Ok(Self::with(Fonts::in_directories(directories)?, file_id("report.typ")?, file_id("report.json")?))
    }

    fn with(fonts: Fonts, template: FileId, data: FileId) -> Self {
        // Row headers in the tag tree still hide behind this feature of typst 0.15.
        let features = [Feature::A11yExtras].into_iter().collect();
        Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts.fonts)),
            template: Source::new(template, TEMPLATE.to_owned()),
            data,
            fonts,
        }
    }

    /// The fonts in the order they are asked for a glyph.
    pub(crate) fn fonts(&self) -> &Fonts {
        &self.fonts
    }
}

fn file_id(name: &str) -> Result<FileId, PressError> {
    let path = VirtualPath::new(name).map_err(|error| PressError::Refused(vec![error.to_string()]))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What the typesetter may see of the world: the template, one report as JSON, and the fonts.
pub(crate) struct Desk<'press> {
    press: &'press Press,
    report: Bytes,
}

impl<'press> Desk<'press> {
    pub(crate) fn new(press: &'press Press, report: String) -> Self {
        Self { press, report: Bytes::from_string(report) }
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
        self.press.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.press.template.id() { Ok(self.press.template.clone()) } else { Err(not_there(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.press.data { Ok(self.report.clone()) } else { Err(not_there(id)) }
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
