//! Reads numbers in running text: their digits, their unit, and whether they count something (3 回) or name something
//! (第3, 60歳以上).

use std::ops::Range;

use renkei_document::as_of::read_dates;
use renkei_document::fiscal_year::FiscalYear;
use rust_decimal::Decimal;

use super::glyphs::Glyphs;
use super::units::{Measure, unit_at};

/// The function of a number in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The number counts something: 701 人.
    Count,
    /// It states a frequency: 毎月1回.
    Schedule,
    /// The number limits a class or is one end of a range: 301人以上, 101～300人.
    Bound,
    /// The number is part of a name, an age, a date or a length of time: 60歳, 第2, 2024年問題, 6か月.
    Name,
}

/// A number with its unit. Positions are character indexes of the [`Glyphs`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// Range of the digits with their separators and a minus sign.
    pub(crate) digits: Range<usize>,
    pub(crate) value: Decimal,
    /// The unit in half width, without blanks.
    pub(crate) unit: Option<String>,
    /// Index after the unit, or after the digits.
    pub(crate) end: usize,
    pub(crate) role: Role,
}

/// Returns all numbers of a text that are not part of dates.
pub(crate) fn numbers(glyphs: &Glyphs, report: Option<FiscalYear>) -> Vec<Number> {
    let whole = glyphs.original(0..glyphs.len());
    let dates: Vec<Range<usize>> =
        read_dates(whole, report).iter().map(|d| glyphs.index_of(d.start)..glyphs.index_of(d.end)).collect();
    let mut found: Vec<Number> = Vec::new();
    let mut at = 0;
    while at < glyphs.len() {
        let next = dates.partition_point(|date| date.end <= at);
        if let Some(date) = dates.get(next).filter(|date| date.start <= at) {
            at = date.end;
        } else if let Some(number) = number_at(glyphs, at) {
            at = number.end.max(number.digits.end);
            found.push(number);
        } else if glyphs.at(at).is_some_and(|c| c.is_ascii_digit()) {
            at = digits_end(glyphs, at);
        } else {
            at += 1;
        }
    }
    found
}

/// Reads the number whose digits begin at `at`.
pub(crate) fn number_at(glyphs: &Glyphs, at: usize) -> Option<Number> {
    if !glyphs.at(at)?.is_ascii_digit() || glyphs.before(at).is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end = digits_end(glyphs, at);
    let printed: String = glyphs.chars(at..end).iter().filter(|c| **c != ',').collect();
    let value: Decimal = printed.parse().ok()?;
    let start = if is_minus(glyphs, at) { at - 1 } else { at };
    let value = if start < at { -value } else { value };
    let unit = unit_at(glyphs, end);
    let role = role(glyphs, at, end, unit.as_ref().map(|unit| (unit.measure, unit.end)));
    let (unit, end) = match unit {
        Some(unit) => (Some(glyphs.squeezed(unit.start..unit.end)), unit.end),
        None => (None, end),
    };
    Some(Number { digits: start..digits_end(glyphs, at), value, unit, end, role })
}

/// Returns the index after the digits. A thousands separator needs three digits after it, a decimal point at least one.
fn digits_end(glyphs: &Glyphs, at: usize) -> usize {
    let digits = |from: usize| (from..).take_while(|&i| glyphs.at(i).is_some_and(|c| c.is_ascii_digit())).count();
    let mut end = at + digits(at);
    while glyphs.at(end) == Some(',') && digits(end + 1) == 3 {
        end += 4;
    }
    if glyphs.at(end) == Some('.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

/// Whether a minus sign is before the digits: ▲ or △, or a dash that follows no word or number.
fn is_minus(glyphs: &Glyphs, at: usize) -> bool {
    let marked = glyphs.before(at).is_some_and(|c| matches!(c, '▲' | '△'));
    let dashed = glyphs.before(at) == Some('-')
        && at.checked_sub(1).and_then(|i| glyphs.before(i)).is_none_or(|c| matches!(c, '比' | '(' | ' ' | ':'));
    marked || dashed
}

fn role(glyphs: &Glyphs, at: usize, digits_end: usize, unit: Option<(Measure, usize)>) -> Role {
    let before = (0..at).rev().find(|&i| glyphs.at(i) != Some(' '));
    let in_range =
        glyphs.at(glyphs.skip_blanks(digits_end)) == Some('~') || before.is_some_and(|i| glyphs.at(i) == Some('~'));
    let Some((measure, end)) = unit else {
        return if in_range { Role::Bound } else { Role::Name };
    };
    let rule = is_rate_of_pay(glyphs, before, end);
    if before.is_some_and(|i| glyphs.at(i) == Some('第')) || measure == Measure::Name || rule {
        return Role::Name;
    }
    if in_range || measure == Measure::Heads && (names_a_class(glyphs, end) || is_end_of_sizes(glyphs, at, end)) {
        return Role::Bound;
    }
    if is_schedule(glyphs, before) && glyphs.at(end.saturating_sub(1)) == Some('回') {
        return Role::Schedule;
    }
    Role::Count
}

/// Whether 人 and 以上, 以下 or a similar word name a class of sizes. This is so if a noun follows, as in 301人以上企業 and
/// 100人以下の企業.
fn names_a_class(glyphs: &Glyphs, end: usize) -> bool {
    let end = glyphs.skip_blanks(end);
    let Some(after) = ["以上", "以下", "未満", "を超える", "超", "規模"].iter().find_map(|word| glyphs.word(end, word))
    else {
        return false;
    };
    let ends = |c: char| matches!(c, '、' | '。' | ')' | '\n' | ']' | ',');
    glyphs.at(glyphs.skip_blanks(after)).is_some_and(|c| !ends(c))
}

/// Whether a number is one end of a class of sizes (51人から100人). 9人から11人に is a change and not a class.
fn is_end_of_sizes(glyphs: &Glyphs, at: usize, end: usize) -> bool {
    let is_digit = |index: usize| glyphs.at(index).is_some_and(|c| c.is_ascii_digit());
    let stays = |end: usize| !matches!(glyphs.at(glyphs.skip_blanks(end)), Some('に' | 'へ'));
    let begins = glyphs.word(end, "から").map(|next| glyphs.skip_blanks(next)).filter(|next| is_digit(*next));
    if let Some(next) = begins {
        let unit = glyphs.skip_blanks(next + (next..glyphs.len()).take_while(|index| is_digit(*index)).count());
        return matches!(glyphs.at(unit), Some('人' | '名')) && stays(unit + 1);
    }
    let before = glyphs.squeezed(at.saturating_sub(8)..at);
    let ends = ["人から", "名から"].iter().find_map(|word| before.strip_suffix(word));
    ends.is_some_and(|start| start.ends_with(|c: char| c.is_ascii_digit())) && stays(end)
}

/// Whether a number is a rate or limit: 「1社あたり上限50万円」 is the amount for each company and not the amount paid.
fn is_rate_of_pay(glyphs: &Glyphs, before: Option<usize>, end: usize) -> bool {
    let after = glyphs.skip_blanks(end);
    let each = ["あたり", "当たり", "当り", "につき", "ごと"].iter().any(|word| glyphs.word(after, word).is_some());
    let limit = before
        .and_then(|last| last.checked_sub(1))
        .is_some_and(|at| ["上限", "限度", "最大"].iter().any(|word| glyphs.word(at, word).is_some()));
    each || limit
}

/// Whether 毎月, 月, 週, 年 or 日 before the number states a frequency and is not part of a date.
fn is_schedule(glyphs: &Glyphs, before: Option<usize>) -> bool {
    let Some(last) = before else { return false };
    let word = match glyphs.at(last) {
        Some('月' | '週' | '年' | '日') => last,
        Some('間') if glyphs.before(last).is_some_and(|c| matches!(c, '年' | '週')) => last - 1,
        _ => return false,
    };
    let owner = (0..word).rev().find(|&i| glyphs.at(i) != Some(' ')).and_then(|i| glyphs.at(i));
    !owner.is_some_and(|c| c.is_ascii_digit() || c == '元')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the numbers that count something with `expected`, each as `value unit`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let glyphs = Glyphs::new(text);
        let counts = numbers(&glyphs, Some(FiscalYear(2025)));
        let counts = counts.iter().filter(|n| n.role == Role::Count);
        let counts: Vec<_> = counts.map(|n| format!("{}{}", n.value, n.unit.as_deref().unwrap_or("?"))).collect();
        assert_eq!(counts, expected, "{text}");
    }

    #[test]
    fn a_number_knows_its_unit() {
        check("計3回開催 出展企業 45 社 来場者 １，７０１ 人", &["3回", "45社", "1701人"]);
        check("交付額 3,100 千円、充足率88.5%", &["3100千円", "88.5%"]);
        check("閲覧 月約2.4万PV", &["2.4万PV"]);
        check("12ヶ所、15 か所、8組 9人", &["12ヶ所", "15か所", "8組", "9人"]);
        check("前年同期比-3.2%、（▲4.0％）", &["-3.2%", "-4.0%"]);
        check("2ネットワークから申込", &["2ネットワーク"]);
        check("年内に30回以上の開催予定", &["30回"]);
    }

    #[test]
    fn a_number_that_names_something_does_not_count() {
        for text in [
            "55歳以上の普通2種免許",
            "毎月1回作成、月 2 回、年4回",
            "毎月第 1・第 3 火曜",
            "2030年問題",
            "小 4～中学 1 年生",
            "12/20、R8.1月末現在",
            "6 ヶ月以内に就職",
            "1回目、3年間",
            "電話 096-000-0000",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_limit_names_a_class_and_other_numbers_count() {
        check("51人以上企業 16社、21～50人以下企業 44社", &["16社", "44社"]);
        check("うち 51 人以上 62 社", &["62社"]);
        check("51人から100人 30 社、50人を超える企業 7 社", &["30社", "7社"]);
        check("相談員が9人から11人に増え、面談 3人から始めた", &["9人", "11人", "3人"]);
    }

    #[test]
    fn the_digits_of_a_number_have_their_original_position() {
        let text = "（うち ２，１００ 件）";
        let glyphs = Glyphs::new(text);
        let found = numbers(&glyphs, None);
        assert_eq!(glyphs.original(found[0].digits.clone()), "２，１００");
    }
}
