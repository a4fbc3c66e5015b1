//! The city's secretariat imports documents: of a year that the bureau drafts in private, of a year that both sides
//! recorded, and of a new year. Every page and refusal is the same, whether or not the bureau has hidden data.

use super::{SECRET, Walk, World, leak};
use crate::evidence::taking_over::BOUNDARY;
use crate::town::Told;

const CITY: usize = 0;

/// Returns the report for another year: the progress of the year before `reiwa`, and the plan of the year `reiwa`.
fn report(reiwa: u32) -> String {
    let text = String::from_utf8_lossy(include_bytes!("../../../../import/tests/midori.txt")).into_owned();
    let text = text.replace("令和6年度", "令和X年度").replace("令和7年度", &format!("令和{reiwa}年度"));
    text.replace("令和X年度", &format!("令和{}年度", reiwa - 1))
}

/// The requests of the city's secretariat, with their answers, in order.
struct Visit<'a> {
    world: &'a World,
    step: u64,
    told: Vec<(String, Told)>,
}

impl Visit<'_> {
    fn next(&mut self) {
        self.step += 1;
        self.world.at(self.step, self.step);
    }

    async fn reads(&mut self, address: &str) {
        let told = self.world.town.read_by(CITY, address).await;
        self.told.push((format!("GET {address}"), told));
    }

    async fn sends(&mut self, address: &str, fields: &[(&str, &str)]) {
        self.next();
        let told = self.world.town.sent_by(CITY, address, fields).await;
        self.told.push((format!("POST {address} {fields:?}"), told));
    }

    /// Uploads a text, reviews and records it, then reads the pages.
    async fn brings(&mut self, name: &str, text: &str) {
        self.next();
        let head = format!("--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), text.as_bytes(), b"\r\n--xx--\r\n"].concat();
        let told = self.world.town.posted_by(CITY, "/imports", BOUNDARY, body).await;
        let page = told.header("location").to_owned();
        assert!(page.starts_with("/imports/"), "{name}: {}", told.main());
        self.told.push((format!("bring {name}"), told));
        self.reads(&page).await;
        self.reads(&format!("{page}/rows/0-1-1-1")).await;
        self.sends(&page, &[("do", "accept")]).await;
        // An import that removes most rows of a year needs a confirmation.
        if self.told.last().is_some_and(|(_, told)| told.header("location").ends_with("?done=unconfirmed")) {
            self.reads(&format!("{page}?done=unconfirmed")).await;
            self.sends(&page, &[("do", "accept"), ("chosen", "1"), ("gone", "999")]).await;
        }
        for address in ["/imports", "/", "/plans/2027/plan", "/plans/2026/plan", "/plans/2025/progress"] {
            self.reads(address).await;
        }
    }

    async fn undoes(&mut self, evidence: &str) {
        for reason in ["", "誤った文書だったため"] {
            self.sends(evidence, &[("reason", reason)]).await;
        }
        self.reads("/imports").await;
    }
}

/// Does everything that a side can do with documents, including every request that is refused.
async fn brings_documents(world: &World) -> Vec<(String, Told)> {
    let both = world.town.evidence();
    let mut visit = Visit { world, step: 2_000, told: Vec::new() };
    visit.brings("作成中の年度.txt", &report(9)).await;
    visit.brings("新しい年度.txt", &report(7)).await;
    let first = world.town.evidence();
    visit.brings("同じ文書.txt", &report(7)).await;
    visit.brings("既にある年度.txt", &report(8)).await;
    let merged = world.town.evidence();
    let again = report(8).replace("農業の担い手を育てる。", "農業の担い手を重点的に育てる。");
    visit.brings("既にある年度をもう一度.txt", &again).await;
    let newest = world.town.evidence();
    assert!(first != merged && merged != newest, "each was recorded");
    // First a replaced document, then one that both sides took over, then the others from the newest to the oldest.
    for evidence in [&merged, &both, &newest, &newest, &merged, &first] {
        visit.undoes(evidence).await;
        let rows = format!("{evidence}/rows");
        visit.reads(&rows).await;
        visit.sends(&rows, &[]).await;
    }
    visit
        .brings("となりの市.txt", &report(7).replace("みどり市", "となり市").replace("あおば労働局", "わかば労働局"))
        .await;
    visit.told
}

#[tokio::test]
async fn importing_documents_of_the_city_reveals_no_hidden_data_of_the_bureau() {
    let seed = 3;
    let (mut silent, mut secretive) = (World::new(seed), World::new(seed));
    let mut walk = Walk(seed + 100);
    for step in 0..24 {
        for secret in 0..2 {
            secretive.do_secretly(step * 2 + secret, &mut walk);
        }
        silent.do_openly(step);
        secretive.do_openly(step);
    }
    assert!(secretive.rows(true).len() > 5 && silent.rows(true).is_empty());
    let (expected, found) = (brings_documents(&silent).await, brings_documents(&secretive).await);
    assert_eq!(expected.len(), found.len());
    let refused = expected.iter().filter(|(_, told)| told.status == 422).count();
    let done = expected.iter().filter(|(_, told)| told.status == 303).count();
    assert!(refused > 9 && done > 10, "{refused} refusals, {done} deeds");
    let mut leaks = Vec::new();
    for ((asked, expected), (other, found)) in expected.iter().zip(&found) {
        assert_eq!(asked, other);
        assert!(!found.text().contains(SECRET), "{asked}: {}", found.main());
        leaks.extend(leak(expected, found).map(|leak| format!("{asked}: {leak}")));
    }
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
}
