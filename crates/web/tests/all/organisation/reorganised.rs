//! Rights after a reorganisation in April: a row keeps the name of last year's division, and the division that now does
//! its work may change the row.

use axum::body::Body;
use axum::http::Request;
use jiff::civil::Date;
use renkei_app::access::{Right, local_operator};
use renkei_app::{NewAccount, Visitor, organisation, people};
use renkei_document::id::Id;
use renkei_document::language::Language;
use renkei_domain::authority::need::Need;
use renkei_domain::organisation::duty::Duty;
use renkei_domain::organisation::{Division, OrganisationChange};
use renkei_domain::record::facts::Facts;

use crate::town::Town;

const LAST_YEAR: Date = jiff::civil::date(2025, 4, 1);
const APRIL: Date = jiff::civil::date(2026, 4, 1);

fn begun(division: Id<Division>, name: &str, from: Date) -> OrganisationChange {
    OrganisationChange::DivisionBegun {
        division, from, name: name.into(), kind: "課".into(), parent: None, area: None
    }
}

fn ended(divisions: Vec<Id<Division>>, successors: Vec<Id<Division>>) -> OrganisationChange {
    OrganisationChange::DivisionsEnded { divisions, from: APRIL, successors }
}

impl Town {
    /// Returns a town with しごと課 and まち課, which are reorganised this April, and a draft row that still names しごと課.
    fn reorganised(
        april: impl FnOnce(&Facts, Id<Division>, Id<Division>) -> Vec<OrganisationChange>,
    ) -> (Self, String) {
        let town = Self::with_document();
        let row = town.draft_of_the_city();
        let parties = town.agreement().1;
        let changes = |facts: &Facts| {
            let (work, town) = (facts.id(), facts.id());
            let first = [begun(work, "しごと課", LAST_YEAR), begun(town, "まち課", LAST_YEAR)];
            first.into_iter().chain(april(facts, work, town)).collect()
        };
        organisation::change_organisation(&town.node, local_operator(), parties[0], changes).expect("organised");
        (town, row)
    }

    /// Returns the visitor of a new account that has a post with this duty in a division, as after signing in.
    pub fn signed_in(&self, division: &str, duty: Duty) -> Visitor {
        let node = &self.node;
        let login = format!("hito-{}", people::people(node).expect("read").len());
        let new = NewAccount { login, name: "人".to_owned(), is_administrator: false, language: Language::Japanese };
        let account = people::add_account(node, "", &new).expect("added");
        let party = self.agreement().1[0];
        let post = people::post_named(node, local_operator(), party, division, duty.name(), &[duty]).expect("a post");
        people::appoint(node, "", &account, post, APRIL, None).expect("appointed");
        let token =
            people::start_session(node, &people::find_account(node, &account).expect("added"), "").expect("a session");
        Visitor::clone(&people::visitor_of(node, token.text(), node.now()).expect("read").expect("known"))
    }

    /// Returns the status code of a row's form for a visitor.
    async fn form_for(&self, visitor: &Visitor, row: &str) -> u16 {
        let request = Request::get(format!("{row}/edit")).header("host", "localhost").body(Body::empty());
        self.answer_to(visitor.clone(), request.expect("a request")).await.status.as_u16()
    }

    /// Checks for each division whether its clerk may change the row and its approver may show it.
    #[track_caller]
    fn check<'a>(&'a self, row: &'a str, expected: &'a [(&'a str, bool)]) -> impl Future<Output = ()> + 'a {
        let place = std::panic::Location::caller();
        async move {
            let party = self.agreement().1[0];
            for (division, may) in expected {
                let status = self.form_for(&self.signed_in(division, Duty::Clerk), row).await;
                assert_eq!(status, if *may { 200 } else { 403 }, "the clerk of {division} at {place}");
                let approver = self.signed_in(division, Duty::Approver);
                let share = Need::of_divisions(party, Right::Share, vec!["しごと課".to_owned()]);
                assert_eq!(approver.meets(&share), *may, "{division} at {place}");
                assert_eq!(self.form_for(&approver, row).await, 403, "who approves does not write");
            }
            let bureau = self.agreement().1[1];
            let clerk = self.signed_in(expected[0].0, Duty::Clerk);
            let draft = Need::of_divisions(bureau, Right::Draft, vec!["しごと課".to_owned()]);
            assert!(!clerk.meets(&draft), "the other side's row of the same name");
        }
    }
}

#[tokio::test]
async fn the_clerk_of_a_renamed_division_keeps_its_rows() {
    let renamed = |_: &Facts, work, _| {
        let (name, kind) = ("しごと未来課".to_owned(), "課".to_owned());
        vec![OrganisationChange::DivisionRenamed { division: work, from: APRIL, name, kind }]
    };
    let (town, row) = Town::reorganised(renamed);
    town.check(&row, &[("しごと未来課", true), ("まち課", false)]).await;
}

#[tokio::test]
async fn a_merged_division_may_change_the_rows_of_both() {
    let merged = |facts: &Facts, work, town| {
        let new = facts.id();
        vec![begun(new, "くらし課", APRIL), begun(facts.id(), "みなと課", APRIL), ended(vec![work, town], vec![new])]
    };
    let (town, row) = Town::reorganised(merged);
    town.check(&row, &[("くらし課", true), ("みなと課", false)]).await;
}

#[tokio::test]
async fn each_part_of_a_split_division_may_change_its_rows() {
    let split = |facts: &Facts, work, _| {
        let [one, other] = [facts.id(), facts.id()];
        vec![begun(one, "求職課", APRIL), begun(other, "求人課", APRIL), ended(vec![work], vec![one, other])]
    };
    let (town, row) = Town::reorganised(split);
    town.check(&row, &[("求職課", true), ("求人課", true), ("まち課", false)]).await;
}

#[tokio::test]
async fn rows_under_a_name_that_another_division_took_belong_to_that_division() {
    let taken = |_: &Facts, work, town| {
        let renamed = |division, name: &str| {
            let (name, kind) = (name.to_owned(), "課".to_owned());
            OrganisationChange::DivisionRenamed { division, from: APRIL, name, kind }
        };
        vec![renamed(work, "しごと未来課"), renamed(town, "しごと課")]
    };
    let (town, row) = Town::reorganised(taken);
    town.check(&row, &[("しごと未来課", false), ("しごと課", true)]).await;
}
