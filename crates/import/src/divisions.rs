//! 所管課の欄 — finds the full name of each division in a division cell.
//!
//! A mark ・ or a space either separates two divisions (職業対策課・訓練課) or is part of one name (雇用環境・均等室). It is treated as a
//! separator if the text before it ends like the name of an office, or is used alone elsewhere in the document.

use std::collections::HashSet;

use crate::blocks::squash;

/// Endings after which ・ or a space begins another office.
const PARTING: [&str; 22] = [
    "課",
    "室",
    "係",
    "班",
    "署",
    "局",
    "部",
    "センター",
    "担当",
    "チーム",
    "グループ",
    "支所",
    "事務所",
    "出張所",
    "安定所",
    "監督署",
    "相談所",
    "研究所",
    "役所",
    "役場",
    "委員会",
    "学校",
];

/// Further endings of offices and institutions.
const ENDINGS: [&str; 18] = [
    "所",
    "館",
    "ホーム",
    "園",
    "院",
    "公社",
    "協会",
    "本部",
    "プラザ",
    "コーナー",
    "大学",
    "校",
    "区",
    "公庫",
    "財団",
    "窓口",
    "バンク",
    "ステーション",
];

/// Words that end like the prefix of an office name but are not one.
const NOT_A_PREFIX: [&str; 9] = ["地区", "学区", "校区", "特区", "全部", "内部", "外部", "各部", "一部"];

/// Names of divisions that occur alone in the document.
pub type Known = HashSet<String>;

/// Returns the text of a division cell: a line feed separates two paragraphs, except after 、 or ・, where the line was
/// only broken.
pub fn of_cell(paragraphs: &[String]) -> String {
    let mut said = String::new();
    for paragraph in paragraphs {
        if !said.is_empty() && !said.ends_with(['、', '・']) {
            said.push('\n');
        }
        said.push_str(paragraph);
    }
    said
}

/// Whether a cell can name divisions: it is short and ends like an office.
pub fn looks_like_divisions(cell: &str) -> bool {
    let bare = squash(cell);
    let bare = without_note(&bare);
    bare.chars().count() <= 80
        && bare.chars().count() >= 2
        && !bare.contains('。')
        && (ends_like_an_office(bare) || bare.starts_with("ハローワーク"))
        && bare.split(['、', ',', '，']).all(|name| name.chars().count() <= 30)
}

fn ends_like_an_office(name: &str) -> bool {
    parts_after(name) || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

fn parts_after(name: &str) -> bool {
    PARTING.iter().any(|ending| name.ends_with(ending))
}

fn without_note(name: &str) -> &str {
    match name.find(['（', '(']) {
        Some(at) if at > 0 && name.ends_with(['）', ')']) => &name[..at],
        _ => name,
    }
}

/// Splits a cell into names at 、 and after the endings of offices; adds no prefix to later names.
pub fn pieces(cell: &str) -> Vec<Vec<String>> {
    by_comma(cell).iter().flat_map(|part| by_space(part)).map(|part| by_dot(&part, &Known::new())).collect()
}

/// Returns the divisions of a cell by their full names.
pub fn split(cell: &str, known: &Known) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in by_comma(cell).iter().flat_map(|part| by_space(part)) {
        for name in hand_on_prefix(by_dot(&part, known), known) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// Splits at commas, slashes and line ends outside brackets.
fn by_comma(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0usize;
    for c in cell.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, '、' | '，' | ',' | '/' | '／' | '\n' | ';' | '；') {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

/// Splits at spaces after the ending of an office; other spaces belong to the layout.
fn by_space(part: &str) -> Vec<String> {
    let words: Vec<&str> = part.split_whitespace().collect();
    let spaced_out = words.len() > 2 && words.iter().all(|word| word.chars().count() == 1);
    let mut names: Vec<String> = Vec::new();
    for word in words {
        match names.last_mut() {
            Some(last) if spaced_out || !parts_after(without_note(last)) || word.chars().count() < 2 => {
                last.push_str(word)
            }
            Some(last) if word.starts_with(['（', '(', '・']) => last.push_str(word),
            _ => names.push(word.to_owned()),
        }
    }
    names
}

/// Splits at ・ after the ending of an office, or if the document uses every piece alone as a name.
fn by_dot(part: &str, known: &Known) -> Vec<String> {
    let words: Vec<&str> = part.split(['・', '･']).filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && words.iter().all(|word| known.contains(*word)) {
        return words.into_iter().map(str::to_owned).collect();
    }
    let mut names: Vec<String> = Vec::new();
    for word in words {
        match names.last_mut() {
            Some(last) if !parts_after(without_note(last)) || word.starts_with(['（', '(']) => {
                last.push('・');
                last.push_str(word);
            }
            _ => names.push(word.to_owned()),
        }
    }
    names
}

/// Repeats the prefix of the first name: 南区窓口課・年金課 becomes 南区窓口課, 南区年金課.
fn hand_on_prefix(mut names: Vec<String>, known: &Known) -> Vec<String> {
    let Some(prefix) = names.first().and_then(|first| prefix(first)).map(str::to_owned) else { return names };
    for name in names.iter_mut().skip(1) {
        let is_a_part = name.ends_with(['課', '室', '係', '班', '部', '所', '当']) || name.ends_with("センター");
        let by_itself = !prefix.ends_with('区') && known.contains(name.as_str());
        if is_a_part && prefix_of_own(name).is_none() && !by_itself {
            name.insert_str(0, &prefix);
        }
    }
    names
}

fn prefix_of_own(name: &str) -> Option<&str> {
    prefix(name).filter(|prefix| prefix.ends_with('区') || prefix.ends_with("支所"))
}

/// Returns the prefix of a name: 南区 of 南区窓口課, 経済部 of 経済部商工課.
fn prefix(name: &str) -> Option<&str> {
    let heads = ["区役所", "支所", "区", "局", "部"];
    let end = heads
        .iter()
        .filter_map(|head| name.rfind(head).map(|at| at + head.len()))
        .filter(|end| *end < name.len())
        .max()?;
    let (prefix, rest) = name.split_at(end);
    let long_enough = prefix.chars().count() >= 2 && rest.chars().count() >= 2;
    let is_unit = rest.ends_with(['課', '室', '係', '班', '部', '当']) || rest.ends_with("センター");
    (long_enough && is_unit && !NOT_A_PREFIX.iter().any(|word| prefix.ends_with(word))).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_was_broken_between_names_is_one_list() {
        let said = |lines: &[&str]| of_cell(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
        assert_eq!(said(&["北区保護課・", "福祉課、", "みらい課"]), "北区保護課・福祉課、みらい課");
        assert_eq!(said(&["みらい課", "くらし課"]), "みらい課\nくらし課");
    }

    #[track_caller]
    fn check(cell: &str, expected: &[&str]) {
        let known: Known = ["農政課", "林務班", "商工課", "年金課"].map(String::from).into();
        assert_eq!(split(cell, &known), expected, "{cell}");
    }

    #[test]
    fn a_division_cell_is_parted_into_full_names() {
        check("職業対策課・訓練課", &["職業対策課", "訓練課"]);
        check("雇用環境・均等室", &["雇用環境・均等室"]);
        check("職業安定課、雇用環境・均等室", &["職業安定課", "雇用環境・均等室"]);
        check("南区窓口課・年金課・子育て課", &["南区窓口課", "南区年金課", "南区子育て課"]);
        check(
            "人権課、南区窓口課・年金課、北区窓口課・年金課",
            &["人権課", "南区窓口課", "南区年金課", "北区窓口課", "北区年金課"],
        );
        check("経済部労政課・観光課", &["経済部労政課", "経済部観光課"]);
        check("経済部労政課・商工課", &["経済部労政課", "商工課"]);
        check("若者課 働く若者の家ホーム", &["若者課", "働く若者の家ホーム"]);
        check("職 業 安 定 課", &["職業安定課"]);
        check("商店・ 企業課", &["商店・企業課"]);
        check("年金課、各区税務課", &["年金課", "各区税務課"]);
        check("地区整備課・道路課", &["地区整備課", "道路課"]);
        check("職業安定課（需給調整、指導）", &["職業安定課（需給調整、指導）"]);
        check("", &[]);
    }

    #[test]
    fn an_office_is_known_by_its_ending() {
        assert!(looks_like_divisions("商店・企業課"));
        assert!(looks_like_divisions("ハローワークみどり"));
        assert!(looks_like_divisions("総合みらい専門学校"));
        assert!(!looks_like_divisions("支援を行った。"));
        assert!(!looks_like_divisions("課"));
    }
}
