//! Promises about files on a desk, saved input and unsent forms.

use renkei_journal::{
    AccountOwner, DeskLimit, DeskQuota, DeskQuotas, FormQuota, PartyOwner, Put, Typing, Unsent, Waiting, WaitingLine,
};

use super::Fresh;
use super::accounts::with_accounts;
use crate::town::{owner, party};

pub const QUOTAS: DeskQuotas =
    DeskQuotas { account: DeskQuota { files: 2, bytes: 20 }, party: DeskQuota { files: 3, bytes: 40 } };

/// Returns a file of this size in bytes, uploaded by the account with this login name.
pub fn file(owner_of_desk: PartyOwner, id: &str, login: &str, bytes: usize) -> Waiting {
    Waiting {
        owner: owner_of_desk,
        id: id.to_owned(),
        brought_by: owner(login),
        file_name: "昨年度.docx".to_owned(),
        bytes: vec![7; bytes],
        edits: Vec::new(),
        brought_at: 7,
    }
}

fn ids(lines: Vec<WaitingLine>) -> Vec<String> {
    lines.into_iter().map(|line| line.id).collect()
}

pub fn a_file_waits_until_it_is_taken(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    let owner = PartyOwner::LocalOperator;
    let at = |id, brought_at| Waiting { brought_at, ..file(owner, id, "a", 3) };
    for new in [at("b", 7), at("a", 9)] {
        assert_eq!(journal.put_waiting(&new, &QUOTAS).unwrap(), Put::Kept);
    }
    assert_eq!(ids(journal.waiting(owner).unwrap()), ["b", "a"]);
    assert_eq!(journal.keep_edits(owner, "a", b"{}", &QUOTAS).unwrap(), Put::Kept);
    assert_eq!(journal.keep_edits(owner, "c", b"{}", &QUOTAS).unwrap(), Put::NotThere);
    assert_eq!(journal.waiting_file(owner, "a").unwrap(), Some(Waiting { edits: b"{}".to_vec(), ..at("a", 9) }));
    assert!(journal.take_from_desk(owner, "a").unwrap());
    assert!(!journal.take_from_desk(owner, "a").unwrap());
    assert_eq!(journal.waiting_file(owner, "a").unwrap(), None);
    assert_eq!(journal.waiting(owner).unwrap()[0].bytes, 3);
}

pub fn a_desk_is_its_owners_alone(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    let owners = [PartyOwner::LocalOperator, party(1), party(2)];
    for owner in owners {
        journal.put_waiting(&file(owner, &format!("{owner:?}"), "a", 3), &QUOTAS).unwrap();
    }
    for (owner, other) in owners.into_iter().flat_map(|owner| owners.map(|other| (owner, other))) {
        let id = format!("{other:?}");
        let is_own = owner == other;
        assert_eq!(journal.waiting_file(owner, &id).unwrap().is_some(), is_own, "{owner:?} {other:?}");
        let kept = journal.keep_edits(owner, &id, b"{}", &QUOTAS).unwrap();
        assert_eq!(kept, if is_own { Put::Kept } else { Put::NotThere }, "{owner:?} {other:?}");
        if !is_own {
            assert!(!journal.take_from_desk(owner, &id).unwrap());
            assert_eq!(journal.hand_over(owner, &id, owner, &QUOTAS).unwrap(), Put::NotThere);
        }
    }
    for owner in owners {
        assert_eq!(ids(journal.waiting(owner).unwrap()), [format!("{owner:?}")]);
    }
}

pub fn a_full_desk_stops_nobody_else(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    let put = |owner, id: &str, by: &str, bytes| journal.put_waiting(&file(owner, id, by, bytes), &QUOTAS).unwrap();
    let (city, bureau) = (party(1), party(2));
    assert_eq!(put(city, "1", "a", 21), Put::Full(DeskLimit::BytesOfAccount));
    assert_eq!(put(city, "1", "a", 10), Put::Kept);
    assert_eq!(journal.keep_edits(city, "1", &[7; 11], &QUOTAS).unwrap(), Put::Full(DeskLimit::BytesOfAccount));
    assert_eq!(journal.keep_edits(city, "1", &[7; 9], &QUOTAS).unwrap(), Put::Kept);
    assert_eq!(put(city, "2", "a", 2), Put::Full(DeskLimit::BytesOfAccount), "corrections count as well");
    assert_eq!(put(city, "2", "a", 1), Put::Kept);
    assert_eq!(put(city, "3", "a", 0), Put::Full(DeskLimit::FilesOfAccount));
    assert_eq!(journal.desk_limit(city, &owner("a"), &QUOTAS).unwrap(), Some(DeskLimit::FilesOfAccount));
    assert_eq!(journal.desk_limit(city, &owner("b"), &QUOTAS).unwrap(), None);
    assert_eq!(put(city, "3", "b", 20), Put::Kept, "a colleague has room of their own");
    assert_eq!(put(city, "4", "c", 0), Put::Full(DeskLimit::FilesOfParty));
    let small = DeskQuotas { party: DeskQuota { files: 9, bytes: 45 }, ..QUOTAS };
    let full = journal.put_waiting(&file(city, "4", "c", 6), &small).unwrap();
    assert_eq!(full, Put::Full(DeskLimit::BytesOfParty));
    assert_eq!(put(bureau, "9", "d", 20), Put::Kept, "the other side has all its room");
    assert_eq!(ids(journal.waiting(city).unwrap()), ["1", "2", "3"], "a refused file leaves nothing");
}

pub fn a_file_is_handed_over(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    let (city, bureau) = (party(1), party(2));
    for (id, login) in [("1", "a"), ("2", "b"), ("3", "c")] {
        assert_eq!(journal.put_waiting(&file(city, id, login, 10), &QUOTAS).unwrap(), Put::Kept);
    }
    assert_eq!(journal.put_waiting(&file(bureau, "9", "d", 11), &QUOTAS).unwrap(), Put::Kept);
    assert_eq!(journal.hand_over(bureau, "9", city, &QUOTAS).unwrap(), Put::Full(DeskLimit::FilesOfParty));
    let small = DeskQuotas { party: DeskQuota { files: 9, bytes: 40 }, ..QUOTAS };
    assert_eq!(journal.hand_over(bureau, "9", city, &small).unwrap(), Put::Full(DeskLimit::BytesOfParty));
    assert_eq!(ids(journal.waiting(bureau).unwrap()), ["9"], "it stays where it was");
    assert!(journal.take_from_desk(city, "3").unwrap());
    assert_eq!(journal.hand_over(bureau, "9", city, &QUOTAS).unwrap(), Put::Kept);
    assert_eq!(journal.waiting(bureau).unwrap(), []);
    assert_eq!(journal.waiting_file(city, "9").unwrap(), Some(file(city, "9", "d", 11)));
}

fn forms(forms: u32) -> FormQuota {
    FormQuota { forms, bytes: 99 }
}

fn typing(account: &AccountOwner, place: &str, typed_at: u64) -> Typing {
    let (account, place) = (account.clone(), place.to_owned());
    Typing { account, place, fields: typed_at.to_string().into_bytes(), typed_at }
}

pub fn saved_input_is_its_accounts_alone(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    let [a, b, c, operator] = [owner("a"), owner("b"), owner("c"), AccountOwner::LocalOperator];
    for (account, typed_at) in [(&a, 1), (&b, 2), (&a, 3), (&operator, 4)] {
        journal.keep_typing(&typing(account, "/x", typed_at), forms(9), 0).unwrap();
    }
    let kept = |account| journal.typing(account, "/x", 0).unwrap();
    assert_eq!(kept(&a), Some(typing(&a, "/x", 3)));
    assert_eq!([kept(&b), kept(&operator)], [Some(typing(&b, "/x", 2)), Some(typing(&operator, "/x", 4))]);
    assert_eq!(kept(&c), None);
    journal.drop_typing(&a, "/x").unwrap();
    assert_eq!([kept(&a), kept(&b)], [None, Some(typing(&b, "/x", 2))]);
    assert_eq!(journal.typed_places(&a, 0).unwrap(), [""; 0]);
    assert_eq!(journal.typed_places(&b, 0).unwrap(), ["/x"]);
}

pub fn the_oldest_saved_input_goes_first(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &[]);
    let [a, b] = [owner("a"), owner("b")];
    for (place, typed_at, put_away) in [("/1", 1, 0), ("/2", 2, 0), ("/3", 3, 1)] {
        assert_eq!(journal.keep_typing(&typing(&a, place, typed_at), forms(2), 0).unwrap(), put_away);
    }
    assert_eq!(journal.typed_places(&a, 0).unwrap(), ["/3", "/2"]);
    assert_eq!(journal.typed_places(&a, 3).unwrap(), ["/3"]);
    assert_eq!(journal.typing(&a, "/2", 3).unwrap(), None, "too old to be shown");
    journal.keep_typing(&typing(&b, "/1", 9), forms(2), 3).unwrap();
    assert_eq!(journal.typed_places(&a, 0).unwrap(), ["/3"], "old input is forgotten");
    let large =
        |account, place, typed_at, bytes| Typing { fields: vec![b' '; bytes], ..typing(account, place, typed_at) };
    journal.keep_typing(&large(&b, "/1", 9, 90), forms(9), 0).unwrap();
    for (place, typed_at, bytes, put_away) in
        [("/4", 11, 40, 0), ("/5", 12, 50, 0), ("/6", 13, 20, 2), ("/7", 14, 99, 2)]
    {
        let away = journal.keep_typing(&large(&a, place, typed_at, bytes), forms(9), 0).unwrap();
        assert_eq!(away, put_away, "{place}");
    }
    assert_eq!(journal.typed_places(&a, 0).unwrap(), ["/7"]);
    assert_eq!(journal.typed_places(&b, 0).unwrap(), ["/1"], "another account loses nothing");
}

pub fn the_oldest_unsent_form_goes_first(fresh: Fresh) {
    let (_store, journal) = with_accounts(fresh, &["tanto", "kessai"]);
    let [tanto, kessai] = ["tanto", "kessai"].map(owner);
    let form = |id: &str, account: &AccountOwner, kept_at| Unsent {
        id: id.to_owned(),
        account: account.clone(),
        address: "/settings".to_owned(),
        fields: b"[]".to_vec(),
        kept_at,
    };
    journal.keep_unsent(&form("z", &kessai, 1), forms(2), 0).unwrap();
    for (id, kept_at) in [("a", 1), ("b", 2), ("c", 3)] {
        journal.keep_unsent(&form(id, &tanto, kept_at), forms(2), 0).unwrap();
    }
    assert_eq!(journal.unsent_ids(&tanto).unwrap(), ["c", "b"]);
    assert_eq!(journal.unsent_ids(&kessai).unwrap(), ["z"], "another account loses nothing");
    assert_eq!(journal.unsent(&tanto, "b").unwrap(), Some(form("b", &tanto, 2)));
    assert_eq!(journal.unsent(&kessai, "b").unwrap(), None);
    journal.drop_unsent(&kessai, "b").unwrap();
    journal.drop_unsent(&tanto, "c").unwrap();
    assert_eq!(journal.unsent_ids(&tanto).unwrap(), ["b"]);
    let large = Unsent { fields: vec![b' '; 98], ..form("d", &tanto, 6) };
    journal.keep_unsent(&large, forms(2), 0).unwrap();
    assert_eq!(journal.unsent_ids(&tanto).unwrap(), ["d"], "bytes count as well");
    journal.keep_unsent(&form("e", &tanto, 9), forms(2), 7).unwrap();
    assert_eq!(journal.unsent_ids(&tanto).unwrap(), ["e"], "old forms are forgotten");
    assert_eq!(journal.unsent_ids(&kessai).unwrap(), [""; 0]);
}
