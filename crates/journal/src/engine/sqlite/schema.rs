//! The tables, and the migrations of older files. Only this file and `connection` contain column types and pragmas,
//! which differ between engines. The queries of all other files also run on PostgreSQL.
//!
//! Integers have 64 bits, and store unsigned values with the same bits. The table `events` contains envelopes and never
//! changes. Rows of `bodies` can be deleted; the table `absences` then contains the reason. The table `chains` contains
//! the signed head of each chain.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::engine::sqlite::connection::not_a_journal;
use crate::engine::sqlite::copy::copy;
use crate::engine::sqlite::ledger::adopt::{begin, settle, unsound};
use crate::error::JournalError;
use crate::node_key::NodeKey;

/// The application id (`RNKI` in ASCII), by which our files differ from other SQLite files.
const APPLICATION: u32 = 0x524e_4b49;

/// The migrations, one for each version. A migration cannot be reversed, and never changes after its release.
pub(crate) const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE chains (
        chain INTEGER PRIMARY KEY,
        party TEXT NOT NULL,
        dossier TEXT NOT NULL,
        number INTEGER NOT NULL,
        hash BLOB NOT NULL,
        time_millis INTEGER NOT NULL,
        time_counter INTEGER NOT NULL,
        signature BLOB NOT NULL,
        public_key BLOB NOT NULL,
        UNIQUE (party, dossier)
    ) STRICT;
    CREATE TABLE events (
        heard INTEGER PRIMARY KEY,
        chain INTEGER NOT NULL REFERENCES chains,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        time_millis INTEGER NOT NULL,
        time_counter INTEGER NOT NULL,
        body_digest BLOB NOT NULL,
        hash BLOB NOT NULL,
        UNIQUE (chain, number)
    ) STRICT;
    CREATE TABLE bodies (
        heard INTEGER PRIMARY KEY REFERENCES events,
        salt BLOB NOT NULL,
        body BLOB NOT NULL
    ) STRICT;
    CREATE TABLE absences (
        heard INTEGER PRIMARY KEY REFERENCES events,
        reason TEXT NOT NULL CHECK (reason IN ('held_back', 'blacked_out'))
    ) STRICT;
    CREATE TABLE blobs (
        digest BLOB PRIMARY KEY,
        bytes BLOB NOT NULL
    ) STRICT;
    CREATE TABLE snapshots (
        dossier TEXT PRIMARY KEY,
        position INTEGER NOT NULL,
        apply_code BLOB NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT;
",
    "
    CREATE TABLE waiting (
        id TEXT PRIMARY KEY,
        file_name TEXT NOT NULL,
        bytes BLOB NOT NULL,
        edits BLOB NOT NULL,
        brought_at INTEGER NOT NULL
    ) STRICT;
",
    "
    CREATE TABLE accounts (
        id TEXT PRIMARY KEY,
        login TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        is_administrator INTEGER NOT NULL,
        password TEXT,
        one_time_secret BLOB,
        one_time_step INTEGER NOT NULL,
        one_time_offered BLOB,
        made_at INTEGER NOT NULL,
        closed_at INTEGER
    ) STRICT;
    CREATE TABLE appointments (
        id TEXT PRIMARY KEY,
        account TEXT NOT NULL REFERENCES accounts,
        party TEXT NOT NULL,
        post TEXT NOT NULL,
        from_day TEXT NOT NULL,
        until_day TEXT
    ) STRICT;
    CREATE TABLE sessions (
        digest BLOB PRIMARY KEY,
        account TEXT NOT NULL REFERENCES accounts,
        device TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        ended_at INTEGER
    ) STRICT;
    CREATE TABLE unsent (
        id TEXT PRIMARY KEY,
        account TEXT NOT NULL REFERENCES accounts,
        address TEXT NOT NULL,
        fields BLOB NOT NULL,
        kept_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE links (
        digest BLOB PRIMARY KEY,
        account TEXT NOT NULL REFERENCES accounts,
        purpose TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        used_at INTEGER
    ) STRICT;
    CREATE TABLE attempts (
        subject TEXT PRIMARY KEY,
        failures INTEGER NOT NULL,
        last_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE passkeys (
        id BLOB PRIMARY KEY,
        account TEXT NOT NULL REFERENCES accounts,
        name TEXT NOT NULL,
        credential BLOB NOT NULL,
        made_at INTEGER NOT NULL,
        used_at INTEGER
    ) STRICT;
    CREATE TABLE outside_identities (
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        account TEXT NOT NULL REFERENCES accounts,
        PRIMARY KEY (issuer, subject)
    ) STRICT;
    CREATE TABLE account_log (
        number INTEGER PRIMARY KEY,
        done_at INTEGER NOT NULL,
        done_by TEXT NOT NULL,
        deed TEXT NOT NULL,
        login TEXT NOT NULL,
        party TEXT,
        detail TEXT NOT NULL
    ) STRICT;
    CREATE TABLE typings (
        account TEXT NOT NULL,
        place TEXT NOT NULL,
        fields BLOB NOT NULL,
        position INTEGER NOT NULL,
        typed_at INTEGER NOT NULL,
        PRIMARY KEY (account, place)
    ) STRICT;
    CREATE TABLE visits (
        account TEXT PRIMARY KEY,
        position INTEGER NOT NULL,
        visited_at INTEGER NOT NULL,
        before_position INTEGER,
        before_at INTEGER
    ) STRICT;
",
    "
    ALTER TABLE typings DROP COLUMN position;
",
    // The old rows do not say which side uploaded a file. All old files get the local operator as their owner, who can
    // give them to a side. The indexes ensure that a query for the rows of one owner does not read the rows of another.
    "
    ALTER TABLE waiting RENAME TO waiting_of_all;
    CREATE TABLE waiting (
        owner TEXT NOT NULL,
        id TEXT NOT NULL,
        brought_by TEXT NOT NULL,
        file_name TEXT NOT NULL,
        brought_at INTEGER NOT NULL,
        edits BLOB NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (owner, id)
    ) STRICT;
    INSERT INTO waiting (owner, id, brought_by, file_name, brought_at, edits, bytes)
        SELECT 'operator', id, '', file_name, brought_at, edits, bytes FROM waiting_of_all;
    DROP TABLE waiting_of_all;
    CREATE INDEX typings_by_age ON typings (typed_at);
    CREATE INDEX unsent_of_account ON unsent (account, kept_at);
    CREATE INDEX unsent_by_age ON unsent (kept_at);
    CREATE INDEX sessions_of_account ON sessions (account, seen_at);
    CREATE INDEX sessions_by_age ON sessions (seen_at);
    CREATE INDEX attempts_by_age ON attempts (last_at);
    CREATE INDEX links_of_account ON links (account);
    CREATE INDEX passkeys_of_account ON passkeys (account, made_at);
    CREATE INDEX outside_identities_of_account ON outside_identities (account);
    CREATE INDEX appointments_of_account ON appointments (account);
",
    // Ids have no order. The column `number` gives the order in which appointments were recorded.
    "
    ALTER TABLE appointments ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
    UPDATE appointments SET number = rowid;
    CREATE INDEX appointments_in_order ON appointments (number);
",
    // The ledger covers the rows beside the events. Snapshots are made again, each with its authentication code.
    "
    CREATE TABLE ledger (
        number INTEGER PRIMARY KEY,
        deed TEXT NOT NULL,
        expected INTEGER NOT NULL,
        subject TEXT NOT NULL,
        item BLOB NOT NULL,
        salt BLOB NOT NULL,
        digest BLOB NOT NULL,
        hash BLOB NOT NULL
    ) STRICT;
    CREATE INDEX ledger_of_item ON ledger (subject, item, number);
    CREATE TABLE ledger_head (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        number INTEGER NOT NULL,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,
        public_key BLOB NOT NULL
    ) STRICT;
    CREATE TABLE known_keys (
        public_key BLOB PRIMARY KEY,
        known_by TEXT NOT NULL,
        known_at INTEGER NOT NULL
    ) STRICT;
    DELETE FROM snapshots;
    ALTER TABLE snapshots ADD COLUMN code BLOB NOT NULL DEFAULT x'';
",
    // Credentials: when each was added and last used; the generation, which ends what was begun before it; the part of
    // the log that the owner has seen. Nobody is told of log entries from before this version.
    "
    ALTER TABLE accounts DROP COLUMN one_time_offered;
    ALTER TABLE accounts ADD COLUMN password_made_at INTEGER;
    ALTER TABLE accounts ADD COLUMN password_used_at INTEGER;
    ALTER TABLE accounts ADD COLUMN one_time_made_at INTEGER;
    ALTER TABLE accounts ADD COLUMN one_time_used_at INTEGER;
    ALTER TABLE accounts ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE accounts ADD COLUMN told_until INTEGER NOT NULL DEFAULT 0;
    UPDATE accounts SET told_until = (SELECT COALESCE(MAX(number), 0) FROM account_log);
    ALTER TABLE outside_identities ADD COLUMN name TEXT NOT NULL DEFAULT '';
    ALTER TABLE outside_identities ADD COLUMN made_at INTEGER;
    ALTER TABLE outside_identities ADD COLUMN used_at INTEGER;
    ALTER TABLE sessions ADD COLUMN proved_at INTEGER;
    CREATE INDEX account_log_of_login ON account_log (login, number);
    CREATE TABLE known_browsers (
        account TEXT NOT NULL REFERENCES accounts,
        digest BLOB NOT NULL,
        made_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (account, digest)
    ) STRICT;
    CREATE INDEX known_browsers_by_digest ON known_browsers (digest);
",
];

/// The number of the migration that creates the ledger.
const LEDGER_SINCE: usize = 7;

/// Creates the tables, or migrates older tables to this release. A file with data is first copied; returns the path of
/// that copy.
pub(crate) fn migrate(
    connection: &mut Connection,
    path: &Path,
    migrations: &[&str],
    key: &NodeKey,
) -> Result<Option<PathBuf>, JournalError> {
    let found = version(connection, path, migrations.len())?;
    if found == migrations.len() {
        return Ok(None);
    }
    let copied = if found == 0 { None } else { Some(copy_before(connection, path, found)?) };
    apply(connection, found, migrations, key).map_err(JournalError::database("記録簿を新しい版に移す"))?;
    Ok(copied)
}

/// Fails if the file is not a journal, or if a newer release has written it.
pub(crate) fn require_journal(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    match version(connection, path, MIGRATIONS.len())? {
        0 => Err(JournalError::NotAJournal { path: path.to_owned() }),
        _ => Ok(()),
    }
}

/// Fails if an older or a newer release has written the file.
pub(crate) fn require_current(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let known = MIGRATIONS.len();
    match version(connection, path, known)? {
        0 => Err(JournalError::NotAJournal { path: path.to_owned() }),
        found if found < known => {
            Err(JournalError::Older { path: path.to_owned(), found: found as u32, known: known as u32 })
        }
        _ => Ok(()),
    }
}

/// Returns the number of migrations that were applied to the file; 0 for an empty file.
fn version(connection: &Connection, path: &Path, known: usize) -> Result<usize, JournalError> {
    let number = |sql| connection.query_row(sql, [], |row| row.get::<_, u32>(0));
    let tables = number("SELECT COUNT(*) FROM sqlite_master").map_err(|error| not_a_journal(error, path))?;
    let reading = JournalError::database("記録簿の版を読む");
    let application = number("PRAGMA application_id").map_err(reading)?;
    let found = number("PRAGMA user_version").map_err(reading)?;
    match (application, tables) {
        (0, 0) => Ok(0),
        (APPLICATION, _) if found as usize > known => {
            Err(JournalError::Newer { path: path.to_owned(), found, known: known as u32 })
        }
        (APPLICATION, _) => Ok(found as usize),
        _ => Err(JournalError::NotAJournal { path: path.to_owned() }),
    }
}

/// Applies the migrations that the file lacks, in one transaction. Begins the ledger, or settles it afterwards.
fn apply(connection: &mut Connection, found: usize, migrations: &[&str], key: &NodeKey) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let unsound = if found < LEDGER_SINCE { None } else { Some(unsound(&transaction)?) };
    for migration in &migrations[found..] {
        transaction.execute_batch(migration)?;
    }
    match unsound {
        Some(unsound) => settle(&transaction, key, &unsound)?,
        None if migrations.len() >= LEDGER_SINCE => begin(&transaction, key)?,
        None => {}
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", migrations.len() as u32)?;
    transaction.commit()
}

/// Whether the file contains a ledger, so that it cannot be opened for writing without the key that signed it.
pub(crate) fn has_ledger(connection: &Connection, path: &Path) -> Result<bool, JournalError> {
    Ok(version(connection, path, MIGRATIONS.len())? >= LEDGER_SINCE)
}

/// Copies the file to `renkei.before-N.sqlite3`, where N is the version after its own. If that name is in use, adds a
/// number.
fn copy_before(connection: &Connection, path: &Path, found: usize) -> Result<PathBuf, JournalError> {
    let next = found + 1;
    let names = std::iter::once(format!("before-{next}.sqlite3"))
        .chain((2..).map(|time| format!("before-{next}-{time}.sqlite3")));
    let target = names.map(|name| path.with_extension(name)).find(|target| !target.exists());
    let target = target.unwrap_or_else(|| path.with_extension("before.sqlite3"));
    copy(connection, &target)?;
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::files::Waiting;
    use crate::engine::sqlite::ledger::cover::cover;
    use crate::engine::sqlite::store::Journal;
    use crate::owner::{AccountOwner, PartyOwner};

    const NEXT: &str = "CREATE TABLE later (word TEXT NOT NULL) STRICT;";

    fn key() -> NodeKey {
        NodeKey::of_seed([1; 32])
    }

    fn open(path: &Path) -> Connection {
        Connection::open(path).unwrap()
    }

    #[test]
    fn a_migration_copies_the_file_first_and_is_done_once() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("renkei.sqlite3");
        let mut connection = open(&path);
        assert_eq!(migrate(&mut connection, &path, MIGRATIONS, &key()).unwrap(), None);
        let newer: Vec<_> = MIGRATIONS.iter().copied().chain([NEXT]).collect();
        let copied = migrate(&mut connection, &path, &newer, &key()).unwrap().unwrap();
        assert_eq!(copied, path.with_file_name(format!("renkei.before-{}.sqlite3", newer.len())));
        assert_eq!(migrate(&mut connection, &path, &newer, &key()).unwrap(), None);
        connection.execute("INSERT INTO later VALUES ('あと')", []).unwrap();
        assert!(require_current(&open(&copied), &copied).is_ok());
        let refused = require_current(&connection, &path);
        assert!(matches!(refused, Err(JournalError::Newer { found, known, .. }) if found == known + 1), "{refused:?}");
    }

    #[test]
    fn a_migration_that_fails_leaves_the_file_as_it_was() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("renkei.sqlite3");
        let mut connection = open(&path);
        migrate(&mut connection, &path, MIGRATIONS, &key()).unwrap();
        let wrong: Vec<_> = MIGRATIONS.iter().copied().chain([NEXT, "CREATE NONSENSE"]).collect();
        for _ in 0..2 {
            assert!(migrate(&mut connection, &path, &wrong, &key()).is_err());
            assert!(require_current(&connection, &path).is_ok());
            assert!(connection.execute("INSERT INTO later VALUES ('あと')", []).is_err());
        }
        let next = MIGRATIONS.len() + 1;
        for copy in [format!("renkei.before-{next}.sqlite3"), format!("renkei.before-{next}-2.sqlite3")] {
            assert!(path.with_file_name(&copy).exists(), "{copy}");
        }
    }

    /// Migrates a file from a version in which desks had no owners.
    #[test]
    fn a_file_from_before_desks_had_owners_belongs_to_the_local_operator() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("renkei.sqlite3");
        let mut connection = open(&path);
        migrate(&mut connection, &path, &MIGRATIONS[..4], &key()).unwrap();
        let old = "INSERT INTO waiting (id, file_name, bytes, edits, brought_at) VALUES ('a', '昨年度.docx', x'07', x'7b7d', 9)";
        connection.execute(old, []).unwrap();
        drop(connection);
        let journal = Journal::open(directory.path()).unwrap();
        let expected = Waiting {
            owner: PartyOwner::LocalOperator,
            id: "a".to_owned(),
            brought_by: AccountOwner::LocalOperator,
            file_name: "昨年度.docx".to_owned(),
            bytes: vec![7],
            edits: b"{}".to_vec(),
            brought_at: 9,
        };
        assert_eq!(journal.waiting_file(PartyOwner::LocalOperator, "a").unwrap(), Some(expected));
    }

    /// Migrates a file from before there was a ledger: its rows are adopted, and its secrets are encrypted.
    #[test]
    fn a_file_from_before_the_ledger_is_adopted_once_and_its_secrets_are_encrypted() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("renkei.sqlite3");
        let mut connection = open(&path);
        migrate(&mut connection, &path, &MIGRATIONS[..6], &key()).unwrap();
        let old = "INSERT INTO accounts (id, login, name, language, is_administrator, one_time_secret, one_time_step, made_at)
                   VALUES ('a', 'tanto', '山田', 'ja', 0, x'0102030405060708', 3, 9)";
        connection.execute(old, []).unwrap();
        drop(connection);
        let journal = Journal::open(directory.path()).unwrap();
        let secret = || journal.account("a").unwrap().unwrap().one_time_secret;
        assert_eq!(secret(), Some(vec![1, 2, 3, 4, 5, 6, 7, 8]));
        journal.verify().unwrap();
        let stored: Vec<u8> =
            open(&path).query_row("SELECT one_time_secret FROM accounts", [], |row| row.get(0)).unwrap();
        assert_eq!(stored.len(), 24 + 8 + 16);
        open(&path).execute("UPDATE accounts SET one_time_secret = x'01'", []).unwrap();
        assert_ne!(secret(), secret(), "no code matches a secret that this node has not encrypted");
        assert!(journal.verify().is_err());
    }

    #[test]
    fn a_later_migration_settles_the_ledger_and_hides_no_change_of_others() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("renkei.sqlite3");
        drop(Journal::open(directory.path()).unwrap());
        let key = NodeKey::existing(directory.path()).unwrap().unwrap();
        let mut connection = open(&path);
        cover(&connection, &key).unwrap();
        let add = "INSERT INTO accounts (id, login, name, language, is_administrator, one_time_step, made_at)
                   VALUES ('a', 'tanto', '山田', 'ja', 0, 3, 9), ('b', 'kessai', '佐藤', 'ja', 0, 3, 9)";
        connection.execute(add, []).unwrap();
        open(&path).execute("UPDATE accounts SET is_administrator = 1 WHERE id = 'a'", []).unwrap();
        assert_eq!(unsound(&connection).unwrap().len(), 1);
        let later = "ALTER TABLE accounts ADD COLUMN later TEXT NOT NULL DEFAULT 'あと'";
        let newer: Vec<_> = MIGRATIONS.iter().copied().chain([later]).collect();
        migrate(&mut connection, &path, &newer, &key).unwrap();
        assert_eq!(unsound(&connection).unwrap().len(), 0, "both rows have an entry with the new column");
        let unexpected = "SELECT COUNT(*) FROM ledger WHERE expected = 0";
        assert_eq!(connection.query_row(unexpected, [], |row| row.get::<_, u32>(0)).unwrap(), 1);
    }

    /// The owner of the rows of each table. A new table needs a new line here: the column with the owner, or the reason
    /// why it has none.
    const OWNERS: [(&str, Owned); 22] = [
        ("absences", Owned::Journal("why a body of the journal is not there")),
        ("account_log", Owned::Node("what administrators did; who reads it is for the table of rights")),
        ("accounts", Owned::Node("who may come in; administrators look after them")),
        ("appointments", Owned::By("account")),
        ("attempts", Owned::By("subject")),
        ("blobs", Owned::Journal("files that events name by their digests; served by what the reader may see")),
        ("bodies", Owned::Journal("what events say")),
        ("chains", Owned::Journal("signed heads")),
        ("events", Owned::Journal("envelopes")),
        ("known_browsers", Owned::By("account")),
        ("known_keys", Owned::Node("keys that signed this journal before, and who acknowledged them")),
        ("ledger", Owned::Node("digests of the rows beside the events; no page shows them")),
        ("ledger_head", Owned::Node("the signed end of the ledger")),
        ("links", Owned::By("account")),
        ("outside_identities", Owned::By("account")),
        ("passkeys", Owned::By("account")),
        ("sessions", Owned::By("account")),
        ("snapshots", Owned::Journal("made of events, and made again")),
        ("typings", Owned::By("account")),
        ("unsent", Owned::By("account")),
        ("visits", Owned::By("account")),
        ("waiting", Owned::By("owner")),
    ];

    #[derive(Debug)]
    enum Owned {
        By(&'static str),
        Journal(&'static str),
        Node(&'static str),
    }

    #[test]
    fn every_table_beside_the_journal_has_an_owner() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let connection = journal.connection();
        let mut statement =
            connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").unwrap();
        let tables: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let owned: Vec<&str> = OWNERS.iter().map(|(table, _)| *table).collect();
        assert_eq!(tables, owned, "whose are the rows of a table that is on one side alone?");
        let by = |(table, owned): &(&'static str, Owned)| match owned {
            Owned::By(column) => Some((*table, *column)),
            Owned::Journal(reason) | Owned::Node(reason) => {
                assert!(!reason.is_empty(), "{table}");
                None
            }
        };
        for (table, column) in OWNERS.iter().filter_map(by) {
            let sql = "SELECT COUNT(*) FROM pragma_table_info($1) WHERE name = $2 AND (\"notnull\" = 1 OR pk > 0)";
            let found: u32 = connection.query_row(sql, [table, column], |row| row.get(0)).unwrap();
            assert_eq!(found, 1, "{table} has no column {column} that is always filled");
        }
    }

    #[test]
    fn a_file_that_is_not_a_journal_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let foreign = directory.path().join("foreign.sqlite3");
        open(&foreign).execute_batch(NEXT).unwrap();
        let text = directory.path().join("text.sqlite3");
        std::fs::write(&text, "記録簿ではない。".repeat(100)).unwrap();
        for path in [&foreign, &text] {
            let refused = migrate(&mut open(path), path, MIGRATIONS, &key());
            assert!(matches!(refused, Err(JournalError::NotAJournal { .. })), "{refused:?}");
        }
    }
}
