//! The node of a small town in a temporary directory. It has one agreement, a progress table of two rows, and a plan of
//! two rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use renkei_app::access::{Role, local_operator, local_viewer};
use renkei_app::{Context, Known, NewAccount, Node, Press, Visitor, day_of, edition, evidence, people};
use renkei_document::document::Document;
use renkei_document::figure::Stated;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::edition::EditionFile;
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::evidence::command::ImportDocument;
use renkei_domain::indicator::command::IndicatorCommand;
use renkei_domain::organisation::HeldPost;
use renkei_domain::organisation::duty::Duty;
use renkei_web::{Entrance, site};

use crate::addresses::answer_without_agreement;

pub struct Town {
    pub node: Arc<Node>,
    _directory: tempfile::TempDir,
}

/// An answer of the site, with its whole body.
pub struct Told {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Told {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a text"))
    }

    /// Returns the main part of the page.
    pub fn main(&self) -> String {
        let text = self.text();
        let start = text.find("<main").unwrap_or(0);
        text[start..text.find("</main>").unwrap_or(text.len())].to_owned()
    }
}

impl Town {
    /// Returns a town without any import.
    pub fn empty() -> Self {
        Self::opened_in(Context::fixed("2026-04-01T00:00:00Z".parse().expect("a time"), 7))
    }

    /// Returns a town without any import that uses this clock and these random numbers.
    pub fn opened_in(world: Context) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let node = Node::open(directory.path(), world).expect("opens");
        Self { node: Arc::new(node), _directory: directory }
    }

    /// Returns a town with the small document, whose rows both parties have taken over.
    pub fn with_document() -> Self {
        Self::empty().documented()
    }

    pub fn documented(self) -> Self {
        let town = self;
        let document: Document = serde_json::from_str(include_str!("document.json")).expect("a document");
        let text = document.agreement.clone().expect("an agreement");
        town.act(Command::ConcludeAgreement { text: Box::new(text) });
        let (agreement, parties) = town.agreement();
        town.act(Command::Evidence(EvidenceCommand::ImportDocument(Box::new(ImportDocument {
            agreement,
            by: parties[0],
            file_name: "<b>報告書</b>.txt".to_owned(),
            digest: "0".repeat(64),
            document,
            findings: Vec::new(),
            merge: None,
        }))));
        let evidence = {
            let state = town.node.state();
            let view = state.seen_by(local_viewer()).agreement(agreement).expect("concluded");
            view.evidence()[0].0
        };
        for party in parties {
            town.act(Command::Evidence(EvidenceCommand::TakeOverRows { agreement, party, evidence }));
        }
        town
    }

    /// Returns the same town with the first edition of its report.
    pub fn with_edition() -> Self {
        let town = Self::with_document();
        town.freeze();
        town
    }

    pub fn freeze(&self) {
        let press = Press::find().expect("fonts");
        edition::freeze_edition(&self.node, local_operator(), None, None, Ok(&press), false).expect("frozen");
    }

    /// Returns name and address of each file of the first edition.
    pub fn edition_files(&self) -> Vec<(String, String)> {
        let state = self.node.state();
        let view = state.seen_by(local_viewer()).agreements().next().expect("an agreement");
        let edition = view.editions_of(FiscalYear(2026)).into_iter().next().expect("an edition");
        let address = |file: &EditionFile| (file.name.clone(), format!("/editions/R8-1/{}", file.digest));
        edition.files.iter().map(address).collect()
    }

    /// Corrects the first figure of the progress table of 令和7年度. Returns the row of the figure.
    pub fn correct_first_figure(&self, value: i64, reason: &str) -> Id<id::Initiative> {
        let (agreement, parties) = self.agreement();
        let (row, observation) = {
            let state = self.node.state();
            let view = state.seen_by(local_viewer()).agreement(agreement).expect("concluded");
            let (_, plan) = view.plans().into_iter().find(|(_, plan)| plan.fiscal_year.0 == 2025).expect("a progress");
            let (_, id, row) = view.rows(&plan.chapters[0].sections[0]).next().expect("a row");
            (id, row.wording.observations().next().expect("a figure"))
        };
        let stated = Stated::Value { value: value.into(), provisional: false };
        let (party, reason) = (parties[1], reason.to_owned());
        self.act(Command::Indicator(IndicatorCommand::CorrectObservation { party, observation, stated, reason }));
        row
    }

    pub fn act(&self, command: Command) {
        self.node.do_as(local_operator(), command).expect("allowed");
    }

    pub fn agreement(&self) -> (Id<renkei_domain::agreement::Agreement>, Vec<Id<id::Party>>) {
        let state = self.node.state();
        let agreement = state.seen_by(local_viewer()).agreements().next().expect("an agreement");
        (agreement.id, agreement.agreement.parties.iter().map(|party| party.id).collect())
    }

    /// Uploads another report of the same town as the local operator. Returns the address of its review page.
    pub fn bring(&self, name: &str) -> String {
        self.bring_as(&self.visitor(Role::LocalOperator), name)
    }

    /// Uploads a report as [`bring`](Self::bring) does, for the party at this index.
    pub fn bring_for(&self, party: usize, name: &str) -> String {
        let page = self.bring(name);
        let (id, party) = (page.trim_start_matches("/imports/"), self.agreement().1[party]);
        evidence::hand_over_file(&self.node, &self.visitor(Role::LocalOperator), id, party).expect("handed over");
        page
    }

    /// Uploads a report as [`bring`](Self::bring) does, for the side of this visitor.
    pub fn bring_as(&self, visitor: &Visitor, name: &str) -> String {
        let report = include_bytes!("../../../import/tests/midori.txt").to_vec();
        format!("/imports/{}", evidence::put_on_desk(&self.node, visitor, name, report).expect("readable"))
    }

    /// Returns the address to which the form for undoing the newest import is sent.
    pub fn evidence(&self) -> String {
        let state = self.node.state();
        let agreement = state.seen_by(local_viewer()).agreements().next().expect("an agreement");
        let newest = agreement.evidence().into_iter().filter(|(_, known)| known.undone.is_none());
        format!("/evidence/{}", newest.max_by_key(|(_, known)| known.at).expect("imported").0)
    }

    /// Sends a form from our page as the local operator, and returns the answer.
    pub async fn send(&self, address: &str, fields: &[(&str, &str)]) -> Told {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send_as(address, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    /// Sends a form from our page as a visitor of this role, and returns the answer.
    pub async fn send_form(&self, role: Role, address: &str, fields: &[(&str, String)]) -> Told {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(address).header("host", "localhost").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.answer(role, request.body(Body::from(body)).expect("a request")).await
    }

    pub async fn send_as(&self, address: &str, kind: &str, body: Vec<u8>) -> Told {
        let request = Request::post(address).header("host", "localhost").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", kind).body(Body::from(body)).expect("a request");
        self.answer(Role::LocalOperator, request).await
    }

    /// Returns the answer to a GET by the local operator.
    pub async fn get(&self, address: &str) -> Told {
        self.ask(Role::LocalOperator, Request::get(address).header("host", "localhost")).await
    }

    pub async fn ask(&self, role: Role, request: axum::http::request::Builder) -> Told {
        self.answer(role, request.body(Body::empty()).expect("a request")).await
    }

    /// Returns the account that all signed-in visitors of this town share.
    pub fn account(&self) -> String {
        let (login, name) = ("yamada".to_owned(), "山田".to_owned());
        let new = NewAccount { login, name, is_administrator: false, language: Language::Japanese };
        let known = people::account_named(&self.node, "yamada");
        known.or_else(|_| people::add_account(&self.node, "", &new)).expect("an account")
    }

    /// Returns the session cookie of a new account. If a duty is given, the account has a post of the city.
    pub fn session_of(&self, login: &str, duty: Option<Duty>) -> String {
        self.session_at(0, login, duty)
    }

    /// Does the same as [`session_of`](Self::session_of) for a post of the party at this index.
    pub fn session_at(&self, party: usize, login: &str, duty: Option<Duty>) -> String {
        let (login, name) = (format!("{login}{}", if party == 0 { "" } else { "-2" }), login.to_owned());
        let new = NewAccount { login, name, is_administrator: false, language: Language::Japanese };
        let account = people::add_account(&self.node, "", &new).expect("an account");
        if let Some(duty) = duty {
            let party = self.agreement().1[party];
            let post = people::post_named(&self.node, local_operator(), party, "しごと課", duty.name(), &[duty])
                .expect("a post");
            people::appoint(&self.node, "", &account, post, day_of(self.node.now()), None).expect("appointed");
        }
        let account = people::find_account(&self.node, &account).expect("added");
        format!("renkei-session={}", people::start_session(&self.node, &account, "").expect("let in").text())
    }

    /// Returns a visitor of this role; if the role needs a party, of the first party (the city).
    pub fn visitor(&self, role: Role) -> Visitor {
        self.visitor_of(0, role)
    }

    /// Returns a visitor of this role; if the role needs a party, of the party at this index.
    pub fn visitor_of(&self, side: usize, role: Role) -> Visitor {
        let duty = Duty::ALL.into_iter().find(|duty| Role::from(*duty) == role);
        let party = duty.map(|_| self.agreement().1[side]);
        let state = self.node.state();
        let organisation = party.and_then(|party| state.seen_by(local_viewer()).organisation(party));
        let post = duty.map(|duty| {
            let held = post_in("しごと課", duty);
            let known = organisation.and_then(|known| known.post_named(&held.title, self.node.today()));
            HeldPost { post: known.unwrap_or(held.post), ..held }
        });
        match role {
            Role::LocalOperator => Visitor::local_operator(Language::Japanese),
            Role::Stranger => Visitor::stranger(Language::Japanese),
            _ => Visitor::known(Known {
                account: self.account(),
                name: "山田".to_owned(),
                party,
                posts: post.into_iter().collect(),
                is_administrator: role == Role::Administrator,
                language: Language::Japanese,
            }),
        }
    }

    pub async fn answer(&self, role: Role, request: Request<Body>) -> Told {
        self.answer_to(self.visitor(role), request).await
    }

    /// Returns the answer to a request of this visitor, without the agreement in its addresses.
    pub async fn answer_to(&self, visitor: Visitor, request: Request<Body>) -> Told {
        let site = site(Arc::clone(&self.node), Entrance::As(Arc::new(visitor)));
        answer_without_agreement(&site, request).await
    }

    /// Returns the addresses of all rows, newest table first.
    pub async fn rows(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for table in ["/plans/2026/plan", "/plans/2025/progress"] {
            let page = self.get(table).await.text();
            let links = page.split("<td role=\"cell\" class=\"c-number\"><a href=\"").skip(1);
            rows.extend(links.map(|rest| rest[..rest.find('"').expect("closed")].to_owned()));
        }
        rows
    }
}

/// Replaces each id in a text by its order of first appearance: the first id becomes ID1 everywhere.
pub fn ids_by_place(text: &str) -> String {
    const LENGTH: usize = 36;
    let is_id = |at: &usize| {
        let id = text.as_bytes().get(*at..at + LENGTH)?;
        let hyphens = [8, 13, 18, 23].into_iter().all(|at| id[at] == b'-');
        let digits = id.iter().filter(|byte| byte.is_ascii_hexdigit()).count() == 32;
        (hyphens && digits).then(|| text.get(*at..at + LENGTH)).flatten()
    };
    let (mut told, mut known, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    while let Some(next) = text[at..].chars().next() {
        match is_id(&at) {
            Some(id) => {
                let place = known.iter().position(|known| *known == id).unwrap_or_else(|| {
                    known.push(id);
                    known.len() - 1
                });
                told += &format!("ID{}", place + 1);
                at += LENGTH;
            }
            None => {
                told.push(next);
                at += next.len_utf8();
            }
        }
    }
    told
}

#[test]
fn an_id_is_replaced_by_its_order_of_appearance() {
    let [one, other] = ["0195f2a0-0000-7000-8000-00000000000a", "e3b0c442-98fc-4c14-9afb-f4c8996fb924"];
    let page = format!("市 /rows/{one}#n1、{other}、また{one} 0195f2a0-0000");
    assert_eq!(ids_by_place(&page), "市 /rows/ID1#n1、ID2、またID1 0195f2a0-0000");
}

/// Returns a post with this duty in a division, which no organisation needs to contain.
pub fn post_in(division: &str, duty: Duty) -> HeldPost {
    HeldPost {
        post: "00000000-0000-0000-0000-000000000000".parse().expect("an id"),
        title: format!("{division} {}", duty.name()),
        division: division.to_owned(),
        answers_for: BTreeSet::from([division.to_owned()]),
        duties: vec![duty],
        deputy: None,
    }
}

/// Returns an officer who holds this post, with every duty of a secretariat.
pub fn holder(party: Id<id::Party>, title: &str) -> Actor {
    holding(party, title, None)
}

/// Returns an officer who is deputy for this post of a secretariat; `own` is the post that the officer holds.
pub fn deputy(party: Id<id::Party>, title: &str, own: &str) -> Actor {
    holding(party, title, Some(own.to_owned()))
}

fn holding(party: Id<id::Party>, title: &str, deputy: Option<String>) -> Actor {
    let post = HeldPost { title: title.to_owned(), deputy, ..post_in("", Duty::Secretariat) };
    Actor::Officer { party, posts: [post].into() }
}
