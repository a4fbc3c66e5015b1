//! Classifies words: a sentence, a figure, or text that does not belong to the document.

use super::lines::{past_blanks, stands_at};

/// Whether a figure with a unit begins at `at`.
pub(super) fn figure_follows(chars: &[char], at: usize) -> bool {
    let digits = chars.iter().skip(at).take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).count();
    let unit = chars.get(past_blanks(chars, at + digits)).copied();
    digits > 0 && unit.is_some_and(|c| matches!(c, '人' | '件' | '%' | '社' | '倍' | '名' | '円' | '万' | '億' | '回'))
}

/// Whether the words end like a sentence, without its full stop.
pub(super) fn is_sentence(body: &[char]) -> bool {
    ["ます", "ました", "ません", "ください", "である", "でした"]
        .iter()
        .any(|word| body.len() > word.chars().count() && stands_at(body, body.len() - word.chars().count(), word))
}

/// Whether a text is page navigation or other text that surrounds the document on a web page.
pub(super) fn is_page_furniture(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "本文",
        "本文へ",
        "本文ここから",
        "本文ここまで",
        "ここから本文です。",
        "Comments",
        "Description",
        "Transcript",
        "トップページ",
        "メニュー",
        "ホーム",
        "印刷",
        "目次",
        "ページの先頭へ",
        "ページの先頭へ戻る",
        "ページトップへ",
        "シェア",
        "印刷用ページ",
    ];
    let text = text.trim();
    WORDS.contains(&text) || text.contains("Copyright") || text.contains('©') || text.starts_with("現在の位置")
}
