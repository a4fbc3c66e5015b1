//! Checks the rules on the meaning of values: units, times, places, codes, one observation in each row.

use unicode_normalization::UnicodeNormalization;

use super::counting::Notices;
use super::rule::{Rule, Verdict};
use super::table::{Column, Datum, Kind, Row, Table, has_word};
use crate::blocks::squash;

/// Names of number columns that need no unit.
const WITHOUT_UNIT: [&str; 25] = [
    "年度",
    "年",
    "月",
    "日",
    "コード",
    "番号",
    "no",
    "id",
    "code",
    "year",
    "month",
    "緯度",
    "経度",
    "順",
    "順番",
    "行",
    "電話",
    "郵便",
    "lat",
    "lon",
    "line",
    "chapter",
    "section",
    "章",
    "節",
];

/// Words that state the unit if a column name contains them.
const UNIT_WORDS: [&str; 23] = [
    "円",
    "％",
    "%",
    "人",
    "名",
    "件",
    "社",
    "回",
    "校",
    "世帯",
    "yen",
    "percent",
    "count",
    "persons",
    "number",
    "㎡",
    "km",
    "ha",
    "時間",
    "日数",
    "歳",
    "倍",
    "ポイント",
];

pub fn check(table: &Table, notices: &mut Notices) {
    let has_unit_column = table.has_column(&["単位", "unit"]);
    for column in table.columns.iter().filter(|column| !column.name.is_empty()) {
        let place = (table.head_row().number, column.number);
        if is_code_without_meaning(table, column) {
            notices.at(Rule::L3_02, Verdict::Look, place, &column.name);
        }
        if column.is_numeric(table.body.len()) && !has_unit_column && !tells_its_unit(&column.name) {
            notices.at(Rule::L3_04, Verdict::Fails, place, &column.name);
        }
    }
    times(table, notices);
    places(table, notices);
    long_form(table, notices);
}

/// Checks L3-02: whether a column named like a code contains only small numbers, whose meaning is not explained.
fn is_code_without_meaning(table: &Table, column: &Column) -> bool {
    let is_small = |datum: &Datum| datum.text.len() <= 2 && datum.text.bytes().all(|byte| byte.is_ascii_digit());
    has_word(&column.name, &["コード", "code", "区分", "種別", "フラグ"])
        && column.filled > 0
        && table.values(column.number).all(|(_, datum)| is_small(datum))
}

/// Whether a column name states the unit of its values (L3-04).
fn tells_its_unit(name: &str) -> bool {
    let folded: String = name.nfkc().collect();
    let has_bracket = folded.contains('(') || folded.contains('[');
    let is_count = squash(&folded).ends_with('数') || folded.contains("件数") || folded.contains("者数");
    has_bracket || is_count || has_word(&folded, &UNIT_WORDS) || is_time(&squash(&folded)) || is_no_quantity(&folded)
}

/// Whether the values of a column are identifiers, years or codes, judged by the column's name or its ending.
fn is_no_quantity(name: &str) -> bool {
    let name = squash(name).to_lowercase();
    WITHOUT_UNIT.iter().any(|word| {
        name == *word || (word.chars().count() > 1 && name.ends_with(word)) || name.ends_with(&format!("_{word}"))
    })
}

/// Checks L3-05: 令和7年 or R7 without the Gregorian year.
fn times(table: &Table, notices: &mut Notices) {
    let is_gregorian = |datum: &&Datum| {
        let folded: String = datum.text.nfkc().collect();
        datum.kind == Kind::Day || holds_a_gregorian_year(&folded)
    };
    let lacks_a_year = |datum: &&Datum| {
        let folded: String = squash(&datum.text).nfkc().collect();
        datum.kind == Kind::Text && is_wareki(&folded) && !holds_a_gregorian_year(&folded)
    };
    let mut row = |row: &Row, others_may_tell: bool| {
        let told = others_may_tell && row.data.iter().any(|datum| is_gregorian(&datum));
        for datum in row.data.iter().filter(lacks_a_year).filter(|_| !told) {
            notices.at(Rule::L3_05, Verdict::Fails, (row.number, datum.column), &datum.text);
        }
    };
    row(table.head_row(), false);
    table.body().for_each(|body| row(body, true));
}

/// Whether a text consists only of a year or date with an era.
fn is_wareki(folded: &str) -> bool {
    let eras = ["令和", "平成", "昭和", "R", "H", "S"];
    let Some(rest) = eras.iter().find_map(|era| folded.strip_prefix(era)) else { return false };
    let rest = rest.strip_prefix('元').unwrap_or(rest);
    let is_date = rest.chars().all(|c| c.is_ascii_digit() || "年度月日末./-".contains(c));
    is_date
        && folded.chars().count() <= 14
        && (rest.len() < folded.len() && rest.chars().any(|c| c.is_ascii_digit() || c == '年'))
}

fn holds_a_gregorian_year(folded: &str) -> bool {
    let runs = folded.split(|c: char| !c.is_ascii_digit());
    let is_year = |run: &str| run.get(..4).and_then(|year| year.parse::<u32>().ok());
    runs.filter(|run| run.len() == 4 || run.len() == 8).filter_map(is_year).any(|year| (1868..2200).contains(&year))
}

/// Checks L3-06: abbreviated place names.
fn places(table: &Table, notices: &mut Notices) {
    if table.has_column(&["団体コード", "市区町村コード", "市町村コード", "都道府県コード", "地域コード", "area_code"])
    {
        return;
    }
    let words = ["市区町村", "市町村", "都道府県", "自治体", "団体名", "prefecture", "municipality"];
    for column in table.columns.iter().filter(|column| has_word(&column.name, &words)) {
        for (row, datum) in table.values(column.number) {
            let name = datum.text.trim();
            let is_official =
                name.ends_with(['市', '区', '町', '村', '都', '道', '府', '県', '計', '国', '圏', '合', '局']);
            if datum.kind == Kind::Text && !is_official {
                notices.at(Rule::L3_06, Verdict::Fails, (row, column.number), name);
            }
        }
    }
}

/// Checks L3-09: one column for each year or month.
fn long_form(table: &Table, notices: &mut Notices) {
    let head = table.head_row();
    let times: Vec<&Datum> = head.data.iter().filter(|datum| is_time_in_name(&datum.text)).collect();
    if times.len() >= 2 {
        notices.at(Rule::L3_09, Verdict::Fails, (head.number, times[0].column), &times[0].text);
    }
}

/// Whether a column name is a time: 令和7年度, 2025, 4月, R7実績, 2025年度（件）.
fn is_time_in_name(name: &str) -> bool {
    let folded: String = squash(name).nfkc().collect();
    let bare = folded.split('(').next().unwrap_or("");
    let stem = ["実績", "目標", "計画", "見込", "件数", "人数", "実績値", "目標値", "決算", "予算"];
    let stem = stem.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    is_time(stem)
}

/// Whether a text is only a year, a fiscal year or a month.
fn is_time(text: &str) -> bool {
    let digits = text.trim_end_matches(['年', '度', '月', '期', 'Q']);
    let is_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = is_digits && digits.len() == 4 && holds_a_gregorian_year(digits);
    let is_month = is_digits && digits.len() <= 2 && text.ends_with('月');
    is_year || is_month || is_wareki(text)
}

/// Checks L3-07: sheets of several years whose columns differ.
pub fn check_years(tables: &[(String, Table)], notices: &mut Notices) {
    let mut before: Option<(&str, Vec<String>)> = None;
    for (name, table) in tables {
        let folded: String = squash(name).nfkc().collect();
        if !table.is_table() || !is_time(&folded) {
            continue;
        }
        let names: Vec<String> = table.head_row().data.iter().map(|datum| squash(&datum.text)).collect();
        if let Some((earlier, known)) = &before
            && *known != names
        {
            notices.on_sheet(name);
            let head = table.head_row();
            notices.at(Rule::L3_07, Verdict::Look, (head.number, head.data[0].column), earlier);
        }
        before = Some((name, names));
    }
}
