//! CSV → blocks and lines: values separated by commas, semicolons or tabs, quoted if they contain line breaks (RFC
//! 4180).

use renkei_document::locus::{SourceCell, SourceLine};

use crate::blocks::{Block, Body};
use crate::decode::{MAX_LINES, Unreadable};
use crate::grid::{GridReader, GridRow, one_line};
use crate::reading::Reading;

/// One record of a CSV file.
#[derive(Debug, Clone)]
pub struct Record {
    /// The line of the file on which the record begins, from 1.
    pub line: u32,
    pub values: Vec<String>,
}

/// Reads a CSV file.
pub fn read(text: &str) -> Result<Reading, Unreadable> {
    let records = records(text)?;
    let widest = records.iter().map(|record| record.values.len()).max().unwrap_or(0);
    let is_used = |column: &usize| {
        records.iter().any(|record| record.values.get(*column).is_some_and(|value| !value.trim().is_empty()))
    };
    let columns: Vec<usize> = (0..widest).filter(is_used).collect();
    let (mut reading, mut grid) = (Reading::default(), GridReader::default());
    for record in &records {
        // A line of the file on which no record begins gets an empty line, so that line numbers stay correct.
        reading.lines.resize_with(record.line.saturating_sub(1) as usize, SourceLine::default);
        let value = |column: &usize| record.values.get(*column).cloned().unwrap_or_default();
        let row = GridRow { texts: columns.iter().map(value).collect(), is_wide: false };
        let bodies = grid.bodies(&row);
        let is_paragraph = bodies.iter().all(|body| matches!(body, Body::Text(_)));
        let cell = |text: &String| SourceCell { text: one_line(text).into_owned(), at: None };
        let cells = if is_paragraph { Vec::new() } else { row.texts.iter().map(cell).collect() };
        reading.lines.push(SourceLine { text: row.line().trim().to_owned(), at: None, cells });
        reading.blocks.extend(bodies.into_iter().map(|body| Block { line: record.line, body }));
    }
    Ok(reading)
}

/// Reads the records of a file with any of the separators. A quote that is never closed ends at the end of the file.
pub fn records(text: &str) -> Result<Vec<Record>, Unreadable> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut all = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut counted, mut line) = (0, 1u32);
    while reader.read_record(&mut record).unwrap_or(false) {
        // After empty lines or two-character line ends, the reported position is that of the previous line end.
        let rest = record.position().and_then(|position| text.get(usize::try_from(position.byte()).ok()?..));
        let start = text.len() - rest.map_or(0, |rest| rest.trim_start_matches(['\r', '\n']).len());
        line += text.get(counted..start).map_or(0, |passed| passed.matches('\n').count()) as u32;
        counted = start;
        all.push(Record { line, values: record.iter().map(str::to_owned).collect() });
        if all.len() > MAX_LINES {
            return Err(Unreadable::TooManyLines { lines: all.len() });
        }
    }
    Ok(all)
}

/// Returns the separator that occurs most often outside quotes in the first 64 KiB; a comma if none occurs.
fn separator(text: &str) -> u8 {
    let mut counts = [0usize; 3];
    let mut is_quoted = false;
    for byte in text.bytes().take(64 * 1024) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => counts[0] += 1,
            b';' if !is_quoted => counts[1] += 1,
            b'\t' if !is_quoted => counts[2] += 1,
            _ => {}
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    counts.iter().position(|count| *count == most).map_or(b',', |place| b",;\t"[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(u32, &[&str])]) {
        let records = records(text).expect("records");
        let shown: Vec<(u32, Vec<&str>)> =
            records.iter().map(|record| (record.line, record.values.iter().map(String::as_str).collect())).collect();
        assert_eq!(shown, expected.iter().map(|(line, values)| (*line, values.to_vec())).collect::<Vec<_>>());
    }

    #[test]
    fn values_are_parted_by_commas_semicolons_or_tabs() {
        check("\u{feff}a,b\r\n\r\n\"c,\nd\",\"e\"\"\"\n", &[(1, &["a", "b"]), (3, &["c,\nd", "e\""])]);
        check("a;b\n1,5;2", &[(1, &["a", "b"]), (2, &["1,5", "2"])]);
        check("a\tb,c\tc\n", &[(1, &["a", "b,c", "c"])]);
        check("a\n\"b,c", &[(1, &["a"]), (2, &["b,c"])]);
        check("", &[]);
    }

    #[test]
    fn a_record_is_a_row_and_a_value_alone_a_paragraph() {
        let reading = read("(1) 支援,,\n労働局,①,\"一行目\n二行目\"\n").expect("a reading");
        assert_eq!(reading.blocks.len(), 2);
        assert_eq!(reading.blocks[0].body, Body::Text("(1) 支援".to_owned()));
        assert_eq!(reading.lines[1].text, "労働局\t①\t一行目 二行目");
    }
}
