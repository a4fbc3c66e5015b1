//! A long document on short pages: each row is on exactly one page, and every link to a row leads to that page.

use std::collections::BTreeMap;

use renkei_app::{access::Role, evidence};

use crate::town::Town;

const MEGABYTE: usize = 1 << 20;

/// Returns a report as a text file, with this number of rows in ten sections. Each row contains `word`.
fn report(rows: usize, word: &str) -> String {
    let mut lines = vec!["令和8年度雇用関連事業計画,,,".to_owned(), "1 しごとづくり,,,".to_owned()];
    for section in 1..=10 {
        lines.push(format!("({section}) 項目その{section},,,"));
        lines.push("区分,番号,担当課,取組内容".to_owned());
        for row in 1..=rows / 10 {
            let (party, division) = [("みどり市", "しごと課"), ("労働局", "職業安定課")][row % 2];
            lines.push(format!("{party},({row}),{division},{section}番街の{row}番地で{word}を{row}回行う。"));
        }
    }
    lines.join("\n")
}

/// Returns every text between `open` and `close` in a page.
fn all_between<'a>(page: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let found = page.split(open).skip(1);
    found.map(|rest| rest.split(close).next().expect("closed")).collect()
}

impl Town {
    /// Returns the pages of a list, from this address on, by following the link of each page to the next.
    async fn pages(&self, address: &str, anchor: &str) -> Vec<String> {
        let mut pages = Vec::new();
        let mut next = Some(address.to_owned());
        while let Some(address) = next {
            let page = self.get(&address).await.main();
            assert!(page.len() <= MEGABYTE, "{address}: {} bytes", page.len());
            let ways = page.match_indices("\" rel=\"next\"");
            let ways = ways.map(|(at, _)| page[..at].rsplit("href=\"").next().expect("a link").replace("&#38;", "&"));
            let way = ways.into_iter().find(|way| anchor.is_empty() || way.ends_with(anchor));
            next = way.map(|way| way.split('#').next().expect("an address").to_owned());
            pages.push(page);
        }
        pages
    }

    /// Returns the same as [`pages`](Self::pages). Also checks that each of several pages says that Ctrl+F searches
    /// only this page.
    async fn all_pages(&self, address: &str, anchor: &str) -> Vec<String> {
        let pages = self.pages(address, anchor).await;
        assert!(pages.iter().all(|page| page.contains("Ctrl+F") == (pages.len() > 1)), "{anchor}");
        pages
    }
}

#[tokio::test]
async fn each_row_of_a_long_document_is_on_one_page_and_links_lead_there() {
    let town = Town::with_document();
    let visitor = town.visitor(Role::LocalOperator);
    let id = evidence::put_on_desk(&town.node, &visitor, "長い計画.csv", report(450, "相談会").into_bytes())
        .expect("readable");
    let review = format!("/imports/{id}");
    let pages = town.all_pages(&review, "#beside").await;
    assert!(pages.len() > 1);
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for (place, page) in pages.iter().enumerate() {
        for row in all_between(page, "<tr id=\"row-", "\"") {
            assert_eq!(rows.insert(row.to_owned(), place), None, "{row} is on two pages");
        }
        // A link to a line on the same page needs a matching anchor there.
        for line in all_between(page, "href=\"#L", "\"") {
            assert!(page.contains(&format!("id=\"L{line}\"")), "line {line}");
        }
    }
    assert_eq!(rows.len(), 450);
    for row in ["0-1-1-1", "0-1-10-44"] {
        let page = town.get(&format!("{review}?done=saved&row={row}")).await.main();
        assert!(page.contains(&format!("<tr id=\"row-{row}\"")), "{row}");
    }
    assert_eq!(town.get(&format!("{review}?page=99")).await.status, 404);
}

/// Returns a town that has recorded this report.
fn town_with(report: &str) -> Town {
    let town = Town::empty();
    let visitor = town.visitor(Role::LocalOperator);
    let agreement = String::from_utf8(include_bytes!("../../../../import/tests/midori.txt").to_vec()).expect("a text");
    let front = agreement.split("第2 令和6年度").next().expect("a beginning").replace("令和7年度", "令和8年度");
    let lines = report.replace(',', "\t");
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    let file = format!("{front}第2 {}", lines.join("\n")).into_bytes();
    let id = evidence::put_on_desk(&town.node, &visitor, "長い計画.txt", file).expect("readable");
    evidence::accept(&town.node, &visitor, &id, None).expect("recorded");
    town
}

#[tokio::test]
async fn each_finding_and_each_indicator_is_on_one_page() {
    // A table of results in the form of a plan. Each row has one finding, and one indicator that no other row has.
    let letters: Vec<char> = "アイウエオカキクケコ".chars().collect();
    let name = |number: usize| [number / 100, number / 10 % 10, number % 10].map(|digit| letters[digit]);
    let told = |(number, line): (usize, &str)| {
        let counted = format!("行う（{}相談会の参加者：3人）。", String::from_iter(name(number % 1000)));
        line.replace("行う。", &counted).replace("令和8年度雇用関連事業計画", "令和6年度雇用関連事業進捗状況")
    };
    let told: Vec<String> = report(900, "相談会").lines().enumerate().map(told).collect();
    let town = town_with(&told.join("\n"));
    let once = |pages: &[String], open: &str, close: &str| {
        let mut all: Vec<String> =
            pages.iter().flat_map(|page| all_between(page, open, close)).map(str::to_owned).collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count, "something is on two pages");
        count
    };
    let pages = town.all_pages("/findings", "").await;
    assert!(pages.len() > 1);
    assert_eq!(once(&pages, "<section class=\"group\">", "</section>"), 900);
    assert_eq!(town.get("/findings?page=99").await.status, 404);
    // Choosing another filter leads to the first page of the list.
    let filters = all_between(&pages[1], "<nav class=\"chips\"", "</nav>").concat();
    assert!(filters.contains("severity=warning") && !filters.contains("page="), "{filters}");
    let pages = town.all_pages("/indicators", "").await;
    assert!(pages.len() > 1);
    let indicators = once(&pages, "<th role=\"rowheader\" scope=\"row\">", "</th>");
    let counted = format!("指標{indicators}件のうち{indicators}件を表示しています。");
    assert!(indicators > 800 && pages.iter().all(|page| page.contains(&counted)), "{indicators}");
}

#[tokio::test]
async fn each_row_of_a_long_plan_is_on_one_page_and_links_lead_there() {
    let town = town_with(&report(900, "相談会"));
    for filter in ["", "?party=city"] {
        let pages = town.all_pages(&format!("/plans/2026/plan{filter}"), "").await;
        let rows: Vec<&str> = pages.iter().flat_map(|page| all_between(page, "<tr role=\"row\" id=\"", "\"")).collect();
        let mut once = rows.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!((rows.len(), once.len()), if filter.is_empty() { (900, 900) } else { (450, 450) });
    }
    let outline = town.get("/plans/2026/plan").await.main();
    for anchor in ["c1", "s1-1", "s1-9", "r1-1-1", "r1-10-89"] {
        let way = town.get(&format!("/plans/2026/plan/at/{anchor}")).await;
        let (page, of_page) = way.header("location").split_once('#').expect("an anchor");
        assert_eq!((way.status.as_u16(), of_page), (303, anchor));
        let page_of_anchor = town.get(page).await.main();
        assert!(page_of_anchor.contains(&format!("id=\"{anchor}\"")), "{anchor} is on {page}");
        if anchor.starts_with('s') {
            assert!(outline.contains(&format!("{}#{anchor}\"", page.trim_start_matches("/plans/2026/plan"))), "{page}");
        }
    }
    assert_eq!(town.get("/plans/2026/plan/at/r9-9-9").await.status, 404);
    assert_eq!(town.get("/plans/2026/plan?page=99").await.status, 404);
}
