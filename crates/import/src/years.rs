//! Reads years and dates in headings and below agreements: 令和7年度, 平成27年3月17日, R8年3月, 2026年度.

use jiff::civil::Date;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::wareki::{AsOf, Era};
use unicode_normalization::UnicodeNormalization;

/// Returns the first fiscal year that a text names.
pub fn fiscal_year(text: &str) -> Option<FiscalYear> {
    let folded = fold(text);
    years(&folded).find(|(_, rest)| rest.starts_with("年度")).map(|(year, _)| FiscalYear(year))
}

/// Returns the first date that a text names: a day, or a month without a day.
pub fn date(text: &str) -> Option<AsOf> {
    let folded = fold(text);
    years(&folded).find_map(|(year, rest)| {
        let (month, rest) = number_before(rest.strip_prefix('年')?, '月')?;
        let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
        match number_before(rest, '日') {
            Some((day, _)) => Date::new(year, month, i8::try_from(day).ok()?).ok().map(AsOf::Day),
            None => Some(AsOf::Month(year, month)),
        }
    })
}

/// Returns the day if a cell contains only a day: 令和8年4月1日, R8.4.1, 2026/4/1, 2026-04-01. Also accepts the time
/// 0:00:00, which spreadsheets add (2026-04-01 0:00:00).
pub fn written_day(text: &str) -> Option<Date> {
    let is_midnight =
        |time: &str| time.split(':').all(|part| !part.is_empty() && part.bytes().all(|digit| digit == b'0'));
    let day = text.trim().rsplit_once([' ', 'T']).filter(|(_, time)| is_midnight(time)).map_or(text, |(day, _)| day);
    let folded = fold(day);
    if folded.ends_with('日') {
        return match date(&folded)? {
            AsOf::Day(day) if is_date_alone(&folded) => Some(day),
            _ => None,
        };
    }
    let mut parts = folded.split(['/', '.', '-']);
    let (year, month, day) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (year, rest) = year_at(&format!("{year}年"), 0).map(|(year, rest)| (year, rest.len()))?;
    (rest == '年'.len_utf8() && parts.next().is_none()).then(|| Date::new(year, month, day).ok())?
}

/// Whether a line contains only a date.
pub fn is_date_alone(line: &str) -> bool {
    let folded = fold(line);
    let folded = folded.trim_matches(|c: char| "()".contains(c));
    date(folded).is_some() && folded.chars().count() <= 12 && folded.ends_with(['日', '月'])
}

/// Removes white space, narrows digits to one width and writes 元年 as 1年.
fn fold(text: &str) -> String {
    let folded: String = text.chars().filter(|c| !c.is_whitespace()).take(20_000).nfkc().collect();
    folded.replace("元年", "1年")
}

/// Iterates over the calendar years in a folded text, each with the text after its digits.
fn years(folded: &str) -> impl Iterator<Item = (i16, &str)> {
    folded.char_indices().filter_map(move |(at, _)| year_at(folded, at))
}

fn year_at(folded: &str, at: usize) -> Option<(i16, &str)> {
    let rest = &folded[at..];
    for era in Era::ALL {
        let named = rest.strip_prefix(era.name()).or_else(|| rest.strip_prefix(era.letter()));
        if let Some((number, rest)) = named.and_then(digits)
            && (1..=99).contains(&number)
            && rest.starts_with('年')
        {
            return Some((era.gregorian_year(i16::try_from(number).ok()?), rest));
        }
    }
    let inside_a_number = folded[..at].ends_with(|c: char| c.is_ascii_digit());
    let (number, rest) = digits(rest)?;
    ((1868..=2200).contains(&number) && rest.starts_with('年') && !inside_a_number)
        .then_some(i16::try_from(number).ok()?)
        .map(|year| (year, rest))
}

fn digits(text: &str) -> Option<(u32, &str)> {
    let len = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    Some((text[..len].parse().ok()?, &text[len..]))
}

fn number_before(text: &str, unit: char) -> Option<(u32, &str)> {
    let (number, rest) = digits(text)?;
    Some((number, rest.strip_prefix(unit)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_dates_are_read_in_the_forms_of_headings() {
        let year = |text| fiscal_year(text).map(|year| year.0);
        assert_eq!(year("第2 令和７年度雇用関連事業進捗状況"), Some(2025));
        assert_eq!(year("令和 元 年度計画"), Some(2019));
        assert_eq!(year("R8年度"), Some(2026));
        assert_eq!(year("2026年度事業計画"), Some(2026));
        assert_eq!(year("平成27年3月17日"), None);
        let day = |text| date(text).map(|date| date.to_string());
        assert_eq!(day("平成27年3月17日").as_deref(), Some("2015-03-17"));
        assert_eq!(day("令和 8 年 3 月").as_deref(), Some("2026-03"));
        assert_eq!(day("令和8年2月30日"), None);
        assert!(is_date_alone("令和８年３月"));
        let written = |text| written_day(text).map(|day| day.to_string());
        for text in [
            "2026-04-01",
            "2026/4/1",
            "２０２６．４．１",
            "R8.4.1",
            "令和8年4月1日",
            "令和 8/4/1",
            "2026-04-01 0:00:00",
        ] {
            assert_eq!(written(text).as_deref(), Some("2026-04-01"), "{text}");
        }
        for text in [
            "",
            "4月1日",
            "令和8年4月",
            "2026-04-31",
            "2026-4-1-1",
            "8.4.1",
            "R8.4",
            "令和8年4月1日から",
            "2026-04-01 9:30",
        ] {
            assert_eq!(written(text), None, "{text}");
        }
        assert!(!is_date_alone("令和8年3月に開催"));
    }
}
