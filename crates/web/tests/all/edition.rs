//! One side imports a report with more rows than a PDF may have. Both sides can still make reports and editions.

use renkei_document::limits;

use crate::evidence::taking_over::{goes_to, link};
use crate::town::Town;

const CITY: usize = 0;
const BUREAU: usize = 1;
const CITYS: (&str, &str) = ("みどり市", "しごと課");
const BUREAUS: (&str, &str) = ("労働局", "職業安定課");
const SECTIONS: usize = 26;
/// Number of rows of each side: more than half of the maximum for a PDF.
const ROWS: usize = SECTIONS * 63;

/// Returns the plan of a year as a text file, with alternating rows of the two parties. The report of that year shows
/// this plan.
fn plan(of: [(&str, &str); 2]) -> String {
    let mut lines = vec!["令和10年度雇用関連事業計画,,,".to_owned(), "1 しごとづくり,,,".to_owned()];
    for section in 1..=SECTIONS {
        lines.push(format!("({section}) 項目その{section},,,"));
        lines.push("区分,番号,担当課,取組内容".to_owned());
        for row in 1..=2 * ROWS / SECTIONS {
            let (party, division) = of[row % 2];
            lines.push(format!("{party},({row}),{division},{section}番街の{row}番地で相談会を{row}回行う。"));
        }
    }
    lines.join("\n")
}

/// Pages that link to reports or mention them.
const PAGES: [&str; 6] = ["/", "/plans/2028/plan", "/editions", "/imports", "/findings", "/agreement"];

#[tokio::test]
async fn the_other_side_declines_half_of_the_rows_and_there_is_a_pdf_again() {
    let town = Town::with_document();
    let page = town.brought_by(CITY, "長い計画.csv", &plan([CITYS, BUREAUS])).await;
    let review = town.read_by(CITY, &page).await.main();
    let told =
        format!("令和10年度の報告書の取組は{}件になり、PDFにできる{}件を超えます", 2 * ROWS, limits::ROWS_OF_PDF);
    assert!(review.contains(&told), "{review}");
    assert_eq!(goes_to(&town.sent_by(CITY, &page, &[("do", "accept")]).await), "/imports?done=waiting");
    for side in [CITY, BUREAU] {
        for address in PAGES {
            let page = town.read_by(side, address).await.main();
            assert!(!page.contains("/reports/2028.pdf"), "{address}: {page}");
        }
        let no_pdf = format!("PDFなし（取組が{}件。PDFにできるのは{}件まで）", 2 * ROWS, limits::ROWS_OF_PDF);
        for address in ["/", "/plans/2028/plan"] {
            let page = town.read_by(side, address).await.main();
            assert!(page.contains(&no_pdf) && page.contains("/reports/2028.docx"), "{address}: {page}");
        }
        let told = town.read_by(side, "/reports/2028.pdf").await;
        let (status, page) = (told.status, told.main());
        assert_eq!(status, 422, "{page}");
        for part in
            [format!("市の取組{ROWS}件、労働局の取組{ROWS}件"), "Word".into(), "引き継がないことにすると".into()]
        {
            assert!(page.contains(&part), "{part}: {page}");
        }
        assert_eq!(town.read_by(side, "/reports/2028.html").await.status, 200);
    }
    let address = link(&town.read_by(BUREAU, "/").await.main(), "/rows").to_owned();
    let declined = town.sent_by(BUREAU, &format!("{address}/decline"), &[("reason", "当局の取組ではない")]).await;
    assert_eq!(goes_to(&declined), "/imports?done=declined");
    for side in [CITY, BUREAU] {
        for address in ["/", "/plans/2028/plan"] {
            let page = town.read_by(side, address).await.main();
            assert!(page.contains("/reports/2028.pdf") && !page.contains("PDFなし"), "{address}: {page}");
        }
    }
}

#[tokio::test]
async fn an_edition_of_too_many_rows_is_made_without_a_pdf_and_says_so() {
    let town = Town::with_document();
    let page = town.brought_by(CITY, "長い計画.csv", &plan([CITYS, CITYS])).await;
    assert_eq!(goes_to(&town.sent_by(CITY, &page, &[("do", "accept")]).await), "/imports?done=accepted");
    let editions = town.read_by(BUREAU, "/editions").await.main();
    let before =
        format!("令和10年度の報告書は取組が{}件あり、PDFにできる{}件を超えるため", 2 * ROWS, limits::ROWS_OF_PDF);
    assert!(editions.contains(&before), "{editions}");
    let edition = goes_to(&town.sent_by(BUREAU, "/editions", &[("year", "2028")]).await);
    assert_eq!(edition, "/editions/R10-1");
    for side in [CITY, BUREAU] {
        for address in ["/editions", edition.as_str()] {
            let page = town.read_by(side, address).await.main();
            assert!(page.contains(&format!("この版にPDFはありません。取組が{}件あり", 2 * ROWS)), "{page}");
            let endings = [".docx</a>", ".html</a>", ".xlsx</a>", "データ.xlsx</a>", ".json</a>", "参照番号.json</a>"];
            assert!(endings.iter().all(|ending| page.contains(ending)) && !page.contains(".pdf"), "{page}");
        }
    }
    let findings = town.read_by(BUREAU, "/findings?year=2028").await.main();
    assert!(findings.contains(&format!("この報告書は取組が{}件あり", 2 * ROWS)), "{findings}");
    assert!(!findings.contains("確認事項はありません"), "nobody looked: {findings}");
    let home = town.read_by(CITY, "/").await.main();
    assert!(home.contains(&format!("この報告書は取組が{}件あり", 2 * ROWS)), "{home}");
    assert!(!home.contains("最新の報告書に、確認事項はありません"), "nobody looked: {home}");
    let files = town.read_by(CITY, &edition).await.main();
    let links = files.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let links: Vec<_> = links.filter(|href| href.starts_with("/editions/R10-1/")).collect();
    assert_eq!(links.len(), 6, "{links:?}");
    for address in links {
        assert_eq!(town.read_by(BUREAU, address).await.status, 200, "{address}");
    }
}

#[tokio::test]
async fn a_character_that_no_font_has_does_not_prevent_an_edition() {
    let town = Town::with_document();
    let row = "みどり市,(1),しごと課,\u{e000}番街で相談会を行う。";
    let text =
        format!("令和10年度雇用関連事業計画,,,\n1 しごとづくり,,,\n(1) 相談,,,\n区分,番号,担当課,取組内容\n{row}\n");
    let page = town.brought_by(CITY, "外字.csv", &text).await;
    assert_eq!(goes_to(&town.sent_by(CITY, &page, &[("do", "accept")]).await), "/imports?done=accepted");
    let pdf = town.read_by(BUREAU, "/reports/2028.pdf").await;
    assert!(pdf.status == 422 && !pdf.main().contains("PDFなしの版"), "{}", pdf.main());
    let refused = town.sent_by(BUREAU, "/editions", &[("year", "2028")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.main().contains("PDFなしの版は作れます"), "{}", refused.main());
    let made = goes_to(&town.sent_by(BUREAU, "/editions", &[("year", "2028"), ("without-pdf", "1")]).await);
    let edition = town.read_by(CITY, &made).await.main();
    assert!(edition.contains("この版は、PDFを付けずに作られました") && !edition.contains(".pdf"), "{edition}");
}
