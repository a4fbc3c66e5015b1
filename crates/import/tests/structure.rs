//! A town made by hand, with every damage that real documents have, against the table of what it says.

use renkei_domain::document::{Document, Imported, Initiative};

const TEXT: &str = include_str!("midori.txt");

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
fn what_is_odd_is_found_at_its_line() {
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
