//! パスキー — the public keys of people's passkeys. The journal stores each credential as bytes and does not parse it.

use rusqlite::{OptionalExtension, Row};

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::AccountOwner;
use crate::people::passkeys::Passkey;

const WRITING: &str = "パスキーを書く";
const READING: &str = "パスキーを読む";
const COLUMNS: &str = "id, account, name, credential, made_at, used_at";

impl Journal {
    /// Records a use of a passkey, and replaces the credential `before` by `after`. Returns whether the stored
    /// credential was still `before`; so of two simultaneous uses, one is refused.
    pub fn use_passkey(&self, id: &[u8], before: &[u8], after: &[u8], now: u64) -> Result<bool, JournalError> {
        let sql = "UPDATE passkeys SET credential = $1, used_at = $2 WHERE id = $3 AND credential = $4";
        let used = self.writer().execute(sql, (after, now.cast_signed(), id, before));
        Ok(used.map_err(JournalError::database(WRITING))? > 0)
    }
}

impl Reader {
    /// Returns the passkey with this id; `None` if it does not exist.
    pub fn passkey(&self, id: &[u8]) -> Result<Option<Passkey>, JournalError> {
        let sql = format!("SELECT {COLUMNS} FROM passkeys WHERE id = $1");
        let found = self.connection().query_row(&sql, [id], passkey).optional();
        found.map_err(JournalError::database(READING))
    }

    /// Returns the passkeys of an account, oldest first.
    pub fn passkeys(&self, account: &AccountOwner) -> Result<Vec<Passkey>, JournalError> {
        let connection = self.connection();
        let sql = format!("SELECT {COLUMNS} FROM passkeys WHERE account = $1 ORDER BY made_at, id");
        let mut statement = connection.prepare(&sql).map_err(JournalError::database(READING))?;
        let passkeys = statement.query_map([account], passkey);
        passkeys.and_then(Iterator::collect).map_err(JournalError::database(READING))
    }
}

fn passkey(row: &Row<'_>) -> rusqlite::Result<Passkey> {
    Ok(Passkey {
        id: row.get(0)?,
        account: row.get(1)?,
        name: row.get(2)?,
        credential: row.get(3)?,
        made_at: row.get::<_, i64>(4)?.cast_unsigned(),
        used_at: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
    })
}
