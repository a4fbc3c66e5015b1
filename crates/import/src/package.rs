//! Office files are ZIP packages: finds their kind and reads their parts within memory limits. Office files of before
//! 2007 and files with a password are Microsoft compound files; this module recognises and refuses them.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::decode::{MAX_BYTES, Unreadable};

/// Maximum number of bytes of all unpacked XML parts of one package together. A workbook of 50,000 rows has some 20 MB.
const MAX_UNPACKED: u64 = 192 * 1024 * 1024;

/// Maximum number of parts of a package. A real package has some dozens of parts, with pictures some hundreds.
const MAX_PARTS: usize = 4_000;

/// The kind of a package, found from its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    Excel,
}

/// The first bytes of a Microsoft compound file.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Returns the kind of a package, or `None` if the file is not a ZIP. `Err` if the unpacked content exceeds the limit,
/// which is checked before any part is read.
pub fn kind(bytes: &[u8]) -> Result<Option<Kind>, Unreadable> {
    if bytes.starts_with(COMPOUND) {
        return Err(compound(bytes));
    }
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
    bounded(&mut archive)?;
    if place(&archive, "word/document.xml").is_some() {
        return Ok(Some(Kind::Word));
    }
    if place(&archive, "xl/workbook.xml").is_some() {
        return Ok(Some(Kind::Excel));
    }
    kind_by_contents(bytes).map(Some)
}

/// Returns the kind of a package whose main part has an unusual name.
fn kind_by_contents(bytes: &[u8]) -> Result<Kind, Unreadable> {
    const WORD: [&str; 3] =
        ["wordprocessingml.document.main", "wordprocessingml.template.main", "ms-word.document.macro"];
    const EXCEL: [&str; 3] = ["spreadsheetml.sheet.main", "spreadsheetml.template.main", "ms-excel.sheet.macro"];
    let text =
        |name: &str| part(bytes, name).map(|part| part.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
    let types = text("[Content_Types].xml")?.unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| types.contains(word));
    if has(&WORD) {
        Ok(Kind::Word)
    } else if has(&EXCEL) {
        Ok(Kind::Excel)
    } else if has(&["presentationml"]) {
        Err(Unreadable::OtherFormat { name: "PowerPoint" })
    } else if has(&["ms-excel.sheet.binary"]) {
        Err(Unreadable::OtherOffice { name: "Excel バイナリ（.xlsb）", save_as: ".xlsx" })
    } else {
        Err(open_document(&text("mimetype")?.unwrap_or_default()))
    }
}

fn open_document(kind: &str) -> Unreadable {
    if kind.contains("opendocument.spreadsheet") {
        Unreadable::OtherOffice { name: "OpenDocument の表計算（.ods）", save_as: ".xlsx" }
    } else if kind.contains("opendocument.text") {
        Unreadable::OtherOffice { name: "OpenDocument の文書（.odt）", save_as: ".docx" }
    } else if kind.contains("opendocument") {
        Unreadable::OtherFormat { name: "OpenDocument" }
    } else {
        Unreadable::OtherFormat { name: "ZIP" }
    }
}

/// Returns the reason why a compound file is not read. The names of its streams, which it contains in UTF-16, show the
/// kind of file.
fn compound(bytes: &[u8]) -> Unreadable {
    let has = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        Unreadable::Encrypted
    } else if has("WordDocument") {
        Unreadable::OldOffice { program: "Word", save_as: ".docx" }
    } else if has("Workbook") {
        Unreadable::OldOffice { program: "Excel", save_as: ".xlsx" }
    } else {
        Unreadable::OtherFormat { name: "古い形式の Office や一太郎など" }
    }
}

/// Returns one unpacked part of a package, or `None` if it has no such part.
pub fn part(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
    let mut archive = open(bytes)?;
    let Some(index) = place(&archive, name) else { return Ok(None) };
    let file = archive.by_index(index).map_err(|_| Unreadable::Damaged { part: name.to_owned() })?;
    let mut unpacked = Vec::new();
    file.take(MAX_UNPACKED).read_to_end(&mut unpacked).map_err(|_| Unreadable::Damaged { part: name.to_owned() })?;
    Ok(Some(unpacked))
}

/// Returns the index of a part. Upper and lower case are equal, and so are slashes and backslashes, which some programs
/// write.
fn place(archive: &ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<usize> {
    let is_same = |other: &str| other.replace('\\', "/").eq_ignore_ascii_case(name);
    archive.index_for_name(name).or_else(|| {
        let other = archive.file_names().flatten().find(|other| is_same(other))?;
        archive.index_for_name(&other)
    })
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unreadable> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged { part: "ZIP".to_owned() })
}

/// Checks the limit by unpacking every XML part once; the sizes stated in the package are not trusted.
fn bounded(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Unreadable> {
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let Ok(file) = archive.by_index(index) else { continue };
        let name = file.name().map(|name| name.to_lowercase()).unwrap_or_default();
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        // Ignore damage here: reading the damaged part later reports it.
        let unpacked = std::io::copy(&mut file.take(left + 1), &mut std::io::sink()).unwrap_or(0);
        left = left.checked_sub(unpacked).ok_or(Unreadable::TooMuchInside { limit: "展開後の大きさ" })?;
    }
    Ok(())
}
