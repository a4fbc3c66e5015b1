//! Data that is stored beside the journal: uploaded files, half-typed and unsent forms, sessions. Nobody can read,
//! change, count or use up the data of another owner.

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use renkei_app::access::{Right, Role};
use renkei_app::{AppError, Known, NewAccount, Visitor, evidence, people, plan};
use renkei_document::language::Language;
use renkei_domain::organisation::duty::Duty;
use renkei_web::routes::table;

use crate::town::{Told, Town, post_in};

type Form = &'static [(&'static str, &'static str)];

/// Routes whose address contains the id of data beside the journal, with forms that are valid for them.
const BESIDE: [(&str, &[Form]); 4] = [
    (
        "/imports/{id}",
        &[&[("do", "accept")], &[("do", "put-away")], &[("do", "keep"), ("kept", "x")], &[("do", "nothing")], &[]],
    ),
    (
        "/imports/{id}/rows/{place}",
        &[
            &[("do", "save"), ("party", "city"), ("divisions", "ほかの課"), ("text", "別の文を書いた。")],
            &[("do", "leave-out")],
            &[("do", "take-in")],
            &[("do", "restore")],
        ],
    ),
    ("/unsent/{id}", &[&[]]),
    // The address contains the key of a passkey. The tests of passkeys cover this route, because they have devices.
    ("/me/passkeys/{key}", &[]),
];

/// Routes whose address contains something else: data of the journal, an account, one of our files, or a secret that
/// only its owner knows.
const OTHERWISE: [&str; 31] = [
    "/assets/{file}",
    "/editions/{name}",
    "/editions/{name}/{digest}",
    "/evidence/{id}",
    "/evidence/{id}/rows",
    "/evidence/{id}/rows/decline",
    "/indicators/handover/{division}",
    "/indicators/handover/{division}/handover.pdf",
    "/indicators/{id}",
    "/indicators/{id}/compare",
    "/initiatives/{id}",
    "/initiatives/{id}/edit",
    "/initiatives/{id}/edit/typed",
    "/initiatives/{id}/history",
    "/initiatives/{id}/move",
    "/initiatives/{id}/repeat",
    "/initiatives/{id}/suggest",
    "/initiatives/{id}/suggest/typed",
    "/initiatives/{id}/withdraw",
    "/links/{token}",
    "/organisation/divisions/{id}",
    "/people/{id}",
    "/plans/{year}/{kind}",
    "/plans/{year}/{kind}/at/{anchor}",
    "/plans/{year}/{kind}/carry-over",
    "/plans/{year}/{kind}/new",
    "/plans/{year}/{kind}/new/typed",
    "/plans/{year}/{kind}/share",
    "/r/{reference}",
    "/reports/{file}",
    "/suggestions/{id}",
];

/// The data of one visitor beside the journal.
struct Kept {
    file: Option<String>,
    unsent: Option<String>,
}

impl Town {
    /// Returns a visitor with this role and an account of their own, for the first (`side` 0) or second party.
    fn one_of(&self, side: usize, role: Role, name: &str) -> Visitor {
        let duty = Duty::ALL.into_iter().find(|duty| Role::from(*duty) == role);
        let login = format!("{side}-{role:?}-{name}").to_lowercase();
        let known = people::account_named(&self.node, &login);
        let account = known.or_else(|_| {
            let (login, name, language) = (login.clone(), name.to_owned(), Language::Japanese);
            people::add_account(&self.node, "", &NewAccount { login, name, is_administrator: false, language })
        });
        let post = duty.map(|duty| post_in("しごと課", duty));
        Visitor::known(Known {
            account: account.expect("an account"),
            name: name.to_owned(),
            party: duty.map(|_| self.agreement().1[side]),
            posts: post.into_iter().collect(),
            is_administrator: role == Role::Administrator,
            language: Language::Japanese,
        })
    }

    /// Returns visitors of both sides in every role, and visitors without a side.
    fn everybody(&self) -> Vec<(String, Visitor)> {
        let of_sides = [0, 1].into_iter().flat_map(|side| {
            let roles = Duty::ALL.into_iter().map(Role::from);
            roles.map(move |role| (format!("{side} {role:?}"), self.one_of(side, role, "x")))
        });
        let others = [Role::LocalOperator, Role::Stranger].map(|role| (format!("{role:?}"), self.visitor(role)));
        let administrator = ("Administrator".to_owned(), self.one_of(0, Role::Administrator, "x"));
        of_sides.chain(others).chain([administrator]).collect()
    }

    fn keep_something(&self, visitor: &Visitor) -> Kept {
        let file = visitor.may(Right::Import).then(|| self.bring_as(visitor, "ひみつ.txt"));
        let file = file.map(|address| address.rsplit('/').next().expect("an id").to_owned());
        let fields = [("reason".to_owned(), "ひみつ".to_owned())];
        // A stranger has no data, and the local operator has no account whose forms could be kept.
        let unsent = people::keep_unsent(&self.node, visitor, "/divisions", &fields).ok();
        Kept { file, unsent }
    }

    async fn get_as(&self, visitor: &Visitor, address: &str) -> Told {
        let request = Request::get(address).header("host", "localhost").body(Body::empty()).expect("a request");
        self.answer_to(visitor.clone(), request).await
    }

    async fn post_as(&self, visitor: &Visitor, address: &str, fields: &[(&str, &str)]) -> Told {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(address)
            .header("host", "localhost")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body));
        self.answer_to(visitor.clone(), request.expect("a request")).await
    }
}

/// Returns an id of the same length that does not exist: it consists of the letters a and b.
fn never(id: &str) -> String {
    id.chars().rev().map(|c| if c == 'a' { 'b' } else { 'a' }).collect()
}

/// Returns an answer in which the requested id is replaced.
fn without(told: &Told, id: &str) -> (StatusCode, HeaderMap, String) {
    (told.status, told.headers.clone(), told.text().replace(id, "ID"))
}

#[test]
fn each_route_with_an_id_is_tested_or_concerns_other_data() {
    for route in table().filter(|route| route.path.contains('{')) {
        let is_walked = BESIDE.iter().any(|(path, _)| *path == route.path);
        let is_otherwise = OTHERWISE.contains(&route.path);
        assert!(is_walked != is_otherwise, "{}: whose is what it names?", route.path);
    }
    let is_there = |path: &&str| table().any(|route| route.path == *path);
    assert!(OTHERWISE.iter().all(is_there));
}

/// The id of another owner is answered like an id that does not exist, for every visitor, and the data stays unchanged.
#[tokio::test]
async fn an_id_of_another_owner_is_answered_like_one_that_does_not_exist() {
    let town = Town::with_document();
    let everybody = town.everybody();
    let kept: Vec<Kept> = everybody.iter().map(|(_, visitor)| town.keep_something(visitor)).collect();
    let before = pages_of_owners(&town, &everybody, &kept).await;
    assert_eq!(before.iter().filter(|(_, status, _)| *status == 200).count(), 3 + 13, "{before:?}");
    let mut compared = 0;
    for (asker, (name, visitor)) in everybody.iter().enumerate() {
        let of_others = kept.iter().enumerate().filter(|(owner, _)| *owner != asker).map(|(_, kept)| kept);
        for kept in of_others {
            let is_same_desk = |id: &str| evidence::review(&town.node, visitor, id).is_ok();
            for (path, forms) in BESIDE {
                let id = if path.starts_with("/imports") { &kept.file } else { &kept.unsent };
                let Some(id) = id.as_deref().filter(|id| !is_same_desk(id)) else { continue };
                let never = never(id);
                let address = |id: &str| path.replace("{id}", id).replace("{place}", "0-1-1-1");
                let found = town.get_as(visitor, &address(id)).await;
                let expected = town.get_as(visitor, &address(&never)).await;
                assert_eq!(without(&found, id), without(&expected, &never), "{name} GET {path}");
                for form in forms {
                    let found = town.post_as(visitor, &address(id), form).await;
                    let expected = town.post_as(visitor, &address(&never), form).await;
                    assert_eq!(without(&found, id), without(&expected, &never), "{name} POST {path} {form:?}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 500, "{compared} answers were compared");
    assert_eq!(pages_of_owners(&town, &everybody, &kept).await, before, "and nothing of it has moved");
}

/// Returns the pages with each visitor's own data, as that visitor sees them.
async fn pages_of_owners(town: &Town, everybody: &[(String, Visitor)], kept: &[Kept]) -> Vec<(String, u16, String)> {
    let mut pages = Vec::new();
    for ((_, visitor), kept) in everybody.iter().zip(kept) {
        let file = kept.file.iter().map(|id| format!("/imports/{id}"));
        for address in file.chain(kept.unsent.iter().map(|id| format!("/unsent/{id}"))) {
            let told = town.get_as(visitor, &address).await;
            pages.push((address, told.status.as_u16(), told.main()));
        }
    }
    pages
}

/// Compares two towns. In one of them, the bureau's secretariat has files, half-typed forms and unsent forms, and the
/// city's head has half-typed and unsent forms. The pages of all other people are the same in both towns.
#[tokio::test]
async fn data_of_one_owner_changes_no_byte_of_another_owner_s_pages() {
    let towns = [Town::with_edition(), Town::with_edition()];
    let mut addresses = Vec::new();
    for town in &towns {
        town.everybody();
        addresses.push(crate::pages::examples(town).await);
    }
    assert_eq!(addresses[0], addresses[1]);
    let town = &towns[1];
    let row = town.draft_of_the_city();
    for (side, role) in [(1, Role::Secretariat), (0, Role::Head)] {
        let owner = town.one_of(side, role, "x");
        let fields = [("text".to_owned(), "ひみつ".to_owned())];
        for place in [format!("{row}/edit"), format!("{row}/suggest"), "/plans/2027/plan/new".to_owned()] {
            plan::keep_typing(&town.node, &owner, &place, &fields).expect("kept");
            if side == 1 {
                plan::open_form(&town.node, &owner, &place);
            }
        }
        (0..3).for_each(|_| drop(town.keep_something(&owner)));
    }
    let mut compared = 0;
    let is_owner = |name: &String| ["1 Secretariat", "0 Head"].contains(&name.as_str());
    for (name, visitor) in towns[0].everybody().into_iter().filter(|(name, _)| !is_owner(name)) {
        // `/me` contains a random key that differs in each town. PDFs take long, and are made from the same data as the
        // pages.
        let light = |address: &&String| *address != "/me" && !address.ends_with(".pdf");
        for address in addresses[0].values().filter(light) {
            let [expected, found] =
                [towns[0].get_as(&visitor, address).await, towns[1].get_as(&visitor, address).await];
            assert_eq!(without(&expected, "-"), without(&found, "-"), "{name} {address}");
            compared += usize::from(found.status == 200);
        }
    }
    assert!(compared > 200, "{compared} answers were compared");
}

#[tokio::test]
async fn a_side_at_its_limit_gets_the_next_step_and_affects_nobody_else() {
    const MOST: (usize, usize) = (40, 80);
    let town = Town::with_document();
    let [first, second, third] = ["a", "b", "c"].map(|name| town.one_of(1, Role::Secretariat, name));
    for owner in [&first, &second] {
        (0..MOST.0).for_each(|_| drop(town.bring_as(owner, "昨年度.txt")));
    }
    let refused = |visitor: &Visitor| {
        let report = include_bytes!("../../../import/tests/midori.txt").to_vec();
        let refused = evidence::put_on_desk(&town.node, visitor, "昨年度.txt", report);
        assert!(matches!(refused, Err(AppError::DeskFull(_))), "{refused:?}");
        refused.err().map(|fault| fault.to_string()).unwrap_or_default()
    };
    assert!(refused(&first).contains("あなたが入れた取込み前のファイルが、上限の40件"), "{}", refused(&first));
    assert!(refused(&third).contains("あなたの側の取込み前のファイルが、上限の80件"), "{}", refused(&third));
    assert!(refused(&third).ends_with("もう一度入れてください。"));
    assert_eq!(evidence::waiting(&town.node, &first).expect("read").len(), MOST.1);
    let file = evidence::waiting(&town.node, &first).expect("read")[0].id.clone();
    for other in [town.one_of(0, Role::Secretariat, "a"), town.visitor(Role::LocalOperator)] {
        town.bring_as(&other, "昨年度.txt");
        assert_eq!(evidence::waiting(&town.node, &other).expect("read").len(), 1);
    }
    evidence::put_away(&town.node, &first, &file).expect("put away");
    town.bring_as(&third, "昨年度.txt");
}

#[tokio::test]
async fn signed_in_people_learn_of_the_operator_s_files_which_can_be_handed_over() {
    const TOLD: &str = "運用担当者に渡してもらってください";
    let town = Town::with_document();
    let sides = [0, 1].map(|side| town.one_of(side, Role::Secretariat, "a"));
    for side in &sides {
        assert!(!town.get_as(side, "/imports").await.main().contains(TOLD));
    }
    let page = town.bring("昨年度.txt");
    for side in &sides {
        assert!(town.get_as(side, "/imports").await.main().contains(TOLD));
        assert_eq!(town.get_as(side, &page).await.status, 404);
    }
    assert!(!town.get("/imports").await.main().contains(TOLD), "the operator finds it there");
    let (operator, bureau) = (town.visitor(Role::LocalOperator), town.agreement().1[1]);
    let id = page.rsplit('/').next().expect("an id");
    assert!(matches!(evidence::hand_over_file(&town.node, &sides[0], id, bureau), Err(AppError::Forbidden)));
    evidence::hand_over_file(&town.node, &operator, id, bureau).expect("handed over");
    let statuses = [&sides[0], &sides[1], &operator].map(|visitor| town.get_as(visitor, &page));
    let mut found = Vec::new();
    for status in statuses {
        found.push(status.await.status.as_u16());
    }
    assert_eq!(found, [404, 200, 404]);
    assert!(!town.get_as(&sides[0], "/imports").await.main().contains(TOLD));
}

/// Only the owner of a session can end it. Only the owner of a kept form can delete it by sending it again.
#[tokio::test]
async fn data_of_another_owner_that_a_form_names_is_unchanged() {
    let town = Town::with_document();
    let [one, other] = ["a", "b"].map(|name| town.one_of(0, Role::Secretariat, name));
    let account = people::find_account(&town.node, other.account.as_deref().expect("an account")).expect("added");
    let token = people::start_session(&town.node, &account, "Firefox").expect("in");
    let session = people::own_sessions(&town.node, &other, "").expect("read")[0].name.clone();
    let unsent = town.keep_something(&other).unsent.expect("kept");
    for (asker, left) in [(&one, [1, 1]), (&other, [0, 0])] {
        let told = town.post_as(asker, "/me/sessions", &[("session", &session), ("renkei-unsent", &unsent)]).await;
        assert_eq!((told.status.as_u16(), told.header("location")), (303, "/me?done=session"));
        let found = [
            people::own_sessions(&town.node, &other, token.text()).expect("read").len(),
            people::unsent_ids(&town.node, &other).expect("read").len(),
        ];
        assert_eq!(found, left);
    }
}
