//! Checks that our code contains no name from a real document. Rules must work for all documents of this kind and not
//! only for one town.
//!
//! The test reads these names from `../shared/documents`, because this file must not contain them either. Names that
//! the State uses in every prefecture are allowed.

use std::collections::BTreeSet;

use super::source::{files, none, root, rust_files};

/// Offices that each labour bureau has.
const NATIONAL: [&str; 12] = [
    "職業安定課",
    "職業対策課",
    "訓練課",
    "訓練室",
    "雇用環境・均等室",
    "雇用環境・均等部",
    "監督課",
    "健康安全課",
    "安全課",
    "賃金室",
    "需給調整事業室",
    "職業安定部",
];

/// Words in 「」 that are used in the whole country.
const GENERIC_NAMES: [&str; 1] = ["くるみん"];

/// Words after ハローワーク that are not places.
const NO_PLACES: [&str; 6] = ["利用", "主催", "共催", "及び", "半導", "求人"];

const OFFICE_ENDINGS: [&str; 8] = ["課", "室", "所", "センター", "学校", "ホーム", "部", "局"];

#[test]
fn our_code_contains_no_noun_of_a_real_document() {
    let folder = root().join("../shared/documents");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: {} is not here", folder.display());
        return;
    };
    let mut nouns = BTreeSet::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        nouns.extend(nouns_of(&std::fs::read_to_string(path).unwrap()));
    }
    assert!(nouns.len() > 30, "the documents give too few nouns: {nouns:?}");
    let ours = files(&["crates", "xtask"], &|path| path.file_name().is_some_and(|name| name != "Cargo.lock"));
    assert!(ours.len() >= rust_files(&["crates", "xtask"]).len());
    let mut found = Vec::new();
    for file in &ours {
        for (number, line) in (1..).zip(file.text.lines()) {
            for noun in nouns.iter().filter(|noun| line.contains(noun.as_str())) {
                found.push(format!("{}:{number}: {noun}", file.path));
            }
        }
    }
    none(found.into_iter());
}

#[test]
fn the_nouns_of_a_document_are_found() {
    let document = "若葉市雇用対策連携協定\n\n若葉市長\n\n山田花子\n\n厚生労働省青山労働局長\n\n海野太郎\n\n\
        市は「わかばの森しごと館」で、ハローワーク川辺と開く。\n\
        労働局\t①\t職業安定課\t行った。\n若葉市\t②\tしごと振興課、北区みどり課・川の課\t「出前講座」を行った。\n";
    let found = nouns_of(document);
    for expected in
        ["若葉", "山田花子", "青山", "海野太郎", "わかばの森しごと館", "川辺", "しごと振興課", "北区みどり課"]
    {
        assert!(found.contains(expected), "{expected} in {found:?}");
    }
    assert!(!found.contains("職業安定課"));
}

fn nouns_of(document: &str) -> BTreeSet<String> {
    let lines: Vec<&str> = document.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let mut nouns = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        nouns.extend(town(line));
        nouns.extend(signatory(line, lines.get(at + 1)));
        nouns.extend(places(line));
        nouns.extend(quoted(line));
        nouns.extend(line.split('\t').filter(|cell| line.contains('\t') && is_division_cell(cell)).flat_map(divisions));
    }
    nouns.retain(|noun| noun.chars().count() >= 2);
    nouns
}

/// Returns the name of the place before 「…市雇用対策…」 in the title of an agreement.
fn town(line: &str) -> Option<String> {
    let name = line.split_once("雇用対策").map(|(name, _)| name).filter(|_| line.ends_with("協定"))?;
    Some(name.strip_suffix(['市', '町', '村', '区', '県', '府', '道']).unwrap_or(name).to_owned())
}

/// Returns the place in the title of a head of office, and the person named in the line after it.
fn signatory(line: &str, next: Option<&&str>) -> Vec<String> {
    let head = ["市長", "町長", "村長", "区長", "知事", "労働局長"].iter().find(|head| line.ends_with(**head));
    let (Some(head), Some(name)) = (head, next) else { return Vec::new() };
    if line.chars().count() > 16 || name.chars().count() > 8 {
        return Vec::new();
    }
    let place = line.strip_suffix(head).unwrap_or(line);
    vec![place.strip_prefix("厚生労働省").unwrap_or(place).to_owned(), (*name).to_owned()]
}

/// Returns the names of places and companies: two characters after ハローワーク, the place before an office or a park, the
/// name of a company.
fn places(line: &str) -> Vec<String> {
    let after = line.split("ハローワーク").skip(1).map(|rest| rest.chars().take(2).collect::<String>());
    let mut found: Vec<String> =
        after.filter(|place| place.chars().all(is_kanji) && !NO_PLACES.contains(&place.as_str())).collect();
    for end in ["労働基準監督署", "出張所", "公園"] {
        found.extend(line.match_indices(end).map(|(at, _)| run_before(&line[..at])));
    }
    let names = line.split("株式会社").skip(1).map(|rest| rest.chars().take_while(|c| is_katakana(*c)).collect());
    found.extend(names);
    found
}

/// Returns the kanji at the end of a text, after the last other character or 及 ("and").
fn run_before(text: &str) -> String {
    let run: Vec<char> = text.chars().rev().take_while(|c| is_kanji(*c) && *c != '及').collect();
    run.into_iter().rev().collect()
}

/// Returns names in 「」 and 『』 that begin with three or more hiragana, and, if these are four or more, the hiragana
/// alone.
fn quoted(line: &str) -> Vec<String> {
    let parts = line.split(['「', '『']).skip(1).filter_map(|rest| rest.split(['」', '』']).next());
    let is_name = |part: &&str| part.chars().take_while(|c| is_hiragana(*c)).count() >= 3 && part.chars().count() < 20;
    let names = parts.filter(is_name).filter(|part| !GENERIC_NAMES.iter().any(|generic| part.starts_with(generic)));
    let with_beginning = |name: &str| {
        let beginning: String = name.chars().take_while(|c| is_hiragana(*c)).collect();
        let is_long = beginning.chars().count() >= 4;
        [Some(name.to_owned()), is_long.then_some(beginning)]
    };
    names.flat_map(with_beginning).flatten().collect()
}

/// Whether a cell names divisions: it is short, and not a sentence.
fn is_division_cell(cell: &str) -> bool {
    cell.chars().count() <= 60 && !cell.contains(['。', '<', '.', '(']) && !cell.starts_with('・')
}

/// Returns the offices of a division cell one by one, without the offices that each labour bureau has.
fn divisions(cell: &str) -> Vec<String> {
    let names = cell.split(['、', ' ', '　']).flat_map(|name| match name.contains("課・") {
        // In 北区みどり課・川の課, the second name omits the ward and is too short, so use only the first.
        true => name.split("課・").take(1).map(|first| format!("{first}課")).collect::<Vec<_>>(),
        false => vec![name.to_owned()],
    });
    let is_office = |name: &String| {
        let length = name.chars().count();
        let is_short = length < 5 && !name.ends_with(['課', '室']);
        length <= 14
            && !is_short
            && OFFICE_ENDINGS.iter().any(|ending| name.ends_with(ending))
            && !NATIONAL.contains(&name.as_str())
            && !["労働局", "事務局"].contains(&name.as_str())
    };
    names.filter(is_office).collect()
}

fn is_kanji(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn is_hiragana(c: char) -> bool {
    ('\u{3041}'..='\u{309f}').contains(&c)
}

fn is_katakana(c: char) -> bool {
    ('\u{30a1}'..='\u{30ff}').contains(&c) && c != '・'
}
