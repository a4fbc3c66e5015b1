//! 前付 — reads the cover, the purpose (趣旨), and the terms that the purpose defines.

use renkei_document::document::{DefinedTerm, FrontMatter};
use renkei_document::wareki::AsOf;

use crate::blocks::squash;
use crate::parties::{self, Parties};
use crate::years;

/// Data of the cover that is not part of the front matter.
#[derive(Debug, Default)]
pub struct Cover {
    pub issued_on: Option<AsOf>,
    /// Indexes of the lines that were not recognised as part of the cover.
    pub unread: Vec<usize>,
}

/// Reads the lines of the cover.
pub fn read_cover(lines: &[String], parties: &mut Parties, front: &mut FrontMatter) -> Cover {
    let mut cover = Cover::default();
    for (place, line) in lines.iter().enumerate() {
        let bare = squash(line);
        if years::is_date_alone(line) && cover.issued_on.is_none() {
            cover.issued_on = years::date(line);
        } else if let Some(mut names) = issuers(&bare, parties) {
            front.issuers.append(&mut names);
        } else if is_title_line(&bare) {
            front.title_lines.push(line.trim().to_owned());
        } else {
            cover.unread.push(place);
        }
    }
    cover
}

/// Returns the parties if a line of the cover consists only of parties.
fn issuers(bare: &str, parties: &mut Parties) -> Option<Vec<String>> {
    let whole: Vec<&str> = bare.split(['・', '、', '／', '/']).collect();
    if whole.iter().all(|name| parties.of_name(name).is_some() || parties::key_word(name).is_some()) {
        for name in &whole {
            parties.add(name);
        }
        return Some(whole.into_iter().map(str::to_owned).collect());
    }
    None
}

fn is_title_line(bare: &str) -> bool {
    let words = ["協定", "計画", "進捗", "報告", "年度", "実績", "取組", "案", "資料", "概要", "について"];
    bare.chars().count() <= 60 && !bare.ends_with('。') && words.iter().any(|word| bare.contains(word))
}

/// Returns the terms that a text defines: 「みどり公共職業安定所（以下「ハローワークみどり」という。）」.
pub fn defined_terms(paragraphs: &[String]) -> Vec<DefinedTerm> {
    let mut terms = Vec::new();
    for paragraph in paragraphs {
        let mut searched = 0;
        while let Some(found) = paragraph[searched..].find("以下「") {
            let at = searched + found;
            let start = at + "以下「".len();
            searched = start;
            let Some(len) = paragraph[start..].find('」') else { break };
            searched += len;
            let opening = paragraph[..at].trim_end();
            if !paragraph[start + len..].trim_start_matches('」').starts_with("という")
                || !opening.ends_with(['（', '('])
            {
                continue;
            }
            let meaning = last_name(opening.trim_end_matches(['（', '(']));
            if !meaning.is_empty() {
                terms.push(DefinedTerm { term: paragraph[start..start + len].to_owned(), meaning });
            }
        }
    }
    terms
}

/// Returns the name with which a text ends.
fn last_name(text: &str) -> String {
    let text = text.trim_end();
    let quoted = text.strip_suffix('」').unwrap_or(text);
    if quoted.len() < text.len()
        && let Some(start) = quoted.rfind('「')
    {
        return quoted[start + '「'.len_utf8()..].to_owned();
    }
    let cuts = ["。", "、", "及び", "並びに", "「", "）と", ")と", "）、", "）"];
    let start = cuts.iter().filter_map(|cut| text.rfind(cut).map(|at| at + cut.len())).max().unwrap_or(0);
    text[start..].trim().to_owned()
}

/// Sets the short names of the parties that the purpose defines; adds parties that no agreement names.
pub fn name_parties(terms: &[DefinedTerm], parties: &mut Parties) {
    for term in terms {
        let name = squash(&term.meaning);
        if name.contains("公共職業安定所") {
            continue;
        }
        if let Some(place) = parties.of_name(&name).or_else(|| parties.add(&name)) {
            parties.set_short_name(place, &squash(&term.term));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_defined_in_passing() {
        let text = "みどり市（以下「市」という。）とあおば労働局（以下「労働局」という。）は、市及びみどり公共職業安定所（以下「ハローワークみどり」という。）で「みどり市雇用対策協定」（以下「協定」という。）を結んだ。";
        let terms = defined_terms(&[text.to_owned()]);
        let shown: Vec<_> = terms.iter().map(|t| (t.term.as_str(), t.meaning.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("市", "みどり市"),
                ("労働局", "あおば労働局"),
                ("ハローワークみどり", "みどり公共職業安定所"),
                ("協定", "みどり市雇用対策協定")
            ]
        );
    }

    #[test]
    fn the_cover_has_titles_issuers_and_a_date() {
        let lines: Vec<String> = [
            "みどり市雇用対策協定に基づく",
            "令和8年度事業計画",
            "み ど り 市",
            "あおば労働局",
            "令和8年3月",
            "電話番号",
        ]
        .map(String::from)
        .into();
        let (mut front, mut parties) = (FrontMatter::default(), Parties::default());
        let cover = read_cover(&lines, &mut parties, &mut front);
        assert_eq!(front.title_lines.len(), 2);
        assert_eq!(front.issuers, ["みどり市", "あおば労働局"]);
        assert_eq!(cover.issued_on.unwrap().to_string(), "2026-03");
        assert_eq!(cover.unread, [5]);
        assert_eq!(parties.list.len(), 2);
    }
}
