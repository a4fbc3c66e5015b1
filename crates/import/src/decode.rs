//! Bytes → text: detects the encoding of a file and whether it is text at all.

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use renkei_document::language::Language;
use renkei_document::phrases::{say, tell};

/// Maximum size of a file, in bytes. The longest known report has some 100 KB as text. One byte of hostile input needs
/// up to fifty bytes of memory, so with this limit an import needs less than a gigabyte.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Maximum number of lines of a file. A report of a thousand pages has some fifty thousand lines.
pub const MAX_LINES: usize = 200_000;

/// 読めないファイル — the reason why a file cannot be read as a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// The file is not text but, for example, a picture or a program.
    NotText,
    /// A file of another kind, recognised by its first bytes.
    OtherFormat { name: &'static str },
    /// More than [`MAX_BYTES`].
    TooLarge { bytes: usize },
    /// More than [`MAX_LINES`].
    TooManyLines { lines: usize },
    /// An office file or PDF whose unpacked content exceeds a limit; `limit` names the exceeded limit.
    TooMuchInside { limit: &'static str },
    /// A part of an office file or PDF that cannot be read.
    Damaged { part: String },
    /// A Word or Excel file in the format used before 2007.
    OldOffice { program: &'static str, save_as: &'static str },
    /// A file of another office program, which can save it in a supported format.
    OtherOffice { name: &'static str, save_as: &'static str },
    /// A file that opens only with a password.
    Encrypted,
    /// A PDF that contains only pictures and no text.
    Scan { pages: u32 },
}

impl Unreadable {
    /// Returns the reason and the next step for the user.
    pub fn message_in(&self, language: Language) -> String {
        match self {
            Unreadable::NotText => say(language, "文字のファイルではないため読めません。文書をテキスト（UTF-8 か Shift_JIS）で保存して、もう一度指定してください。").to_owned(),
            Unreadable::OtherFormat { name } => tell(language, "{}のファイルのため、このままでは読めません。テキスト（UTF-8 か Shift_JIS）で保存して、もう一度指定してください。", [say(language, name)]),
            Unreadable::TooLarge { bytes } => tell(language, "ファイルが大きすぎます（{}MB）。{}MBまで読めます。文書を分けて指定してください。", [bytes.div_ceil(1 << 20), MAX_BYTES >> 20].map(|megabytes| megabytes.to_string())),
            Unreadable::TooManyLines { lines } => {
                tell(language, "行が多すぎます（{}行）。{}行まで読めます。文書を分けて指定してください。", [*lines, MAX_LINES].map(|lines| lines.to_string()))
            }
            Unreadable::TooMuchInside { limit } => tell(language, "ファイルの中身が大きすぎます（{}）。元の文書を開いて保存し直すか、文書を分けて指定してください。", [say(language, limit)]),
            Unreadable::Damaged { part } => tell(language, "ファイルが壊れているため読めません（{}）。作成したソフトで開いて保存し直し、もう一度指定してください。", [part]),
            Unreadable::OldOffice { program, save_as } => tell(language, "古い形式の{}のファイルのため読めません。{}で開き、{} の形式で保存し直して、もう一度指定してください。", [program, program, save_as]),
            Unreadable::OtherOffice { name, save_as } => tell(language, "{}のファイルのため、このままでは読めません。作成したソフトで開き、{} の形式で保存し直して、もう一度指定してください。", [say(language, name), save_as]),
            Unreadable::Encrypted => say(language, "パスワードのかかったファイルのため読めません。パスワードを外して保存し直し、もう一度指定してください。").to_owned(),
            Unreadable::Scan { pages } => tell(language, "文字の情報がない PDF（{}ページ。紙を読み取った画像など）のため読めません。元の Word か Excel の文書、または文字を選択できる PDF を指定してください。", [pages.to_string()]),
        }
    }
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message_in(Language::Japanese))
    }
}

impl std::error::Error for Unreadable {}

/// Decodes the text of a file. Undecodable bytes become U+FFFD; `Err` if the file is not text or is too large.
pub fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge { bytes: bytes.len() });
    }
    if let Some(name) = signature(bytes) {
        return Err(Unreadable::OtherFormat { name });
    }
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => encoding.decode(bytes).0.into_owned(),
        _ if bytes.contains(&0) => return Err(Unreadable::NotText),
        _ => most_likely(bytes),
    };
    if is_noise(&text) {
        return Err(Unreadable::NotText);
    }
    let lines = text.bytes().filter(|b| *b == b'\n').count() + 1;
    if lines > MAX_LINES {
        return Err(Unreadable::TooManyLines { lines });
    }
    Ok(text)
}

/// Returns the kind of a file whose first bytes show that it is not text.
fn signature(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 6] = [
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "Word・Excel・ZIP など"),
        (b"\xd0\xcf\x11\xe0", "古い形式の Word・Excel"),
        (b"{\\rtf", "リッチテキスト（.rtf）"),
        (b"\x89PNG", "画像"),
        (b"\xff\xd8\xff", "画像"),
    ];
    KNOWN.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, name)| *name)
}

/// Decodes as UTF-8 if only a few bytes are broken; otherwise with the encoding that produces the fewest odd characters
/// (`oddities`).
fn most_likely(bytes: &[u8]) -> String {
    let utf_8 = UTF_8.decode(bytes).0;
    let cut_at_an_end = utf_8.trim_matches(char::REPLACEMENT_CHARACTER);
    if utf_8.len() - cut_at_an_end.len() <= 9 && !cut_at_an_end.contains(char::REPLACEMENT_CHARACTER) {
        return utf_8.into_owned();
    }
    let mut best = (oddities(&utf_8), utf_8);
    for encoding in [SHIFT_JIS, EUC_JP] {
        let text = encoding.decode_without_bom_handling(bytes).0;
        let odd = oddities(&text);
        if odd < best.0 {
            best = (odd, text);
        }
    }
    best.1.into_owned()
}

/// Counts characters that are rare in Japanese documents: half-width kana, private use, undecoded bytes, controls.
fn oddities(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            char::REPLACEMENT_CHARACTER => 3,
            '\u{ff61}'..='\u{ff9f}' | '\u{e000}'..='\u{f8ff}' => 1,
            '\u{80}'..='\u{9f}' => 3,
            _ => 0,
        })
        .sum()
}

/// Whether a text has so many undecoded bytes and control characters that it is not even a damaged document.
fn is_noise(text: &str) -> bool {
    let (mut all, mut bad) = (0usize, 0usize);
    for c in text.chars() {
        all += 1;
        bad += usize::from(c == char::REPLACEMENT_CHARACTER || (c.is_control() && !"\n\r\t\u{c}\u{b}".contains(c)));
    }
    all >= 16 && bad * 8 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "みどり市とあおば労働局は、協定を結ぶ。① 相談～\r\n";

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes).unwrap(), expected);
    }

    #[test]
    fn a_text_is_read_in_the_encodings_that_offices_use() {
        check(SENTENCE.as_bytes(), SENTENCE);
        check(&["\u{feff}".as_bytes(), SENTENCE.as_bytes()].concat(), SENTENCE);
        check(&SHIFT_JIS.encode(SENTENCE).0, SENTENCE);
        check(&EUC_JP.encode("みどり市とあおば労働局は、協定を結ぶ。").0, "みどり市とあおば労働局は、協定を結ぶ。");
        let utf_16: Vec<u8> =
            [0xfeffu16].into_iter().chain(SENTENCE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&utf_16, SENTENCE);
        check(b"", "");
    }

    #[test]
    fn a_text_cut_inside_a_character_stays_in_its_encoding() {
        let text = SENTENCE.repeat(3);
        for cut in 1..text.len() {
            assert!(decode(&text.as_bytes()[..cut]).unwrap().starts_with('み') || cut < 3, "cut at {cut}");
        }
        assert!(decode(&text.as_bytes()[1..]).unwrap().contains("どり市とあおば労働局は"));
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_with_the_reason() {
        assert_eq!(decode(b"%PDF-1.7 ..."), Err(Unreadable::OtherFormat { name: "PDF" }));
        assert_eq!(decode(b"a\0b"), Err(Unreadable::NotText));
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
        assert_eq!(decode(&noise), Err(Unreadable::NotText));
        assert_eq!(decode(&vec![b'a'; MAX_BYTES + 1]), Err(Unreadable::TooLarge { bytes: MAX_BYTES + 1 }));
        assert_eq!(decode(&vec![b'\n'; MAX_LINES]), Err(Unreadable::TooManyLines { lines: MAX_LINES + 1 }));
        assert!(Unreadable::TooLarge { bytes: 100 << 20 }.to_string().contains("100MB"));
    }
}
