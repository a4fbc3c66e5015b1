//! Checks the rules that only a CSV file can break: records over several lines, commas inside a value, bytes that do
//! not identify their encoding.

use super::counting::Notices;
use super::rule::{Rule, Verdict};
use crate::csv_reader::Record;

pub fn check(bytes: &[u8], records: &[Record], head_line: u32, notices: &mut Notices) {
    let head = records.iter().find(|record| record.line == head_line);
    let width = head.map_or(usize::MAX, |record| record.values.len());
    for record in records {
        for (place, value) in record.values.iter().enumerate() {
            if value.contains(['\n', '\r']) {
                notices.at(Rule::L1_14, Verdict::Fails, (record.line, place as u32 + 1), value);
            }
        }
        if record.values.len() > width {
            let (place, found) = parted(record).unwrap_or((width, record.values[width].clone()));
            notices.at(Rule::L1_15, Verdict::Fails, (record.line, place as u32 + 1), &found);
        }
    }
    let is_utf_8 = std::str::from_utf8(bytes).is_ok();
    let is_marked = bytes.starts_with(b"\xef\xbb\xbf");
    let tells_itself = bytes.is_ascii() || is_marked;
    if !tells_itself {
        let found = if is_utf_8 { "UTF-8（BOM なし）" } else { "UTF-8 以外" };
        notices.whole(Rule::L3_08, Verdict::Look, found);
    }
}

/// Finds two neighbouring values that look like one number split at its comma: 1 and 304 for 1,304.
fn parted(record: &Record) -> Option<(usize, String)> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let place = record.values.windows(2).position(|two| {
        let rest = two[1].trim_end_matches(|c: char| !c.is_ascii_digit());
        two[0].len() <= 3 && is_digits(&two[0]) && rest.len() == 3 && is_digits(rest)
    })?;
    Some((place, format!("{},{}", record.values[place], record.values[place + 1])))
}
