//! CSV — a table of the data as a file: UTF-8 with BOM or Shift_JIS, CR LF line ends, quotes where needed.

use std::fmt;

use encoding_rs::SHIFT_JIS;

use crate::dataset::{Datum, Table};

/// 文字コード — the encoding of a CSV.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CsvEncoding {
    /// UTF-8 with a byte order mark, which spreadsheets need to detect it.
    #[default]
    Utf8,
    /// Shift_JIS, for programs that cannot read UTF-8.
    ShiftJis,
}

/// CSVのファイル — the bytes of a CSV file, and the characters that its encoding cannot represent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Csv {
    pub bytes: Vec<u8>,
    pub lost: Vec<LostCharacter>,
}

/// 表せない文字 — a character missing in Shift_JIS, which is written as 〓; or a variant form (異体字), which is written as the
/// plain character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostCharacter {
    pub character: char,
    /// The variation selector that was left out.
    pub variation: Option<char>,
    /// Row of the file, from 1; the header is row 1.
    pub row: usize,
    pub column: &'static str,
}

impl fmt::Display for LostCharacter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { character, variation, row, column } = self;
        write!(f, "{row}行目「{column}」の「{character}")?;
        match variation {
            Some(variation) => write!(
                f,
                "{variation}」（U+{:04X} U+{:04X}）は字形の指定を除きました",
                u32::from(*character),
                u32::from(*variation)
            ),
            None => write!(f, "」（U+{:04X}）は〓にしました", u32::from(*character)),
        }
    }
}

/// Returns the table as CSV. The first line is the header, and each further line is one row.
pub fn csv(table: &Table, encoding: CsvEncoding) -> Csv {
    let mut file = File { writer: writer(), encoding, lost: Vec::new() };
    file.write(table, 1, |column| table.columns.get(column).map_or("", |column| column.name).to_owned());
    for (place, row) in (2..).zip(&table.rows) {
        file.write(table, place, |column| row.get(column).map(field).unwrap_or_default());
    }
    // Writing to memory cannot fail.
    let text = file.writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let bytes = match encoding {
        CsvEncoding::Utf8 => format!("\u{FEFF}{text}").into_bytes(),
        CsvEncoding::ShiftJis => SHIFT_JIS.encode(&text).0.into_owned(),
    };
    Csv { bytes, lost: file.lost }
}

/// Makes a CSV writer with the line ends of RFC 4180.
pub(crate) fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}

/// A CSV file while it is written.
struct File {
    writer: csv::Writer<Vec<u8>>,
    encoding: CsvEncoding,
    lost: Vec<LostCharacter>,
}

impl File {
    fn write(&mut self, table: &Table, row: usize, cell: impl Fn(usize) -> String) {
        for (place, column) in table.columns.iter().enumerate() {
            let mut text = cell(place);
            if self.encoding == CsvEncoding::ShiftJis {
                text = self.in_shift_jis(&text, row, column.name);
            }
            let _ = self.writer.write_field(&text);
        }
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// Replaces the characters that Shift_JIS does not have, and records them.
    fn in_shift_jis(&mut self, text: &str, row: usize, column: &'static str) -> String {
        let mut held = String::with_capacity(text.len());
        let mut before = None;
        for character in text.chars().map(same_in_shift_jis) {
            let lost = |character, variation| LostCharacter { character, variation, row, column };
            if is_selector(character) {
                self.lost.extend(before.map(|before| lost(before, Some(character))));
                continue;
            }
            let mut letter = [0; 4];
            let (_, _, unknown) = SHIFT_JIS.encode(character.encode_utf8(&mut letter));
            if unknown {
                self.lost.push(lost(character, None));
            }
            held.push(if unknown { '〓' } else { character });
            before = Some(character);
        }
        held
    }
}

/// Returns the character that the Shift_JIS of Windows has for the same code of JIS X 0208.
fn same_in_shift_jis(character: char) -> char {
    match character {
        '〜' => '～',
        '‖' => '∥',
        '—' => '―',
        '¢' => '￠',
        '£' => '￡',
        '¬' => '￢',
        '¥' => '￥',
        other => other,
    }
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn field(datum: &Datum) -> String {
    match datum {
        Datum::Empty => String::new(),
        Datum::Number(number) => number.clone(),
        Datum::Text(text) => harmless(text),
    }
}

/// Returns a text that no spreadsheet reads as a formula: adds a ' where needed.
pub(crate) fn harmless(text: &str) -> String {
    if looks_like_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a spreadsheet would read a text as a formula. Also true for a text that already begins with ', so that it
/// gets another ' and removing one ' always restores the text.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}
