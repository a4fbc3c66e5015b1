//! The order on a page never depends on ids: two towns with the same history and different ids show the same pages,
//! apart from the ids.

use std::collections::BTreeMap;

use axum::http::Request;
use renkei_app::access::Role;

use crate::secrecy::{Walk, World, addresses};
use crate::town::{Told, ids_by_place};

/// Roles that see different pages.
const EVERYBODY: [Role; 8] = [
    Role::LocalOperator,
    Role::Secretariat,
    Role::Clerk,
    Role::Approver,
    Role::Head,
    Role::Reader,
    Role::Councillor,
    Role::Administrator,
];

#[tokio::test]
async fn two_towns_with_different_ids_show_the_same_pages() {
    let [one, other] = [1, 2].map(|salt| {
        let mut world = World::with_ids_of(3, salt);
        let mut walk = Walk(103);
        for step in 0..40 {
            world.do_secretly(step * 2, &mut walk);
            world.do_secretly(step * 2 + 1, &mut walk);
            world.do_openly(step);
        }
        world.at(900, 900);
        world
    });
    let [first, second] = [shown(&one).await, shown(&other).await];
    assert!(first.len() > 200, "{} answers were compared", first.len());
    let different: Vec<_> = first
        .iter()
        .filter_map(|(asked, expected)| Some(format!("{asked:?}: {}", different(expected, second.get(asked)?)?)))
        .collect();
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    assert!(different.is_empty(), "{} of {} differ\n{}", different.len(), first.len(), different.join("\n"));
}

/// Returns the answers to all roles at all addresses. The key has the position of the address, because addresses
/// contain ids.
async fn shown(world: &World) -> BTreeMap<(String, usize), (String, Told)> {
    let mut asked = addresses(&world.town).await;
    let rows = [world.rows(false), world.rows(true)].concat();
    asked.extend(rows.into_iter().map(|(id, _)| format!("/initiatives/{id}")));
    // Files that take long to make are left out; they are made from the same documents as the pages.
    asked.retain(|address| ![".pdf", ".docx", ".xlsx"].iter().any(|end| address.ends_with(end)));
    let mut shown = BTreeMap::new();
    for role in EVERYBODY {
        for (place, address) in asked.iter().enumerate() {
            let request = Request::get(address).header("host", "localhost");
            let told = world.town.ask(role, request).await;
            shown.insert((format!("{role:?}"), place), (address.clone(), told));
        }
    }
    shown
}

/// Returns the first difference of two answers. Ids and hashes are first replaced by their order of appearance (a hash
/// depends on ids).
fn different((address, one): &(String, Told), (_, other): &(String, Told)) -> Option<String> {
    let [mine, theirs] = [one, other].map(|told| hashes_by_place(&ids_by_place(&told.text())));
    let same =
        mine == theirs && one.status == other.status && one.header("content-type") == other.header("content-type");
    (!same).then(|| format!("{address}: {}", crate::secrecy::difference(&mine, &theirs)))
}

fn hashes_by_place(text: &str) -> String {
    let mut known: Vec<&str> = Vec::new();
    let is_hash = |word: &str| word.len() >= 12 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let words = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let told = words.map(|word| {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        if !is_hash(bare) {
            return word.to_owned();
        }
        let place = known.iter().position(|known| *known == bare).unwrap_or_else(|| {
            known.push(bare);
            known.len() - 1
        });
        word.replacen(bare, &format!("HASH{}", place + 1), 1)
    });
    told.collect()
}
