use std::collections::BTreeMap;

use proptest::prelude::*;

use super::printing::COMMON;
use super::*;
use crate::document::{Document, Initiative};
use crate::figure::Figure;
use crate::figure::{FigureKind, Span, State};
use crate::locus::Source;
use crate::party::PartyKey;
use crate::search::folded;

/// Returns a row; its figures are marked in the text by braces: {1,304|件}.
fn row(text: &str, items: &[&str]) -> Initiative {
    let mut figures = Vec::new();
    let text = unmarked(text, None, &mut figures);
    let items = (0..).zip(items).map(|(place, item)| unmarked(item, Some(place), &mut figures)).collect();
    Initiative {
        id: None,
        party: PartyKey::new("city"),
        number: 1,
        mark: None,
        divisions: vec!["しごと課".into()],
        divisions_printed: None,
        text,
        items,
        item_marks: Vec::new(),
        particulars: Default::default(),
        repeated: false,
        figures,
        lines: Vec::new(),
    }
}

fn unmarked(marked: &str, item: Option<u32>, figures: &mut Vec<Figure>) -> String {
    let mut text = String::new();
    for (place, piece) in marked.split(['{', '}']).enumerate() {
        let Some((printed, unit)) = piece.split_once('|').filter(|_| place % 2 == 1) else {
            text += piece;
            continue;
        };
        let start = text.len() as u32;
        text += printed;
        let plain: String = folded(printed).chars().filter(|c| *c != ',').collect();
        figures.push(Figure {
            observation: None,
            label: "件数".into(),
            state: State::Value,
            value: plain.parse().ok(),
            unit: Some(unit.to_owned()).filter(|unit| !unit.is_empty()),
            kind: FigureKind::Actual,
            as_of: None,
            period: None,
            event_dates: Vec::new(),
            scope: None,
            qualifier: None,
            provisional: false,
            source: Source::none(),
            span: Some(Span { item, start, end: text.len() as u32 }),
        });
    }
    text
}

#[track_caller]
fn check(style: HouseStyle, marked: &str, expected: &str) {
    let mut styled = row(marked, &[marked]);
    style.put_on(&mut styled);
    assert_eq!((styled.text.as_str(), styled.items[0].as_str()), (expected, expected), "{style:?}");
    let once = styled.clone();
    style.put_on(&mut styled);
    assert_eq!(styled, once, "a second time changes nothing");
}

fn numbers(numbers: NumberStyle) -> HouseStyle {
    HouseStyle { numbers, ..HouseStyle::default() }
}

#[test]
fn numbers_are_written_as_the_office_writes_them() {
    let text = "{1304|件}、{１，３０４|件}、{9.5|％}、手当60,000円、{2026|年}、電話0120-1234-5678";
    check(numbers(NumberStyle::AsWritten), text, "1304、１，３０４、9.5、手当60,000円、2026、電話0120-1234-5678");
    check(numbers(NumberStyle::Separated), text, "1,304、1,304、9.5、手当60,000円、2026、電話0120-1234-5678");
    check(
        numbers(NumberStyle::FullWidth),
        text,
        "１，３０４、１，３０４、９．５、手当６０，０００円、２０２６、電話0120-1234-5678",
    );
    check(numbers(NumberStyle::Plain), text, "1304、1304、9.5、手当60,000円、2026、電話0120-1234-5678");
    check(numbers(NumberStyle::Separated), "{▲5|件}、{二百|人}", "▲5、二百");
}

#[test]
fn a_blank_is_written_before_each_unit_or_before_none() {
    let blank = |unit_blank| HouseStyle { unit_blank, ..HouseStyle::default() };
    let text = "相談{1,304|件}件、参加{9|人}　人、達成{93.7|%}%、{3|社}";
    check(blank(UnitBlank::Blank), text, "相談1,304 件、参加9 人、達成93.7%、3");
    check(blank(UnitBlank::Without), text, "相談1,304件、参加9人、達成93.7%、3");
}

#[test]
fn brackets_get_one_kind_and_comparison_signs_are_not_brackets() {
    let brackets = |brackets| HouseStyle { brackets, ..HouseStyle::default() };
    let text = "＜対象＞若者〈会場〉<新規>本庁【再掲】363＜405、5＜{9|件}＞3";
    check(brackets(BracketStyle::Lenticular), text, "【対象】若者【会場】【新規】本庁【再掲】363＜405、5＜9＞3");
    check(brackets(BracketStyle::Angle), text, "〈対象〉若者〈会場〉〈新規〉本庁〈再掲〉363＜405、5＜9＞3");
    check(brackets(BracketStyle::FullWidthAngle), text, "＜対象＞若者＜会場＞＜新規＞本庁＜再掲＞363＜405、5＜9＞3");
}

#[test]
fn letters_and_digits_have_one_width_and_addresses_stay() {
    let letters = |letters| HouseStyle { letters, ..HouseStyle::default() };
    let text = "ＵＩＪターン、WEB会議{1,304|件}件 a@example.jp https://example.jp/A1";
    check(letters(LetterWidth::Full), text, "ＵＩＪターン、ＷＥＢ会議１，３０４件 a@example.jp https://example.jp/A1");
    check(letters(LetterWidth::Half), text, "UIJターン、WEB会議1,304件 a@example.jp https://example.jp/A1");
    let both = HouseStyle { numbers: NumberStyle::FullWidth, ..letters(LetterWidth::Half) };
    check(both, text, "UIJターン、WEB会議１，３０４件 a@example.jp https://example.jp/A1");
}

#[test]
fn persons_are_counted_in_one_way_and_the_unit_follows() {
    let persons = |persons| HouseStyle { persons, ..HouseStyle::default() };
    let text = "参加{12|名}名、登録{9|人} 人、300人以下、人材";
    check(persons(PersonCounter::Nin), text, "参加12人、登録9 人、300人以下、人材");
    check(persons(PersonCounter::Mei), text, "参加12名、登録9 名、300人以下、人材");
    let mut styled = row(text, &[]);
    persons(PersonCounter::Mei).put_on(&mut styled);
    assert!(styled.figures.iter().all(|figure| figure.unit.as_deref() == Some("名")));
}

#[test]
fn dates_that_name_their_era_are_written_long_or_short() {
    let dates = |dates| HouseStyle { dates, ..HouseStyle::default() };
    let text = "R8.1月末現在、令和7年6月1日、H29年度、平成28年度末、令和元年5月、Ｒ８．１ 月末、2026年1月末、R8.1、M1.5倍、60歳";
    check(
        dates(DateStyle::Long),
        text,
        "令和8年1月末現在、令和7年6月1日、平成29年度、平成28年度末、令和元年5月、令和８年１月末、2026年1月末、R8.1、M1.5倍、60歳",
    );
    check(
        dates(DateStyle::Short),
        text,
        "R8.1月末現在、R7.6.1、H29年度、H28年度末、R1.5月、Ｒ８．１月末、2026年1月末、R8.1、M1.5倍、60歳",
    );
}

#[test]
fn only_the_rows_of_the_party_are_printed_in_its_style() {
    let rows =
        [row("{1304|件}件", &[]), Initiative { party: PartyKey::new("labour_bureau"), ..row("{1304|件}件", &[]) }];
    let section = crate::document::Section {
        id: None,
        number: 1,
        title: "1304".into(),
        lead: Some("1304".into()),
        initiatives: rows.to_vec(),
        source: None,
    };
    let chapter = crate::document::Chapter { number: 1, title: "柱".into(), sections: vec![section], source: None };
    let plan = crate::document::PlanTable {
        id: None,
        fiscal_year: crate::fiscal_year::FiscalYear(2026),
        kind: crate::document::PlanKind::Plan,
        title: "計画".into(),
        chapters: vec![chapter],
    };
    let document = Document { plans: vec![plan], ..Document::default() };
    let styles = BTreeMap::from([(PartyKey::new("city"), numbers(NumberStyle::Separated))]);
    let shown = printed(document.clone(), &styles);
    let texts: Vec<_> =
        shown.plans[0].chapters[0].sections[0].initiatives.iter().map(|row| row.text.as_str()).collect();
    assert_eq!(texts, ["1,304件", "1304件"]);
    assert_eq!(printed(document.clone(), &BTreeMap::new()), document);
}

#[test]
fn each_choice_of_each_setting_can_be_chosen_and_is_reported() {
    for setting in SETTINGS {
        let known = choices(setting.key);
        assert_eq!(HouseStyle::default().chosen(setting.key), known.first().copied(), "{}", setting.key);
        for choice in known {
            let style = HouseStyle::default().choose(setting.key, choice.key).expect("a choice");
            assert_eq!(style.chosen(setting.key), Some(choice));
            assert_eq!(style.example() == EXAMPLE, choice.key == "as-written", "{} {}", setting.key, choice.key);
        }
    }
    assert_eq!(HouseStyle::default().choose("numbers", "roman"), None);
    assert_eq!(HouseStyle::default().choose("size", "large"), None);
    assert_eq!(
        COMMON.example(),
        "＜対象＞UIJターン者＜新規＞令和8年1月末現在、相談 1304件、面接会（令和7年6月1日）参加 25人、内定 7人"
    );
}

fn any_style() -> impl Strategy<Value = HouseStyle> {
    use {BracketStyle as B, DateStyle as D, LetterWidth as L, NumberStyle as N, PersonCounter as P, UnitBlank as U};
    (
        prop::sample::select(vec![N::AsWritten, N::Separated, N::FullWidth, N::Plain]),
        prop::sample::select(vec![U::AsWritten, U::Blank, U::Without]),
        prop::sample::select(vec![B::AsWritten, B::FullWidthAngle, B::Angle, B::Lenticular]),
        prop::sample::select(vec![L::AsWritten, L::Half, L::Full]),
        prop::sample::select(vec![P::AsWritten, P::Mei, P::Nin]),
        prop::sample::select(vec![D::AsWritten, D::Long, D::Short]),
    )
        .prop_map(|(numbers, unit_blank, brackets, letters, persons, dates)| HouseStyle {
            numbers,
            unit_blank,
            brackets,
            letters,
            persons,
            dates,
        })
}

/// Generates the text of a row, with figures in braces.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[相談をした人名件年月日末度元\n]{0,3}",
        "[0-9０-９,，.．/RＲ令和平成 　]{0,6}",
        "[＜＞〈〉【】<>a-cＡ-Ｃ@:。、（）]{0,3}",
        "(令和|平成|R|Ｈ)[1-9１２]{1,2}(年|\\.)(1|２|12)(月|月末|\\.5|月 3日)",
        "(令和|R)[1-9](年度|年度末)",
        "\\{[1-9]{1,2}(,[0-9]{3})?\\|(件|人|名|%|年)\\}[ 　]?(件|人|名|%|年)?",
        "\\{[１-９]{1,5}(．[０-９])?\\|(件|人|名)\\}[ 　]?(件|人|名)?",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// Generates sentences like those of offices; 、 separates their parts.
fn any_sentence() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[相談をした人名件0-9]{0,3}",
        "(＜|〈|【|<)[a-cＡ-Ｃ@:相談]{1,3}(＞|〉|】|>)",
        "(令和|平成|R|Ｈ)[1-9１２]{1,2}(年|\\.)(1|２|12)(月|月末|月3日)",
        "(令和|R)[1-9](年度|年度末)",
        "\\{[1-9]{1,2}(,[0-9]{3})?\\|(件|人|名|%)\\}[ 　]?(件|人|名|%)?",
        "\\{[１-９]{1,5}(．[０-９])?\\|(件|人|名)\\}[ 　]?(件|人|名)?",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join("、"))
}

/// Returns the figures with the text at their positions, in common digits.
fn stated(row: &Initiative) -> Vec<(Option<rust_decimal::Decimal>, String)> {
    let text_of = |item: Option<u32>| item.map_or(&row.text, |item| &row.items[item as usize]);
    let printed = |span: Span| folded(&text_of(span.item)[span.start as usize..span.end as usize]).replace(',', "");
    row.figures.iter().map(|figure| (figure.value, figure.span.map(printed).unwrap_or_default())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_style_put_on_twice_is_a_style_put_on_once(style in any_style(), text in any_text(), item in any_text()) {
        let mut once = row(&text, &[&item]);
        style.put_on(&mut once);
        let mut twice = once.clone();
        style.put_on(&mut twice);
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn figures_keep_their_values_and_stand_where_their_spans_say(style in any_style(), text in any_text(), item in any_text()) {
        let before = row(&text, &[&item]);
        let mut after = before.clone();
        style.put_on(&mut after);
        prop_assert_eq!(stated(&after), stated(&before));
    }

    #[test]
    fn as_written_changes_nothing(text in any_text(), item in any_text()) {
        let before = row(&text, &[&item]);
        let mut after = before.clone();
        HouseStyle::default().put_on(&mut after);
        prop_assert_eq!(after, before);
    }

    #[test]
    fn widths_and_blanks_leave_the_words_that_are_searched(style in any_style(), text in any_text()) {
        let style = HouseStyle { persons: PersonCounter::AsWritten, dates: DateStyle::AsWritten, brackets: BracketStyle::AsWritten, ..style };
        let before = row(&text, &[]);
        let mut after = before.clone();
        style.put_on(&mut after);
        let words = |text: &str| folded(text).replace(',', "");
        prop_assert_eq!(words(&after.text), words(&before.text));
    }

    #[test]
    fn a_change_by_a_house_style_is_not_a_difference(style in any_style(), text in any_sentence()) {
        let before = row(&text, &[]);
        let mut after = before.clone();
        style.put_on(&mut after);
        let words = |row: &Initiative| folded(&for_comparing(row).text);
        prop_assert_eq!(words(&after), words(&before));
    }
}
