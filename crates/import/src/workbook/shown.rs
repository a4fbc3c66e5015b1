//! Formats a number as Excel shows it: 1304 as 1,304, 12 as 12件, 46053 as 令和8年1月31日.

use rust_decimal::{Decimal, RoundingStrategy};

use super::dates;
use super::sections::{Format, Section, Token};

/// Returns the text of a number; if the format is missing or unknown, its digits without a format.
pub fn shown(number: &str, format: Option<&Format>, counts_from_1904: bool) -> String {
    let Ok(value) = number.trim().parse::<f64>() else { return number.trim().to_owned() };
    if !value.is_finite() {
        return number.trim().to_owned();
    }
    let formatted = format.and_then(|format| {
        let (section, is_without_sign) = section_for(format, value)?;
        if section.is_date() {
            return dates::shown(value, section, counts_from_1904);
        }
        in_section(if is_without_sign { value.abs() } else { value }, section)
    });
    formatted.unwrap_or_else(|| plain(value))
}

/// Returns the section for a number, and whether the section itself shows the sign.
fn section_for(format: &Format, value: f64) -> Option<(&Section, bool)> {
    let sections = &format.sections;
    if sections.iter().any(|section| section.condition.is_some()) {
        let meets = |section: &&Section| match &section.condition {
            Some((comparison, number)) => match comparison.as_str() {
                ">" => value > *number,
                ">=" => value >= *number,
                "<" => value < *number,
                "<=" => value <= *number,
                "<>" => value != *number,
                _ => value == *number,
            },
            None => true,
        };
        return sections.iter().find(meets).map(|section| (section, false));
    }
    match sections.len() {
        0 => None,
        1 => sections.first().map(|section| (section, false)),
        2 => sections.get(usize::from(value < 0.0)).map(|section| (section, value < 0.0)),
        _ if value == 0.0 => sections.get(2).map(|section| (section, false)),
        _ => sections.get(usize::from(value < 0.0)).map(|section| (section, value < 0.0)),
    }
}

fn in_section(value: f64, section: &Section) -> Option<String> {
    let tokens = &section.tokens;
    if tokens.iter().any(|token| matches!(token, Token::Unusual)) {
        return None;
    }
    if tokens.contains(&Token::AsIs) {
        let of = |token: &Token| match token {
            Token::Literal(literal) => literal.clone(),
            Token::AsIs => plain(value),
            _ => String::new(),
        };
        return Some(tokens.iter().map(of).collect());
    }
    if !tokens.iter().any(|token| matches!(token, Token::Place(_))) {
        // A section without a place for digits hides the number; the format ;;; hides every number.
        return Some(
            tokens.iter().map(|token| if let Token::Literal(text) = token { text.as_str() } else { "" }).collect(),
        );
    }
    Some(digits(decimal(value)?, tokens))
}

/// Formats a number with the digit placeholders of one section of an Excel number format.
fn digits(value: Decimal, tokens: &[Token]) -> String {
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
    let is_place = |token: &&Token| matches!(token, Token::Place(_));
    let last_place = tokens.iter().rposition(|token| is_place(&token)).unwrap_or(0);
    let first_place = tokens.iter().position(|token| is_place(&token)).unwrap_or(0);
    let thousands =
        tokens[last_place..].iter().take_while(|token| is_place(token) || **token == Token::Comma).count() - 1;
    let is_grouped = tokens[first_place..point.min(last_place + 1).max(first_place)].contains(&Token::Comma);
    let decimals = tokens[point..].iter().filter(is_place).count();
    let mut scaled = value;
    for _ in tokens.iter().filter(|token| **token == Token::Percent) {
        scaled = scaled.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(scaled);
    }
    for _ in 0..thousands.min(5) {
        scaled /= Decimal::ONE_THOUSAND;
    }
    let strategy = RoundingStrategy::MidpointAwayFromZero;
    let rounded = scaled.round_dp_with_strategy(u32::try_from(decimals).unwrap_or(15).min(20), strategy);
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() { "-" } else { "" };
    let printed = rounded.abs().to_string();
    let (whole, part) = printed.split_once('.').unwrap_or((&printed, ""));
    let whole = if whole == "0" { "" } else { whole };
    format!("{sign}{}{}", whole_part(whole, &tokens[..point], is_grouped), decimal_part(part, &tokens[point..]))
}

/// Writes the digits from right to left; the leftmost place gets all remaining digits.
fn whole_part(whole: &str, tokens: &[Token], is_grouped: bool) -> String {
    let mut left: Vec<char> = whole.chars().collect();
    let first_place = tokens.iter().position(|token| matches!(token, Token::Place(_)));
    let mut reversed: Vec<char> = Vec::new();
    let mut set = 0;
    let mut put = |reversed: &mut Vec<char>, digit: char| {
        if is_grouped && set > 0 && set % 3 == 0 {
            reversed.push(',');
        }
        reversed.push(digit);
        set += 1;
    };
    for (place, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Literal(literal) => reversed.extend(literal.chars().rev()),
            Token::Percent => reversed.push('%'),
            Token::Place(kind) => {
                match left.pop() {
                    Some(digit) => put(&mut reversed, digit),
                    None if *kind == '0' => put(&mut reversed, '0'),
                    None => {}
                }
                while Some(place) == first_place
                    && let Some(digit) = left.pop()
                {
                    put(&mut reversed, digit);
                }
            }
            _ => {}
        }
    }
    // A format without a place before its point (.00) still shows the whole part.
    reversed.extend(left.iter().rev());
    reversed.iter().rev().collect()
}

fn decimal_part(part: &str, tokens: &[Token]) -> String {
    let mut text = String::new();
    let mut left = part.trim_end_matches('0').chars();
    for token in tokens {
        match token {
            Token::Point => text.push('.'),
            Token::Literal(literal) => text.push_str(literal),
            Token::Percent => text.push('%'),
            Token::Place(kind) => text.extend(left.next().or((*kind == '0').then_some('0'))),
            _ => {}
        }
    }
    text
}

/// Returns the value, rounded to the fifteen digits that Excel uses.
fn decimal(value: f64) -> Option<Decimal> {
    (value.abs() < 1e20).then_some(())?;
    if value != 0.0 && value.abs() < 1e-12 {
        return Some(Decimal::ZERO);
    }
    Decimal::from_scientific(&format!("{value:.14e}")).ok()
}

fn plain(value: f64) -> String {
    // Fifteen digits of a whole number below 10^15 are all of its digits.
    if value.fract() == 0.0 && (1.0..1e15).contains(&value.abs()) {
        return (value as i64).to_string();
    }
    decimal(value).map_or_else(|| value.to_string(), |decimal| decimal.normalize().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(number: &str, code: &str, expected: &str) {
        assert_eq!(shown(number, Some(&Format::parse(code)), false), expected, "{number} in {code}");
    }

    #[test]
    fn a_number_is_shown_in_its_format() {
        check("1304", "#,##0", "1,304");
        check("1304", "General", "1304");
        check("0.53400000000000003", "General", "0.534");
        check("0.53400000000000003", "0.0%", "53.4%");
        check("0.125", "0%", "13%");
        check("12", "0\"件\"", "12件");
        check("1234567", "#,##0人", "1,234,567人");
        check("-3", "#,##0;[Red]▲#,##0", "▲3");
        check("-3", "#,##0_ ;[Red]\\-#,##0\\ ", "-3 ");
        check("-3", "#,##0", "-3");
        check("0", "#,##0;▲#,##0;\"－\"", "－");
        check("0", "#", "");
        check("5", "000", "005");
        check("8600001", "000\\-0000", "860-0001");
        check("12345678", "#,##0,", "12,346");
        check("3.1", "0.00", "3.10");
        check("3.10", "0.##", "3.1");
        check("1500", "[>=1000]#,##0\"千以上\";0", "1,500千以上");
        check("1500", "¥#,##0;¥-#,##0", "¥1,500");
        check("1e300", "#,##0", &1e300.to_string());
        check("1.5", "# ?/?", "1.5");
        check("あ", "0", "あ");
        check("7", "@", "7");
        check("1", "\"第\"0\"回\"", "第1回");
    }

    #[test]
    fn a_day_is_shown_in_its_format() {
        check("46053", "[$-411]ggge\"年\"m\"月\"d\"日\"", "令和8年1月31日");
        check("46053", "ge.m.d", "R8.1.31");
        check("46053", "yyyy/m/d", "2026/1/31");
        check("46053", "yyyy\"年\"m\"月\"", "2026年1月");
        check("46053.5625", "yyyy/mm/dd hh:mm", "2026/01/31 13:30");
        check("46053.5625", "h:mm AM/PM", "1:30 PM");
        check("1.5", "[h]:mm", "36:00");
        check("46053", "m\"月\"d\"日\"(aaa)", "1月31日(土)");
        check("43586", "[$-ja-JP-x-gannen]ggge\"年\"", "令和元年");
        check("59", "yyyy/m/d", "1900/2/28");
        check("-5", "yyyy/m/d", "-5");
        check("99999999", "yyyy/m/d", "99999999");
        assert_eq!(shown("44591", Some(&Format::parse("yyyy/m/d")), true), "2026/1/31");
    }
}
