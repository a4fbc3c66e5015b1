use proptest::prelude::*;

use super::*;
use crate::document::{AgreementText, Article, Chapter, FORMAT, FrontMatter, Initiative, PlanKind, PlanTable, Section};
use crate::figure::{Figure, FigureKind, Span, State};
use crate::fiscal_year::FiscalYear;
use crate::language::Language;
use crate::locus::{Locus, Source};
use crate::party::PartyKey;
use crate::same_text::{excerpt, same_text};

fn figure(label: &str, value: i64, span: Span) -> Figure {
    Figure {
        observation: None,
        label: label.to_owned(),
        state: State::Value,
        value: Some(value.into()),
        unit: Some("件".to_owned()),
        kind: FigureKind::Actual,
        as_of: Some("2026-01-31".parse().unwrap()),
        period: None,
        event_dates: Vec::new(),
        scope: None,
        qualifier: None,
        provisional: false,
        source: Source::none(),
        span: Some(span),
    }
}

/// Returns a row from `party|mark|divisions|text|item|item`. A number before 件 becomes a figure, named by the text
/// before it.
fn initiative(number: usize, row: &str) -> Initiative {
    let cells: Vec<&str> = row.split('|').collect();
    let items: Vec<String> = cells[4..].iter().map(|item| (*item).to_owned()).collect();
    let blocks = std::iter::once(cells[3]).chain(cells[4..].iter().copied()).enumerate();
    let figures = blocks.filter_map(|(place, text)| {
        let end = text.find('件')?;
        let start = text[..end]
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + text[at..].chars().next().unwrap().len_utf8());
        let item = place.checked_sub(1).map(|item| u32::try_from(item).unwrap());
        let span = Span { item, start: u32::try_from(start).unwrap(), end: u32::try_from(end).unwrap() };
        Some(figure(text[..start].trim(), text[start..end].parse().ok()?, span))
    });
    Initiative {
        id: None,
        party: PartyKey::new(cells[0]),
        number: u32::try_from(number).unwrap(),
        mark: Some(cells[1].to_owned()),
        divisions: cells[2].split('、').map(str::to_owned).collect(),
        divisions_printed: None,
        text: cells[3].to_owned(),
        figures: figures.collect(),
        items,
        item_marks: Vec::new(),
        particulars: Default::default(),
        repeated: false,
        lines: vec![u32::try_from(number).unwrap()],
    }
}

type Sections<'a> = &'a [(&'a str, &'a [&'a str])];

fn document(sections: Sections<'_>) -> Document {
    let section = |(place, (title, rows)): (usize, &(&str, &[&str]))| Section {
        id: None,
        number: u32::try_from(place).unwrap() + 1,
        title: (*title).to_owned(),
        lead: Some("市と労働局は連携する。".to_owned()),
        initiatives: rows.iter().enumerate().map(|(i, row)| initiative(i + 1, row)).collect(),
        source: None,
    };
    let sections = sections.iter().enumerate().map(section).collect();
    let chapter = Chapter { number: 1, title: "就業支援".to_owned(), sections, source: None };
    let (fiscal_year, kind) = (FiscalYear(2025), PlanKind::Progress);
    let plan = PlanTable { id: None, fiscal_year, kind, title: "進捗".to_owned(), chapters: vec![chapter] };
    let agreement = AgreementText {
        articles: vec![Article {
            number: 1,
            heading: Some("目的".to_owned()),
            paragraphs: vec!["協力する。".to_owned()],
        }],
        ..AgreementText::default()
    };
    Document {
        format: FORMAT.to_owned(),
        title: Some("みどり市雇用対策協定".to_owned()),
        agreement: Some(agreement),
        front_matter: FrontMatter { purpose: vec!["雇用を進める。".to_owned()], ..FrontMatter::default() },
        plans: vec![plan],
        ..Document::default()
    }
}

fn between(left: &Document, right: &Document) -> Vec<Difference> {
    compare(Compared { document: left, lines: &[] }, Compared { document: right, lines: &[] })
}

/// Returns each difference as one line: kind, part, and the bracketed excerpt of both sides.
fn told(left: &Document, right: &Document) -> Vec<String> {
    let side = |side: &Option<Side>| side.as_ref().map_or("—".to_owned(), |side| excerpt(&side.text, &side.differs));
    let line = |difference: Difference| {
        let place = difference.place_name().unwrap_or("—").to_owned();
        format!(
            "{place} {:?} {:?} {} | {}",
            difference.kind,
            difference.part,
            side(&difference.left),
            side(&difference.right)
        )
    };
    between(left, right).into_iter().map(line).collect()
}

const SOME: Sections<'static> = &[
    (
        "相談",
        &[
            "labour_bureau|①|職業課|窓口で相談を行った。|相談 120件",
            "city|①|雇用課|冊子を配った。",
            "city|②|雇用課|説明会を開いた。|説明会 3件",
        ],
    ),
    ("面接", &["labour_bureau|①|職業課|面接会を開催し、多くの求職者が参加した。", "city|①|福祉課|会場を用意した。"]),
];

/// Returns the usual document with one row replaced; if `words` is empty, the row is left out.
fn with_row(section: usize, row: usize, words: &str) -> Document {
    let mut sections: Vec<(&str, Vec<&str>)> = SOME.iter().map(|(title, rows)| (*title, rows.to_vec())).collect();
    if words.is_empty() {
        sections[section].1.remove(row);
    } else {
        sections[section].1[row] = words;
    }
    of(&sections)
}

fn of(sections: &[(&str, Vec<&str>)]) -> Document {
    let sections: Vec<(&str, &[&str])> = sections.iter().map(|(title, rows)| (*title, rows.as_slice())).collect();
    document(&sections)
}

#[track_caller]
fn check(changed: &Document, expected: &[&str]) {
    let usual = document(SOME);
    assert_eq!(told(&usual, changed), expected);
    mirrors(&usual, changed);
}

#[track_caller]
fn mirrors(left: &Document, right: &Document) {
    let mut there: Vec<Difference> = between(left, right).iter().map(Difference::mirrored).collect();
    let mut back = between(right, left);
    there.sort();
    back.sort();
    // The name of a place is taken from the left side, so it may differ when the documents are swapped; everything else
    // must be the same.
    assert_eq!(there, back);
}

#[test]
fn a_changed_row_is_reported_by_its_changed_parts() {
    check(&document(SOME), &[]);
    check(
        &with_row(0, 1, "city|①|雇用課|冊子とちらしを配った。"),
        &["令和7年度 1(1) ① Text RowText 冊子を配った。 | 冊子［とちらし］を配った。"],
    );
    check(
        &with_row(0, 0, "labour_bureau|①|職業課|窓口で相談を行った。|相談 121件"),
        &["令和7年度 1(1) ① Figure Figure 相談 12［0］件（令和8年1月末） | 相談 12［1］件（令和8年1月末）"],
    );
    check(
        &with_row(0, 0, "labour_bureau|①|職業課|窓口で相談を行った。相談 120件"),
        &[
            "令和7年度 1(1) ① Layout RowText 窓口で相談を行った。 ・相談 120件 | 窓口で相談を行った。相談 120件",
            "令和7年度 1(1) ① Figure Figure 相談 120件（令和8年1月末） | ［窓口で相談を行った。］相談 120件（令和8年…",
        ],
    );
    check(
        &with_row(1, 1, "city|①|福祉課、子ども課|会場を用意した。"),
        &["令和7年度 1(2) ① Text Divisions 福祉課 | 福祉課［、子ども課］"],
    );
    check(
        &with_row(1, 1, "labour_bureau|①|福祉課|会場を用意した。"),
        &["令和7年度 1(2) ① Text RowParty ［city］ | ［labour_bureau］"],
    );
    check(&with_row(1, 1, "city|②|福祉課|会場を用意した。"), &["令和7年度 1(2) ① Order RowNumber ① | ②"]);
}

#[test]
fn a_removed_row_a_moved_row_and_another_order_are_one_difference_each() {
    check(&with_row(0, 1, ""), &["令和7年度 1(1) ① Missing Row 冊子を配った。 | —"]);
    let moved =
        of(&[("相談", vec![SOME[0].1[0], SOME[0].1[1], SOME[0].1[2], SOME[1].1[0]]), ("面接", vec![SOME[1].1[1]])]);
    let row = "面接会を開催し、多くの求職者が参加した。";
    check(&moved, &[&format!("令和7年度 1(2) ① Order RowPlace {row} | {row}")]);
    let turned = of(&[("相談", vec![SOME[0].1[0], SOME[0].1[2], SOME[0].1[1]]), ("面接", SOME[1].1.to_vec())]);
    check(
        &turned,
        &[
            "令和7年度 1(1) Order Row ①「冊子を配った。」、②「説明会を開いた。」 | ②「説明会を開いた。」、①「冊子を配った。」",
        ],
    );
    let swapped = of(&[("面接", SOME[1].1.to_vec()), ("相談", SOME[0].1.to_vec())]);
    assert_eq!(between(&document(SOME), &swapped).len(), 1);
    mirrors(&document(SOME), &swapped);
}

#[test]
fn white_space_and_width_are_no_difference() {
    check(&with_row(0, 0, "labour_bureau|①|職業課|窓口 で相談を行った。|相談　120件"), &[]);
    for (one, other, same) in [
        ("ＵＩＪ ターン", "UIJターン", true),
        ("ｶﾞｲﾄﾞ", "ガイド", true),
        ("か\u{3099}", "が", true),
        ("～", "〜", true),
        ("①", "1", false),
        ("A", "a", false),
        ("髙木", "高木", false),
        ("神", "\u{fa19}", false),
    ] {
        assert_eq!(same_text(one, other), same, "{one} {other}");
    }
}

#[test]
fn a_house_style_is_no_difference() {
    let mut styled = document(SOME);
    let plain = with_row(0, 0, "labour_bureau|①|職業課|令和8年1月末現在、【窓口】で1,304人の相談を行った。|相談 120件");
    let other =
        with_row(0, 0, "labour_bureau|①|職業課|Ｒ８．１月末現在、＜窓口＞で １，３０４人の相談を行った。|相談　120件");
    assert_eq!(between(&plain, &other), []);
    let persons = |unit: &str| {
        let mut document = document(SOME);
        let row = &mut document.plans[0].chapters[0].sections[0].initiatives[0];
        row.items[0] = row.items[0].replace('件', unit);
        row.figures[0].unit = Some(unit.to_owned());
        document
    };
    assert_eq!(between(&persons("名"), &persons("人")), []);
    styled.plans[0].chapters[0].sections[0].initiatives[0].items[0] = "【対象】相談 120件".to_owned();
    assert_eq!(between(&document(SOME), &styled).len(), 1, "words in brackets are words");
}

#[test]
fn the_front_and_the_agreement_are_compared_too() {
    let mut changed = document(SOME);
    changed.title = Some("みどり市・労働局雇用対策協定".to_owned());
    changed.front_matter.purpose.push("地域を支える。".to_owned());
    if let Some(agreement) = &mut changed.agreement {
        agreement.articles.push(Article { number: 2, heading: None, paragraphs: vec!["協議する。".to_owned()] });
    }
    check(
        &changed,
        &[
            "— Text Title みどり市雇用対策協定 | みどり市［・労働局］雇用対策協定",
            "— Text Purpose 雇用を進める。 | 雇用を進める。 ［地域を支える。］",
            "第2条 Missing Article — | 協議する。",
        ],
    );
}

#[test]
fn each_side_has_its_place_in_its_file() {
    let at = Locus::Sheet { sheet: "1(1)".into(), cell: "D4".to_owned() };
    let line =
        SourceLine { text: "冊子とちらしを配った。".to_owned(), at: Some(at.clone()), cells: Vec::new() };
    let lines = [SourceLine::default(), line];
    let (left, right) = (document(SOME), with_row(0, 1, "city|①|雇用課|冊子とちらしを配った。"));
    let found = compare(Compared { document: &left, lines: &[] }, Compared { document: &right, lines: &lines });
    let [difference] = &found[..] else { panic!("{found:?}") };
    assert_eq!(difference.right.as_ref().unwrap().place.at, Some(at));
    assert_eq!(difference.left.as_ref().unwrap().place.line, Some(2));
    assert_eq!(difference.message_in(Language::Japanese), "令和7年度 1(1) ①：取組の本文の文言が異なります。");
    assert_eq!(difference.message_in(Language::English), "令和7年度 1(1) ①: text of the row: the words differ.");
}

fn any_sections() -> impl Strategy<Value = Vec<(String, Vec<String>)>> {
    let row = (
        "(city|labour_bureau)",
        "[①②③]",
        "(雇用課|職業課)",
        "(窓口で|面接会を|若者の)(相談を|参加を)(行った|開いた)。",
        "(相談 [1-9]{1,2}件)?",
    )
        .prop_map(|(party, mark, division, text, item)| {
            if item.is_empty() {
                format!("{party}|{mark}|{division}|{text}")
            } else {
                format!("{party}|{mark}|{division}|{text}|{item}")
            }
        });
    proptest::collection::vec(("(相談|面接|若者|高齢者)", proptest::collection::vec(row, 0..5)), 0..4)
}

fn made(sections: &[(String, Vec<String>)]) -> Document {
    let sections: Vec<(&str, Vec<&str>)> =
        sections.iter().map(|(title, rows)| (title.as_str(), rows.iter().map(String::as_str).collect())).collect();
    of(&sections)
}

proptest! {
    #[test]
    fn a_document_equals_itself(sections in any_sections()) {
        let document = made(&sections);
        prop_assert_eq!(between(&document, &document), Vec::new());
    }

    #[test]
    fn swapping_the_documents_swaps_the_sides(left in any_sections(), right in any_sections()) {
        mirrors(&made(&left), &made(&right));
    }
}
