//! Several agreements on one node: two cities and one Labour Bureau. Neither city learns that the other exists; the bureau
//! sees both, chooses between them, and old addresses lead to the only agreement that can be meant.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use renkei_app::access::local_viewer;
use renkei_app::{Known, Visitor};
use renkei_document::document::Document;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::agreement::Agreement;
use renkei_domain::command::Command;
use renkei_domain::evidence::command::{EvidenceCommand, ImportDocument};
use renkei_domain::organisation::duty::Duty;
use renkei_web::{Entrance, site};

use crate::addresses::answer;
use crate::town::{Told, Town, post_in};

/// A node with two agreements of one bureau.
struct Region {
    town: Town,
    agreements: Vec<Id<Agreement>>,
}

impl Region {
    fn new() -> Self {
        let town = Town::with_document();
        let other = include_str!("document.json").replace("みどり市", "あかね市");
        let document: Document = serde_json::from_str(&other).expect("a document");
        let text = document.agreement.clone().expect("an agreement");
        town.act(Command::ConcludeAgreement { text: Box::new(text) });
        let agreements: Vec<_> = town.node.state().seen_by(local_viewer()).agreements().map(|known| known.id).collect();
        let region = Self { town, agreements };
        let (agreement, parties) = (region.agreements[1], region.parties(1));
        region.town.act(Command::Evidence(EvidenceCommand::ImportDocument(Box::new(ImportDocument {
            agreement,
            by: parties[0],
            file_name: "報告書.txt".to_owned(),
            digest: "1".repeat(64),
            document,
            findings: Vec::new(),
            merge: None,
        }))));
        region
    }

    /// Returns the parties of an agreement: the city and the bureau.
    fn parties(&self, place: usize) -> Vec<Id<id::Party>> {
        let state = self.town.node.state();
        let known = state.seen_by(local_viewer()).agreement(self.agreements[place]).expect("concluded");
        known.agreement.parties.iter().map(|party| party.id).collect()
    }

    fn secretariat(&self, party: Id<id::Party>) -> Visitor {
        Visitor::known(Known {
            account: self.town.account(),
            name: "山田".to_owned(),
            party: Some(party),
            posts: vec![post_in("事務局", Duty::Secretariat)],
            is_administrator: false,
            language: Language::Japanese,
        })
    }

    async fn get(&self, visitor: &Visitor, address: &str) -> Told {
        let entrance = Entrance::As(std::sync::Arc::new(visitor.clone()));
        let request = Request::get(address).header("host", "localhost").body(Body::empty()).expect("a request");
        answer(site(std::sync::Arc::clone(&self.town.node), entrance), request).await
    }

    fn key(&self, place: usize) -> String {
        self.agreements[place].to_string().chars().take(8).collect()
    }
}

#[tokio::test]
async fn the_bureau_chooses_between_its_agreements_and_a_city_sees_its_own_alone() {
    let region = Region::new();
    assert_eq!(region.agreements.len(), 2);
    let [first, second] = [0, 1].map(|place| region.parties(place));
    assert_eq!(first[1], second[1], "one bureau has signed both");
    let bureau = region.secretariat(first[1]);
    let told = region.get(&bureau, "/agreement").await;
    assert_eq!(told.status, StatusCode::MULTIPLE_CHOICES);
    for place in 0..2 {
        let address = format!("/a/{}/agreement", region.key(place));
        assert!(told.text().contains(&format!("href=\"{address}\"")), "{}", told.main());
        let page = region.get(&bureau, &address).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("協定を選ぶ"), "the header changes the agreement");
    }
    for (city, own, other) in [(first[0], 0, 1), (second[0], 1, 0)] {
        let visitor = region.secretariat(city);
        let own_page = format!("/a/{}/agreement", region.key(own));
        let moved = region.get(&visitor, "/agreement").await;
        assert_eq!((moved.status, moved.header("location")), (StatusCode::SEE_OTHER, own_page.as_str()));
        let page = region.get(&visitor, &own_page).await;
        assert!(!page.text().contains("協定を選ぶ"), "there is nothing to choose");
        let hidden = region.get(&visitor, &format!("/a/{}/agreement", region.key(other))).await;
        let never = region.get(&visitor, "/a/00000000/agreement").await;
        assert_eq!((hidden.status, &hidden.body), (StatusCode::NOT_FOUND, &never.body), "as if it did not exist");
    }
}

#[tokio::test]
async fn an_old_address_of_a_row_leads_to_the_agreement_of_the_row() {
    let region = Region::new();
    let bureau = region.secretariat(region.parties(0)[1]);
    for place in 0..2 {
        let row = {
            let state = region.town.node.state();
            let known = state.seen_by(local_viewer()).agreement(region.agreements[place]).expect("concluded");
            let (_, plan) = known.plans().into_iter().next().expect("a plan");
            known.rows_at_home(plan).next().expect("a row").0
        };
        let told = region.get(&bureau, &format!("/initiatives/{row}")).await;
        let expected = format!("/a/{}/initiatives/{row}", region.key(place));
        assert_eq!((told.status, told.header("location")), (StatusCode::SEE_OTHER, expected.as_str()));
        let elsewhere = format!("/a/{}/initiatives/{row}", region.key(1 - place));
        assert_eq!(region.get(&bureau, &elsewhere).await.status, StatusCode::NOT_FOUND);
    }
    let told = region.get(&bureau, "/initiatives/00000000-0000-0000-0000-000000000000").await;
    assert_eq!(told.status, StatusCode::NOT_FOUND);
}
