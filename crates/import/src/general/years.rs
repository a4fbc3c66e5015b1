//! 文書の年月日 — finds the fiscal year of a document, its date of issue, and the conclusion date of its agreement.

use renkei_document::finding::{Finding, Notice};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::wareki::AsOf;

use super::dates::{DateAt, Said, dates};
use super::lines::{Line, find, past_blanks, stands_at};
use super::outline::Found;
use super::title::Title;

/// Returns the fiscal year that is named in the title, near it, in a heading, or as the only one in the text. Months
/// and days are ignored here.
pub(super) fn fiscal_year_of(lines: &[Line], title: Option<&Title>, headings: &[Found]) -> Option<FiscalYear> {
    let named = |chars: &[char]| {
        dates(chars).into_iter().find_map(|date| match date.said {
            Said::FiscalYear(year) | Said::FiscalYearEnd(year) => Some(year),
            _ => None,
        })
    };
    let titled = title.and_then(|title| named(&Line::new(1, &title.text).chars));
    let beside = || {
        const NEAR: usize = 4;
        const HEAD: usize = 160;
        let last = title.map_or(0, |title| title.line) + NEAR;
        let holds_title = |line: &Line| title.is_some_and(|title| line.printed.contains(&title.text));
        // Ignore rows of tables, which name the years of their values.
        let one_year =
            |line: &Line| !line.chars.contains(&'。') && dates(&line.chars).len() == 1 && !other_digits(&line.chars);
        let heads = lines.iter().take(last).filter(|line| one_year(line) || holds_title(line));
        heads.map(|line| &line.chars[..line.chars.len().min(HEAD)]).find_map(named)
    };
    let headed = || headings.iter().find_map(|heading| named(&Line::new(1, &heading.text).chars));
    titled.or_else(beside).or_else(headed).or_else(|| only_year(lines, title))
}

/// Whether digits occur outside the first date.
fn other_digits(chars: &[char]) -> bool {
    let date = dates(chars).into_iter().next().map_or(0..0, |date| date.range);
    chars.iter().enumerate().any(|(at, c)| c.is_ascii_digit() && !date.contains(&at))
}

/// Returns the only year named in sentences; `None` for a page about an agreement, because its sentences name the years
/// of the agreement and not of the page.
fn only_year(lines: &[Line], title: Option<&Title>) -> Option<FiscalYear> {
    if title.is_some_and(|title| title.text.contains("協定")) {
        return None;
    }
    // Ignore rows of tables, which name the years of their values.
    let sentences = lines.iter().filter(|line| line.chars.contains(&'。'));
    let mut years = sentences.flat_map(|line| dates(&line.chars)).filter_map(|date| match date.said {
        Said::FiscalYear(year) | Said::FiscalYearEnd(year) => Some(year),
        _ => None,
    });
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// Reports lines that mention the plan of another year than the title does.
pub(super) fn stale_years(lines: &[Line], year: Option<FiscalYear>) -> Vec<Finding> {
    let Some(year) = year else { return Vec::new() };
    let mut findings = Vec::new();
    for line in lines {
        for date in dates(&line.chars) {
            let Said::FiscalYear(said) = date.said else { continue };
            let at = if stands_at(&line.chars, date.range.end, "の") { date.range.end + 1 } else { date.range.end };
            let plan = ["事業計画", "実施計画", "計画を"].iter().any(|word| stands_at(&line.chars, at, word));
            if plan && said != year {
                let notice = Notice::TextStaleYear {
                    year: line.printed_at(date.range.clone()).to_owned(),
                    text: around(line, &date),
                };
                findings.push(Finding::at_line(notice, line.number));
            }
        }
    }
    findings
}

/// Returns the date of publication: a date in the first lines, next to 公表, 発表 or 更新日, or alone on its line.
pub(super) fn issued_on(lines: &[Line]) -> Option<AsOf> {
    const HEAD_LINES: usize = 10;
    const HEAD: usize = 400;
    const WORDS: [&str; 8] = ["公表", "発表", "発行", "更新日", "掲載日", "公開日", "作成", "Press"];
    lines.iter().take(HEAD_LINES).find_map(|line| {
        let chars = &line.chars[..line.chars.len().min(HEAD)];
        dates(chars).into_iter().find_map(|date| {
            let said = match date.said {
                Said::Day(_) | Said::Month { .. } => date.said.as_of(None)?,
                _ => return None,
            };
            let alone = chars.len() <= date.range.len() + 5;
            let start = date.range.start.saturating_sub(14);
            let end = chars.len().min(past_blanks(chars, date.range.end) + 4);
            let near = |from, to: usize| WORDS.iter().any(|word| find(&chars[..to], from, word).is_some());
            let worded = near(start, date.range.start) || near(date.range.end, end);
            (worded || (alone && matches!(said, AsOf::Day(_)))).then_some(said)
        })
    })
}

/// Returns the conclusion date: near 締結 or 結んだ in a sentence about the agreement, otherwise under a heading about the
/// conclusion, otherwise the signing date.
pub(super) fn concluded_on(lines: &[Line], headings: &[Found], title: Option<&Title>) -> Option<AsOf> {
    lines.iter().find_map(concluded_in).or_else(|| concluded_under(lines, headings)).or_else(|| signed_at(lines, title))
}

fn concluded_in(line: &Line) -> Option<AsOf> {
    const WORDS: [&str; 7] = ["締結", "結んだ", "結びま", "結び、", "調印", "を結ん", "取り交わ"];
    let chars = &line.chars;
    let dates = dates(chars);
    if dates.is_empty() {
        return None;
    }
    let mut start = 0;
    while start < chars.len() {
        let end = sentence_end(chars, start);
        let said = WORDS.iter().filter_map(|word| find(&chars[..end], start, word)).min();
        let agreement = find(&chars[..end], start, "協定").is_some();
        if let Some(said) = said.filter(|_| agreement) {
            const NEAR: usize = 50;
            let near = said.saturating_sub(NEAR).max(start);
            let first = dates.partition_point(|date| date.range.start < near);
            let before = dates[first..].iter().take_while(|date| date.range.end <= said);
            if let Some(day) = before.filter_map(day_of).last() {
                return Some(day);
            }
            // The date may also follow the word: 締結日 平成29年11月22日.
            let first = dates.partition_point(|date| date.range.start < said);
            let after = dates.get(first).filter(|date| date.range.start <= said + 8);
            if let Some(day) = after.and_then(day_of) {
                return Some(day);
            }
        }
        start = end;
    }
    None
}

/// Returns the date with 締結日, 期日 or a similar label in the lines under a heading about the conclusion.
fn concluded_under(lines: &[Line], headings: &[Found]) -> Option<AsOf> {
    const NEAR: usize = 6;
    const LABELS: [&str; 7] = ["締結日", "期日", "日時", "日 時", "年月日", "とき", "協定日"];
    let about = headings.iter().filter(|heading| heading.text.contains("締結") || heading.text.contains("調印"));
    about.flat_map(|heading| lines.iter().skip(heading.line).take(NEAR)).find_map(|line| {
        let labelled = LABELS.iter().any(|label| find(&line.chars, 0, label).is_some());
        labelled.then(|| dates(&line.chars).iter().find_map(day_of)).flatten()
    })
}

/// Returns a labelled date (日時 平成28年2月10日) of a notice whose title is about the signing.
fn signed_at(lines: &[Line], title: Option<&Title>) -> Option<AsOf> {
    title.filter(|title| title.text.contains("締結") || title.text.contains("調印"))?;
    lines.iter().find_map(|line| {
        dates(&line.chars).iter().find_map(|date| {
            let before: String = line.chars[date.range.start.saturating_sub(6)..date.range.start]
                .iter()
                .filter(|c| !c.is_whitespace())
                .collect();
            let labelled = ["日時", "期日", "締結日", "年月日", "とき", "日時:", "期日:", "締結日:"]
                .iter()
                .any(|label| before.ends_with(label));
            labelled.then(|| day_of(date)).flatten()
        })
    })
}

fn day_of(date: &DateAt) -> Option<AsOf> {
    match date.said {
        Said::Day(day) => Some(AsOf::Day(day)),
        _ => None,
    }
}

/// Returns the index after the next 。 outside brackets.
fn sentence_end(chars: &[char], start: usize) -> usize {
    let mut depth = 0_u32;
    for (at, c) in chars.iter().enumerate().skip(start) {
        match c {
            '(' | '「' => depth += 1,
            ')' | '」' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    chars.len()
}

fn around(line: &Line, date: &DateAt) -> String {
    const WIDTH: usize = 20;
    line.printed_at(date.range.start.saturating_sub(WIDTH)..date.range.end + WIDTH).to_owned()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::general::lines::lines_of;
    use crate::general::outline::headings;
    use crate::general::title::title_of;

    fn year(text: &str) -> Option<i16> {
        let (lines, _) = lines_of(text);
        let found = headings(&lines);
        fiscal_year_of(&lines, title_of(&lines, &found).as_ref(), &found).map(|year| year.0)
    }

    #[test]
    fn the_year_is_taken_from_the_title_or_missing() {
        assert_eq!(year("令和4年度\nみどり市事業計画\n市は、令和3年度の事業計画を作る。"), Some(2022));
        assert_eq!(year("みどり市雇用対策協定\n平成30年2月20日に結びました。"), None);
        assert_eq!(year("みどり市雇用対策協定\n平成30年度から計画を作ります。"), None);
        assert_eq!(year("求人の動き\n令和7年度の求人は増えた。"), Some(2025));
    }

    #[test]
    fn the_plan_of_another_year_in_the_text_is_found() {
        let (lines, _) = lines_of("令和4年度みどり市事業計画\n市は、令和3年度の事業計画を作る。");
        let found = stale_years(&lines, Some(FiscalYear(2022)));
        assert_eq!(found.iter().map(|finding| finding.place.line).collect::<Vec<_>>(), [Some(2)]);
    }

    #[track_caller]
    fn check_concluded(text: &str, expected: Option<AsOf>) {
        let (lines, _) = lines_of(text);
        assert_eq!(concluded_on(&lines, &headings(&lines), None), expected, "{text}");
    }

    #[test]
    fn the_day_of_the_agreement_is_found() {
        let day = Some(AsOf::Day(date(2016, 3, 4)));
        check_concluded("市は、令和元年5月1日に、平成28年3月4日「雇用対策協定」(以下「協定」という。)を結んだ。", day);
        check_concluded("協定締結\n- 期日 平成28年3月4日(金)\n- 場所 市役所", day);
        check_concluded("雇用対策協定の締結日:平成28年3月4日", day);
        check_concluded("平成28年6月17日公表 注意です。 協定締結の意義", None);
    }

    #[test]
    fn the_day_of_issue_is_next_to_its_word() {
        let (lines, _) = lines_of("あおば労働局発表 令和7年 5月9日(金) 電話 099-999-0000");
        assert_eq!(issued_on(&lines), Some(AsOf::Day(date(2025, 5, 9))));
    }
}
