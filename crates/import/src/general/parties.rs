//! 当事者 — finds the parties and signatories of an agreement or document without plan tables.

use std::ops::Range;

use renkei_document::document::Signatory;
use renkei_document::party::{Party, PartyKey, PartyKind};

use super::lines::{Line, find, is_kanji, past_blanks, stands_at};
use super::names::{BUREAU, bureau_at, ends_name, government_ending_at, is_mask};

/// Words with which the name of an agreement ends.
const AGREEMENTS: [&str; 5] =
    ["雇用対策協定", "雇用対策に関する協定", "雇用対策連携協定", "雇用に関する協定", "連携協定"];
/// Maximum number of names that are stored; no document of this kind has so many parties.
const MOST_NAMES: usize = 200;
const MINISTRY: &str = "厚生労働省";

/// The evidence that a name belongs to the document, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    /// The name is part of the agreement's name, is next to the other party's name, is defined as a party, or is alone
    /// on its line.
    Party,
    /// The name only occurs somewhere in the text.
    Mentioned,
}

struct Mention {
    name: String,
    short: Option<String>,
    ground: Ground,
    bureau: bool,
}

/// Returns the parties: local governments first, each kind in text order. `source` is the whole text, including its web
/// address.
pub(super) fn parties_of(lines: &[Line], title: Option<&str>, source: &str) -> Vec<Party> {
    let mut mentions: Vec<Mention> = Vec::new();
    for line in lines {
        read_line(line, &mut mentions);
    }
    let named: Vec<&Mention> = bound(&mentions);
    let mut parties: Vec<Party> = Vec::new();
    for mention in &named {
        add(&mut parties, &mention.name, mention.short.as_deref());
    }
    // The full name of a bureau may occur only where there is no such evidence, so search all mentions for it.
    for mention in mentions.iter().filter(|mention| mention.bureau) {
        if parties.iter().any(|party| is_same(&party.name, &mention.name)) {
            add(&mut parties, &mention.name, mention.short.as_deref());
        }
    }
    // Masked names are dropped if a full name of the same kind exists.
    let full: Vec<PartyKey> =
        parties.iter().filter(|party| !is_masked(&party.name)).map(|party| kind_of(&party.name)).collect();
    parties.retain(|party| !is_masked(&party.name) || !full.contains(&kind_of(&party.name)));
    if parties.is_empty() {
        let issuer =
            title.and_then(government_of_title).or_else(|| is_ministry(lines, source).then(|| MINISTRY.to_owned()));
        if let Some(name) = issuer {
            add(&mut parties, &name, None);
        }
    }
    parties.sort_by_key(|party| match party.kind {
        PartyKind::LocalGovernment => 0,
        PartyKind::LabourBureau => 1,
        PartyKind::Other => 2,
    });
    numbered(parties)
}

/// Returns the signatories given by office and name: みどり市長 山田 太郎, みどり市(市長 山田太郎).
pub(super) fn signatories_of(lines: &[Line], parties: &[Party]) -> Vec<Signatory> {
    let mut signatories: Vec<Signatory> = Vec::new();
    for line in lines {
        let chars = &line.chars;
        for at in 0..chars.len() {
            let Some((end, name)) = office_end(chars, at).and_then(|end| Some((end, person_at(chars, end)?))) else {
                continue;
            };
            let Some((party, office)) = office_of(line, at, end, parties) else { continue };
            if signatories.iter().all(|known| known.party != party.key) {
                signatories.push(Signatory { party: party.key.clone(), office, name });
            }
        }
    }
    signatories
}

fn read_line(line: &Line, mentions: &mut Vec<Mention>) {
    let chars = &line.chars;
    for at in 0..chars.len() {
        if let Some(range) = bureau_at(chars, at) {
            let mut partners: Vec<Range<usize>> = Vec::new();
            while let Some(partner) =
                partner_before(chars, partners.last().map_or(range.start, |partner| partner.start))
            {
                partners.push(partner);
            }
            let bound = is_bound(chars, &range) || !partners.is_empty();
            let ground = if bound { Ground::Party } else { Ground::Mentioned };
            for partner in partners.into_iter().rev() {
                push(line, partner, Ground::Party, false, mentions);
            }
            push(line, range, ground, true, mentions);
        } else if let Some(range) = government_ending_at(chars, at)
            && ends_name(chars, range.end)
            && is_bound(chars, &range)
        {
            push(line, range, Ground::Party, false, mentions);
        }
    }
}

fn push(line: &Line, range: Range<usize>, ground: Ground, bureau: bool, mentions: &mut Vec<Mention>) {
    let name = line.printed_at(range.clone()).to_owned();
    let short = defined_as(line, range.end);
    let is_full = mentions.len() >= MOST_NAMES;
    match mentions.iter_mut().find(|known| known.name == name) {
        Some(known) => {
            known.ground = known.ground.min(ground);
            known.short = known.short.take().or(short);
        }
        None if is_full => {}
        None => mentions.push(Mention { name, short, ground, bureau }),
    }
}

/// Returns the names for which there is evidence that they are parties. If no bureau is among them and only one bureau
/// is mentioned, adds this bureau.
fn bound(mentions: &[Mention]) -> Vec<&Mention> {
    let parties: Vec<&Mention> = mentions.iter().filter(|mention| mention.ground == Ground::Party).collect();
    if parties.iter().any(|mention| mention.bureau) {
        return parties;
    }
    let mut bureaus = mentions.iter().filter(|mention| mention.bureau);
    let one = bureaus.next().filter(|first| bureaus.all(|other| is_same(&other.name, &first.name)));
    parties.into_iter().chain(one).collect()
}

fn is_same(one: &str, other: &str) -> bool {
    one.ends_with(other) || other.ends_with(one)
}

/// Returns the partner before a name: みどり市 in 「みどり市・あおば労働局」, みどり市とあおば労働局, みどり市(以下「市」という。)とあおば労働局.
fn partner_before(chars: &[char], start: usize) -> Option<Range<usize>> {
    let mut at = start;
    while at > 0 && chars[at - 1].is_whitespace() {
        at -= 1;
    }
    let joined = ["及び", "および", "並びに", "と", "・", "、", ",", "&", "×"]
        .into_iter()
        .find(|word| at >= word.chars().count() && stands_at(chars, at - word.chars().count(), word))?;
    at -= joined.chars().count();
    while at > 0 && chars[at - 1].is_whitespace() {
        at -= 1;
    }
    if at > 0 && chars[at - 1] == ')' {
        const LONGEST: usize = 60;
        at = (at.saturating_sub(LONGEST)..at).rev().find(|&place| chars[place] == '(')?;
    }
    // In みどり市長、あお町長及びあおば労働局長, each head signs for a government, so skip the 長.
    let last = at.checked_sub(1)?;
    let headed = chars[last] == '長';
    government_ending_at(chars, if headed { last.checked_sub(1)? } else { last })
}

/// Whether the text around a name makes it a party.
fn is_bound(chars: &[char], range: &Range<usize>) -> bool {
    let end = past_blanks(chars, range.end);
    let is_beside = |(at, c): (usize, &char)| !range.contains(&at) && !c.is_whitespace();
    let alone = !chars.iter().enumerate().any(is_beside);
    let agreement = AGREEMENTS.iter().any(|word| {
        let at = ["との", "の", "と"]
            .into_iter()
            .find(|word| stands_at(chars, end, word))
            .map_or(end, |word| end + word.chars().count());
        stands_at(chars, at, word)
    });
    let headed = ["(市長", "(町長", "(村長", "(区長", "(知事", "(局長"].iter().any(|word| stands_at(chars, end, word));
    let defined = defined_range(chars, range.end).is_some();
    let issued = stands_at(chars, end, "発表") || stands_at(chars, end, "公表");
    alone || agreement || headed || defined || issued
}

/// Returns the range of a defined short name: 市 in (以下「市」という。) after a name.
fn defined_range(chars: &[char], end: usize) -> Option<Range<usize>> {
    let open = past_blanks(chars, end);
    let word = ["(以下「", "(以下、「", "(以下,「", "(以下『"].into_iter().find(|word| stands_at(chars, open, word))?;
    let start = open + word.chars().count();
    let close = (start..chars.len().min(start + 20)).find(|&at| matches!(chars[at], '」' | '』'))?;
    Some(start..close)
}

fn defined_as(line: &Line, end: usize) -> Option<String> {
    defined_range(&line.chars, end).map(|range| line.printed_at(range).to_owned())
}

fn add(parties: &mut Vec<Party>, name: &str, short: Option<&str>) {
    if let Some(known) = parties.iter_mut().find(|party| is_same(&party.name, name)) {
        if name.len() > known.name.len() {
            known.name = name.to_owned();
        }
        known.short_name = known.short_name.take().or(short.map(str::to_owned));
        return;
    }
    let key = kind_of(name);
    parties.push(Party { kind: key.kind(), key, name: name.to_owned(), short_name: short.map(str::to_owned) });
}

fn kind_of(name: &str) -> PartyKey {
    PartyKey::new(match name.chars().last() {
        _ if name.ends_with(BUREAU) => "labour_bureau",
        Some('都' | '道' | '府' | '県') => "prefecture",
        Some('市') => "city",
        Some('町') => "town",
        Some('村') => "village",
        Some('区') => "ward",
        _ => "other",
    })
}

/// Numbers the parties of the same kind: the second city becomes `city-2`.
fn numbered(mut parties: Vec<Party>) -> Vec<Party> {
    for at in 0..parties.len() {
        let before = parties[..at].iter().filter(|other| kind_of(&other.name) == kind_of(&parties[at].name)).count();
        if before > 0 {
            parties[at].key = PartyKey::new(format!("{}-{}", kind_of(&parties[at].name), before + 1));
        }
    }
    parties
}

fn is_masked(name: &str) -> bool {
    name.chars().any(is_mask)
}

/// Returns the local government that a title names: みどり区 in 「みどり区障害福祉計画の進捗状況」.
fn government_of_title(title: &str) -> Option<String> {
    let line = Line::new(1, title);
    let at = (0..line.chars.len()).find(|&at| {
        government_ending_at(&line.chars, at)
            .is_some_and(|range| range.len() > 1 && line.chars.get(at + 1) != Some(&'民'))
    })?;
    government_ending_at(&line.chars, at).map(|range| line.printed_at(range).to_owned())
}

/// Whether the ministry issued the document: its name is in the first lines, or the text is from its website.
fn is_ministry(lines: &[Line], source: &str) -> bool {
    const HEAD: usize = 8;
    let address = source.lines().take(HEAD).any(|line| line.contains("//www.mhlw.go.jp"));
    address || lines.iter().take(HEAD).any(|line| find(&line.chars, 0, MINISTRY).is_some())
}

/// Returns the end of an office (市長, 知事, 労働局長) that begins at `at`.
fn office_end(chars: &[char], at: usize) -> Option<usize> {
    ["労働局長", "市長", "町長", "村長", "区長", "知事", "局長"]
        .into_iter()
        .find(|office| stands_at(chars, at, office))
        .map(|office| at + office.chars().count())
}

/// Reads three to six kanji as a person's name: family and given name, often separated.
fn person_at(chars: &[char], end: usize) -> Option<String> {
    const LONGEST: usize = 8;
    let start = past_blanks(chars, end);
    let family = chars.iter().skip(start).take(LONGEST).take_while(|&&c| is_kanji(c)).count();
    let given_at = past_blanks(chars, start + family);
    let given = chars.iter().skip(given_at).take(LONGEST).take_while(|&&c| is_kanji(c)).count();
    let parted = given_at > start + family && (1..=3).contains(&family) && (1..=3).contains(&given);
    let (stop, length) = if parted { (given_at + given, family + given) } else { (start + family, family) };
    let bounded =
        chars.get(stop).is_none_or(|&c| c.is_whitespace() || matches!(c, ')' | '、' | 'と' | 'は' | 'が' | '氏'));
    let spoken = !parted && start == end;
    (bounded && !spoken && (3..=6).contains(&length))
        .then(|| chars[start..stop].iter().filter(|c| !c.is_whitespace()).collect())
}

/// Returns the party of an office, and the full office: みどり市長.
fn office_of<'a>(line: &Line, at: usize, end: usize, parties: &'a [Party]) -> Option<(&'a Party, String)> {
    let chars = &line.chars;
    let bracket = at > 0 && chars[at - 1] == '(';
    let name = if bracket {
        let last = at.checked_sub(2)?;
        government_ending_at(chars, last).or_else(|| last.checked_sub(2).and_then(|start| bureau_at(chars, start)))
    } else {
        government_ending_at(chars, at)
            .or_else(|| bureau_at(chars, at))
            .or_else(|| government_ending_at(chars, at.checked_sub(1)?))
    }?;
    let printed = line.printed_at(name.clone());
    let party = parties.iter().find(|party| is_same(&party.name, printed))?;
    let office = if bracket {
        let title: String = chars[at..end].iter().collect();
        match title.as_str() {
            "知事" => format!("{printed}知事"),
            _ => format!("{printed}長"),
        }
    } else {
        line.printed_at(name.start..end).to_owned()
    };
    Some((party, office))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::general::lines::lines_of;

    fn names(text: &str) -> Vec<(String, String)> {
        let (lines, _) = lines_of(text);
        parties_of(&lines, text.lines().next(), text)
            .into_iter()
            .map(|party| (party.key.to_string(), party.name))
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(key, name)| ((*key).to_owned(), (*name).to_owned())).collect();
        assert_eq!(names(text), expected, "{text}");
    }

    #[test]
    fn the_parties_are_found_with_their_full_names() {
        let both = [("city", "みどり市"), ("labour_bureau", "厚生労働省あおば労働局")];
        check(
            "みどり市雇用対策協定\nみどり市(市長 山田太郎)と厚生労働省あおば労働局(局長 佐藤花子)は結びました。",
            &both,
        );
        check("みどり市・あおば労働局\n厚生労働省あおば労働局は", &both);
        check("みどり市(以下「市」という。)と厚生労働省あおば労働局(以下「労働局」という。)は", &both);
        check(
            "青葉県と青葉労働局との雇用対策協定に基づく実施計画",
            &[("prefecture", "青葉県"), ("labour_bureau", "青葉労働局")],
        );
        check("xx市とあおば労働局\nみどり市・xx労働局\n", &[("city", "みどり市"), ("labour_bureau", "あおば労働局")]);
    }

    #[test]
    fn a_document_of_one_issuer_has_one_party() {
        check("あおば労働局発表 令和7年3月の求人", &[("labour_bureau", "あおば労働局")]);
        check("みどり区障害福祉計画の進捗", &[("ward", "みどり区")]);
        check("厚生労働省の目標", &[("other", "厚生労働省")]);
        check("求人の手引き\n各市町村で", &[]);
    }

    #[test]
    fn signatories_are_office_and_name() {
        let text = "みどり市(市長 山田太郎)とあおば労働局は\n締結者 あおば労働局長 佐藤 花子\n市長挨拶";
        let (lines, _) = lines_of(text);
        let parties = parties_of(&lines, None, text);
        let signatories: Vec<_> =
            signatories_of(&lines, &parties).into_iter().map(|signatory| (signatory.office, signatory.name)).collect();
        assert_eq!(
            signatories,
            [("みどり市長".to_owned(), "山田太郎".to_owned()), ("あおば労働局長".to_owned(), "佐藤花子".to_owned())]
        );
    }
}
