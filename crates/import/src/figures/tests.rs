//! Tests on rows of an invented town, each with the figures that a careful person reads in it.

use renkei_document::document::PlanKind;
use renkei_document::figure::{Figure, FigureKind};
use renkei_document::fiscal_year::FiscalYear;

use super::*;

/// Shows a figure as `label | value unit`, then its other properties: `as-of`, `scope=`, `q=`, `kind=`, `ev=`,
/// `provisional`.
fn told(figure: &Figure) -> String {
    let value = match (figure.value, figure.unit.as_deref()) {
        (Some(value), unit) => format!("{value}{}", unit.unwrap_or_default()),
        (None, _) => format!("{:?}", figure.state),
    };
    let mut told = format!("{} | {value}", figure.label);
    let mut say = |text: String| told.push_str(&format!(" | {text}"));
    if let Some(as_of) = figure.as_of {
        say(as_of.to_string());
    }
    if let Some(scope) = &figure.scope {
        say(format!("scope={scope}"));
    }
    if let Some(qualifier) = figure.qualifier.as_ref().filter(|_| figure.value.is_some()) {
        say(format!("q={qualifier}"));
    }
    if figure.kind != FigureKind::Actual {
        say(format!("kind={:?}", figure.kind));
    }
    if let Some(period) = figure.period {
        say(format!("{}..{}", period.from, period.to));
    }
    for day in &figure.event_dates {
        say(format!("ev={day}"));
    }
    if figure.provisional {
        say("provisional".to_owned());
    }
    told
}

fn read(kind: PlanKind, text: &str, items: &[&str]) -> Read {
    let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
    let lines: Vec<(u32, &str)> = (1..).zip(std::iter::once(text).chain(items.iter().map(String::as_str))).collect();
    let read =
        figures_in_row(RowText { text, items: &items }, Context { fiscal_year: FiscalYear(2025), kind, lines: &lines });
    for figure in &read.figures {
        let span = figure.span.expect("a figure of a row has its place");
        let part = span.item.map_or(text, |item| &items[item as usize]);
        let cut = &part[span.start as usize..span.end as usize];
        let digits: String = cut.chars().map(glyphs::narrow).filter(|c| *c != ',').collect();
        assert!(figure.value.is_none_or(|value| value.to_string() == digits), "{cut} is not {:?}", figure.value);
        assert_eq!(figure.source.line, Some(span.item.map_or(1, |item| item + 2)), "{}", figure.label);
        assert!(figure.source.text.contains(cut), "{} has no {cut}", figure.source.text);
    }
    read
}

#[track_caller]
fn check(text: &str, items: &[&str], expected: &[&str]) {
    let told: Vec<String> = read(PlanKind::Progress, text, items).figures.iter().map(told).collect();
    assert_eq!(told, expected);
}

#[test]
fn several_figures_in_one_item_share_their_subject() {
    check(
        "対面での合同面談会を開催した。",
        &["計3回開催 出展企業 45 社 求職者 120 人"],
        &["合同面談会 開催回数 | 3回", "合同面談会 出展企業 | 45社", "合同面談会 求職者 | 120人"],
    );
    check(
        "移住の催しに参加した。",
        &["都内での移住フェア 8組 9人"],
        &["都内での移住フェア 組数 | 8組", "都内での移住フェア 人数 | 9人"],
    );
    check(
        "研修を行った。",
        &["森の面談会 2 回開催 学校 4 校、児童生徒 1,204 人"],
        &["森の面談会 開催回数 | 2回", "森の面談会 学校 | 4校", "森の面談会 児童生徒 | 1204人"],
    );
}

#[test]
fn a_note_at_the_end_rules_the_figures_before_it() {
    check(
        "相談窓口を設置した。",
        &["相談件数 12 件", "利用者 9 人（R8.1 月末現在、みどり市内の事業所）"],
        &[
            "相談窓口 相談件数 | 12件 | 2026-01-31 | scope=みどり市内の事業所",
            "相談窓口 利用者 | 9人 | 2026-01-31 | scope=みどり市内の事業所",
        ],
    );
    check(
        "認定を進めた。",
        &[
            "行動計画届出企業数 64 社（うち 51 人以上 12 社） (R7.9 月末)",
            "「わかば認定」企業数 3 社（参考：全県 5 社） (R8.1 月末時点)",
        ],
        &[
            "行動計画届出企業数 | 64社 | 2025-09-30",
            "行動計画届出企業数 うち 51 人以上 | 12社 | 2025-09-30",
            "「わかば認定」企業数 | 3社 | 2026-01-31",
            "「わかば認定」企業数 全県 | 5社 | 2026-01-31 | scope=全県 | kind=Reference",
        ],
    );
}

#[test]
fn headings_and_colons_name_the_following_figures() {
    check(
        "出店を助成した。",
        &["【新規出店】 採択件数 2 件、助成額 4,100 千円（交付決定額）", "【改装支援】実績なし"],
        &["新規出店 採択件数 | 2件", "新規出店 助成額 | 4100千円 | q=交付決定額", "改装支援 実績 | None"],
    );
    check(
        "講座を行った。",
        &["＜両立支援＞", "体験講座 参加者 16 組", "夜間講座 参加者（募集中 2 月 9 日開催予定）"],
        &["両立支援 体験講座 参加者 | 16組", "両立支援 夜間講座 参加者 | Recruiting | ev=2026-02-09"],
    );
    check(
        "雇用を助成した。",
        &["障がい者：件数 7 件、補助金額 2,000 千円（見込）"],
        &["障がい者 件数 | 7件", "障がい者 補助金額 | 2000千円 | provisional"],
    );
}

#[test]
fn figures_in_brackets_are_parts_rates_and_comparisons_of_the_one_before() {
    check(
        "就業センターへ助成を行うことで、活動を促進した。",
        &["会員数2,500人 (男性：1,600人 女性：900人)"],
        &["就業センター 会員数 | 2500人", "就業センター 会員数 男性 | 1600人", "就業センター 会員数 女性 | 900人"],
    );
    check(
        "相談窓口を中心に、支援を行った。",
        &["支援対象者 30 人（前年同期比+7.2%）", "就職者数 9 人（達成率 82.0%）"],
        &[
            "相談窓口 支援対象者 | 30人",
            "相談窓口 支援対象者 前年同期比 | 7.2% | kind=YearOnYear",
            "相談窓口 就職者数 | 9人",
            "相談窓口 就職者数 達成率 | 82.0% | kind=Derived",
        ],
    );
    check(
        "窓口で支援した。",
        &["就職率88.0%（年間目標値86.5%）"],
        &["就職率 | 88.0%", "就職率 年間目標値 | 86.5% | kind=Target"],
    );
}

#[test]
fn a_sentence_names_its_figures_before_the_comma() {
    check(
        "人材バンクを運営した。",
        &["令和7年12月末時点の登録者数は、345人（前年度末 320人）"],
        &[
            "人材バンク 登録者数 | 345人 | 2025-12-31",
            "人材バンク 登録者数 前年度末 人数 | 320人 | 2025-03-31 | kind=Reference",
        ],
    );
    check(
        "窓口を設置した。",
        &["相談件数は、前年度比5％増の1,230件"],
        &["相談件数 前年度比 | 5% | kind=YearOnYear", "窓口 相談件数 | 1230件"],
    );
    check(
        "求人に取り組んだ。",
        &["求人充足数 目標1,200人、実績1,050人", "1社あたり上限50万円を助成"],
        &["求人充足数 目標 | 1200人 | kind=Target", "求人充足数 実績 | 1050人"],
    );
}

#[test]
fn the_days_of_an_event_are_no_as_of() {
    check(
        "高校生等向け起業教室を開催した。",
        &["開催日時（12/20、21）参加者：のべ 17 人"],
        &["起業教室 参加者 | 17人 | q=延べ | ev=2025-12-20 | ev=2025-12-21"],
    );
    check(
        "若葉祭に対し、助成を行った。",
        &["交付額 300 千円、11/29 中央広場開催 来場者 3,000 人"],
        &["若葉祭 交付額 | 300千円", "若葉祭 来場者 | 3000人 | ev=2025-11-29"],
    );
    check(
        "若葉フェアを開催した。",
        &["R7.9 参加企業 54社", "R8.1 参加企業 49社"],
        &["若葉フェア R7.9 参加企業 | 54社 | ev=2025-09", "若葉フェア R8.1 参加企業 | 49社 | ev=2026-01"],
    );
    check(
        "会議を行った。",
        &["「進路連絡会議」を6月と11月の2回開催。"],
        &["進路連絡会議 開催回数 | 2回 | ev=2025-06 | ev=2025-11"],
    );
}

#[test]
fn a_period_is_said_by_two_months_or_by_another_year() {
    check(
        "窓口を設置した。",
        &["相談件数 5 件（4月～12月）", "訪問件数 2 件（R7.4月～R8.1月末、北所のみ）"],
        &[
            "窓口 相談件数 | 5件 | 2025-04-01..2025-12-31",
            "窓口 訪問件数 | 2件 | 2026-01-31 | scope=北所のみ | 2025-04-01..2026-01-31",
        ],
    );
    check(
        "相談会を開いた。",
        &["令和 6 年度農業相談会 (5 回開催、相談 9 件)"],
        &[
            "農業相談会 開催回数 | 5回 | q=令和6年度 | 2024-04-01..2025-03-31",
            "農業相談会 相談件数 | 9件 | q=令和6年度 | 2024-04-01..2025-03-31",
        ],
    );
}

#[test]
fn parts_are_linked_to_their_total() {
    check(
        "企業を「応援企業」として認定した。",
        &["9 社を認定：〔内訳〕大企業 5 社、小企業 4 社 ※うち新規認定企業数 2 社"],
        &[
            "応援企業 認定企業 | 9社",
            "応援企業 認定企業 大企業 | 5社",
            "応援企業 認定企業 小企業 | 4社",
            "応援企業 認定企業 うち新規認定企業数 | 2社",
        ],
    );
    check(
        "助成した。",
        &["雇用助成金の決定件数 33 件（みどり市内の事業所）※県全体での決定件数 60 件", "試行雇用 8 件（北所のみ）"],
        &[
            "雇用助成金の決定件数 | 33件 | scope=みどり市内の事業所",
            "県全体での決定件数 | 60件 | scope=県全体",
            "試行雇用 件数 | 8件 | scope=北所のみ",
        ],
    );
}

#[test]
fn a_plan_has_targets_only() {
    let text = "合同面談会を年3回開催し、求職者 120 人の参加を図る。";
    assert_eq!(
        read(PlanKind::Plan, text, &["就職件数 目標 45 件"]).figures.iter().map(told).collect::<Vec<_>>(),
        ["合同面談会 就職件数 目標 | 45件 | kind=Target"]
    );
}

#[test]
fn odd_dates_and_states_are_findings() {
    let codes = |items: &[&str]| -> Vec<(&str, Option<u32>)> {
        let found = read(PlanKind::Progress, "窓口を設置した。", items).findings;
        found.iter().map(|finding| (finding.notice.code(), finding.place.line)).collect()
    };
    assert_eq!(codes(&["相談 5 件（R8.1月末時点）"]), []);
    assert_eq!(codes(&["相談 5 件", "訪問 2 件（R8 年. 1 月末時点）"]), [("as-of.malformed", Some(3))]);
    assert_eq!(codes(&["相談 5 件（R8.1 月時点）"]), [("as-of.without-end", Some(2))]);
    assert_eq!(codes(&["相談 5 件（R7.9月末）", "訪問 2 件（R8.1月末）"]), [("as-of.mixed", Some(2))]);
    assert_eq!(codes(&["令和6年度相談会（5 回開催、相談 9 件）"]), [("as-of.other-year", Some(2))]);
    assert_eq!(codes(&["年内に30回以上の開催予定。"]), [("state.open", Some(2))]);
    assert_eq!(
        codes(&["講座 参加者（募集中）", "冊子を配る（予定）。"]),
        [("state.open", Some(2)), ("state.open", Some(3))]
    );
}

#[test]
fn numbers_that_count_nothing_stay_text() {
    check(
        "55歳以上の普通2種免許を持つ人を対象に、2030年問題に備えた。(毎月第 1・第 3 火曜、月 2 回)",
        &["年4回作成（四半期毎）", "令和8年度の計画"],
        &[],
    );
}

#[test]
fn any_text_is_read_without_panic() {
    let pieces = [
        "（",
        "）",
        "【",
        "＜",
        "＞",
        "「",
        "」",
        "5 件",
        "、",
        "。",
        "：",
        "R8.1月末",
        "うち",
        "実績なし",
        "募集中",
        "※",
        "12/20",
        "\n",
        "延べ",
        "あ",
    ];
    let mut state = 7_u64;
    for _ in 0..600 {
        let mut text = String::new();
        for _ in 0..40 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let items = vec![text.clone()];
        let context = Context { fiscal_year: FiscalYear(2025), kind: PlanKind::Progress, lines: &[] };
        for figure in figures_in_row(RowText { text: &text, items: &items }, context).figures {
            let span = figure.span.expect("a figure of a row has its place");
            assert!(text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize));
        }
    }
}
