//! 団体名 — finds the names of local governments and labour bureaus in a text.

use std::ops::Range;

use super::lines::{is_hiragana, is_kanji, is_katakana, stands_at};

pub(super) const BUREAU: &str = "労働局";
pub(super) const GOVERNMENT_ENDS: [char; 8] = ['都', '道', '府', '県', '市', '区', '町', '村'];

/// Returns the range of a labour bureau's name: あおば労働局, not 各労働局 or 都道府県労働局.
pub(super) fn bureau_at(chars: &[char], at: usize) -> Option<Range<usize>> {
    if !stands_at(chars, at, BUREAU) {
        return None;
    }
    let start = name_start(chars, at);
    let own: String = chars[start..at].iter().collect();
    let own = own.strip_prefix("厚生労働省").unwrap_or(&own);
    const NO_NAMES: [&str; 15] = [
        "",
        "各",
        "同",
        "当",
        "本",
        "両",
        "県",
        "国",
        "地方",
        "全国",
        "所轄",
        "管轄",
        "都道府県",
        "各都道府県",
        "各地方",
    ];
    (!NO_NAMES.contains(&own)).then_some(start..at + BUREAU.chars().count())
}

/// Returns the range of a local government's name that ends at `at`: みどり市, not 本市 or 市町村.
pub(super) fn government_ending_at(chars: &[char], at: usize) -> Option<Range<usize>> {
    if !chars.get(at).is_some_and(|c| GOVERNMENT_ENDS.contains(c)) {
        return None;
    }
    let start = name_start(chars, at);
    let own = &chars[start..at];
    const NO_NAMES: [&str; 34] = [
        "",
        "各",
        "同",
        "当",
        "本",
        "両",
        "全",
        "都",
        "県",
        "市",
        "近",
        "他",
        "貴",
        "地",
        "学",
        "管",
        "沿",
        "山",
        "農",
        "歩",
        "鉄",
        "水",
        "国",
        "片",
        "中",
        "市区",
        "市町",
        "各市",
        "各市町",
        "都道府",
        "全都道府",
        "市区町",
        "全市町",
        "県内市町",
    ];
    let named = !NO_NAMES.iter().any(|word| word.chars().eq(own.iter().copied()));
    (named && own.len() <= 14).then_some(start..at + 1)
}

/// Whether a name ends at `end` and the word does not continue: 市と, 市(, 市の, but not 市内 or 区分.
pub(super) fn ends_name(chars: &[char], end: usize) -> bool {
    match chars.get(end) {
        None => true,
        Some(&c) if is_hiragana(c) => true,
        Some('長' | '及' | '並' | '雇' | '第' | '障' | '発' | '総' | '職' | '産' | '地' | '子' | '高' | '人') => {
            !stands_at(chars, end, "地区") && !stands_at(chars, end, "地域") && !stands_at(chars, end, "人口")
        }
        Some(&c) => !is_kanji(c) && !is_katakana(c),
    }
}

/// Whether a character is printed in place of a masked part of a name: xx市, ○○労働局.
pub(super) fn is_mask(c: char) -> bool {
    matches!(c, 'x' | 'X' | '×' | '○' | '〇' | '◯' | '●' | '*')
}

/// Returns the start of a name, searching back from its kind (市, 労働局). A particle ends the search, except inside a name
/// in hiragana.
fn name_start(chars: &[char], end: usize) -> usize {
    const LONGEST: usize = 20;
    let mut start = end;
    while start > 0 && end - start < LONGEST {
        let c = chars[start - 1];
        let before = start.checked_sub(2).map(|place| chars[place]);
        let particle = matches!(c, 'と' | 'は' | 'が' | 'の' | 'を' | 'に' | 'で' | 'も' | 'や' | 'へ' | 'り' | 'び');
        // This distinguishes みどり, where り follows a hiragana, from 及び, where び follows a kanji.
        let behind_word = before.is_none_or(|before| !is_hiragana(before) || before == 'よ' || before == 'ら');
        let belongs = is_kanji(c) || is_katakana(c) || is_hiragana(c) || is_mask(c);
        if !belongs || (particle && behind_word) || is_of_a_date(chars, start - 1) {
            break;
        }
        start -= 1;
    }
    start
}

/// Whether a character belongs to a date or a number: 年度; 日, 期 or 回 after a digit.
fn is_of_a_date(chars: &[char], at: usize) -> bool {
    let digit_before =
        |at: usize| at.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(char::is_ascii_digit);
    match chars[at] {
        '度' => at > 0 && chars[at - 1] == '年',
        '年' | '月' | '日' | '分' => digit_before(at) || (chars[at] == '分' && at > 0 && chars[at - 1] == '月'),
        '期' | '回' | '次' | '号' => digit_before(at),
        '末' => at > 0 && matches!(chars[at - 1], '月' | '度'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::general::lines::Line;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let line = Line::new(1, text);
        let found: Vec<&str> = (0..line.chars.len())
            .filter_map(|at| {
                let government =
                    || government_ending_at(&line.chars, at).filter(|name| ends_name(&line.chars, name.end));
                bureau_at(&line.chars, at).or_else(government)
            })
            .map(|range| line.printed_at(range))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_of_governments_and_bureaus_are_found_whole() {
        check("みどり市と厚生労働省あおば労働局は", &["みどり市", "厚生労働省あおば労働局"]);
        check("青葉県及び青葉労働局との", &["青葉県", "青葉労働局"]);
        check("令和7年度青葉労働局の重点", &["青葉労働局"]);
        check("各市町村と労働局、本市の都道府県労働局", &[]);
        check("xx市・○○労働局", &["xx市", "○○労働局"]);
        check("市内の事業所、区分、みどり町長", &["みどり町"]);
    }
}
