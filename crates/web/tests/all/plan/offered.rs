//! A page offers exactly what a decision takes: for officers with one or two posts, own or as a deputy, each row's page
//! and the plan's page show a button if and only if pressing it succeeds.

use axum::body::Body;
use axum::http::Request;
use renkei_app::{Known, Visitor};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_document::passage::Passage;
use renkei_domain::command::Command;
use renkei_domain::organisation::HeldPost;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::plan::Wording;
use renkei_domain::plan::command::PlanCommand;

use crate::town::{Town, post_in};

const PLAN: &str = "/plans/2027/plan";
const DIVISIONS: [&str; 2] = ["しごと課", "くらし課"];

/// Returns the posts of each officer that the test tries.
fn officers() -> Vec<Vec<HeldPost>> {
    let own = |duty| post_in(DIVISIONS[0], duty);
    let deputy = |duty| HeldPost { deputy: Some("しごと課 主査".to_owned()), ..post_in(DIVISIONS[1], duty) };
    let each = [Duty::Secretariat, Duty::Clerk, Duty::Approver, Duty::Reader];
    let single = each.into_iter().map(|duty| vec![own(duty)]);
    let double = each.into_iter().flat_map(|duty| each.map(|other| vec![own(duty), deputy(other)]));
    single.chain(double).collect()
}

struct Office {
    town: Town,
    /// A private row of each division, as an address.
    rows: Vec<String>,
}

impl Office {
    fn new() -> Self {
        let town = Town::with_document();
        town.draft_of_the_city();
        let (agreement, parties) = town.agreement();
        let (plan, section) = town.draft_section();
        let before: Vec<String> = town.drafts().into_iter().map(|(id, _)| id).collect();
        for division in DIVISIONS {
            let wording = Wording {
                divisions: vec![division.to_owned()],
                text: Passage::words(format!("{division}の取組を行う。")),
                ..Wording::default()
            };
            let party = parties[0];
            let command = PlanCommand::DraftInitiative { agreement, party, plan, section, after: None, wording };
            town.act(Command::Plan(command));
        }
        let row = |division: &str| {
            let new = town.drafts().into_iter().find(|(id, text)| !before.contains(id) && text.starts_with(division));
            format!("/initiatives/{}", new.expect("drafted").0)
        };
        let rows = DIVISIONS.iter().map(|division| row(division)).collect();
        Self { town, rows }
    }

    fn visitor(&self, posts: &[HeldPost]) -> Visitor {
        Visitor::known(Known {
            account: self.town.account(),
            name: "山田".to_owned(),
            party: Some(self.town.agreement().1[0]),
            posts: posts.to_vec(),
            is_administrator: false,
            language: Language::Japanese,
        })
    }
}

#[tokio::test]
async fn a_button_is_shown_exactly_if_pressing_it_succeeds() {
    let mut pressed = 0;
    let known = Office::new();
    for posts in officers() {
        let visitor = known.visitor(&posts);
        for place in 0..DIVISIONS.len() {
            let row = &known.rows[place];
            let page = known.town.seen_as(&visitor, PLAN).await;
            let edits = page.contains(&format!("{row}/edit"));
            let form = known.town.seen_as(&visitor, &format!("{row}/edit")).await;
            let told: Vec<&str> = posts.iter().map(|post| post.title.as_str()).collect();
            assert_eq!(edits, form.contains("id=\"row-form\""), "{told:?} {row}");
            let shows = page.contains(&format!("name=\"row\" value=\"{}\"", row.trim_start_matches("/initiatives/")));
            // Pressing changes the town, so each button is pressed in a town of its own.
            let other = Office::new();
            let visitor = other.visitor(&posts);
            let row = &other.rows[place];
            let withdrawn = other.town.sent_as(&visitor, &format!("{row}/withdraw"), &[("sure", "1")]).await;
            assert_eq!(edits, withdrawn == 303, "{told:?} withdraws {row}: {withdrawn}");
            if shows {
                let other = Office::new();
                let visitor = other.visitor(&posts);
                let page = other.town.seen_as(&visitor, PLAN).await;
                let id = other.rows[place].trim_start_matches("/initiatives/");
                let form = page.split(&format!("name=\"row\" value=\"{id}\"")).nth(1).expect("a button");
                let read = form.split("name=\"read\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
                let fields = [("row", id), ("read", read.expect("a digest"))];
                let shared = other.town.sent_as(&visitor, &format!("{PLAN}/share"), &fields).await;
                assert_eq!(shared, 303, "{told:?} shows {id}");
                pressed += 1;
            }
        }
    }
    assert!(pressed > 10, "{pressed} rows were shown");
}

impl Town {
    async fn seen_as(&self, visitor: &Visitor, address: &str) -> String {
        let request = Request::get(address).header("host", "localhost").body(Body::empty()).expect("a request");
        self.answer_to(visitor.clone(), request).await.main()
    }

    /// Sends a form from our page, and returns the status code of the answer.
    async fn sent_as(&self, visitor: &Visitor, address: &str, fields: &[(&str, &str)]) -> u16 {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(address).header("host", "localhost").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(Body::from(body));
        self.answer_to(visitor.clone(), request.expect("a request")).await.status.as_u16()
    }

    /// Returns the draft plan with its first section.
    fn draft_section(&self) -> (Id<id::Plan>, Id<id::Section>) {
        let state = self.node.state();
        let view = state.seen_by(renkei_app::access::local_viewer()).agreements().next().expect("concluded");
        let year = renkei_document::fiscal_year::FiscalYear(2027);
        let (id, plan) = view.plan_of(year, renkei_document::document::PlanKind::Plan).expect("opened");
        (id, plan.sections().next().expect("a section").id)
    }
}
