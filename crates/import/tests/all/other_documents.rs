//! Tests documents without plan tables, of invented places: which data are read from each, and that no other data are
//! read.

use renkei_import::general::read_general;

/// Compares the figures (as `label value unit kind`) and then the headings with the expected ones.
#[track_caller]
fn check(text: &str, figures: &[&str], headings: &[&str]) {
    let document = read_general(text).value;
    let found: Vec<String> = document
        .figures
        .iter()
        .map(|figure| {
            let value = figure.value.map(|value| value.to_string()).unwrap_or_default();
            let unit = figure.unit.as_deref().unwrap_or_default();
            format!("{} {value}{unit} {:?}", figure.label, figure.kind)
        })
        .collect();
    assert_eq!(found, figures, "figures of {text}");
    let found: Vec<&str> = document.headings.iter().map(|heading| heading.text.as_str()).collect();
    assert_eq!(found, headings, "headings of {text}");
}

#[test]
fn a_page_about_an_agreement_has_parties_and_a_day_and_no_figures() {
    let text = "トップページ > 産業 > 雇用\nみどり市雇用対策協定の締結について\n更新日：2023年4月12日\nみどり市と厚生労働省あおば労働局は、令和5年3月20日に\
                「みどり市雇用対策協定」を締結しました。県内では5例目です。\n締結者\nみどり市長　山田　太郎\nあおば労働局長　佐藤　花子\n\
                協定の主な内容\n1. 若者の就職\n2. 女性の活躍\nお問い合わせ\n電話：0123-45-6789";
    check(text, &[], &["締結者", "協定の主な内容", "1. 若者の就職", "2. 女性の活躍", "お問い合わせ"]);
    let document = read_general(text).value;
    assert_eq!(document.title.as_deref(), Some("みどり市雇用対策協定の締結について"));
    assert_eq!(document.fiscal_year, None);
    let agreement = document.agreement.expect("an agreement");
    assert_eq!(agreement.concluded_on.map(|day| day.to_string()).as_deref(), Some("2023-03-20"));
    let parties: Vec<&str> = agreement.parties.iter().map(|party| party.name.as_str()).collect();
    assert_eq!(parties, ["みどり市", "厚生労働省あおば労働局"]);
    assert_eq!(agreement.signatories.len(), 2);
}

#[test]
fn the_figures_of_a_press_notice_and_their_changes_are_read() {
    check(
        "最近の雇用情勢（令和6年4月分）\n○ 有効求人倍率は1.23倍で、前月を0.02ポイント下回った。\n○ 新規求人数は12,345人で、前年同月比3.4％減となった。\n\
         ○ 有効求職者数は23,456人（前年同月比1.2％増）となった。",
        &[
            "有効求人倍率 1.23倍 Actual",
            "有効求人倍率 前月 0.02ポイント YearOnYear",
            "新規求人数 12345人 Actual",
            "新規求人数 前年同月比 3.4% YearOnYear",
            "有効求職者数 23456人 Actual",
            "有効求職者数 前年同月比 1.2% YearOnYear",
        ],
        &[],
    );
    check(
        "新規卒業者の内定状況（令和7年1月末現在）\n◆内定者数 2,345人（前年同期比 3.1％増）\n◆求職者数 2,516人（同 2.2％増）",
        &[
            "内定者数 2345人 Actual",
            "内定者数 前年同期比 3.1% YearOnYear",
            "求職者数 2516人 Actual",
            "求職者数 前年同期比 2.2% YearOnYear",
        ],
        &["◆内定者数", "◆求職者数"],
    );
}

#[test]
fn statistics_by_column_take_their_units_from_their_rows() {
    check(
        "職業紹介状況\n区分｜令和4年度平均｜令和5年4月\n月間有効求人数（人）｜4,321｜4,567\n有効求人倍率（倍）｜1.35｜1.38\n注 パートを含む。",
        &[
            "月間有効求人数（人） 4321人 Actual",
            "月間有効求人数（人） 4567人 Actual",
            "有効求人倍率（倍） 1.35倍 Actual",
            "有効求人倍率（倍） 1.38倍 Actual",
        ],
        &[],
    );
    check(
        "有効求人倍率の推移\n年度 4月 5月 6月\n令和4年度 1.10 1.12 1.15\n※原数値",
        &["有効求人倍率 1.10倍 Actual", "有効求人倍率 1.12倍 Actual", "有効求人倍率 1.15倍 Actual"],
        &[],
    );
}

#[test]
fn a_sheet_of_indicators_has_baseline_target_and_result() {
    check(
        "みどり市総合戦略 進捗状況（令和4年度）\n基本目標1 しごとをつくる\n指標名 基準値（R1） 目標値（R6） 実績値（R4） 進捗率\n\
         誘致件数（累計） 3社 10社 7社 70.0%\n就職者数 15人/年 30人/年 22人/年 73.3%",
        &[
            "誘致件数（累計） 3社 Baseline",
            "誘致件数（累計） 10社 Target",
            "誘致件数（累計） 7社 Actual",
            "誘致件数（累計） 進捗率 70.0% Derived",
            "就職者数 15人/年 Baseline",
            "就職者数 30人/年 Target",
            "就職者数 22人/年 Actual",
            "就職者数 進捗率 73.3% Derived",
        ],
        &["基本目標1 しごとをつくる"],
    );
    check(
        "みどり市総合戦略の数値目標とKPI\n就業者数 45,678人（H22） → 46,000人（H31）\n【KPI】新規立地企業数：5年間で10社\n\
         【KPI】創業件数 現状値 12件（平成26年度） 目標値 100件",
        &[
            "就業者数 45678人 Actual",
            "就業者数 46000人 Target",
            "新規立地企業数 5年間 10社 Target",
            "創業件数 現状値 12件 Baseline",
            "創業件数 100件 Target",
        ],
        &[],
    );
}

#[test]
fn a_plan_on_one_line_has_its_headings_and_targets() {
    check(
        "みどり市雇用対策協定 平成30年度事業計画 みどり市 あおば労働局 目 次 第１ 趣旨 ・・・・・・ 1 第２ 施策 ・・・・・・ 2 1 第１ 趣旨 この計画は、\
         協定に基づく。 第２ 施策 １ 若年者の就職支援 (1) 説明会の開催 市は、説明会を年2回開催する。 【目標】 参加企業数 60社 参加者数 300人 \
         ２ 困窮者の支援 (1) 窓口 【目標】 支援対象者数 250人",
        &["参加企業数 60社 Target", "参加者数 300人 Target", "支援対象者数 250人 Target"],
        &["第１ 趣旨", "第２ 施策", "１ 若年者の就職支援", "(1) 説明会の開催", "２ 困窮者の支援", "(1) 窓口"],
    );
    check(
        "令和5年度みどり県事業計画\nⅡ 数値目標\n（１）新規高卒者の就職内定率 98.0％以上\n（２）就職者数 1,500人",
        &["新規高卒者の就職内定率 98.0% Target", "就職者数 1500人 Target"],
        &["Ⅱ 数値目標", "（１）新規高卒者の就職内定率", "（２）就職者数"],
    );
}

#[test]
fn a_welfare_plan_counts_services_by_year() {
    check(
        "第6期みどり市障害福祉計画 令和4年度実績\n令和元年度末の入所者数 120人\n令和4年度末現在の移行者数 5人（4.2％）\n\
         サービス名 単位 令和3年度 令和4年度\n計画 実績 計画 実績\n居宅介護 時間 1,200 1,150 1,250 1,190\n以上",
        &[
            "入所者数 120人 Actual",
            "移行者数 5人 Actual",
            "移行者数の割合 4.2% Derived",
            "居宅介護 1200時間 Target",
            "居宅介護 1150時間 Actual",
            "居宅介護 1250時間 Target",
            "居宅介護 1190時間 Actual",
        ],
        &[],
    );
}

#[test]
fn results_in_minutes_are_read_and_attendance_is_ignored() {
    check(
        "第3回みどり市協議会 議事録\n出席委員：15名中13名\n【議題1】計画の進捗について\n事務局：入所者の移行は、目標12人に対し実績は9人で、達成率は75％です。\n\
         委員：2025年問題もあり、65歳以上への対応が要る。",
        &["入所者の移行 12人 Target", "入所者の移行 9人 Actual", "入所者の移行 達成率 75% Derived"],
        &["【議題1】計画の進捗について"],
    );
}

#[test]
fn questions_and_leaflets_state_rules_and_no_figures() {
    check(
        "雇用調整に関するよくある質問\nQ1 対象はどのような事業主ですか。\nA1 売上が10％以上減少している事業主です。1人1日当たり8,490円が上限です。",
        &[],
        &["Q1 対象はどのような事業主ですか。"],
    );
    check(
        "雇入れ助成金のご案内 対象労働者（60歳以上） 60万円（50万円） 1年 重度の方 120万円 TEL 012-345-6789",
        &[],
        &[],
    );
}

#[test]
fn any_document_cut_anywhere_is_read_without_panic() {
    let texts = [
        "みどり市雇用対策協定 第１ 趣旨 ・・・ 1 【目標】 参加企業数 60社（H26：2社） 〈 1,057 〉 ( 6,4",
        "指標 基準値（R1） 目標値 単位\n件数 3 10 件\n*は参考値を示す\n－\n→ 18.5万人以上（※）",
        "Q1 \n問\n第\n(\n（ⅰ）\n令和\n平成元年度末\n12月\n▲\n※\n1)\n# \n【】<>〔〕",
    ];
    for text in texts {
        for end in text.char_indices().map(|(at, _)| at).chain([text.len()]) {
            let document = read_general(&text[..end]).value;
            assert!(document.figures.iter().all(|figure| !figure.label.is_empty()));
        }
    }
}
