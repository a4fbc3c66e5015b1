//! Checks the rows of a finished plan: numbering, lost text, shifted cells, brackets.

use renkei_document::finding::{Finding, Notice, Place};

use crate::drafts::{DraftPlan, DraftRow};
use crate::marks;
use crate::plans::shortened;

/// Adds the findings on the rows of a plan.
pub fn read(plan: &DraftPlan, findings: &mut Vec<Finding>) {
    for (place, chapter) in plan.chapters.iter().enumerate() {
        for (section_place, section) in chapter.sections.iter().enumerate() {
            let name = format!("{} {}({})", plan.fiscal_year, place + 1, section_place + 1);
            let at = |row: &DraftRow| {
                let mark = row.raw.mark.as_ref().map(|mark| format!(" {}", mark.printed)).unwrap_or_default();
                Place { line: Some(row.line()), row: Some(format!("{name}{mark}")), at: None }
            };
            numbering(&section.rows, &at, findings);
            for row in &section.rows {
                content(row, &at, findings);
            }
        }
    }
}

/// Reports duplicate marks and marks missing between two others.
fn numbering(rows: &[DraftRow], at: &impl Fn(&DraftRow) -> Place, findings: &mut Vec<Finding>) {
    let mut seen: Vec<u32> = Vec::new();
    let mut last: Option<(u32, &DraftRow)> = None;
    for (place, row) in rows.iter().enumerate() {
        let Some(mark) = &row.raw.mark else { continue };
        if begins_anew(row, mark.number, rows.get(place + 1)) {
            seen.clear();
            last = None;
        }
        if seen.contains(&mark.number) {
            findings.push(Finding::new(Notice::NumberingDuplicate { mark: mark.printed.clone() }, at(row)));
        } else if let Some((before, above)) = last
            && mark.number > before + 1
        {
            let missing: Vec<String> = (before + 1..mark.number.min(before + 6)).map(marks::circle).collect();
            let notice = Notice::NumberingGap { missing: missing.join("・") };
            findings.push(Finding::new(notice, at(row)).also([at(above)]));
        }
        if seen.len() < 200 {
            seen.push(mark.number);
        }
        last = Some((mark.number, row));
    }
}

/// Whether the numbering restarts at this row, because some tables number the rows of each party from 1.
fn begins_anew(row: &DraftRow, number: u32, next: Option<&DraftRow>) -> bool {
    let next = next.and_then(|next| next.raw.mark.as_ref()).map(|mark| mark.number);
    number == 1 && !row.raw.organisation.is_empty() && next.is_none_or(|next| next == 2)
}

fn content(row: &DraftRow, at: &impl Fn(&DraftRow) -> Place, findings: &mut Vec<Finding>) {
    let mut say = |notice| findings.push(Finding::new(notice, at(row)));
    let text = &row.content.text;
    if row.content.is_empty() {
        say(Notice::TextLost { text: String::new() });
    } else if begins_in_the_middle(text) {
        say(Notice::TextLost { text: shortened(text) });
    } else if row.content.items.is_empty() && ends_in_the_middle(text) {
        let tail: Vec<char> = text.chars().rev().take(30).collect();
        say(Notice::TextLost { text: tail.into_iter().rev().collect() });
    }
    if row.raw.shifted {
        let mark = row.raw.mark.as_ref().map_or("なし", |mark| mark.printed.as_str());
        say(Notice::RowMisplaced {
            read_as: format!("番号「{mark}」・担当課「{}」の行", row.divisions.join("、"))
        });
    } else if !row.late_organisation.is_empty() {
        say(Notice::RowMisplaced {
            read_as: format!("下の行にある組織「{}」をこの行の組織", row.late_organisation)
        });
    }
    let whole = row.content.items.iter().fold(text.clone(), |whole, item| whole + "\n" + item);
    for (bracket, from) in unclosed(&whole) {
        say(Notice::MarkupUnclosed { bracket: bracket.to_string(), text: shortened(&whole[from..]) });
    }
}

/// Whether a text begins with a character that cannot begin a sentence: a comma, a closing bracket or a small kana.
fn begins_in_the_middle(text: &str) -> bool {
    text.starts_with(|c| "、。，．）」』】〕をんっゃゅょァィゥェォッャュョーン々".contains(c))
}

fn ends_in_the_middle(text: &str) -> bool {
    text.ends_with(['、', '，', 'を', 'に', 'が', 'は', 'の', 'と', 'や', '（', '「', '・'])
}

/// Returns the unclosed brackets, one of each kind, with the position of the first one.
fn unclosed(text: &str) -> Vec<(char, usize)> {
    const PAIRS: [(&str, &str); 5] = [("（(", "）)"), ("「", "」"), ("『", "』"), ("【", "】"), ("〔", "〕")];
    let mut found = Vec::new();
    for (open, close) in PAIRS {
        let mut stack: Vec<(char, usize)> = Vec::new();
        for (at, c) in text.char_indices() {
            if open.contains(c) {
                stack.push((c, at));
            } else if close.contains(c) {
                stack.pop();
            }
        }
        found.extend(stack.into_iter().next());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_bracket_is_found_where_it_was_opened() {
        assert_eq!(unclosed("相談（月1回）を「行う。"), [('「', "相談（月1回）を".len())]);
        assert_eq!(unclosed("(一）（二)"), []);
        assert_eq!(unclosed("1）と2）"), []);
    }

    #[test]
    fn sentences_do_not_begin_or_end_in_the_middle() {
        assert!(begins_in_the_middle("を行った。"));
        assert!(!begins_in_the_middle("「相談」を行った。"));
        assert!(ends_in_the_middle("支援の"));
        assert!(!ends_in_the_middle("支援を実施"));
    }
}
