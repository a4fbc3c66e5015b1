//! Renamed divisions: the pages ask whether two names mean one division, record an answer, and accept another answer
//! later.

use renkei_document::document::{Document, PlanKind};
use renkei_domain::command::Command;
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::evidence::command::ImportDocument;

use crate::town::Town;

const FORMER: &str = "しごと課";
const LATTER: &str = "はたらく課";

/// Returns a town whose next plan uses another name for one division of the city.
fn renamed() -> Town {
    let town = Town::with_document();
    let text = include_str!("../document.json").replace(FORMER, LATTER);
    let mut document: Document = serde_json::from_str(&text).expect("a document");
    document.plans.retain(|table| table.kind == PlanKind::Plan);
    document.plans.iter_mut().for_each(|table| table.fiscal_year = table.fiscal_year.next());
    let (agreement, parties) = town.agreement();
    town.act(Command::Evidence(EvidenceCommand::ImportDocument(Box::new(ImportDocument {
        agreement,
        by: parties[0],
        file_name: "次の年度.txt".to_owned(),
        digest: "1".repeat(64),
        document,
        findings: Vec::new(),
        merge: None,
    }))));
    town
}

#[tokio::test]
async fn a_renamed_division_is_asked_about_and_answered() {
    let town = renamed();
    let link = "href=\"/divisions\"";
    assert!(town.get("/").await.main().contains("改称したと思われる組織"), "{}", town.get("/").await.main());
    assert!(town.get("/").await.main().contains(link));
    let page = town.get("/divisions").await.main();
    assert_eq!(page.matches("は、同じ課ですか").count(), 1, "{page}");
    assert!(page.contains(&format!("「{FORMER}」と「{LATTER}」")) && page.contains("href=\"/initiatives/"), "{page}");
    let fields = [("party", "city"), ("former", FORMER), ("latter", LATTER)];
    let send = async |answer| town.send("/divisions", &[&fields[..], &[("answer", answer)]].concat()).await;
    assert_eq!(send("perhaps").await.status, 400);
    assert_eq!(send("same").await.header("location"), "/divisions?done=1");
    let page = town.get("/divisions?done=1").await.main();
    assert!(!page.contains("は、同じ課ですか") && page.contains("別の課に改める") && page.contains("事務局"), "{page}");
    assert!(!town.get("/").await.main().contains("改称したと思われる組織"));
    assert_eq!(send("same").await.status, 422, "it is the same answer");
    assert_eq!(send("other").await.status, 303);
    let page = town.get("/divisions").await.main();
    assert!(page.contains("同じ課に改める") && !page.contains("は、同じ課ですか"), "{page}");
    let elsewhere = [("party", "city"), ("former", "ない課"), ("latter", LATTER), ("answer", "same")];
    assert_eq!(town.send("/divisions", &elsewhere).await.status, 400, "nobody asked");
}
