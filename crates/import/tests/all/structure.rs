//! Tests a document of an invented town that has every kind of damage found in real documents. Compares the result with
//! a table of the expected content.

use renkei_document::document::{Document, Imported, Initiative};

const TEXT: &str = include_str!("../midori.txt");

fn import(text: &str) -> Imported<Document> {
    renkei_import::read(text.as_bytes()).expect("it is text")
}

fn rows(document: &Document) -> Vec<(String, &Initiative)> {
    let mut rows = Vec::new();
    for plan in &document.plans {
        for chapter in &plan.chapters {
            for section in &chapter.sections {
                let place = format!("{} {}({})", plan.fiscal_year.0, chapter.number, section.number);
                rows.extend(section.initiatives.iter().map(|row| (place.clone(), row)));
            }
        }
    }
    rows
}

/// `2024 1(1) ① labour_bureau 職業安定課 | text | item | item @lines`
fn shown(place: &str, row: &Initiative) -> String {
    let mark = row.mark.as_deref().unwrap_or("-");
    let items: String = row.items.iter().map(|item| format!(" | {item}")).collect();
    let text = row.text.replace('\n', "⏎");
    format!("{place} {mark} {} {} | {text}{items} @{:?}", row.party, row.divisions.join("、"), row.lines)
}

#[test]
fn every_row_has_its_party_divisions_text_and_items() {
    let imported = import(TEXT);
    let found: Vec<String> = rows(&imported.value).iter().map(|(place, row)| shown(place, row)).collect();
    let expected = [
        "2024 1(1) ① labour_bureau 職業安定課 | 求人・求職の情報提供を行った。 | <統計>月報 | 相談・助言 5 件 (R7.1月末時点) @[68]",
        "2024 1(1) ② city 商い・観光振興課 | 空き店舗への助成を行った。 | 助成 3 件 @[69]",
        "2024 1(1) ③ city 商い・観光振興課 | 市場の整備を支援した。⏎なお、来年度も続ける。 | 【新規】 2 件 | 【更新】実績なし | 見学 4 回 @[70, 72]",
        "2024 1(1) ⑤ city 水辺農政課、働く家ホーム | 農業の担い手を育てた。 @[73, 74]",
        "2024 1(2) ① labour_bureau 監督指導課 | あおば労働局労働基準部監督指導課に窓口を置き、相談に応じた。 @[81]",
        "2024 1(2) ② city 水辺農政課 | 就農の相談会を開催した。 @[82]",
        "2024 1(2) ③ city 南区しごと課、南区くらし課、水辺農政課 | 面接会（年2回を開催した。 @[84]",
        "2024 1(2) ④ city 水辺農政課 | を支援した。 | 相談 2 件 @[85]",
        "2024 2(1) ① labour_bureau 職業安定課 | 住まいの相談を行った。 @[89]",
        "2024 2(1) ② city くらし安心課 |  @[90]",
        "2024 2(1) ③ city くらし安心課 | 見守りを行った。 @[91]",
        "2025 1(1) ① labour_bureau 職業安定課 | 情報提供を行う。 @[97]",
        "2025 1(1) ② labour_bureau 職業安定課、職業対策課 | 助成金の案内を行う。 @[98]",
        "2025 1(1) ③ city 水辺農政課 | 農業の担い手を育てる。 @[99]",
        "2025 1(1) ④ city くらし安心課 | 見守りを行う。 @[100]",
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_odd_line_is_reported_with_its_place() {
    let imported = import(TEXT);
    let found: Vec<String> = imported
        .findings
        .iter()
        .filter(|finding| !finding.notice.code().starts_with("as-of"))
        .map(|finding| {
            let also: Vec<String> =
                finding.also.iter().filter_map(|place| place.line).map(|n| format!("+{n}")).collect();
            format!("{} {}{}", finding.place.line.unwrap_or(0), finding.notice.code(), also.concat())
        })
        .collect();
    let expected = [
        "68 party.conflict",
        "69 party.missing+70+73",
        "72 row.joined",
        "73 numbering.gap+70",
        "74 row.joined",
        "81 party.conflict",
        "84 markup.unclosed",
        "84 party.missing+85",
        "85 text.lost",
        "90 row.misplaced",
        "90 text.lost",
        "91 party.missing",
        "91 row.misplaced",
        "92 text.unread",
        "97 party.missing",
        "99 party.conflict",
    ];
    let mut sorted = found.clone();
    sorted.sort_by_key(|line| (line.split(' ').next().and_then(|n| n.parse::<u32>().ok()), line.clone()));
    assert_eq!(sorted, expected);
}

#[test]
fn agreement_cover_contents_and_purpose_are_read() {
    let document = import(TEXT).value;
    let agreement = document.agreement.as_ref().unwrap();
    assert_eq!(agreement.title.as_deref(), Some("みどり市雇用対策協定"));
    assert_eq!(agreement.articles.iter().map(|a| (a.number, a.paragraphs.len())).collect::<Vec<_>>(), [(1, 1), (2, 2)]);
    assert_eq!(agreement.originals, Some(2));
    assert_eq!(agreement.concluded_on.unwrap().to_string(), "2016-04-01");
    assert_eq!(agreement.effective_on, agreement.concluded_on);
    let parties: Vec<_> =
        agreement.parties.iter().map(|p| (p.key.as_str(), p.name.as_str(), p.short_name.as_deref())).collect();
    assert_eq!(
        parties,
        [("city", "みどり市", Some("市")), ("labour_bureau", "厚生労働省あおば労働局", Some("労働局"))]
    );
    let signed: Vec<_> = agreement.signatories.iter().map(|s| (s.party.as_str(), s.name.as_str())).collect();
    assert_eq!(signed, [("city", "山川 花子"), ("labour_bureau", "海野太郎")]);
    let front = &document.front_matter;
    assert_eq!(
        document.title.as_deref(),
        Some("みどり市雇用対策協定に基づく令和6年度事業進捗状況及び令和7年度事業計画")
    );
    assert_eq!(front.issuers, ["みどり市", "あおば労働局"]);
    assert_eq!(front.purpose.len(), 2);
    assert_eq!(
        front.defined_terms.iter().map(|t| t.term.as_str()).collect::<Vec<_>>(),
        ["市", "労働局", "協定", "ハローワークみどり"]
    );
    let contents: Vec<_> = front.contents.iter().map(|e| (e.number.as_str(), e.title.as_str(), e.page)).collect();
    assert_eq!(contents[3], ("(1)", "事業主への支援", Some(4)));
    assert_eq!(contents[5], ("2", "くらしの支援", Some(6)));
    assert_eq!(contents.len(), 8);
    assert_eq!(
        (document.fiscal_year.unwrap().0, document.issued_on.unwrap().to_string()),
        (2025, "2025-03".to_owned())
    );
    let section = &document.plans[0].chapters[0].sections[1];
    assert_eq!(
        (section.title.as_str(), section.lead.as_deref()),
        ("若い人への支援", Some("市と労働局は、若い人を支援する。"))
    );
}

const MARKDOWN: &str = "# 令和7年度 あさひ県雇用対策協定 事業計画\n\n\
あさひ県・あさひ労働局\n\n\
令和7年4月\n\n\
## Ⅰ 若者の就職支援\n\n\
### 1 新卒者への支援\n\n\
県と労働局は、新卒者を支援する。\n\n\
| 番号 | 取組内容 | 担当課 | 実施主体 |\n\
|---|---|---|---|\n\
| 1 | 面接会を開催する。<br>・参加企業 100 社（目標） | 職業安定課 | あさひ労働局 |\n\
| 2 | 奨学金の返還を支援する。 | 若者しごと課 | あさひ県 |\n\n\
### 2 定着への支援\n\n\
【労働局】\n\n\
| 番号 | 担当課 | 取組内容 |\n\
|---|---|---|\n\
| (1) | 訓練課 | 訓練を行う。 |\n\
| (2) | 職業安定課 | 相談を行う。 |\n\n\
【あさひ県】\n\n\
| 番号 | 担当課 | 取組内容 |\n\
|---|---|---|\n\
| (1) | 若者しごと課 | 研修を行う。 |\n\n\
## Ⅱ 女性の活躍\n\n\
| 番号 | 担当課 | 取組内容 |\n\
|---|---|---|\n\
| (1) | 若者しごと課 | 研修を行う。 |\n\
";

#[test]
fn a_plan_in_markdown_has_columns_in_an_order_of_its_own() {
    let imported = import(MARKDOWN);
    let document = &imported.value;
    assert_eq!(document.title.as_deref(), Some("令和7年度 あさひ県雇用対策協定 事業計画"));
    assert_eq!(document.front_matter.issuers, ["あさひ県", "あさひ労働局"]);
    assert_eq!(document.plans[0].chapters[0].sections[0].lead.as_deref(), Some("県と労働局は、新卒者を支援する。"));
    let found: Vec<String> = rows(document).iter().map(|(place, row)| shown(place, row)).collect();
    let expected = [
        "2025 1(1) 1 labour_bureau 職業安定課 | 面接会を開催する。 | 参加企業 100 社（目標） @[15]",
        "2025 1(1) 2 prefecture 若者しごと課 | 奨学金の返還を支援する。 @[16]",
        "2025 1(2) (1) labour_bureau 訓練課 | 訓練を行う。 @[24]",
        "2025 1(2) (2) labour_bureau 職業安定課 | 相談を行う。 @[25]",
        "2025 1(2) (1) prefecture 若者しごと課 | 研修を行う。 @[31]",
        "2025 2(1) (1) prefecture 若者しごと課 | 研修を行う。 @[37]",
    ];
    assert_eq!(found, expected);
    let codes: Vec<&str> = imported.findings.iter().map(|finding| finding.notice.code()).collect();
    assert_eq!(codes, ["party.missing"]);
}

const REPORT: &str = "若木町雇用対策協定に基づく令和6年度事業実施報告\n\n\
若木町\n\
大空労働局\n\
若木商工会\n\n\
令和7年5月30日\n\n\
第1　目的\n\n\
若木町（以下「町」という。）、大空労働局（以下「労働局」という。）及び若木商工会（以下「商工会」という。）は、協定に基づき取り組んだ。\n\n\
第2　令和6年度事業実施報告\n\n\
１　移住と就職\n\n\
（１）移住者への支援\n\n\
区分\t担当課\t取組内容\n\
町\t企画課\t移住相談を実施した。\n\
\t\t\t相談件数 23 件\n\
\t産業振興課\t空き家の紹介を\n\
行った。\n\
労働局\tハローワーク大空\t求人の\n\
情報を\n\
提供した。\n\
商工会\t\t会員企業を紹介した。\n\
（２）事業主への支援\n\
町\t企画課・産業振興課\tセミナーを開催した。\n\
労働局\n\
\tハローワーク大空\t助成金を案内した。\n\
";

#[test]
fn a_report_of_three_parties_has_no_marks_and_cells_on_several_lines() {
    let imported = import(REPORT);
    let found: Vec<String> = rows(&imported.value).iter().map(|(place, row)| shown(place, row)).collect();
    let expected = [
        "2024 1(1) - town 企画課 | 移住相談を実施した。 | 相談件数 23 件 @[20, 21]",
        "2024 1(1) - town 産業振興課 | 空き家の紹介を行った。 @[22, 23]",
        "2024 1(1) - labour_bureau ハローワーク大空 | 求人の情報を提供した。 @[24, 25, 26]",
        "2024 1(1) - other  | 会員企業を紹介した。 @[27]",
        "2024 1(2) - town 企画課、産業振興課 | セミナーを開催した。 @[29]",
        "2024 1(2) - labour_bureau ハローワーク大空 | 助成金を案内した。 @[31]",
    ];
    assert_eq!(found, expected);
    assert!(imported.findings.iter().all(|finding| finding.notice.code() == "row.joined"));
}

#[test]
fn an_organisation_cell_may_name_its_party_by_the_kind_alone() {
    let read = |cells: [&str; 3]| {
        let [one, two, three] = cells;
        let head = "令和8年度雇用関連事業計画,,,\n1 柱,,,\n(1) 項目,,,\n区分,番号,担当課,取組内容\n";
        let rows = format!(
            "{one},①,しごと課,相談会を開く。\n{two},②,しごと課,面接会を開く。\n{three},③,職業安定課,講座を開く。\n"
        );
        let read =
            renkei_import::read_file("計画.csv", [head, &rows].concat().as_bytes()).expect("it is read").imported;
        let named = read.value.agreement.iter().flat_map(|text| &text.parties).map(|party| party.name.clone());
        let mut named: Vec<String> = named.collect();
        named.sort();
        let parties = rows_of(&read.value);
        (parties, named, read.findings.len())
    };
    fn rows_of(document: &Document) -> Vec<String> {
        rows(document).iter().map(|(_, row)| row.party.to_string()).collect()
    }
    let both: (Vec<String>, Vec<String>, usize) = read(["市", "市", "労働局"]);
    assert_eq!(both.0, ["city", "city", "labour_bureau"]);
    assert_eq!((both.1, both.2), (vec!["労働局".to_owned(), "市".to_owned()], 0), "nothing was guessed");
    // 市 means the only city that is named in full, whether its full name comes before or after.
    for cells in [["星見市", "市", "労働局"], ["市", "星見市", "労働局"]] {
        let (parties, named, guessed) = read(cells);
        assert_eq!(parties, ["city", "city", "labour_bureau"], "{cells:?}");
        assert_eq!((named, guessed), (vec!["労働局".to_owned(), "星見市".to_owned()], 0), "{cells:?}");
    }
}
