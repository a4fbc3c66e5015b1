//! 招待と再設定のリンク — links that the administrator gives to people and that can be used once. Only the digest of the printed
//! secret is stored.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::AccountOwner;
use crate::people::links::{Link, LinkPurpose};

const COLUMNS: &str = "digest, account, purpose, made_at, expires_at, used_at";
const READING: &str = "招待と再設定のリンクを読む";
const WRITING: &str = "招待と再設定のリンクを書く";

impl Journal {
    /// Stores a new link. The account's earlier links become invalid.
    pub fn make_link(&self, link: &Link) -> Result<(), JournalError> {
        insert_link(&self.writer(), link).map_err(JournalError::database(WRITING))
    }

    /// Deletes all links of an account.
    pub fn drop_links(&self, account: &AccountOwner) -> Result<(), JournalError> {
        self.writer()
            .execute("DELETE FROM links WHERE account = $1", [account])
            .map_err(JournalError::database(WRITING))?;
        Ok(())
    }
}

impl Reader {
    pub fn link(&self, digest: &[u8; 32]) -> Result<Option<Link>, JournalError> {
        self.connection()
            .query_row(&format!("SELECT {COLUMNS} FROM links WHERE digest = $1"), [&digest[..]], link)
            .optional()
            .map_err(JournalError::database(READING))
    }

    /// Returns the unused links (also expired ones), sorted by the time at which they expire.
    pub fn unused_links(&self) -> Result<Vec<Link>, JournalError> {
        let (connection, reading) = (self.connection(), JournalError::database(READING));
        let sql = format!("SELECT {COLUMNS} FROM links WHERE used_at IS NULL ORDER BY expires_at, digest");
        let mut statement = connection.prepare(&sql).map_err(reading)?;
        let links = statement.query_map([], link);
        links.and_then(Iterator::collect).map_err(reading)
    }
}

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    let purpose: String = row.get(2)?;
    let is_reset = purpose == LinkPurpose::Reset.key();
    Ok(Link {
        digest: row.get(0)?,
        account: row.get(1)?,
        purpose: if is_reset { LinkPurpose::Reset } else { LinkPurpose::Invitation },
        made_at: row.get::<_, i64>(3)?.cast_unsigned(),
        expires_at: row.get::<_, i64>(4)?.cast_unsigned(),
        used_at: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
    })
}

/// Stores a link, and deletes earlier links of the same account.
pub(crate) fn insert_link(connection: &Connection, link: &Link) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM links WHERE account = $1", [&link.account])?;
    let row = (
        &link.digest[..],
        &link.account,
        link.purpose.key(),
        link.made_at.cast_signed(),
        link.expires_at.cast_signed(),
    );
    let sql = "INSERT INTO links (digest, account, purpose, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    connection.execute(sql, row)?;
    Ok(())
}
