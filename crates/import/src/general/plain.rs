//! 印のない見出し — finds headings without a mark on web pages: short lines above a block.

use super::dates::{Said, dates};
use super::lines::{Line, is_kanji, is_katakana};
use super::marks::{Style, mark_at};
use super::words::{figure_follows, is_page_furniture, is_sentence};

/// Returns for each line whether it is a plain heading: a short line before a sentence, a list or another heading.
pub(super) fn plain_headings(lines: &[Line]) -> Vec<bool> {
    let mut plain = vec![false; lines.len()];
    for index in (0..lines.len().saturating_sub(1)).rev() {
        let next = &lines[index + 1];
        let listed = mark_at(&next.chars, 0)
            .is_some_and(|(style, _)| !matches!(style, Style::NumberBlank | Style::Bracketed(_)));
        let heads = plain[index + 1] || is_prose(next) || is_item(next) || listed || is_date(next);
        let goes_on = index > 0 && is_item(&lines[index - 1]) && (is_item(next) || listed);
        plain[index] = is_common(&lines[index]) || (heads && may_head(&lines[index]) && !goes_on);
    }
    plain
}

/// Whether a line is a heading that is common on pages of this kind.
fn is_common(line: &Line) -> bool {
    const WORDS: &str = "目的 趣旨 概要 背景 経緯 締結日 締結者 締結式 調印式 協定締結日 協定締結者 協定の目的 協定の概要 協定の内容 \
        協定内容 協定の主な内容 主な内容 主な取組 主な取組内容 取組内容 事業内容 連携事項 連携内容 推進体制 推進体制等 今後の取組 \
        関連ファイル 関連リンク 関連情報 関連資料 添付ファイル 添付資料 ダウンロード お問い合わせ お問い合わせ先 問い合わせ先 問合せ先 \
        このページに関するお問い合わせ";
    WORDS.split_whitespace().any(|word| word == line.printed)
}

/// Whether a line consists only of a date.
fn is_date(line: &Line) -> bool {
    const WEEKDAY: usize = 5;
    dates(&line.chars).first().is_some_and(|date| {
        date.range.start == 0 && matches!(date.said, Said::Day(_)) && line.chars.len() <= date.range.end + WEEKDAY
    })
}

fn is_prose(line: &Line) -> bool {
    !is_note(line) && mark_at(&line.chars, 0).is_none() && !is_item(line) && line.chars.contains(&'。')
}

fn is_item(line: &Line) -> bool {
    let chars = &line.chars;
    match chars.first() {
        Some('・' | '●' | '○') => chars.len() > 2,
        Some('-' | '*') => chars.get(1).is_some_and(|c| c.is_whitespace()) && chars.len() > 3,
        _ => false,
    }
}

fn is_note(line: &Line) -> bool {
    matches!(line.chars.first(), Some('※' | '*' | '(' | '注'))
}

fn may_head(line: &Line) -> bool {
    const MOST: usize = 30;
    let chars = &line.chars;
    let first = chars.first().copied().unwrap_or(' ');
    let worded = is_kanji(first) || is_katakana(first) || first.is_alphabetic() || matches!(first, '「' | '『');
    let last = chars.last().copied().unwrap_or('。');
    let dated = dates(chars).iter().any(|date| matches!(date.said, Said::Day(_)));
    worded
        && (2..=MOST).contains(&chars.len())
        && !matches!(last, '。' | '、' | ',' | ':' | ')' | '?' | '%')
        && !chars.contains(&'。')
        && !chars.contains(&'>')
        && !chars.contains(&':')
        && !is_sentence(chars)
        && !dated
        && mark_at(chars, 0).is_none()
        && !is_address(&line.text())
        && !is_page_furniture(&line.text())
        && !has_figure(chars)
}

/// Whether a text names a sender, a signatory or an addressee.
fn is_address(text: &str) -> bool {
    let who = ["労働局", "各位", "御中", "課", "係", "室"].iter().any(|end| text.ends_with(end));
    who || ["市長", "町長", "村長", "区長", "局長", "知事"].iter().any(|office| text.contains(office))
}

fn has_figure(chars: &[char]) -> bool {
    (0..chars.len()).any(|at| chars[at].is_ascii_digit() && figure_follows(chars, at))
}
