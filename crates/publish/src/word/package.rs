//! Word文書の部品 — the parts of a Word file, and the ZIP that contains them.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Largest unpacked size of a template: large enough for some pictures, and small enough to refuse ZIP bombs.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
const MAX_PARTS: usize = 2_000;

/// The parts with their names, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    pub(crate) fn of(parts: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        Self { parts: parts.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect() }
    }

    /// Opens a file; `None` if it is not a ZIP, or if it exceeds the limits.
    pub(crate) fn open(bytes: &[u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut left = MAX_UNPACKED;
        let mut parts = Vec::new();
        if archive.len() > MAX_PARTS {
            return None;
        }
        for index in 0..archive.len() {
            let file = archive.by_index(index).ok()?;
            if file.is_dir() {
                continue;
            }
            let name = file.name().ok()?.into_owned();
            let mut unpacked = Vec::new();
            file.take(left + 1).read_to_end(&mut unpacked).ok()?;
            left = left.checked_sub(unpacked.len() as u64)?;
            parts.push((name, unpacked));
        }
        Some(Self { parts })
    }

    pub(crate) fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.as_slice())
    }

    /// Replaces an existing part.
    pub(crate) fn replace(&mut self, name: &str, bytes: Vec<u8>) {
        if let Some((_, known)) = self.parts.iter_mut().find(|(known, _)| known == name) {
            *known = bytes;
        }
    }

    /// Returns the file. All parts have the same date in 1980, because the same parts must give the same bytes.
    pub(crate) fn zipped(&self) -> Result<Vec<u8>, String> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.parts {
            writer.start_file(name.as_str(), options).map_err(|fault| fault.to_string())?;
            writer.write_all(bytes).map_err(|fault| fault.to_string())?;
        }
        writer.finish().map(Cursor::into_inner).map_err(|fault| fault.to_string())
    }
}
