//! 協定書 — reads the text of an agreement: title, preamble, articles, supplementary provision, attestation, date and
//! signatures.

use std::ops::Range;

use renkei_document::document::{AgreementText, Article, Signatory, Supplementary};
use renkei_document::party::PartyKey;
use renkei_document::wareki::AsOf;

use crate::blocks::{Block, squash};
use crate::marks::{self, Level};
use crate::parties::{self, Parties};
use crate::years;

/// The text of the agreement, its blocks in the file and its parties.
#[derive(Debug)]
pub struct FoundAgreement {
    pub text: AgreementText,
    pub blocks: Range<usize>,
    pub parties: Parties,
}

/// The section of the agreement that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Stage {
    Articles,
    Supplementary,
    Attested,
    Dated,
}

/// Finds the articles (第1条 …) and reads the agreement around them; stops at blocks for which `is_other` is true
/// (contents, parts).
pub fn read(blocks: &[Block], is_other: impl Fn(usize) -> bool) -> Option<FoundAgreement> {
    let lines: Vec<String> = blocks.iter().take(4000).map(Block::line_text).collect();
    let is_article = |at: usize| !is_other(at) && article(&lines[at]).is_some();
    let first = (0..lines.len()).find(|at| is_article(*at))?;
    let start = beginning(&lines, first, &is_other);
    let mut text = AgreementText::default();
    read_head(&lines[start..first], &mut text);
    let end = read_body(&lines, first, &is_other, &mut text);
    let parties = parties::of_agreement(&text);
    for signatory in &mut text.signatories {
        let party = parties::party_of_office(&signatory.office).and_then(|name| parties.of_name(&name));
        signatory.party = party.map_or_else(|| PartyKey::new("other"), |place| parties.list[place].key.clone());
    }
    text.effective_on = effective_on(&text);
    Some(FoundAgreement { text, blocks: start..end, parties })
}

fn article(line: &str) -> Option<marks::Numbered> {
    marks::numbered(line).filter(|numbered| numbered.level == Level::Article)
}

/// Returns the first block of the agreement: searches back from the first article to its heading, preamble and title.
fn beginning(lines: &[String], first: usize, is_other: &impl Fn(usize) -> bool) -> usize {
    let mut start = first;
    let mut seen_preamble = false;
    while start > 0 && first - start < 12 && !is_other(start - 1) {
        let line = &lines[start - 1];
        if is_title(line) {
            return start - 1;
        }
        let is_sentence = line.ends_with('。');
        if !(is_sentence || article_heading(line).is_some()) && seen_preamble {
            break;
        }
        seen_preamble |= is_sentence;
        start -= 1;
    }
    start
}

fn is_title(line: &str) -> bool {
    let bare = squash(line);
    (bare.ends_with("協定") || bare.ends_with("協定書")) && bare.chars().count() <= 60
}

/// Returns the heading in brackets, such as （目的）, that is printed above an article.
fn article_heading(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    (!inner.is_empty() && inner.chars().count() <= 40 && !years::is_date_alone(inner)).then_some(inner.trim())
}

fn read_head(lines: &[String], text: &mut AgreementText) {
    let mut preamble: Vec<&str> = Vec::new();
    for line in lines {
        if text.title.is_none() && is_title(line) {
            text.title = Some(line.clone());
        } else if article_heading(line).is_none() {
            preamble.push(line);
        }
    }
    if text.title.is_none() && preamble.len() > 1 && !preamble[0].ends_with('。') {
        text.title = Some(preamble.remove(0).to_owned());
    }
    text.preamble = (!preamble.is_empty()).then(|| preamble.join("\n"));
}

/// Reads from the first article on; returns the index after the last block that belongs to the agreement.
fn read_body(lines: &[String], first: usize, is_other: &impl Fn(usize) -> bool, text: &mut AgreementText) -> usize {
    let mut stage = Stage::Articles;
    let mut at = first;
    while at < lines.len() && !is_other(at) {
        let line = &lines[at];
        let next = lines.get(at + 1).map(String::as_str);
        if let Some(found) = article(line).filter(|_| stage == Stage::Articles) {
            let heading = at.checked_sub(1).and_then(|above| article_heading(&lines[above])).map(str::to_owned);
            text.articles.push(begin_article(found, heading));
        } else if is_supplementary(line) && stage <= Stage::Supplementary {
            stage = Stage::Supplementary;
            text.supplementary.push(begin_supplementary(line));
        } else if is_attestation(line) && stage < Stage::Attested {
            stage = Stage::Attested;
            text.originals = originals(line);
            text.attestation = Some(line.clone());
        } else if years::is_date_alone(line) && stage >= Stage::Supplementary
            || years::is_date_alone(line) && signs(next)
        {
            if text.concluded_on.is_some() {
                break;
            }
            stage = Stage::Dated;
            text.concluded_on = years::date(line);
        } else if let Some(used) = signature(line, next).filter(|_| stage >= Stage::Supplementary) {
            stage = Stage::Dated;
            let (office, name, lines_used) = used;
            text.signatories.push(Signatory { party: PartyKey::new("other"), office, name });
            at += lines_used;
            continue;
        } else if !goes_on(line, next, stage, text) {
            break;
        }
        at += 1;
    }
    at
}

fn begin_article(found: marks::Numbered, heading: Option<String>) -> Article {
    let mut paragraph = found.title;
    let mut heading = heading;
    if heading.is_none()
        && paragraph.starts_with(['（', '('])
        && let Some((inner, rest)) = paragraph.split_once(['）', ')'])
        && !rest.trim().is_empty()
    {
        heading = Some(inner.trim_start_matches(['（', '(']).to_owned());
        paragraph = rest.trim().to_owned();
    }
    Article { number: found.number, heading, paragraphs: vec![paragraph] }
}

/// Whether a line continues the text above it: a paragraph of an article or of a supplementary provision.
fn goes_on(line: &str, next: Option<&str>, stage: Stage, text: &mut AgreementText) -> bool {
    match stage {
        Stage::Articles => {
            if article_heading(line).is_some() && next.is_some_and(|next| article(next).is_some()) {
                return true;
            }
            let Some(article) = text.articles.last_mut() else { return false };
            let paragraphs = &mut article.paragraphs;
            match marks::numbered(line) {
                Some(n) if n.level == Level::Chapter && n.number as usize == paragraphs.len() + 1 => {
                    paragraphs.push(n.title);
                }
                _ => {
                    let Some(last) = paragraphs.last_mut() else { return false };
                    if is_title(line) {
                        return false;
                    }
                    if !last.is_empty() {
                        last.push('\n');
                    }
                    last.push_str(line.trim());
                }
            }
            true
        }
        Stage::Supplementary => {
            let Some(last) = text.supplementary.last_mut().filter(|_| !is_title(line)) else { return false };
            if !last.text.is_empty() {
                last.text.push('\n');
            }
            last.text.push_str(line.trim());
            true
        }
        Stage::Attested | Stage::Dated => false,
    }
}

fn is_supplementary(line: &str) -> bool {
    let bare = squash(line);
    bare.chars().count() < 60 && (bare.starts_with("附則") || bare.starts_with("付則"))
}

fn begin_supplementary(line: &str) -> Supplementary {
    let bare = squash(line);
    let rest = bare.trim_start_matches("附則").trim_start_matches("付則");
    Supplementary { heading: "附則".to_owned(), text: rest.to_owned() }
}

fn is_attestation(line: &str) -> bool {
    let bare = squash(line);
    bare.contains("協定") && (bare.contains("証するため") || bare.contains("証として")) && bare.contains("通")
}

/// Returns the number of originals: 2 for 本書2通を作成し.
fn originals(line: &str) -> Option<u32> {
    let bare = squash(line);
    bare.match_indices('通').find_map(|(at, _)| {
        let head = &bare[..at];
        let wide = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        let digits: String = head.chars().rev().take_while(|c| wide(*c)).collect();
        if digits.is_empty() {
            let kanji: String = head.chars().rev().take(1).collect();
            return marks::kanji_number(&kanji);
        }
        let digits: String = digits.chars().rev().collect();
        unicode_normalization::UnicodeNormalization::nfkc(digits.as_str()).collect::<String>().parse().ok()
    })
}

/// Reads an office and its holder from one or two lines; the last value of the result is the number of lines read.
fn signature(line: &str, next: Option<&str>) -> Option<(String, String, usize)> {
    let line = line.trim();
    if parties::party_of_office(line).is_some() && line.chars().count() <= 40 {
        let name = next.map(str::trim).filter(|name| is_name(name)).unwrap_or_default();
        let used = if name.is_empty() { 1 } else { 2 };
        return Some((line.to_owned(), name.to_owned(), used));
    }
    let (at, _) =
        line.char_indices().find(|(at, c)| c.is_whitespace() && parties::party_of_office(&line[..*at]).is_some())?;
    let name = line[at..].trim();
    is_name(name).then(|| (line[..at].to_owned(), name.to_owned(), 1))
}

fn signs(next: Option<&str>) -> bool {
    next.is_some_and(|next| parties::party_of_office(next.trim()).is_some())
}

fn is_name(text: &str) -> bool {
    let bare = squash(text);
    (2..=14).contains(&bare.chars().count())
        && parties::key_word(&bare).is_none()
        && parties::party_of_office(&bare).is_none()
        && !bare.contains(['。', '、', '「', '年', '（', '目'])
        && !bare.contains("協定")
}

/// Returns the effective date: the conclusion date for 「締結する日から実施する」, otherwise a date in the provision.
fn effective_on(text: &AgreementText) -> Option<AsOf> {
    let provision: String = text.supplementary.iter().map(|s| squash(&s.text)).collect();
    let begins = ["実施", "施行", "効力", "適用", "発効"].iter().any(|word| provision.contains(word));
    if !begins {
        return None;
    }
    let on_conclusion = ["締結する日から", "締結の日から", "締結日から", "締結した日から"];
    if on_conclusion.iter().any(|words| provision.contains(words)) {
        text.concluded_on
    } else {
        years::date(&provision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text_reader;

    const TEXT: &str = "みどり市雇用対策協定書\n\nみどり市及び厚生労働省あおば労働局は、次の協定を締結する。\n\n（目的）\n第１条　この協定は、雇用を改善する。\n２　前項の\n(1) 相談\n（協議）\n第2条 協議する。\n附　則\nこの協定は、締結の日から施行する。\nこの協定の締結を証するため、本書２通を作成する。\n平成30年5月1日\nみどり市長　山川 花子\n厚生労働省あおば労働局長\n海野 太郎\nみどり市雇用対策協定に基づく\n令和7年度事業計画";

    #[test]
    fn an_agreement_is_read_with_all_its_parts() {
        let found = read(&text_reader::read(TEXT), |_| false).unwrap();
        let text = found.text;
        assert_eq!(text.title.as_deref(), Some("みどり市雇用対策協定書"));
        assert!(text.preamble.unwrap().starts_with("みどり市及び"));
        assert_eq!(text.articles.len(), 2);
        assert_eq!(text.articles[0].heading.as_deref(), Some("目的"));
        assert_eq!(text.articles[0].paragraphs, ["この協定は、雇用を改善する。", "前項の\n(1) 相談"]);
        assert_eq!(text.supplementary[0].text, "この協定は、締結の日から施行する。");
        assert_eq!(
            (text.originals, text.concluded_on, text.effective_on),
            (Some(2), text.effective_on, text.concluded_on)
        );
        assert_eq!(text.concluded_on.unwrap().to_string(), "2018-05-01");
        let signed: Vec<_> =
            text.signatories.iter().map(|s| (s.party.as_str(), s.office.as_str(), s.name.as_str())).collect();
        assert_eq!(
            signed,
            [("city", "みどり市長", "山川 花子"), ("labour_bureau", "厚生労働省あおば労働局長", "海野 太郎")]
        );
        assert_eq!(found.blocks, 0..15);
    }

    #[test]
    fn a_name_is_no_party() {
        for (text, expected) in [("山田正道", true), ("北海道", false), ("みどり市", false), ("あおば労働局長", false)]
        {
            assert_eq!(is_name(text), expected, "{text}");
        }
    }
}
