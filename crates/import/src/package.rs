//! Office files are ZIP packages: which kind one is, and its parts, never more of them than memory holds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::decode::{MAX_BYTES, Unreadable};

/// The most that the XML parts of one package may hold when unpacked. A workbook of 50,000 rows has some 20 MB.
const MAX_UNPACKED: u64 = 192 * 1024 * 1024;

/// The most parts of a package: a real one has some dozens, with pictures some hundreds.
const MAX_PARTS: usize = 4_000;

/// What a package is, by the parts in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    Excel,
}

/// The kind of a package; none for a file that is no ZIP at all. What unpacks to more than we hold is refused here, before
/// anything is read of it.
pub fn kind(bytes: &[u8]) -> Result<Option<Kind>, Unreadable> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge { bytes: bytes.len() });
    }
    let mut archive = open(bytes)?;
    if archive.len() > MAX_PARTS {
        return Err(Unreadable::TooMuchInside { limit: "部品の数" });
    }
    let is_there = |name: &str| archive.index_for_name(name).is_some();
    let kind = match (is_there("word/document.xml"), is_there("xl/workbook.xml")) {
        (true, _) => Kind::Word,
        (_, true) => Kind::Excel,
        _ => return Err(Unreadable::OtherFormat { name: "ZIP" }),
    };
    bounded(&mut archive)?;
    Ok(Some(kind))
}

/// One part of a package as it is unpacked; none where the package has no such part.
pub fn part(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
    let mut archive = open(bytes)?;
    let Some(index) = archive.index_for_name(name) else { return Ok(None) };
    let file = archive.by_index(index).map_err(|_| Unreadable::Damaged { part: name.to_owned() })?;
    let mut unpacked = Vec::new();
    file.take(MAX_UNPACKED).read_to_end(&mut unpacked).map_err(|_| Unreadable::Damaged { part: name.to_owned() })?;
    Ok(Some(unpacked))
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unreadable> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged { part: "ZIP".to_owned() })
}

/// Unpacks every XML part once into nothing: sizes that the package states of itself are not believed.
fn bounded(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Unreadable> {
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let Ok(file) = archive.by_index(index) else { continue };
        let name = file.name().map(|name| name.to_lowercase()).unwrap_or_default();
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        // A damaged part is told by whoever needs it.
        let unpacked = std::io::copy(&mut file.take(left + 1), &mut std::io::sink()).unwrap_or(0);
        left = left.checked_sub(unpacked).ok_or(Unreadable::TooMuchInside { limit: "展開後の大きさ" })?;
    }
    Ok(())
}
