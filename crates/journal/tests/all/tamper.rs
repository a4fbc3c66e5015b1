//! Tampers with each table and each column of a database, one change at a time. The verification must name each change.
//! The tables and columns are read from the schema, so a new column without cover fails here.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::town::{bureau, city, event, fill, owner, party, person};
use renkei_journal::{
    AccountDeed, AppointmentRow, Attempts, Broken, CredentialChange, DeskQuota, DeskQuotas, FormQuota, Journal, Link,
    LinkPurpose, PartyOwner, Passkey, Position, Put, Reader, RestoreKey, Session, Snapshot, Typing, Unsent,
    VerifyError, Visit, Waiting, restore,
};
use rusqlite::{Connection, types::Value};

/// Tables and columns without cover, each with the reason why it carries neither a right nor printed text.
const WITHOUT_COVER: [(&str, &str, &str); 13] = [
    ("attempts", "failures", "delays sign-ins, and grants none"),
    ("attempts", "last_at", "delays sign-ins, and grants none"),
    ("attempts", "subject", "delays sign-ins, and grants none"),
    ("sessions", "seen_at", "when the session was last used; its begin limits it too"),
    ("typings", "account", "unsaved text; its author reads it before it is saved"),
    ("typings", "fields", "unsaved text; its author reads it before it is saved"),
    ("typings", "place", "unsaved text; its author reads it before it is saved"),
    ("typings", "typed_at", "unsaved text; its author reads it before it is saved"),
    ("visits", "account", "which changes home points out"),
    ("visits", "before_at", "which changes home points out"),
    ("visits", "before_position", "which changes home points out"),
    ("visits", "position", "which changes home points out"),
    ("visits", "visited_at", "which changes home points out"),
];

const FORMS: FormQuota = FormQuota { forms: 9, bytes: 1_000 };

/// A database with rows in every table, as bytes, in a directory with its key.
struct Sample {
    _folder: tempfile::TempDir,
    data: PathBuf,
    bytes: Vec<u8>,
}

/// Fills a node, and restores it once without its key, so that a key is acknowledged.
fn sample() -> Sample {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("first");
    let journal = Journal::open(&first).unwrap();
    fill(&journal, &[city(), bureau()], 4);
    journal.backup(&folder.path().join("copy")).unwrap();
    let data = folder.path().join("data");
    restore(&folder.path().join("copy"), &data, RestoreKey::Lost { by: "局長".to_owned(), at: 5 }).unwrap();
    let journal = Journal::open(&data).unwrap();
    journal.append(&[(city(), 4)], vec![event(&city(), 9, "{}")]).unwrap();
    journal.hold_back(&bureau(), 1).unwrap();
    journal.black_out(&city(), 2).unwrap();
    for (number, dossier) in ["agreement", "party"].into_iter().enumerate() {
        journal.put_blob(dossier.as_bytes()).unwrap();
        let snapshot = Snapshot { position: Position(9 + number as u64), bytes: dossier.as_bytes().to_vec() };
        journal.put_snapshot(dossier, &[number as u8; 32], &snapshot).unwrap();
    }
    for (number, login) in ["tanto", "kessai"].into_iter().enumerate() {
        fill_person(&journal, login, number as u8 + 1);
    }
    drop(journal);
    let path = data.join("renkei.sqlite3");
    Connection::open(&path).unwrap().pragma_update(None, "journal_mode", "DELETE").unwrap();
    let bytes = fs::read(&path).unwrap();
    Sample { _folder: folder, data, bytes }
}

/// Adds a row with different values to each table of people and of desks.
fn fill_person(journal: &Journal, login: &str, number: u8) {
    let (id, at) = (person(login).id, u64::from(number) * 100);
    assert!(journal.add_account(&person(login)).unwrap());
    let text = |word: &str| format!("{word} {login}");
    journal
        .appoint(&AppointmentRow {
            id: text("appointment"),
            account: id.clone(),
            party: text("party"),
            post: text("post"),
            from_day: format!("2026-04-0{number}"),
            until_day: (number == 1).then(|| "2027-03-31".to_owned()),
        })
        .unwrap();
    journal
        .note_deed(&AccountDeed {
            done_at: at,
            done_by: text("by"),
            deed: text("deed"),
            login: login.to_owned(),
            party: (number == 1).then(|| text("party")),
            detail: text("detail"),
        })
        .unwrap();
    fill_credentials(journal, login, number);
    journal.use_password(&id, at + 2).unwrap();
    if number == 1 {
        assert!(journal.take_step(&id, at + 1, at + 3).unwrap());
        journal.see_deeds(&id, 1).unwrap();
    } else {
        journal.set_closed(&id, Some(at)).unwrap();
        journal.set_language(&id, "en").unwrap();
    }
    fill_desk(journal, login, number);
}

fn fill_credentials(journal: &Journal, login: &str, number: u8) {
    let (account, at) = (owner(login), u64::from(number) * 100);
    let text = |word: &str| format!("{word} {login}");
    let digest = [number; 32];
    let device = text("device");
    let change = |change: CredentialChange<'_>| {
        let [done_by, deed, detail] = ["by", "deed", "detail"].map(text);
        let deed = AccountDeed { done_at: at, done_by, deed, login: login.to_owned(), party: None, detail };
        assert!(journal.change_credential(&account, change, None, &deed).unwrap());
    };
    change(CredentialChange::Password { hash: &text("hash") });
    change(CredentialChange::OneTimeOn { secret: &[number; 20], step: at });
    journal.know_browser(&account, None, &digest, 9, at).unwrap();
    let proved_at = (number == 1).then_some(at);
    let (made_at, seen_at) = (at, at);
    let session = Session { digest, account: account.clone(), device, made_at, seen_at, ended_at: None, proved_at };
    assert!(journal.begin_session(&session, 2, 9, 0).unwrap().is_some());
    let purpose = if number == 1 { LinkPurpose::Invitation } else { LinkPurpose::Reset };
    journal
        .make_link(&Link { digest, account: account.clone(), purpose, made_at: at, expires_at: at * 9, used_at: None })
        .unwrap();
    let (key, credential) = (vec![number; 8], vec![number; 40]);
    let passkey = Passkey {
        id: key.clone(),
        account: account.clone(),
        name: text("key"),
        credential: credential.clone(),
        made_at: at,
        used_at: None,
    };
    change(CredentialChange::PasskeyAdded(&passkey));
    let [issuer, subject, name] = ["issuer", "subject", "name"].map(text);
    change(CredentialChange::OutsideBound { issuer: &issuer, subject: &subject, name: &name, most: 3 });
    if number == 1 {
        change(CredentialChange::Invited { link: &digest, hash: &text("other hash") });
        journal.use_passkey(&key, &credential, &credential, at + 1).unwrap();
        journal.use_outside(&issuer, &subject, at + 1).unwrap();
    }
}

fn fill_desk(journal: &Journal, login: &str, number: u8) {
    let (account, at) = (owner(login), u64::from(number) * 100);
    let text = |word: &str| format!("{word} {login}");
    journal.count_attempts(login, Attempts { failures: number.into(), last_at: at }, 0).unwrap();
    journal.visit(&account, Visit { position: at, at }, 0).unwrap();
    journal.visit(&account, Visit { position: at + 1, at: at + 9 }, 0).unwrap();
    journal
        .keep_typing(
            &Typing { account: account.clone(), place: text("place"), fields: vec![number], typed_at: at },
            FORMS,
            0,
        )
        .unwrap();
    journal
        .keep_unsent(
            &Unsent {
                id: text("id"),
                account: account.clone(),
                address: text("address"),
                fields: vec![number],
                kept_at: at,
            },
            FORMS,
            0,
        )
        .unwrap();
    let owner = if number == 1 { PartyOwner::LocalOperator } else { party(number) };
    let quota = DeskQuota { files: 9, bytes: 1_000 };
    let file = Waiting {
        owner,
        id: text("file"),
        brought_by: account,
        file_name: text("name"),
        bytes: vec![number],
        edits: vec![number],
        brought_at: at,
    };
    let put = journal.put_waiting(&file, &DeskQuotas { account: quota, party: quota }).unwrap();
    assert_eq!(put, Put::Kept);
}

/// One change: its SQL, the table, and the column if only one is changed.
struct Change {
    table: String,
    column: Option<String>,
    sql: String,
}

fn texts(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Lists the changes of one table: of each column, and of whole rows.
fn changes(connection: &Connection, table: &str) -> Vec<Change> {
    let columns = texts(connection, &format!("SELECT name FROM pragma_table_info('{table}')"));
    let (first, last) = (format!("(SELECT MIN(rowid) FROM {table})"), format!("(SELECT MAX(rowid) FROM {table})"));
    let mut sql: Vec<(Option<String>, String)> = Vec::new();
    for column in &columns {
        let other = format!(
            "CASE typeof({column}) WHEN 'integer' THEN {column} + 1 WHEN 'text' THEN {column} || 'x'
             WHEN 'blob' THEN CAST({column} || x'00' AS BLOB)
             ELSE (SELECT x FROM (SELECT 1 AS x, 'INTEGER' AS t UNION SELECT 'x', 'TEXT' UNION SELECT x'01', 'BLOB')
                   WHERE t = (SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}')) END"
        );
        for row in [&first, &last] {
            sql.push((Some(column.clone()), format!("UPDATE {table} SET {column} = {other} WHERE rowid = {row}")));
            sql.push((Some(column.clone()), format!("UPDATE {table} SET {column} = NULL WHERE rowid = {row}")));
            sql.push((Some(column.clone()), format!(
                "UPDATE {table} SET {column} = CASE typeof({column}) WHEN 'integer' THEN 0 WHEN 'text' THEN '' ELSE x'' END
                 WHERE rowid = {row}"
            )));
        }
        sql.push((
            Some(column.clone()),
            format!(
                "CREATE TEMP TABLE a AS SELECT {column} AS v FROM {table} WHERE rowid = {first};
             CREATE TEMP TABLE b AS SELECT rowid AS r, {column} AS v FROM {table} WHERE rowid = {last};
             UPDATE {table} SET {column} = (SELECT {column} FROM {table} WHERE rowid = {last}) WHERE rowid = {first};
             UPDATE {table} SET {column} = (SELECT v FROM a) WHERE rowid = (SELECT r FROM b)"
            ),
        ));
    }
    for row in [&first, &last] {
        sql.push((None, format!("DELETE FROM {table} WHERE rowid = {row}")));
        let key =
            texts(connection, &format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 OR name = 'login'"));
        let copied: Vec<String> = columns
            .iter()
            .map(|column| match key.contains(column) {
                false => column.clone(),
                true => format!(
                    "CASE typeof({column}) WHEN 'integer' THEN {column} + 1000 WHEN 'text' THEN {column} || 'x'
                     ELSE CAST({column} || x'00' AS BLOB) END"
                ),
            })
            .collect();
        sql.push((None, format!("INSERT INTO {table} SELECT {} FROM {table} WHERE rowid = {row}", copied.join(", "))));
    }
    sql.push((None, format!("DELETE FROM {table}")));
    sql.into_iter().map(|(column, sql)| Change { table: table.to_owned(), column, sql }).collect()
}

/// Makes the change in a fresh copy. Returns false if SQLite refuses it, or if it changes nothing.
fn make(sample: &Sample, change: &Change) -> bool {
    let path = sample.data.join("renkei.sqlite3");
    fs::write(&path, &sample.bytes).unwrap();
    let connection = Connection::open(&path).unwrap();
    let content = |connection: &Connection| {
        let mut statement =
            connection.prepare(&format!("SELECT rowid, * FROM {} ORDER BY rowid", change.table)).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|place| row.get(place)).collect());
        rows.unwrap().collect::<Result<Vec<Vec<Value>>, _>>().unwrap()
    };
    let before = content(&connection);
    assert!(!before.is_empty(), "the sample has no row in {}", change.table);
    connection
        .execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF")
        .unwrap();
    connection.execute_batch(&change.sql).is_ok() && content(&connection) != before
}

/// Whether a fault names the table in which the change was made.
fn names(broken: &Broken, table: &str) -> bool {
    match broken {
        // The salt of an entry belongs to its row: the fault names the row, and the number of the entry.
        Broken::Row { table: named, .. } => named == table || table == "ledger",
        Broken::Ledger { .. } => ["ledger", "ledger_head"].contains(&table),
        Broken::Blob { .. } => table == "blobs",
        Broken::Body { .. } => ["bodies", "absences"].contains(&table),
        Broken::Link { .. } | Broken::Lost { .. } => ["chains", "events", "bodies", "absences"].contains(&table),
        Broken::Received { .. } => table == "events",
        Broken::UnknownKey { .. } => table == "chains",
        Broken::Schema { .. } => false,
    }
}

#[test]
fn each_change_of_each_table_and_column_is_named() {
    let sample = sample();
    let connection = Connection::open(sample.data.join("renkei.sqlite3")).unwrap();
    let tables = texts(&connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    let all: Vec<Change> = tables.iter().flat_map(|table| changes(&connection, table)).collect();
    drop(connection);
    Reader::open(&sample.data).unwrap().verify().unwrap();
    let loose: BTreeSet<&str> =
        WITHOUT_COVER.iter().map(|(table, ..)| *table).filter(|table| *table != "sessions").collect();
    let (mut named, mut unnamed) = (0, BTreeSet::new());
    for change in all {
        if !make(&sample, &change) {
            continue;
        }
        let found = Reader::open(&sample.data).unwrap().verify();
        let Change { table, column, sql } = change;
        match found {
            Err(VerifyError::Broken(broken)) => {
                assert!(names(&broken, &table), "{sql}: {broken}");
                named += 1;
            }
            Err(error @ VerifyError::Journal(_)) => panic!("{sql}: {error}"),
            Ok(_) => match column {
                Some(column) => {
                    unnamed.insert((table, column));
                }
                None => assert!(loose.contains(table.as_str()), "not found: {sql}"),
            },
        }
    }
    let expected: BTreeSet<_> =
        WITHOUT_COVER.iter().map(|(table, column, _)| (table.to_string(), column.to_string())).collect();
    assert_eq!(unnamed, expected);
    assert!(named >= 400, "{named} changes");
    println!("{named} changes");
}
