//! Formats days and times, which a workbook stores as numbers.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use renkei_document::wareki::{MONTHS, Wareki};

use super::sections::{Section, Token};

/// The first serial number after the last day of Excel's calendar.
const LAST_DAY: f64 = 2_958_466.0;

const WEEKDAYS: [(&str, &str); 7] = [
    ("月", "Monday"),
    ("火", "Tuesday"),
    ("水", "Wednesday"),
    ("木", "Thursday"),
    ("金", "Friday"),
    ("土", "Saturday"),
    ("日", "Sunday"),
];

/// A moment: a day, and the seconds since midnight.
struct Moment {
    day: Date,
    seconds: i64,
    /// Seconds since the start of the calendar.
    elapsed: i64,
}

/// Shows a number as a day or time; `None` if it is outside the workbook's calendar.
pub fn shown(serial: f64, section: &Section, counts_from_1904: bool) -> Option<String> {
    let moment = moment(serial, counts_from_1904)?;
    let tokens = &section.tokens;
    let has_half_days = tokens.contains(&Token::AmPm);
    let mut text = String::new();
    for (place, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Date('m', count) if *count <= 2 && is_minute(tokens, place) => {
                text.push_str(&padded(moment.seconds / 60 % 60, *count));
            }
            Token::Date('h', count) => {
                let hour = moment.seconds / 3600;
                let hour = if has_half_days { (hour + 11) % 12 + 1 } else { hour };
                text.push_str(&padded(hour, *count));
            }
            Token::Date('s', count) => text.push_str(&padded(moment.seconds % 60, *count)),
            Token::Date(letter, count) => text.push_str(&of_day(moment.day, *letter, *count, section.says_first_year)),
            Token::Elapsed('h') => text.push_str(&(moment.elapsed / 3600).to_string()),
            Token::Elapsed('m') => text.push_str(&(moment.elapsed / 60).to_string()),
            Token::Elapsed(_) => text.push_str(&moment.elapsed.to_string()),
            Token::AmPm => text.push_str(if moment.seconds < 43_200 { "AM" } else { "PM" }),
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            Token::Percent => text.push('%'),
            Token::Place(_) | Token::Unusual | Token::AsIs => {}
        }
    }
    Some(text)
}

fn moment(serial: f64, counts_from_1904: bool) -> Option<Moment> {
    if !(0.0..LAST_DAY).contains(&serial) {
        return None;
    }
    let elapsed = (serial * 86_400.0).round() as i64;
    let (days, seconds) = (elapsed / 86_400, elapsed % 86_400);
    // The calendar that begins in 1900 contains 29 February 1900, a day that did not exist.
    let first = match (counts_from_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, 0..=59) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    Some(Moment { day: first.checked_add(days.days()).ok()?, seconds, elapsed })
}

/// Whether `m` means minutes and not months: it does after hours and before seconds.
fn is_minute(tokens: &[Token], place: usize) -> bool {
    let is_word = |token: &&Token| !matches!(token, Token::Literal(_));
    let before = tokens[..place].iter().rev().find(is_word);
    let after = tokens[place + 1..].iter().find(is_word);
    matches!(before, Some(Token::Date('h', _) | Token::Elapsed('h'))) || matches!(after, Some(Token::Date('s', _)))
}

fn of_day(day: Date, letter: char, count: usize, says_first_year: bool) -> String {
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    let (weekday, weekday_in_english) = WEEKDAYS[day.weekday().to_monday_zero_offset().unsigned_abs() as usize];
    let wareki = Wareki::of(day);
    match (letter, count) {
        ('y', 1 | 2) => padded((day.year() % 100).into(), 2),
        ('y', _) => day.year().to_string(),
        ('m', 1 | 2) => padded(day.month().into(), count),
        ('m', 3) => month[..3].to_owned(),
        ('m', 5) => month[..1].to_owned(),
        ('m', _) => month.to_owned(),
        ('d', 1 | 2) => padded(day.day().into(), count),
        ('d', 3) => weekday_in_english[..3].to_owned(),
        ('d', _) => weekday_in_english.to_owned(),
        ('a', 3) => weekday.to_owned(),
        ('a', 4) => format!("{weekday}曜日"),
        ('g', 1) => wareki.map(|wareki| wareki.era.letter().to_string()).unwrap_or_default(),
        ('g', 2) => wareki.map(|wareki| wareki.era.name().chars().take(1).collect()).unwrap_or_default(),
        ('g', _) => wareki.map(|wareki| wareki.era.name().to_owned()).unwrap_or_default(),
        ('e', _) => match wareki {
            Some(wareki) if says_first_year => wareki.year_in_words(),
            Some(wareki) => padded(wareki.year.into(), count),
            None => day.year().to_string(),
        },
        _ => String::new(),
    }
}

fn padded(number: i64, width: usize) -> String {
    format!("{number:0width$}", width = width.min(2))
}
