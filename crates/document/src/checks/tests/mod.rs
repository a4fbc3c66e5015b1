//! Tests of the checks on small documents of an invented town.

mod sample;

use super::*;
use crate::document::PlanKind::{Plan, Progress};
use crate::finding::Notice;
use sample::{contents, document, expect, plan, progress, said, table};

#[test]
fn parts_must_add_up_to_their_total() {
    for (row, expected) in [
        ("会員数{会員数=30人} (男性：{男性=10人} 女性：{女性=20人})", &[] as &[&str]),
        (
            "会員数{会員数=2,593人} (男性：{男性=1,679人} 女性：{女性=896人})",
            &["figure.sum 102: 合計が合いません：会員数 2,593人に対し、1,679＋896の計は2,575です。"],
        ),
        (
            "会員数{会員数=30人} (男性：{男性=11人} 女性：{女性=20人})",
            &["figure.sum 102: 合計が合いません：会員数 30人に対し、11＋20の計は31です。"],
        ),
        ("届出{届出=698社}（うち大{大=160社}、中{中=441社}、小{小=97社}）", &[]),
        (
            "届出{届出=698社}（うち大{大=160社}、中{中=441社}、小{小=99社}）",
            &["figure.sum 102: 合計が合いません：届出 698社に対し、160＋441＋99の計は700です。"],
        ),
        ("相談{相談=625件}（うち雇用{雇用=96件}）", &[]),
        (
            "相談{相談=96件}（うち雇用{雇用=625件}）",
            &["figure.order 102: 内数のはずの雇用 625件が、相談 96件より大きくなっています。"],
        ),
        ("{認定=49社}を認定：〔内訳〕大{大=25社}、中{中=18社}、小{小=6社} ※うち新規{新規=27社}", &[]),
        (
            "{認定=49社}を認定：〔内訳〕大{大=25社}、中{中=18社}、小{小=7社} ※うち新規{新規=27社}",
            &["figure.sum 102: 合計が合いません：認定 49社に対し、25＋18＋7の計は50です。"],
        ),
        (
            "相談{相談=3件}、訪問{訪問=5件}、計{計=9件}",
            &["figure.sum 102: 合計が合いません：計 9件に対し、3＋5の計は8です。"],
        ),
        ("認定企業{認定企業=19社} (参考：全県{全県=25社!reference})", &[]),
        ("面接会計{面接会=4回}、求人{求人=46社}", &[]),
    ] {
        expect(&progress(&[&format!("city|あ課|事業を行った。|{row}")]), expected);
    }
}

#[test]
fn a_rate_must_follow_from_its_numbers() {
    for (row, expected) in [
        ("報告{報告=757社} うち未達成企業{未達成企業=404社}（未達成企業割合{割合=53.4%!derived}）", &[] as &[&str]),
        (
            "報告{報告=757社} うち未達成企業{未達成企業=404社}（未達成企業割合{割合=35.4%!derived}）",
            &[
                "figure.rate 102: 割合が合いません：35.4%とありますが、未達成企業 404社 / 報告 757社から計算すると53.4%です。",
            ],
        ),
        ("相談件数{相談=521件}、策定件数{策定=92件}、就職件数{就職=67件} 就職率{就職率=72.8%!derived}", &[]),
        ("策定件数{策定=92件}、就職件数{就職=67件} 就職率{就職率=72.9%!derived}", &[]),
        (
            "策定件数{策定=92件}、就職件数{就職=67件} 就職率{就職率=74.8%!derived}",
            &["figure.rate 102: 割合が合いません：74.8%とありますが、就職 67件 / 策定 92件から計算すると72.8%です。"],
        ),
        ("支援対象者{支援=397名}（目標{目標=480名!target}、達成率{達成率=82.7%!derived}）", &[]),
        (
            "支援対象者{支援=397名}（目標{目標=480名!target}、達成率{達成率=87.2%!derived}）",
            &["figure.rate 102: 割合が合いません：87.2%とありますが、支援 397名 / 目標 480名から計算すると82.7%です。"],
        ),
        ("窓口の就職率{就職率=93.7%}（目標値{目標=86.9%!target}）、支援対象者数{支援=222人}", &[]),
        ("支援対象者{支援=397名}（達成率{達成率=82.7%!derived}）", &[]),
    ] {
        expect(&progress(&[&format!("city|あ課|事業を行った。|{row}")]), expected);
    }
}

#[test]
fn an_outcome_larger_than_its_whole_is_reported() {
    for (row, expected) in [
        (
            "新規支援対象者{新規=363名}、6か月以内に就職した支援対象者{就職=405名}",
            &["figure.order 102: 内数のはずの就職 405名が、新規 363名より大きくなっています。"] as &[&str],
        ),
        ("支援開始者数{支援=89人}、就職者数{就職=76人}", &[]),
        ("求人企業{求人企業=46社} 求職者{求職者=70人}", &[]),
        ("就職相談会 参加者{参加者=15人}、求職者{求職者=40人}", &[]),
    ] {
        expect(&progress(&[&format!("city|あ課|事業を行った。|{row}")]), expected);
    }
}

#[test]
fn a_figure_far_from_its_own_history_is_asked_about() {
    let report = |year: i16, said: &str| {
        let mut document = progress(&[&format!("city|あ課|窓口で相談に応じた。|{{相談件数={said}}}")]);
        document.plans[0].fiscal_year = crate::fiscal_year::FiscalYear(year);
        document
    };
    for (earlier, now, found) in [
        (vec!["148件", "160件"], "1,480件", true),
        (vec!["148件", "160件"], "150件", false),
        (vec!["148件", "160件"], "40件", true),
        (vec!["148件"], "1,480件", true),
        (vec!["148件"], "600件", false),
        (vec!["1件", "2件"], "9件", false),
        (vec![], "1,480件", false),
        (vec!["148人", "160人"], "1,480件", false),
    ] {
        let earlier: Vec<Document> = (2020..).zip(earlier).map(|(year, said)| report(year, said)).collect();
        let tables: Vec<_> = earlier.iter().flat_map(|report| &report.plans).collect();
        let outliers = check_against(&report(2025, now), &tables);
        assert_eq!(outliers.len(), usize::from(found), "{now}: {:?}", said(&outliers));
    }
}

#[test]
fn the_same_figures_in_several_rows_are_asked_about_once() {
    let fair =
        |name: &str| format!("city|あ課|{name}を開催した。|計{{回数=4回}}、企業{{企業=246社}}、求職者{{求職者=701人}}");
    expect(
        &progress(&[&fair("春の面接会"), &fair("秋の面接会"), &fair("冬の面接会")]),
        &["figure.repeated 102: 同じ数値が複数の取組にあります：4回、246社、701人"],
    );
    expect(&progress(&["city|あ課|甲を行った。|{回=2回}、{人=5人}", "city|い課|乙を行った。|{回=2回}、{人=5人}"]), &[]);
    expect(&progress(&["city|あ課|甲を行った。|{額=500千円}", "city|い課|乙を行った。|{額=500千円}"]), &[]);
}

#[test]
fn one_service_with_two_values_is_asked_about() {
    let row = |party: &str, said: &str| format!("{party}|あ課|館内に「しごと相談所」を開設した。|{said}");
    expect(
        &progress(&[&row("labour_bureau", "相談者延人数{相談者=10人}"), &row("city", "相談者数{相談者数=11人}")]),
        &[
            "text.repeated 102: 同じ文が2か所にあります：「館内に「しごと相談所」を開設した」",
            "figure.differs 102: 「しごと相談所」の数値が取組によって違います：相談者 10人と相談者数 11人",
        ],
    );
    expect(
        &progress(&[&row("labour_bureau", "相談者{相談者=10人}"), "city|い課|会場で案内した。|相談者{相談者=11人}"]),
        &[],
    );
}

#[test]
fn a_result_is_written_as_done_and_a_plan_as_future_work() {
    for (text, in_progress, in_plan) in [
        ("相談会を行った。", false, true),
        ("相談会を行う。", true, false),
        ("冊子を配布する（予定）。", true, false),
        ("活動の支援を行っている。", false, true),
        ("相談会の開催。", false, false),
        ("昨年度に実施した調査を更に進める。", true, false),
    ] {
        let tense = |document| said(&check(&document)).iter().any(|said| said.starts_with("text.tense"));
        let row = format!("city|あ課|{text}");
        assert_eq!((tense(progress(&[&row])), tense(plan(&[&row]))), (in_progress, in_plan), "{text}");
    }
}

#[test]
fn a_plan_announces_no_work_for_a_past_year() {
    for (text, stale) in [
        ("手引を令和7年度に作製し支援していく。", Some("令和7年度に")),
        ("手引をＲ７年度中に作製する。", Some("r7年度中に")),
        ("施設を2026年3月までに整備する。", Some("2026年3月までに")),
        ("手引を令和8年度に作製する。", None),
        ("令和7年度に実施した取組を更に強化する。", None),
        ("令和6年に一本化された加算の取得を支援する。", None),
        ("協定（令和7年3月）に基づき支援する。", None),
        ("平成29年度から開始した事業を続ける。", None),
    ] {
        let found = check(&plan(&[&format!("city|あ課|{text}")]));
        let year = found.iter().find_map(|finding| match &finding.notice {
            Notice::TextStaleYear { year, .. } => Some(year.as_str()),
            _ => None,
        });
        assert_eq!(year, stale, "{text}");
    }
}

#[test]
fn titles_are_the_same_in_the_contents_and_in_both_years() {
    let lead = "市と労働局は、就労促進を図る。";
    let mut both = document(&[
        table(Progress, &[("高齢者の就労支援", lead, &[]), ("若者の支援", lead, &[])]),
        table(Plan, &[("高年齢者の就労支援", lead, &[]), ("若者の支援", lead, &[])]),
    ]);
    both.front_matter.contents = vec![
        contents("（1）", "高齢者の就労支援", 3),
        contents("（2）", "若者への支援", 4),
        contents("（1）", "高年齢者の就労支援", 5),
        contents("（2）", "若者の支援", 6),
    ];
    expect(
        &both,
        &[
            "term.varies 4: 同じものに二つの書き方があります：「若者への支援」と「若者の支援」",
            "term.varies 101: 同じものに二つの書き方があります：「高齢者の就労支援」と「高年齢者の就労支援」",
        ],
    );
    let places: Vec<Option<u32>> = check(&both)[1].also.iter().map(|place| place.line).collect();
    assert_eq!(places, [Some(201), Some(3), Some(5)], "the other title and the contents");
}

#[test]
fn one_party_spells_a_word_in_one_way() {
    expect(
        &document(&[table(Plan, &[("障がい者の就労支援", "市は、障害者の雇用促進を図る。", &[])])]),
        &["term.varies 201: 同じものに二つの書き方があります：「障がい」と「障害」"],
    );
    let rows = ["city|あ課|障がい者を支援した。", "city|あ課|障がい者に助言した。", "city|あ課|障がい者を雇用した。"];
    expect(&progress(&[rows[0], rows[1], rows[2], "city|い課|障害者総合支援法を周知した。"]), &[]);
    expect(
        &progress(&[rows[0], rows[1], rows[2], "city|い課|障害等のある人を雇用した。"]),
        &["term.varies 105: 同じものに二つの書き方があります：「障がい」と「障害」"],
    );
}

#[test]
fn long_names_that_differ_in_a_letter_are_asked_about() {
    for (one, other, found) in [
        ("外国人労働相談コーナー", "外国人労働者相談コーナー", true),
        ("みどり中央地域包括支援センター", "みどり東部地域包括支援センター", false),
        ("相談コーナー", "談話コーナー", false),
        ("外国人労働相談コーナー", "外国人労働相談コーナー", false),
    ] {
        let (one, other) = (format!("city|あ課|「{one}」で働く。"), format!("city|い課|町の「{other}」で学ぶ。"));
        let varies = said(&check(&plan(&[&one, &other]))).iter().any(|said| said.starts_with("term.varies"));
        assert_eq!(varies, found, "{one} {other}");
    }
}

#[test]
fn a_division_that_differs_from_a_known_one_in_one_letter_is_a_slip() {
    let row = |division: &str| format!("city|{division}|事業を行った。");
    let rows = |last: &str| [row("しごと支援課"), row("しごと支援課"), row("しごと支援課"), row(last)];
    for (last, found) in [("しごと支授課", true), ("まちづくり課", false), ("しごと支援課", false)] {
        let rows = rows(last);
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let unknown = said(&check(&progress(&rows))).iter().any(|said| said.starts_with("division.unknown"));
        assert_eq!(unknown, found, "{last}");
    }
}

#[test]
fn marks_follow_each_other_and_brackets_close() {
    let mut marked = progress(&["city|あ課|甲を行った。", "city|あ課|乙を行った。", "city|あ課|丙を（行った。"]);
    for (initiative, mark) in marked.plans[0].chapters[0].sections[0].initiatives.iter_mut().zip(["①", "①", "④"])
    {
        initiative.mark = Some(mark.to_owned());
    }
    expect(
        &marked,
        &[
            "numbering.duplicate 103: 番号「①」が同じ項目に二つあります。",
            "markup.unclosed 104: かっこ「(」の対がありません：「（行った。」",
            "numbering.gap 104: 番号「②」がありません。",
            "numbering.gap 104: 番号「③」がありません。",
        ],
    );
}

#[test]
fn a_check_does_not_repeat_a_finding_of_the_reader() {
    let gap = |line| Finding::at_line(Notice::NumberingGap { missing: "④".to_owned() }, line);
    let open = |line| Finding::at_line(Notice::MarkupUnclosed { bracket: "（".to_owned(), text: String::new() }, line);
    let merged = merge(vec![gap(174), open(300)], vec![open(300), gap(175), open(120)]);
    let lines: Vec<Option<u32>> = merged.iter().map(|finding| finding.place.line).collect();
    assert_eq!(lines, [Some(120), Some(174), Some(300)]);
}
