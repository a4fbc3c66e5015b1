//! The file names that the typesetter uses for the files of a layout.

use typst::syntax::{FileId, RootedPath, VirtualPath, VirtualRoot};

use crate::error::PressError;

/// The file name of a report's layout.
pub(crate) const TYPST: &str = "report.typ";

pub(crate) fn file_id(name: &str) -> Result<FileId, PressError> {
    let path = VirtualPath::new(name).map_err(|error| PressError::Refused(vec![error.to_string()]))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}
