//! Backups: copies the journal to one file while other connections write, and restores a journal from such a file.
//!
//! A copy contains everything except the node's secret key, which a second file can contain, encrypted.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::engine::sqlite::connection::connect;
use crate::engine::sqlite::copy::{COPYING, put_in_place, refuse_existing, remove, write_partial};
use crate::engine::sqlite::events::rows::{heads, position};
use crate::engine::sqlite::ledger::check::acknowledged;
use crate::engine::sqlite::ledger::cover::cover;
use crate::engine::sqlite::ledger::write::head;
use crate::engine::sqlite::schema::{MIGRATIONS, has_ledger, migrate, require_journal};
use crate::engine::sqlite::store::Reader;
use crate::error::{JournalError, KeyFault, VerifyError};
use crate::events::event::Position;
use crate::events::verify::KeyOrigin;
use crate::ledger::entry::LedgerHead;
use crate::ledger::noted::Fingerprint;
use crate::ledger::restored::{RestoreKey, Restored};
use crate::lock::lock;
use crate::node_key::{FILE_NAME, NodeKey};
use crate::private::{DATABASE, make_directory, tighten};

/// Deletes the sessions, links and failed attempts after a restore, because sessions may have ended and links may have
/// been used since the copy was made.
const GONE_AFTER_RESTORE: &str = "DELETE FROM sessions; DELETE FROM links; DELETE FROM attempts;";

impl Reader {
    /// Copies the journal to one file. Returns the position of the last event in the copy. Refuses to overwrite a file.
    pub fn backup(&self, to: &Path) -> Result<Position, JournalError> {
        refuse_existing(to)?;
        let partial = write_partial(&self.another_connection()?, to)?;
        let copied = connect(&partial, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let position = position(&copied).map_err(JournalError::database(COPYING))?;
        drop(copied);
        put_in_place(&partial, to)?;
        Ok(position)
    }
}

/// Verifies a backup, then makes the journal of a data directory from it. Refuses a directory that already has a
/// journal. Migrates a backup of an older release to this release.
pub fn restore(from: &Path, directory: &Path, key: RestoreKey) -> Result<Restored, JournalError> {
    let target = directory.join(DATABASE);
    refuse_existing(&target)?;
    if !from.exists() {
        return Err(JournalError::Missing { path: from.to_owned() });
    }
    make_directory(directory)?;
    tighten(directory)?;
    let _lock = lock(directory)?;
    let source = connect(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    require_journal(&source, from)?;
    let (key, acknowledged) = match key {
        RestoreKey::InPlace => (NodeKey::existing(directory)?.ok_or_else(|| missing_key(&target))?, None),
        RestoreKey::Copied { path, copy, wrapping } => {
            let wrong = || JournalError::Key { path, fault: KeyFault::Passphrase };
            (copy.key(&wrapping).ok_or_else(wrong)?, None)
        }
        RestoreKey::Lost { by, at } => (NodeKey::new()?, Some((by, at))),
    };
    let partial = write_partial(&source, &target)?;
    let restored = bring_up_and_verify(&partial, from, &key, acknowledged);
    if restored.is_err() {
        remove(&partial)?;
        return restored;
    }
    if NodeKey::existing(directory)?.is_none_or(|existing| existing.public() != key.public()) {
        refuse_existing(&directory.join(FILE_NAME))?;
        key.write(directory)?;
    }
    put_in_place(&partial, &target)?;
    restored
}

fn missing_key(target: &Path) -> JournalError {
    JournalError::KeyMissing { path: target.to_owned() }
}

fn bring_up_and_verify(
    partial: &Path,
    from: &Path,
    key: &NodeKey,
    acknowledged: Option<(String, u64)>,
) -> Result<Restored, JournalError> {
    let mut connection = connect(partial, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let restoring = JournalError::database("復元した写しを整える");
    let before = if has_ledger(&connection, from)? { head(&connection).map_err(restoring)? } else { None };
    if let (Some(before), Some(_)) = (&before, &acknowledged) {
        sign_again(&connection, key, before).map_err(restoring)?;
    }
    migrate_copy(&mut connection, partial, key)?;
    cover(&connection, key).map_err(restoring)?;
    let replaced = acknowledged.map(|(by, at)| acknowledge(&connection, key, before.as_ref(), &by, at));
    let replaced = replaced.transpose().map_err(restoring)?.unwrap_or_default();
    connection.execute_batch(GONE_AFTER_RESTORE).map_err(restoring)?;
    let without_codes = without_codes(&connection, key).map_err(restoring)?;
    drop(connection);
    let verified = Reader::open_file(partial)?.with_key(key.clone()).verify().map_err(|error| match error {
        VerifyError::Broken(broken) => JournalError::BrokenCopy { path: from.to_owned(), broken },
        VerifyError::Journal(error) => error,
    })?;
    Ok(Restored { verified, replaced, without_codes })
}

/// Returns the login names of the accounts whose secrets of one-time codes this key cannot decrypt.
fn without_codes(connection: &Connection, key: &NodeKey) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT login, id, one_time_secret FROM accounts WHERE one_time_secret IS NOT NULL ORDER BY login";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        let (login, id, sealed): (String, String, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(key.unseal_one_time(&id, &sealed).is_none().then_some(login))
    })?;
    rows.filter_map(Result::transpose).collect()
}

/// Signs the head of the ledger with a new key. If its signature does not hold, it stays as it is, and the verification
/// refuses the copy.
fn sign_again(connection: &Connection, key: &NodeKey, before: &LedgerHead) -> rusqlite::Result<()> {
    if before.signature_holds() {
        let sql = "UPDATE ledger_head SET signature = $1, public_key = $2";
        connection.execute(sql, (key.sign(&before.mark()), key.public()))?;
    }
    Ok(())
}

/// Records who acknowledged the keys that signed this copy before. Returns these keys.
fn acknowledge(
    connection: &Connection,
    key: &NodeKey,
    before: Option<&LedgerHead>,
    by: &str,
    at: u64,
) -> rusqlite::Result<Vec<Fingerprint>> {
    let known = acknowledged(connection)?;
    let is_new = |origin: Option<&KeyOrigin>| matches!(origin, None | Some(KeyOrigin::Adopted));
    let signed = heads(connection)?.into_iter().map(|head| head.public_key).chain(before.map(|head| head.public_key));
    let keys: BTreeSet<Fingerprint> = signed.map(Fingerprint).collect();
    let mut replaced = Vec::new();
    for signer in keys.into_iter().filter(|signer| signer.0 != key.public() && is_new(known.get(signer))) {
        let sql = "INSERT INTO known_keys (public_key, known_by, known_at) VALUES ($1, $2, $3)
                   ON CONFLICT (public_key) DO UPDATE SET known_by = excluded.known_by, known_at = excluded.known_at";
        connection.execute(sql, (signer.0, by, at.cast_signed()))?;
        replaced.push(signer);
    }
    Ok(replaced)
}

/// Migrates the copy, then deletes the safety copy that the migration makes: it is not needed, because the backup still
/// exists.
fn migrate_copy(connection: &mut Connection, partial: &Path, key: &NodeKey) -> Result<(), JournalError> {
    let copied = migrate(connection, partial, MIGRATIONS, key)?;
    copied.map_or(Ok(()), |copied| remove(&copied))
}
