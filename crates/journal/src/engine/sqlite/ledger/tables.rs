//! The tables whose rows the ledger covers: every table and column of the schema, except those that are listed here.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::events::chain::Hash;
use crate::ledger::entry::RowHasher;

/// Tables that the chains of events, or the ledger itself, cover.
pub(crate) const CHAINED: [&str; 5] = ["bodies", "chains", "events", "ledger", "ledger_head"];

/// Tables without cover: they decide no right and no printed text, and are written too often for an entry each time.
const LOOSE_TABLES: [&str; 3] = ["attempts", "typings", "visits"];

/// Columns without cover. The content of a stored file is covered by its digest, which is its key.
const LOOSE_COLUMNS: [(&str, &str); 2] = [("blobs", "bytes"), ("sessions", "seen_at")];

/// A table whose rows the ledger covers.
pub(crate) struct Covered {
    pub table: String,
    /// The columns of the primary key.
    pub keys: Vec<String>,
    /// All covered columns, sorted by name.
    pub columns: Vec<String>,
}

/// Reads from the schema which tables and columns are covered.
pub(crate) fn covered(connection: &Connection) -> rusqlite::Result<Vec<Covered>> {
    let mut names = connection.prepare(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let is_covered = |table: &str| !CHAINED.contains(&table) && !LOOSE_TABLES.contains(&table);
    names.into_iter().filter(|table| is_covered(table)).map(|table| covered_table(connection, table)).collect()
}

fn covered_table(connection: &Connection, table: String) -> rusqlite::Result<Covered> {
    let mut statement = connection.prepare("SELECT name, pk FROM pragma_table_info($1, 'main') ORDER BY pk, name")?;
    let read = statement.query_map([&table], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?)))?;
    let all: Vec<(String, u32)> = read.collect::<Result<_, _>>()?;
    let keys = all.iter().filter(|(_, place)| *place > 0).map(|(name, _)| name.clone()).collect();
    let is_loose = |name: &str| LOOSE_COLUMNS.contains(&(table.as_str(), name));
    let mut columns: Vec<String> = all.into_iter().map(|(name, _)| name).filter(|name| !is_loose(name)).collect();
    columns.sort();
    Ok(Covered { table, keys, columns })
}

impl Covered {
    /// Returns the statement that reads all rows: first the columns of the key, then the covered columns.
    pub fn select(&self) -> String {
        let columns: Vec<&str> = self.keys.iter().chain(&self.columns).map(String::as_str).collect();
        format!("SELECT {} FROM main.{}", columns.join(", "), self.table)
    }

    /// Returns the digest that identifies a row of [`Covered::select`].
    pub fn item(&self, row: &Row<'_>) -> rusqlite::Result<Hash> {
        let mut hasher = RowHasher::of_item(&self.table);
        for (place, key) in self.keys.iter().enumerate() {
            add(&mut hasher, key, row.get_ref(place)?);
        }
        Ok(hasher.finish())
    }

    /// Returns the digest of the content of a row of [`Covered::select`].
    pub fn digest(&self, row: &Row<'_>, salt: &[u8]) -> rusqlite::Result<Hash> {
        let mut hasher = RowHasher::of_row(salt);
        for (place, column) in self.columns.iter().enumerate() {
            add(&mut hasher, column, row.get_ref(self.keys.len() + place)?);
        }
        Ok(hasher.finish())
    }

    /// Returns the key of a row of [`Covered::select`] as text, for a person who looks for the row.
    pub fn name(&self, row: &Row<'_>) -> rusqlite::Result<String> {
        let values = (0..self.keys.len()).map(|place| row.get_ref(place).map(shown));
        Ok(values.collect::<rusqlite::Result<Vec<_>>>()?.join(" "))
    }
}

/// Adds a value to a digest. A missing value is not added, so a new column that is empty does not change the digest.
pub(crate) fn add(hasher: &mut RowHasher, column: &str, value: ValueRef<'_>) {
    match value {
        ValueRef::Null => {}
        ValueRef::Integer(number) => hasher.column(column, 1, &number.to_be_bytes()),
        ValueRef::Real(number) => hasher.column(column, 2, &number.to_be_bytes()),
        ValueRef::Text(text) => hasher.column(column, 3, text),
        ValueRef::Blob(bytes) => hasher.column(column, 4, bytes),
    }
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => data_encoding::HEXLOWER.encode(bytes),
    }
}
