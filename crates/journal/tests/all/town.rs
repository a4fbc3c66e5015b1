//! Events and persons of an invented town, for the tests of the journal.

use renkei_document::time::Hlc;
use renkei_journal::{Account, AccountOwner, ChainKey, Journal, NewEvent, PartyOwner, Times};

pub fn city() -> ChainKey {
    ChainKey::new("city", "agreement")
}

pub fn bureau() -> ChainKey {
    ChainKey::new("labour_bureau", "agreement")
}

pub fn event(chain: &ChainKey, millis: u64, body: &str) -> NewEvent {
    NewEvent {
        party: chain.party.clone(),
        dossier: chain.dossier.clone(),
        kind: "ObservationReported".to_owned(),
        version: 1,
        time: Hlc { millis, counter: 0 },
        body: body.as_bytes().to_vec(),
    }
}

/// Appends `count` events to each chain. The chains alternate, and each append has one event.
pub fn fill(journal: &Journal, chains: &[ChainKey], count: u64) {
    for number in 0..count {
        for chain in chains {
            let body = format!("{{\"みどり市\":{number}}}");
            journal.append(&[(chain.clone(), number)], vec![event(chain, number, &body)]).unwrap();
        }
    }
}

/// Returns an account with this login name, as when it was just added.
pub fn person(login: &str) -> Account {
    Account {
        id: format!("id-{login}"),
        login: login.to_owned(),
        name: "山田".to_owned(),
        language: "ja".to_owned(),
        is_administrator: false,
        password: None,
        one_time_secret: None,
        one_time_step: 0,
        password_times: Times::default(),
        one_time_times: Times::default(),
        generation: 0,
        told_until: 0,
        made_at: 7,
        closed_at: None,
    }
}

/// Returns this person as the owner of rows.
pub fn owner(login: &str) -> AccountOwner {
    person(login).owner()
}

/// Returns a party as the owner of a desk.
pub fn party(end: u8) -> PartyOwner {
    PartyOwner::Party(format!("0195f2a0-0000-7000-8000-0000000000{end:02}").parse().unwrap())
}
