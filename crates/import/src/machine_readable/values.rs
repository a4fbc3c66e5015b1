//! Checks the rules on cell values: one datum in each cell, numbers as numbers, the same word for the same thing.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::counting::Notices;
use super::rule::{Rule, Verdict};
use super::table::{Column, Datum, Kind, Row, Table, has_word};
use crate::blocks::squash;

/// Units of counts and amounts. 年, 月 and 日 are left out, because they occur in dates.
const UNITS: [&str; 26] = [
    "人",
    "名",
    "社",
    "件",
    "円",
    "千円",
    "百万円",
    "万円",
    "億円",
    "%",
    "回",
    "校",
    "組",
    "者",
    "団体",
    "か所",
    "箇所",
    "ヶ所",
    "カ所",
    "施設",
    "世帯",
    "戸",
    "台",
    "冊",
    "ポイント",
    "倍",
];

/// Names of columns that may be empty.
const OPTIONAL: [&str; 16] = [
    "備考", "注", "状態", "理由", "メモ", "終了", "開始", "期間", "時点", "date", "note", "state", "remark", "補足",
    "修飾", "範囲",
];

/// Names of columns that explain why a value is missing.
const EXPLAINING: [&str; 9] = ["状態", "備考", "注", "理由", "欠測", "秘匿", "state", "status", "note"];

pub fn check(table: &Table, notices: &mut Notices) {
    let head = table.head_row();
    for row in std::iter::once(head).chain(table.body()) {
        for datum in row.data.iter().filter(|datum| datum.kind == Kind::Text) {
            text(row, datum, notices);
        }
    }
    for column in &table.columns {
        numbers(table, column, notices);
        blanks(table, column, notices);
        choices(table, column, notices);
    }
    let prose: Vec<u32> = table.columns.iter().filter(|column| is_prose(table, column)).map(|c| c.number).collect();
    for row in table.body() {
        for datum in row.data.iter().filter(|datum| datum.kind == Kind::Text) {
            body_text(row, datum, prose.contains(&datum.column), notices);
        }
    }
}

/// Whether a column contains sentences; numbers inside sentences are allowed.
fn is_prose(table: &Table, column: &Column) -> bool {
    let sentences = table.values(column.number).filter(|(_, datum)| datum.text.contains('。')).count();
    has_word(&column.name, &["文", "備考", "説明", "コメント", "text", "note", "remark"])
        || sentences * 10 > column.filled
}

/// Checks L1-06 and L1-08 in heads and values: blanks for layout, machine-dependent characters.
fn text(row: &Row, datum: &Datum, notices: &mut Notices) {
    let (place, text) = ((row.number, datum.column), datum.text.as_str());
    let is_spread = is_spread(text);
    if is_spread || text.trim() != text || text.contains(['\n', '\r']) {
        notices.at(Rule::L1_06, Verdict::Fails, place, text);
    }
    if text.chars().any(depends_on_the_machine) {
        notices.at(Rule::L1_08, Verdict::Fails, place, text);
    }
}

/// Whether a text consists of single characters separated by blanks, such as 「氏　名」.
fn is_spread(text: &str) -> bool {
    let mut parts = text.split_whitespace().peekable();
    let is_one = |part: &str| {
        let mut characters = part.chars();
        matches!((characters.next(), characters.next()), (Some('ぁ'..='ん' | 'ァ'..='ー' | '一'..='鿿'), None))
    };
    text.split_whitespace().count() >= 2 && parts.all(is_one)
}

/// Whether a character is missing or has another meaning in some encodings: ①, Ⅳ, ㈱, ㌔, ㍻, half-width kana, private
/// use.
fn depends_on_the_machine(c: char) -> bool {
    matches!(c,
        '\u{2116}' | '\u{2121}' | '\u{2160}'..='\u{217f}' | '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}'
        | '\u{3220}'..='\u{33ff}' | '\u{e000}'..='\u{f8ff}' | '\u{ff61}'..='\u{ff9f}')
}

fn body_text(row: &Row, datum: &Datum, is_prose: bool, notices: &mut Notices) {
    let (place, text) = ((row.number, datum.column), datum.text.trim());
    if !is_prose && holds_several(text) {
        notices.at(Rule::L1_07, Verdict::Fails, place, text);
    }
    if ["〃", "同上", "〃〃", "″", "\"", "々", "上に同じ"].contains(&text) {
        notices.at(Rule::L2_02, Verdict::Fails, place, text);
    }
    let behind = text.strip_prefix("その他").map(|rest| rest.trim_start().trim_start_matches(['（', '(', '：', ':']));
    if behind.is_some_and(|rest| rest.len() < text.len() - "その他".len() && rest.chars().any(char::is_alphanumeric))
    {
        notices.at(Rule::L2_05, Verdict::Fails, place, text);
    }
}

/// Whether a text consists of two or more counts with their names: 「246社 701人」.
fn holds_several(text: &str) -> bool {
    if text.chars().count() > 60 || text.contains(['。', '～', '〜']) {
        return false;
    }
    let folded: String = text.nfkc().collect();
    let parts: Vec<&str> = folded.split([' ', '、', '/', '・', '\n', ';']).filter(|part| !part.is_empty()).collect();
    parts.len() >= 2 && parts.iter().filter(|part| ends_with_a_count(part)).count() >= 2
}

fn ends_with_a_count(part: &str) -> bool {
    UNITS.iter().any(|unit| {
        part.trim_end_matches([')', '）'])
            .strip_suffix(unit)
            .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// Checks L2-01 (numbers that a machine does not recognise) and L3-03 (marks among numbers).
fn numbers(table: &Table, column: &Column, notices: &mut Notices) {
    let mostly_numbers = column.numbers * 2 > column.filled;
    for (row, datum) in table.values(column.number).filter(|(_, datum)| datum.kind == Kind::Text) {
        let place = (row, column.number);
        match number_as_text(datum.text.trim()) {
            Some(is_plain) if !is_plain || mostly_numbers => {
                notices.at(Rule::L2_01, Verdict::Fails, place, &datum.text)
            }
            None if mostly_numbers && datum.text.chars().count() <= 6 => {
                notices.at(Rule::L3_03, Verdict::Look, place, &datum.text);
            }
            _ => {}
        }
    }
}

/// Returns `false` for a number with a unit, comma, mark or wide digits, `true` for plain digits, `None` for other
/// texts.
fn number_as_text(text: &str) -> Option<bool> {
    // A character such as ① is machine-dependent, which another rule reports.
    if text.chars().any(depends_on_the_machine) {
        return None;
    }
    let folded: String = text.nfkc().collect();
    let bare = folded.trim_start_matches(['▲', '△', '-', '−', '+', '約', '¥', '\\', '(']).trim_end_matches(')');
    let unit = UNITS.iter().filter(|unit| bare.ends_with(*unit)).max_by_key(|unit| unit.len());
    let digits = unit.and_then(|unit| bare.strip_suffix(unit)).unwrap_or(bare).trim();
    let starts_well = digits.starts_with(|c: char| c.is_ascii_digit());
    let is_number = starts_well && digits.chars().all(|c| c.is_ascii_digit() || ",.".contains(c));
    let commas_fit =
        digits.split(',').skip(1).all(|group| group.split('.').next().is_some_and(|whole| whole.len() == 3));
    let points_fit = digits.matches('.').count() <= 1;
    let has_hyphen_inside = text.trim_start_matches('-').contains('-');
    (is_number && commas_fit && points_fit && !has_hyphen_inside)
        .then(|| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// Checks L1-09 (empty cells among numbers) and L2-02 (empty cells below a word that applies to several rows).
fn blanks(table: &Table, column: &Column, notices: &mut Notices) {
    if column.name.is_empty() || column.filled == 0 || column.filled == table.body.len() {
        return;
    }
    let is_numeric = column.is_numeric(table.body.len());
    if !is_numeric && !rules_what_is_below(table, column) {
        return;
    }
    let explaining: Vec<u32> =
        table.columns.iter().filter(|other| has_word(&other.name, &EXPLAINING)).map(|other| other.number).collect();
    for row in table.body().filter(|row| row.get(column.number).is_none()) {
        let is_explained = explaining.iter().any(|other| row.get(*other).is_some());
        if is_numeric && !is_explained {
            notices.at(Rule::L1_09, Verdict::Fails, (row.number, column.number), "");
        } else if !is_numeric {
            notices.at(Rule::L2_02, Verdict::Fails, (row.number, column.number), "");
        }
    }
}

/// Whether the words of a column apply to the rows below them. True for the leftmost column. Also true for a column
/// that is left of all numbers, is often empty, and never has the same word in two consecutive rows.
fn rules_what_is_below(table: &Table, column: &Column) -> bool {
    let first = table.columns.iter().find(|column| !column.name.is_empty()).map(|column| column.number);
    let first_number =
        table.columns.iter().find(|column| column.numbers * 2 > column.filled).map(|column| column.number);
    let begins_filled = table.body().next().is_some_and(|row| row.get(column.number).is_some());
    if !begins_filled || has_word(&column.name, &OPTIONAL) || column.numbers * 2 > column.filled {
        return false;
    }
    if first == Some(column.number) {
        return true;
    }
    let values: Vec<&str> = table.values(column.number).map(|(_, datum)| datum.text.as_str()).collect();
    let never_follows_itself = values.windows(2).all(|two| two[0] != two[1]);
    let often_empty = column.filled * 10 <= table.body.len() * 7;
    first_number.is_some_and(|number| column.number < number)
        && never_follows_itself
        && often_empty
        && values.len() >= 2
}

/// Checks L2-04: one choice in several spellings.
fn choices(table: &Table, column: &Column, notices: &mut Notices) {
    const MOST: usize = 50;
    let mut spellings: HashMap<String, String> = HashMap::new();
    for (row, datum) in table.values(column.number) {
        if datum.kind != Kind::Text || datum.text.chars().count() > 12 {
            continue;
        }
        if spellings.len() > MOST {
            return;
        }
        let first = spellings.entry(choice(&datum.text)).or_insert_with(|| datum.text.clone());
        if squash(first) != squash(&datum.text) && !datum.text.bytes().any(|byte| byte.is_ascii_digit()) {
            notices.at(Rule::L2_04, Verdict::Fails, (row, column.number), &format!("{first} / {}", datum.text));
        }
    }
}

/// Returns the common form of a choice. It is equal for 実施済み, 実施済 and 済.
fn choice(text: &str) -> String {
    let folded: String = squash(text).nfkc().collect::<String>().to_lowercase().replace(['〇', '◯'], "○");
    let folded = match folded.as_str() {
        "あり" | "有り" => "有".to_owned(),
        "なし" | "無し" => "無".to_owned(),
        _ => folded,
    };
    let stem = folded.strip_suffix('み').filter(|stem| stem.ends_with('済')).unwrap_or(&folded);
    let rest = stem.strip_prefix("実施").filter(|rest| ["済", "中", "予定"].contains(rest));
    rest.unwrap_or(stem).to_owned()
}
