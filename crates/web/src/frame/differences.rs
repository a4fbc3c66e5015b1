//! Differences between last year's row and this year's, word by word. Tense is ignored: 行う equals 行った.

use std::ops::Range;

use renkei_document::search::folded;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The ranges that occur in one of the two texts only, for each block of both rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Differences {
    pub old: Vec<Vec<Range<usize>>>,
    pub new: Vec<Vec<Range<usize>>>,
}

/// One word of a block. Two words are equal if their keys are equal.
struct Word {
    key: String,
    block: usize,
    place: Range<usize>,
    /// Whether this is a particle, a mark or a single kanji. Alone between two changes such a word has no meaning of
    /// its own.
    light: bool,
}

/// Compares the blocks of two rows.
pub fn differences(old: &[&str], new: &[&str]) -> Differences {
    let (old_words, new_words) = (words(old), words(new));
    let keys = |words: &[Word]| words.iter().map(|word| word.key.clone()).collect::<Vec<_>>();
    let steps = capture_diff_slices(Algorithm::Myers, &keys(&old_words), &keys(&new_words));
    let mut differences = Differences { old: vec![Vec::new(); old.len()], new: vec![Vec::new(); new.len()] };
    for (place, step) in steps.iter().enumerate() {
        let between = place > 0 && place + 1 < steps.len();
        let (in_old, in_new) = (step.old_range(), step.new_range());
        let same = matches!(step, DiffOp::Equal { .. });
        if same && !(between && in_new.len() == 1 && new_words[in_new.start].light) {
            continue;
        }
        mark(&mut differences.old, &old_words[in_old]);
        mark(&mut differences.new, &new_words[in_new]);
    }
    let texts = old.iter().chain(new);
    for (block, text) in differences.old.iter_mut().chain(&mut differences.new).zip(texts) {
        *block = joined_over_space(crate::frame::hits::merged(std::mem::take(block)), text);
    }
    differences
}

/// Joins ranges that only white space separates.
fn joined_over_space(places: Vec<Range<usize>>, text: &str) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for place in places {
        match joined.last_mut() {
            Some(last) if text[last.end..place.start].trim().is_empty() => last.end = place.end,
            _ => joined.push(place),
        }
    }
    joined
}

fn mark(blocks: &mut [Vec<Range<usize>>], words: &[Word]) {
    for word in words {
        blocks[word.block].push(word.place.clone());
    }
}

/// The script of a character. Texts are split into words where the script changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Kanji,
    Hiragana,
    Katakana,
    Latin,
    Space,
    Mark,
}

fn script(c: char) -> Script {
    match c {
        'ぁ'..='ゖ' => Script::Hiragana,
        'ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾟ' => Script::Katakana,
        '㐀'..='鿿' | '豈'..='﫿' | '々' | '〆' | '\u{20000}'..='\u{3ffff}' => Script::Kanji,
        c if c.is_whitespace() => Script::Space,
        // A separator inside a number is part of the number.
        ',' | '.' | '，' | '．' => Script::Latin,
        c if c.is_alphanumeric() => Script::Latin,
        _ => Script::Mark,
    }
}

fn words(blocks: &[&str]) -> Vec<Word> {
    let mut words = Vec::new();
    for (block, text) in blocks.iter().enumerate() {
        for place in runs(text) {
            let word = &text[place.clone()];
            let kind = word.chars().next().map_or(Script::Space, script);
            if kind == Script::Space {
                continue;
            }
            let key = if kind == Script::Hiragana { neutral(word) } else { folded(word) };
            let light = matches!(kind, Script::Mark | Script::Kanji | Script::Hiragana) && word.chars().count() <= 2;
            words.push(Word { key, block, place, light });
        }
    }
    words
}

/// Splits the text into runs of one script. Each mark and each kanji is a run of its own.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let kind = script(c);
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if before == Some(kind) && !matches!(kind, Script::Mark | Script::Kanji) => run.end = end,
            _ => runs.push(at..end),
        }
        before = Some(kind);
    }
    runs
}

/// Returns hiragana with a neutral verb ending: った and う become equal, as do めた and める, した and する.
fn neutral(word: &str) -> String {
    const SURU: [&str; 4] = ["していた", "している", "した", "する"];
    const OTHERS: [(&str, &str); 12] = [
        ("ました", "ます"),
        ("ます", "ます"),
        ("った", "う"),
        ("んだ", "む"),
        ("いだ", "ぐ"),
        ("いた", "く"),
        ("いる", "く"),
        ("う", "う"),
        ("つ", "う"),
        ("む", "む"),
        ("ぐ", "ぐ"),
        ("く", "く"),
    ];
    if let Some(stem) = SURU.iter().find_map(|ending| word.strip_suffix(ending)) {
        return format!("{stem}する");
    }
    if word == "す" {
        return "する".to_owned();
    }
    if let Some((stem, plain)) = OTHERS.iter().find_map(|(ending, plain)| Some((word.strip_suffix(ending)?, plain))) {
        return format!("{stem}{plain}");
    }
    match word.strip_suffix(['た', 'る']) {
        Some("") => "う".to_owned(),
        Some(stem) => format!("{stem}る"),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, gone: &[&str], come: &[&str]) {
        let found = differences(&[old], &[new]);
        let texts = |text: &str, places: &[Range<usize>]| -> Vec<String> {
            places.iter().map(|place| text[place.clone()].to_owned()).collect()
        };
        assert_eq!(texts(old, &found.old[0]), gone, "{old}");
        assert_eq!(texts(new, &found.new[0]), come, "{new}");
    }

    #[test]
    fn a_plan_and_its_result_in_the_past_tense_are_equal() {
        for (old, new) in [
            ("面接会を行った。", "面接会を行う。"),
            ("周知を図った。", "周知を図る。"),
            ("支援に努めた。", "支援に努める。"),
            ("連携して取り組んだ。", "連携して取り組む。"),
            ("説明会を開催した。", "説明会を開催する。"),
            ("相談を実施している。", "相談を実施する。"),
            ("制度を用いた。", "制度を用いる。"),
            ("窓口を開いた。", "窓口を開く。"),
            ("つなげた。", "つなげる。"),
            ("Ｕターン １０件", "Uターン10件"),
        ] {
            check(old, new, &[], &[]);
        }
    }

    #[test]
    fn added_and_removed_words_are_found() {
        check("高校生の面接会を行った。", "大学生の面接会を行う。", &["高校"], &["大学"]);
        check("面接会を行った。", "面接会とセミナーを行う。", &[], &["とセミナー"]);
        check("冊子を配布した（8回）。", "冊子を配布する。", &["（8回）"], &[]);
        check("", "新しく始める。", &[], &["新しく始める。"]);
    }

    #[test]
    fn blocks_are_compared_as_one_text() {
        let found = differences(&["説明会を開いた。", "参加 20人"], &["説明会を開く。", "相談を行う。"]);
        let marked =
            |blocks: &[Vec<Range<usize>>]| blocks.iter().map(|places| format!("{places:?}")).collect::<Vec<_>>();
        assert_eq!(marked(&found.old), ["[]", "[0..12]"]);
        assert_eq!(marked(&found.new), ["[]", "[0..18]"]);
    }
}
