//! Checks the unpacked size of a file's streams and the nesting of its objects before the library reads the file,
//! because the library has no limit for them.

use std::io::Read;

use flate2::read::ZlibDecoder;

use crate::decode::Unreadable;

/// Maximum unpacked size of all streams of a file, in bytes. Thirty pages have some ten MB, with scanned pictures some
/// hundred MB.
const MAX_UNPACKED: usize = 1024 * 1024 * 1024;

/// Maximum unpacked size of one stream, in bytes.
const MAX_STREAM: usize = 192 * 1024 * 1024;

/// Maximum size of a packed LZW stream, in bytes; its unpacked size is up to a thousand times larger.
const MAX_LZW: usize = 256 * 1024;

/// Maximum nesting of objects; no program writes deeper nesting. Bytes of pictures can look like nesting of some
/// hundred levels.
const MAX_DEPTH: usize = 1_500;

/// Maximum number of branches of page trees. The limit is low because the library copies the upper levels for each
/// level.
const MAX_BRANCHES: usize = 1_000;

/// Checks a file; `Err` if it exceeds a limit.
pub fn check(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut weight = Weight { unpacked: 0, branches: 0 };
    let (mut at, mut outside, mut end) = (0, 0, 0);
    while let Some(found) = find(&bytes[at..], b"stream") {
        let start = at + found;
        at = start + b"stream".len();
        if bytes[..start].ends_with(b"end") {
            outside = at;
            continue;
        }
        weight.see(&bytes[outside..start])?;
        let body = &bytes[at..];
        let body = &body[body.iter().take(2).take_while(|byte| b"\r\n".contains(byte)).count()..];
        if end < at {
            end = find(&bytes[at..], b"endstream").map_or(bytes.len(), |found| at + found);
        }
        weight.stream(&bytes[start.saturating_sub(600).max(outside)..start], body, end - at)?;
        outside = at;
    }
    weight.see(&bytes[outside..])
}

struct Weight {
    unpacked: usize,
    branches: usize,
}

impl Weight {
    /// Checks the unpacked content of a stream; if a stream is packed twice, unpacks it twice.
    fn stream(&mut self, dictionary: &[u8], body: &[u8], packed: usize) -> Result<(), Unreadable> {
        let dictionary = rfind(dictionary, b" obj").map_or(dictionary, |at| &dictionary[at..]);
        let packed = packed.min(body.len());
        let is_lzw = find(dictionary, b"LZW").is_some() && find(dictionary, b"/Image").is_none();
        if is_lzw && packed > MAX_LZW {
            return Err(too_much());
        }
        if find(dictionary, b"/Filter").is_none() {
            return self.see(&body[..packed]);
        }
        let mut unpacked = self.inflate(body)?;
        if find(dictionary, b"/Fl").is_some_and(|at| find(&dictionary[at + 3..], b"/Fl").is_some())
            && !unpacked.is_empty()
        {
            unpacked = self.inflate(&unpacked)?;
        }
        if find(dictionary, b"/Image").is_none() {
            self.see(&unpacked)?;
        }
        Ok(())
    }

    /// Returns the unpacked content of a stream: an empty content if it is not packed, the readable beginning if it is
    /// damaged.
    fn inflate(&mut self, body: &[u8]) -> Result<Vec<u8>, Unreadable> {
        let mut unpacked = Vec::new();
        if body.first().is_some_and(|first| first & 0x0f == 8) {
            // Ignore an error: the bytes before it are used.
            let _ = ZlibDecoder::new(body).take(MAX_STREAM as u64 + 1).read_to_end(&mut unpacked);
        }
        self.add(unpacked.len())?;
        if unpacked.len() > MAX_STREAM {
            return Err(too_much());
        }
        Ok(unpacked)
    }

    fn add(&mut self, bytes: usize) -> Result<(), Unreadable> {
        self.unpacked += bytes;
        if self.unpacked > MAX_UNPACKED { Err(too_much()) } else { Ok(()) }
    }

    /// Checks the nesting of arrays, dictionaries, procedures and brackets in strings.
    fn see(&mut self, bytes: &[u8]) -> Result<(), Unreadable> {
        self.add(bytes.len())?;
        let (mut depth, mut in_string, mut at) = (0usize, 0usize, 0);
        while let Some(byte) = bytes.get(at) {
            let next = bytes.get(at + 1);
            match byte {
                b'\\' => at += 1,
                b'(' => in_string += 1,
                b')' => in_string = in_string.saturating_sub(1),
                b'e' if bytes[at..].starts_with(b"endobj") => (depth, in_string) = (0, 0),
                _ if in_string > 0 => {}
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'<' if next == Some(&b'<') => (depth, at) = (depth + 1, at + 1),
                b'>' if next == Some(&b'>') => (depth, at) = (depth.saturating_sub(1), at + 1),
                b'/' if bytes[at..].starts_with(b"/Kids") => self.branches += 1,
                _ => {}
            }
            if depth.max(in_string) > MAX_DEPTH || self.branches > MAX_BRANCHES {
                return Err(Unreadable::TooMuchInside { limit: "入れ子の深さ" });
            }
            at += 1;
        }
        Ok(())
    }
}

fn too_much() -> Unreadable {
    Unreadable::TooMuchInside { limit: "展開後の大きさ" }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    let first = *what.first()?;
    let mut at = 0;
    while let Some(found) = bytes.get(at..)?.iter().position(|byte| *byte == first) {
        if bytes[at + found..].starts_with(what) {
            return Some(at + found);
        }
        at += found + 1;
    }
    None
}

fn rfind(bytes: &[u8], what: &[u8]) -> Option<usize> {
    (0..bytes.len()).rev().find(|at| bytes[*at..].starts_with(what))
}
