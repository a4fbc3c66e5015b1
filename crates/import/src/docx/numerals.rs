//! Writes the numbers of a list in the notations that Word uses: 1, １, Ⅰ, ア, イ, ①, 一.

/// Writes a number in the format that `w:numFmt` names; for an unknown format, writes digits, as Word does.
pub fn written(number: i64, format: &str) -> String {
    let own = match format {
        "none" => Some(String::new()),
        "decimalZero" => Some(format!("{number:02}")),
        "decimalFullWidth" | "decimalFullWidth2" => Some(full_width(number)),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|roman| roman.to_lowercase()),
        "upperLetter" => repeated(number, 26, |at| char::from(b'A' + at)),
        "lowerLetter" => repeated(number, 26, |at| char::from(b'a' + at)),
        "aiueo" | "aiueoFullWidth" => of_list(number, AIUEO),
        "iroha" | "irohaFullWidth" => of_list(number, IROHA),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedFullstop" => in_range(number, 20, '⒈'),
        "decimalEnclosedParen" => in_range(number, 20, '⑴'),
        "ideographTraditional" => of_list(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => of_list(number, "子丑寅卯辰巳午未申酉戌亥"),
        "japaneseCounting" | "chineseCounting" | "chineseCountingThousand" | "taiwaneseCountingThousand" => {
            counted(number, "〇一二三四五六七八九", ["", "十", "百", "千"])
        }
        "japaneseLegal" => counted(number, "〇壱弐参四伍六七八九", ["", "拾", "百", "阡"]),
        "ideographDigital" | "japaneseDigitalTenThousand" => Some(in_kanji_digits(number)),
        _ => None,
    };
    own.unwrap_or_else(|| number.to_string())
}

const AIUEO: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const IROHA: &str = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス";

fn full_width(number: i64) -> String {
    let widened = |c: char| char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap_or(c);
    number.to_string().chars().map(|c| if c.is_ascii_digit() { widened(c) } else { c }).collect()
}

fn roman(number: i64) -> Option<String> {
    const STEPS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut all = String::new();
    for (value, letters) in STEPS {
        while left >= value {
            all.push_str(letters);
            left -= value;
        }
    }
    Some(all)
}

/// Writes a … z, aa, bb: Word repeats the letter.
fn repeated(number: i64, count: i64, letter: impl Fn(u8) -> char) -> Option<String> {
    let place = Some(number - 1).filter(|place| (0..count * 20).contains(place))?;
    let letter = letter(u8::try_from(place % count).ok()?);
    Some(std::iter::repeat_n(letter, usize::try_from(place / count).ok()? + 1).collect())
}

fn of_list(number: i64, list: &str) -> Option<String> {
    list.chars().nth(usize::try_from(number.checked_sub(1)?).ok()?).map(String::from)
}

fn in_range(number: i64, last: i64, first: char) -> Option<String> {
    let place = Some(number - 1).filter(|place| (0..last).contains(place))?;
    char::from_u32(u32::from(first) + u32::try_from(place).ok()?).map(String::from)
}

fn circled(number: i64) -> Option<String> {
    match number {
        0 => Some("⓪".to_owned()),
        1..=20 => in_range(number, 20, '①'),
        21..=35 => in_range(number - 20, 15, '㉑'),
        36..=50 => in_range(number - 35, 15, '㊱'),
        _ => None,
    }
}

/// Writes 十二, 百三: one digit for each power of ten, without 一 before a power.
fn counted(number: i64, digits: &str, powers: [&str; 4]) -> Option<String> {
    let number = Some(number).filter(|number| (1..10_000).contains(number))?;
    let mut all = String::new();
    for (place, power) in powers.iter().enumerate().rev() {
        let digit = number / 10_i64.pow(u32::try_from(place).ok()?) % 10;
        if digit == 0 {
            continue;
        }
        if digit > 1 || place == 0 {
            all.push(digits.chars().nth(usize::try_from(digit).ok()?)?);
        }
        all.push_str(power);
    }
    Some(all)
}

fn in_kanji_digits(number: i64) -> String {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    let written = |c: char| c.to_digit(10).and_then(|digit| digits.get(digit as usize).copied()).unwrap_or(c);
    number.to_string().chars().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (number, format, expected) in [
            (3, "decimal", "3"),
            (3, "decimalZero", "03"),
            (12, "decimalFullWidth", "１２"),
            (4, "upperRoman", "IV"),
            (1999, "lowerRoman", "mcmxcix"),
            (28, "lowerLetter", "bb"),
            (3, "aiueoFullWidth", "ウ"),
            (46, "aiueo", "ン"),
            (2, "iroha", "ロ"),
            (7, "decimalEnclosedCircle", "⑦"),
            (21, "decimalEnclosedCircle", "㉑"),
            (50, "decimalEnclosedCircle", "㊿"),
            (51, "decimalEnclosedCircle", "51"),
            (2, "decimalEnclosedParen", "⑵"),
            (10, "ideographTraditional", "癸"),
            (11, "ideographTraditional", "11"),
            (12, "japaneseCounting", "十二"),
            (230, "japaneseCounting", "二百三十"),
            (12, "japaneseLegal", "拾弐"),
            (20, "ideographDigital", "二〇"),
            (5, "none", ""),
            (i64::MAX, "upperLetter", "9223372036854775807"),
            (i64::MIN, "iroha", "-9223372036854775808"),
            (-3, "decimalFullWidth", "-３"),
        ] {
            assert_eq!(written(number, format), expected, "{number} {format}");
        }
    }
}
