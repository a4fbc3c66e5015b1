//! 表題 — finds the title of a document without plan tables.

use super::dates::dates;
use super::lines::{Line, find, past_blanks};
use super::names::BUREAU;
use super::outline::Found;
use super::words::is_page_furniture;

/// A title with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// Index into the lines.
    pub line: usize,
    pub text: String,
}

/// Number of lines at the start that can contain the title.
const HEAD_LINES: usize = 12;
const LONGEST: usize = 80;

/// Words with which the title of such a document ends.
const ENDS: &str = "計画 計画書 実施計画 協定 協定書 目標 数値目標 について 状況 結果 公表 概要 報告 報告書 一覧 \
    一覧表 指標 議事録 会議録 議事要旨 議事概要 統計 推移 動き 動向 概況 情勢 シート 検証 お知らせ \
    します しました 設定 実績 評価 Q&A FAQ よくある質問 案内 助成金 給付金 倍率 締結 の概要 方針 \
    しごと情報 KPI 目標値 戦略 プラン ビジョン 調査 集計";

/// Returns the first candidate that ends like a title; otherwise the first candidate.
pub(super) fn title_of(lines: &[Line], headings: &[Found]) -> Option<Title> {
    let candidates: Vec<Title> =
        lines.iter().enumerate().take(HEAD_LINES).flat_map(|(index, line)| candidates(line, index, headings)).collect();
    candidates.iter().find(|title| ends_like_a_title(&title.text)).or_else(|| candidates.first()).cloned()
}

fn candidates(line: &Line, index: usize, headings: &[Found]) -> Vec<Title> {
    let text = line.printed.trim_matches(['|', '｜', ' ', '\u{3000}', '#']);
    if is_page_furniture(text) || is_path(line) || line.chars.contains(&':') && line.chars.len() < 24 {
        return Vec::new();
    }
    let title = |text: &str| Title { line: index, text: text.trim().to_owned() };
    let first_heading = headings.iter().find(|heading| heading.line == index).map(|heading| heading.start);
    let head = first_heading.filter(|&start| start > 0).unwrap_or(line.chars.len());
    if head <= LONGEST && !line.chars[..head].contains(&'。') {
        let unit = find(&line.chars, 0, "(単位").unwrap_or(head).min(head);
        let text = line.printed_at(0..unit).trim_matches(['|', '｜', ' ', '\u{3000}', '#']);
        let whole = says_something(text).then(|| title(text));
        let pieces = if head < line.chars.len() { chunks(line, line.chars.len()) } else { Vec::new() };
        return whole.into_iter().chain(pieces.into_iter().filter(|text| says_something(text)).map(title)).collect();
    }
    chunks(line, head).into_iter().filter(|text| says_something(text)).map(title).collect()
}

/// Whether a line is the path to a page: トップ > 産業 > 雇用.
fn is_path(line: &Line) -> bool {
    let blank = |at: usize| line.chars.get(at).is_none_or(|c| c.is_whitespace());
    let steps = line.chars.iter().enumerate().filter(|&(at, &c)| c == '>' && at > 0 && blank(at - 1) && blank(at + 1));
    steps.count() >= 1
}

/// Returns the blank-separated pieces of a flattened line, up to its first sentence.
fn chunks(line: &Line, end: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < end && pieces.len() < 40 {
        let stop = (start..end).find(|&at| line.chars[at].is_whitespace()).unwrap_or(end);
        if line.chars[start..stop].contains(&'。') {
            break;
        }
        if stop > start && stop - start <= LONGEST {
            pieces.push(line.printed_at(start..stop));
        }
        start = past_blanks(&line.chars, stop.max(start + 1));
    }
    pieces
}

/// Whether a text contains more than a date, a number, a year or the name of the issuer.
fn says_something(text: &str) -> bool {
    let line = Line::new(1, text);
    let dated: usize = dates(&line.chars).iter().map(|date| date.range.len()).sum();
    let generic = ["数値目標", "成果指標", "基本目標", "指標名", "目次", "参考資料", "資料"].contains(&text);
    let words = line.chars.iter().filter(|c| c.is_alphabetic() && !c.is_ascii()).count();
    let bare = text.starts_with(['(', '（', '※', '・', '-', '*']) || text.ends_with('。');
    words > dated + 2 && !bare && !generic && !text.ends_with(BUREAU) && !text.ends_with("発表")
}

fn ends_like_a_title(text: &str) -> bool {
    let folded = Line::new(1, text).text();
    let mut core = folded.trim_end_matches(['!', '~', ' ', '-', '*']);
    // (令和7年3月分) and 【令和7年度版】 qualify a title.
    while let Some(open) = core.rfind(['(', '【', '<', '~']).filter(|_| core.ends_with([')', '】', '>', '度', '分']))
    {
        core = core[..open].trim_end();
    }
    ENDS.split(' ').any(|end| core.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::general::lines::lines_of;
    use crate::general::outline::headings;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (lines, _) = lines_of(text);
        let title = title_of(&lines, &headings(&lines)).map(|title| title.text);
        assert_eq!(title.as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn the_title_is_distinguished_from_the_text_around_it() {
        check(
            "令和4年度 |\nみどり市・あおば労働局雇用対策協定に基づく事業計画 |",
            "みどり市・あおば労働局雇用対策協定に基づく事業計画",
        );
        check("本文\nみどり市雇用対策協定\nみどり市は結びました。", "みどり市雇用対策協定");
        check(
            "第3期みどりプランの進捗状況 (令和6年度末) * 成果 ○人の数 令和6年度 3人",
            "第3期みどりプランの進捗状況 (令和6年度末)",
        );
        let press = "厚生労働省 あおば労働局 Press Release あおば労働局発表 令和7年 5月10日(土) 電 話 099-999-0000 最近の雇用情勢を公表します \
                     ~求人は増える(令和7年3月分)~ あおば労働局は、求人の動きを公表します。";
        check(press, "最近の雇用情勢を公表します");
    }
}
