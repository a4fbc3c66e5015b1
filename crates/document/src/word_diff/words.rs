//! 語 — a text split into words: Kanji, katakana and digits are split by a dictionary, hiragana by the endings of verbs.
//! (With the dictionary alone, 行う would be one word but 行った two.)

use std::ops::Range;

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_normalization::UnicodeNormalization;

/// 語 — a word and its range in UTF-8 offsets. Two words are the same if their keys are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub place: Range<usize>,
    pub key: String,
}

/// Returns the whole text in pieces: words and white space. Merges use these pieces.
pub fn pieces(text: &str) -> Vec<&str> {
    let breaks: Vec<usize> = segmenter().segment_str(text).collect();
    breaks.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// Returns the words of a text, without white space.
pub fn words(text: &str) -> Vec<Word> {
    let breaks: Vec<usize> = segmenter().segment_str(text).collect();
    let mut words: Vec<Word> = Vec::new();
    let mut behind_word = false;
    for run in runs(text) {
        let piece = &text[run.clone()];
        if is_hiragana(piece) {
            let found = hiragana(piece, behind_word);
            let ends_verb = behind_word && found.first().is_some_and(|(_, key)| is_ending(key));
            for (at, (place, key)) in found.into_iter().enumerate() {
                let place = run.start + place.start..run.start + place.end;
                // Join a verb and its ending to one word, so that 新た and 二つ have no word in common.
                match words.last_mut() {
                    Some(Word { place: stem, key: known }) if at == 0 && ends_verb && stem.end == place.start => {
                        stem.end = place.end;
                        known.push_str(&key);
                    }
                    _ => words.push(Word { place, key }),
                }
            }
            behind_word = false;
            continue;
        }
        let inside = breaks.iter().copied().filter(|at| run.start < *at && *at < run.end);
        let mut start = run.start;
        for end in inside.chain([run.end]) {
            let word = &text[start..end];
            if !word.trim().is_empty() {
                words.push(Word { place: start..end, key: key_of(word) });
            }
            start = end;
        }
        behind_word = piece.chars().next_back().is_some_and(char::is_alphanumeric);
    }
    words
}

fn segmenter() -> WordSegmenterBorrowed<'static> {
    WordSegmenter::new_dictionary(Default::default())
}

/// Returns the runs of hiragana and the runs between them.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let now = matches!(c, 'ぁ'..='ゖ');
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if before == Some(now) => run.end = end,
            _ => runs.push(at..end),
        }
        before = Some(now);
    }
    runs
}

fn is_hiragana(word: &str) -> bool {
    word.starts_with(|c| matches!(c, 'ぁ'..='ゖ'))
}

/// Returns the key of a word: one form for all character widths, and for all kinds of comma, full stop and wave dash.
fn key_of(word: &str) -> String {
    let one = |c: char| match c {
        ',' => '、',
        '.' => '。',
        '~' | '〜' => '～',
        '‐' | '−' | '–' => '-',
        other => other,
    };
    let folded: String = word.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect();
    if folded.chars().any(char::is_numeric) { folded.replace(',', "") } else { folded.chars().map(one).collect() }
}

/// Particles: words that follow other words and are not verb endings. Longer particles come first.
const PARTICLES: [&str; 40] = [
    "とともに",
    "における",
    "において",
    "に対する",
    "について",
    "に関する",
    "ほか",
    "ための",
    "ために",
    "ため",
    "など",
    "として",
    "による",
    "により",
    "からの",
    "までの",
    "への",
    "との",
    "での",
    "では",
    "には",
    "とは",
    "から",
    "まで",
    "より",
    "こと",
    "もの",
    "よう",
    "とき",
    "を",
    "に",
    "は",
    "が",
    "の",
    "と",
    "で",
    "も",
    "へ",
    "や",
    "か",
];

/// The forms of する, as in 開催する and 開催しました, and of verbs such as 直す.
const SURU: [&str; 9] =
    ["していました", "しています", "していた", "している", "しました", "します", "した", "する", "す"];

/// The endings of the other verbs; longer endings come first.
const ENDINGS: [&str; 54] = [
    "っていました",
    "いでいました",
    "んでいました",
    "いていました",
    "っています",
    "いでいます",
    "んでいます",
    "いています",
    "ていました",
    "っていた",
    "っている",
    "いでいた",
    "いでいる",
    "んでいた",
    "んでいる",
    "いていた",
    "いている",
    "ています",
    "いました",
    "ちました",
    "りました",
    "きました",
    "ぎました",
    "みました",
    "びました",
    "ていた",
    "ている",
    "います",
    "ちます",
    "ります",
    "きます",
    "ぎます",
    "みます",
    "びます",
    "ました",
    "った",
    "いた",
    "いだ",
    "んだ",
    "いる",
    "ます",
    "た",
    "る",
    "う",
    "つ",
    "く",
    "ぐ",
    "む",
    "ぶ",
    "でいた",
    "でいる",
    "でいます",
    "ぬ",
    "だった",
];

/// The copula in its tenses.
const COPULA: [&str; 6] = ["でありました", "であります", "であった", "である", "でした", "です"];

/// Splits a run of hiragana into words: the ending of the verb before the run, particles, and verbs in hiragana.
fn hiragana(run: &str, behind_word: bool) -> Vec<(Range<usize>, String)> {
    let mut words = Vec::new();
    let mut at = 0;
    if behind_word && let Some((end, key)) = ending(run, 0) {
        words.push((0..end, key));
        at = end;
    }
    while at < run.len() {
        let rest = &run[at..];
        let (length, key) = match (COPULA.iter().find(|form| rest == **form), particle(rest)) {
            (Some(form), _) => (form.len(), "です".to_owned()),
            (None, Some(particle)) if ending(rest, 1).is_none() => (particle.len(), particle.to_owned()),
            _ => ending(rest, 1).unwrap_or_else(|| (rest.len(), rest.to_owned())),
        };
        words.push((at..at + length, key));
        at += length;
    }
    words
}

fn is_ending(key: &str) -> bool {
    key.ends_with("する") || key.ends_with('＋')
}

fn particle(text: &str) -> Option<&'static str> {
    PARTICLES.iter().copied().find(|particle| text.starts_with(particle))
}

/// Returns the end and the key of a verb whose stem has between `least` and three characters of `run`.
fn ending(run: &str, least: usize) -> Option<(usize, String)> {
    let closes = |end: usize| run[end..].is_empty() || particle(&run[end..]).is_some();
    for (stem, (at, _)) in run.char_indices().enumerate().take(4).skip(least) {
        let of = |endings: &[&str], name: &str| {
            let fits = |form: &&&str| run[at..].starts_with(**form) && closes(at + form.len());
            endings.iter().find(fits).map(|form| (at + form.len(), format!("{}{name}", &run[..at])))
        };
        if stem > 0 && particle(run).is_some_and(|particle| particle.len() <= at) {
            return None;
        }
        if let Some(found) = of(&SURU, "する").or_else(|| of(&ENDINGS, "＋")) {
            return Some(found);
        }
    }
    None
}
