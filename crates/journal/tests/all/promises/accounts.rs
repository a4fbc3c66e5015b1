//! Promises about accounts, appointments, the log of administrators' actions, and visits.

use renkei_journal::{Account, AccountDeed, AppointmentRow, CredentialChange, Enrolment, Journal, Times, Visit};

use super::{Fresh, Store};
use crate::town::{owner, person};

/// Opens a store that has these accounts.
pub fn with_accounts(fresh: Fresh, logins: &[&str]) -> (Store, Journal) {
    let store = fresh();
    let journal = store.open();
    for login in logins {
        assert!(journal.add_account(&person(login)).unwrap());
    }
    (store, journal)
}

/// Changes a credential of an account, and keeps the session [2; 32]. Returns whether the change applied.
pub fn change(journal: &Journal, login: &str, now: u64, change: CredentialChange<'_>) -> bool {
    let deed = AccountDeed { done_at: now, login: login.to_owned(), ..deed("changed", None) };
    journal.change_credential(&owner(login), change, Some(&[2; 32]), &deed).unwrap()
}

pub fn a_login_is_unique(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    assert!(!journal.has_accounts().unwrap());
    assert!(journal.add_account(&person("tanto")).unwrap());
    assert!(!journal.add_account(&Account { id: "b".to_owned(), ..person("tanto") }).unwrap());
    assert!(journal.has_accounts().unwrap());
    assert!(journal.add_account(&person("kessai")).unwrap());
    assert_eq!(journal.accounts().unwrap(), [person("kessai"), person("tanto")], "sorted by login name");
    assert_eq!(journal.account("id-tanto").unwrap(), Some(person("tanto")));
    assert_eq!(journal.account("b").unwrap(), None);
    assert!(change(&journal, "tanto", 5, CredentialChange::Password { hash: "hash" }));
    journal.use_password("id-tanto", 6).unwrap();
    journal.set_language("id-tanto", "en").unwrap();
    journal.set_name("id-tanto", "佐藤").unwrap();
    journal.set_closed("id-tanto", Some(9)).unwrap();
    let changed = journal.account_of_login("tanto").unwrap().unwrap();
    let [password, language, name] = ["hash", "en", "佐藤"].map(str::to_owned);
    let password_times = Times { made_at: Some(5), used_at: Some(6) };
    let (password, closed_at, generation) = (Some(password), Some(9), 2);
    let expected = Account { password, password_times, language, name, closed_at, generation, ..person("tanto") };
    assert_eq!(changed, expected);
    journal.set_closed("id-tanto", None).unwrap();
    assert_eq!(journal.account("id-tanto").unwrap().unwrap().closed_at, None);
    assert_eq!(journal.account("id-kessai").unwrap(), Some(person("kessai")), "another account does not change");
}

pub fn each_step_of_a_code_is_accepted_once(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto"]);
    let known = || journal.account("id-tanto").unwrap().unwrap();
    assert!(!change(&journal, "tanto", 1, CredentialChange::OneTimeOff), "there is none");
    assert!(change(&journal, "tanto", 2, CredentialChange::OneTimeOn { secret: b"key", step: 3 }));
    assert!(!change(&journal, "tanto", 2, CredentialChange::OneTimeOn { secret: b"other", step: 3 }), "there is one");
    assert_eq!(known().one_time_secret.as_deref(), Some(&b"key"[..]));
    let taken: Vec<bool> = [3, 4, 4, 2, 5].map(|step| journal.take_step("id-tanto", step, 10 + step).unwrap()).into();
    assert_eq!(taken, [false, true, false, false, true]);
    assert_eq!(known().one_time_times, Times { made_at: Some(2), used_at: Some(15) });
    assert!(change(&journal, "tanto", 3, CredentialChange::OneTimeOff));
    assert_eq!((known().one_time_secret, known().one_time_times), (None, Times::default()));
}

fn appointment(id: &str, login: &str, from_day: &str) -> AppointmentRow {
    let [id, party, post, from_day] = [id, "p", "q", from_day].map(str::to_owned);
    AppointmentRow { id, account: person(login).id, party, post, from_day, until_day: None }
}

pub fn appointments_keep_their_order(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    for (id, from_day) in [("c", "2026-04-01"), ("a", "2026-04-01"), ("d", "2025-04-01"), ("b", "2026-04-01")] {
        journal.appoint(&appointment(id, "tanto", from_day)).unwrap();
    }
    journal.appoint(&appointment("e", "kessai", "2026-04-01")).unwrap();
    let ids = |account| journal.appointments(account).unwrap().into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(Some("id-tanto")), ["d", "c", "a", "b"]);
    assert_eq!(ids(None), ["d", "c", "a", "b", "e"]);
}

pub fn an_appointment_ends_or_never_began(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto"]);
    journal.appoint(&appointment("b", "tanto", "2027-04-01")).unwrap();
    journal.appoint(&appointment("a", "tanto", "2026-04-01")).unwrap();
    journal.end_appointment("a", "2027-03-31").unwrap();
    journal.end_appointment("b", "2027-03-31").unwrap();
    let ended = AppointmentRow { until_day: Some("2027-03-31".to_owned()), ..appointment("a", "tanto", "2026-04-01") };
    assert_eq!(journal.appointments(Some("id-tanto")).unwrap(), std::slice::from_ref(&ended));
    assert_eq!(journal.appointments(None).unwrap(), [ended]);
    assert_eq!(journal.appointments(Some("other")).unwrap(), []);
}

fn deed(deed: &str, party: Option<&str>) -> AccountDeed {
    let [deed, done_by, login, detail] = [deed, "kanri", "tanto", "しごと課 担当"].map(str::to_owned);
    AccountDeed { done_at: 5, done_by, deed, login, party: party.map(str::to_owned), detail }
}

pub fn a_list_is_recorded_whole(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["kanri"]);
    journal.appoint(&appointment("before", "kanri", "2026-04-01")).unwrap();
    let enrolment = |logins: &[&str]| Enrolment {
        accounts: logins.iter().map(|login| person(login)).collect(),
        appointments: vec![appointment("new", "tanto", "2026-04-01")],
        endings: vec![("before".to_owned(), "2026-09-30".to_owned())],
        deeds: vec![deed("added", None)],
        ..Enrolment::default()
    };
    let last_days =
        || -> Vec<_> { journal.appointments(None).unwrap().into_iter().map(|row| (row.id, row.until_day)).collect() };
    assert!(!journal.enrol(&enrolment(&["tanto", "kanri"])).unwrap(), "the second name is taken");
    assert_eq!(journal.accounts().unwrap(), [person("kanri")]);
    assert_eq!(last_days(), [("before".to_owned(), None)]);
    assert_eq!(journal.account_deeds(9).unwrap(), []);
    assert!(journal.enrol(&enrolment(&["tanto"])).unwrap());
    let expected = [("before".to_owned(), Some("2026-09-30".to_owned())), ("new".to_owned(), None)];
    assert_eq!(last_days(), expected);
    assert_eq!(journal.account_deeds(9).unwrap(), [deed("added", None)]);
}

pub fn actions_are_read_newest_first(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    journal.note_deed(&deed("added", None)).unwrap();
    journal.note_deed(&deed("appointed", Some("p"))).unwrap();
    assert_eq!(journal.account_deeds(9).unwrap(), [deed("appointed", Some("p")), deed("added", None)]);
    assert_eq!(journal.account_deeds(1).unwrap(), [deed("appointed", Some("p"))]);
    journal.note_deed(&AccountDeed { login: "kessai".to_owned(), ..deed("added", None) }).unwrap();
    let about = journal.deeds_about("tanto", 9).unwrap();
    assert_eq!(about, [(2, deed("appointed", Some("p"))), (1, deed("added", None))]);
    assert_eq!(journal.deeds_about("tanto", 1).unwrap().len(), 1);
}

pub fn the_seen_part_of_the_log_only_grows(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    for until in [3, 2] {
        journal.see_deeds("id-tanto", until).unwrap();
    }
    let told = ["tanto", "kessai"].map(|login| journal.account_of_login(login).unwrap().unwrap().told_until);
    assert_eq!(told, [3, 0]);
}

pub fn a_visit_begins_after_a_pause(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    let requests = [
        // The position and the minute of a request, and those of the previous visit.
        ((1, 0), None),
        ((2, 10), None),
        ((5, 60), Some((2, 10))),
        ((6, 70), Some((2, 10))),
        ((9, 101), Some((6, 70))),
    ];
    for ((position, minute), expected) in requests {
        let visit = |(position, minute): (u64, u64)| Visit { position, at: minute * 60_000 };
        let before = journal.visit(&owner("a"), visit((position, minute)), 30 * 60_000).unwrap();
        assert_eq!(before, expected.map(visit), "minute {minute}");
    }
    assert_eq!(journal.visit(&owner("b"), Visit { position: 9, at: 0 }, 0).unwrap(), None);
}
