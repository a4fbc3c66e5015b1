//! Makes the writing connection add an entry to the ledger for each change of a covered row, in the same transaction.
//!
//! Triggers do this. They are temporary: they belong to this connection and are not in the file, so no statement of this
//! program can omit an entry, and a person who changes the file with another program leaves none. Triggers that are in
//! the file never run.

use rusqlite::config::DbConfig;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error};

use crate::engine::sqlite::ledger::tables::{Covered, add, covered};
use crate::events::chain::Hash;
use crate::ledger::entry::{LedgerDeed, LedgerFields, LedgerHead, RowHasher, ledger_mark};
use crate::node_key::NodeKey;

const PURE: FunctionFlags = FunctionFlags::SQLITE_UTF8.union(FunctionFlags::SQLITE_DETERMINISTIC);

/// From now on, each change of a covered row on this connection adds an entry to the ledger.
pub(crate) fn cover(connection: &Connection, key: &NodeKey) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.create_scalar_function("renkei_item", -1, PURE, item)?;
    connection.create_scalar_function("renkei_row", -1, PURE, row)?;
    connection.create_scalar_function("renkei_entry", 7, PURE, entry)?;
    let public = key.public();
    connection.create_scalar_function("renkei_public_key", 0, PURE, move |_| Ok(public.to_vec()))?;
    let key = key.clone();
    connection.create_scalar_function("renkei_signature", 6, PURE, move |context| signature(context, &key))?;
    covered(connection)?.iter().try_for_each(|table| connection.execute_batch(&triggers(table)))
}

/// `renkei_item(table, name, value, …)` returns the digest that identifies a row.
fn item(context: &Context<'_>) -> rusqlite::Result<Vec<u8>> {
    columns(context, RowHasher::of_item(&context.get::<String>(0)?))
}

/// `renkei_row(salt, name, value, …)` returns the digest of a row's content.
fn row(context: &Context<'_>) -> rusqlite::Result<Vec<u8>> {
    columns(context, RowHasher::of_row(&context.get::<Vec<u8>>(0)?))
}

fn columns(context: &Context<'_>, mut hasher: RowHasher) -> rusqlite::Result<Vec<u8>> {
    for place in (1..context.len()).step_by(2) {
        let name = context.get_raw(place).as_str().map_err(wrong)?;
        add(&mut hasher, name, context.get_raw(place + 1));
    }
    Ok(hasher.finish().to_vec())
}

/// `renkei_entry(previous hash, number, deed, expected, subject, item, digest)` returns the hash of an entry.
fn entry(context: &Context<'_>) -> rusqlite::Result<Vec<u8>> {
    let (deed, subject) = (context.get::<String>(2)?, context.get::<String>(4)?);
    let fields = LedgerFields {
        number: context.get::<i64>(1)?.cast_unsigned(),
        deed: &deed,
        expected: context.get(3)?,
        subject: &subject,
        item: blob(context, 5)?,
        digest: blob(context, 6)?,
    };
    Ok(fields.hash(&fixed(context, 0)?).to_vec())
}

/// `renkei_signature(number, hash, signature, public key, next number, next hash)` signs the next head. Fails if this
/// node has not signed the head before it: otherwise it would sign what somebody else has put there.
fn signature(context: &Context<'_>, key: &NodeKey) -> rusqlite::Result<Vec<u8>> {
    let before = LedgerHead {
        number: context.get::<i64>(0)?.cast_unsigned(),
        hash: fixed(context, 1)?,
        signature: fixed(context, 2)?,
        public_key: fixed(context, 3)?,
    };
    if before.public_key != key.public() || !before.signature_holds() {
        return Err(Error::UserFunctionError(NOT_OURS.into()));
    }
    let next: Hash = fixed(context, 5)?;
    Ok(key.sign(&ledger_mark(context.get::<i64>(4)?.cast_unsigned(), next)).to_vec())
}

pub(crate) const NOT_OURS: &str =
    "台帳の先頭の署名がこの拠点の鍵のものではないので、書き足しません。`renkei journal verify` で確かめてください";

fn blob<'a>(context: &'a Context<'_>, place: usize) -> rusqlite::Result<&'a [u8]> {
    context.get_raw(place).as_blob().map_err(wrong)
}

/// Returns bytes of a fixed length; zeros, which nobody has signed, for another length.
fn fixed<const LENGTH: usize>(context: &Context<'_>, place: usize) -> rusqlite::Result<[u8; LENGTH]> {
    match context.get_raw(place) {
        ValueRef::Blob(bytes) => Ok(bytes.try_into().unwrap_or([0; LENGTH])),
        _ => Ok([0; LENGTH]),
    }
}

fn wrong(error: rusqlite::types::FromSqlError) -> Error {
    Error::UserFunctionError(Box::new(error))
}

/// Returns the triggers of one table. A change of the primary key is the removal of one row and the addition of another.
fn triggers(covered: &Covered) -> String {
    let table = &covered.table;
    let columns = covered.columns.join(", ");
    let differs = |columns: &[String]| {
        let differs: Vec<String> = columns.iter().map(|name| format!("OLD.{name} IS NOT NEW.{name}")).collect();
        format!("({})", differs.join(" OR "))
    };
    let (moved, changed) = (differs(&covered.keys), differs(&covered.columns));
    let added = body(covered, LedgerDeed::Added);
    let changed_row = body(covered, LedgerDeed::Changed);
    let removed = body(covered, LedgerDeed::Removed);
    format!(
        "CREATE TEMP TRIGGER cover_added_{table} AFTER INSERT ON main.{table} BEGIN {added} END;
         CREATE TEMP TRIGGER cover_removed_{table} AFTER DELETE ON main.{table} BEGIN {removed} END;
         CREATE TEMP TRIGGER cover_changed_{table} AFTER UPDATE OF {columns} ON main.{table}
             WHEN {changed} AND NOT {moved} BEGIN {changed_row} END;
         CREATE TEMP TRIGGER cover_moved_{table} AFTER UPDATE OF {columns} ON main.{table}
             WHEN {moved} BEGIN {removed} {added} END;"
    )
}

/// Returns the statements that add one entry: they insert it, delete the salts of earlier entries of the row, compute
/// the digest and the hash, and sign the new head.
fn body(covered: &Covered, deed: LedgerDeed) -> String {
    let table = &covered.table;
    let pairs = |row: &str, columns: &[String]| {
        columns.iter().map(|name| format!(", '{name}', {row}.{name}")).collect::<String>()
    };
    let of = if deed == LedgerDeed::Removed { "OLD" } else { "NEW" };
    let item = format!("renkei_item('{table}'{})", pairs(of, &covered.keys));
    let last = format!(
        "SELECT 1 FROM ledger l WHERE l.subject = '{table}' AND l.item = {item} AND l.number =
         (SELECT MAX(number) FROM ledger WHERE subject = '{table}' AND item = {item})"
    );
    let expected = match deed {
        LedgerDeed::Added => format!("NOT EXISTS ({last} AND l.deed <> 'removed')"),
        _ => format!("EXISTS ({last} AND l.digest = renkei_row(l.salt{}))", pairs("OLD", &covered.columns)),
    };
    let (salt, digest) = match deed {
        LedgerDeed::Removed => ("x''", "x''".to_owned()),
        _ => ("randomblob(16)", format!("renkei_row(salt{})", pairs("NEW", &covered.columns))),
    };
    let deed = deed.key();
    let new = "(SELECT number + 1 FROM ledger_head)";
    format!(
        "INSERT INTO ledger (number, deed, expected, subject, item, salt, digest, hash)
             SELECT number + 1, '{deed}', {expected}, '{table}', {item}, {salt}, x'', x'' FROM ledger_head;
         UPDATE ledger SET salt = x'' WHERE subject = '{table}' AND item = {item} AND number < {new} AND salt <> x'';
         UPDATE ledger SET digest = {digest} WHERE number = {new};
         UPDATE ledger SET hash = renkei_entry((SELECT hash FROM ledger_head), number, deed, expected, subject, item, digest)
             WHERE number = {new};
         UPDATE ledger_head SET (number, hash, signature, public_key) =
             (SELECT l.number, l.hash, renkei_signature(ledger_head.number, ledger_head.hash, ledger_head.signature,
                     ledger_head.public_key, l.number, l.hash), renkei_public_key()
              FROM ledger l WHERE l.number = ledger_head.number + 1);"
    )
}
