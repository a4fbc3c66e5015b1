//! 机 — the desk: files that were uploaded and are not recorded yet, with their corrections. It is an ordinary table
//! beside the journal; its rows are in no chain, and are deleted when their file is recorded or discarded. Each side
//! has a desk of its own, and so does the local operator.

use rusqlite::{Connection, OptionalExtension};

use crate::desk::files::{DeskLimit, DeskQuota, DeskQuotas, Put, Taken, Waiting, WaitingLine};
use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::{AccountOwner, PartyOwner};

const WRITING: &str = "取り込む前のファイルを置く";
const READING: &str = "取り込む前のファイルを読む";

impl Journal {
    /// Stores a file on the desk of its owner, unless that exceeds a quota.
    pub fn put_waiting(&self, file: &Waiting, quotas: &DeskQuotas) -> Result<Put, JournalError> {
        let writing = JournalError::database(WRITING);
        let mut writer = self.writer();
        let transaction = writer.transaction().map_err(writing)?;
        let bytes = (file.bytes.len() + file.edits.len()) as u64;
        let taken = taken(&transaction, file.owner, &file.brought_by, &file.id).map_err(writing)?;
        if let Some(limit) = taken.limit_passed_by(bytes, quotas) {
            return Ok(Put::Full(limit));
        }
        let Waiting { owner, id, brought_by, file_name, bytes, edits, brought_at } = file;
        transaction
            .execute(
                "INSERT INTO waiting (owner, id, brought_by, file_name, brought_at, edits, bytes)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (owner, id) DO NOTHING",
                (owner, id, brought_by, file_name, brought_at.cast_signed(), edits, bytes),
            )
            .map_err(writing)?;
        transaction.commit().map_err(writing)?;
        Ok(Put::Kept)
    }

    /// Stores the corrections of an owner's file, unless that exceeds a quota.
    pub fn keep_edits(
        &self,
        owner: PartyOwner,
        id: &str,
        edits: &[u8],
        quotas: &DeskQuotas,
    ) -> Result<Put, JournalError> {
        let writing = JournalError::database("取込み前の修正を保存する");
        let mut writer = self.writer();
        let transaction = writer.transaction().map_err(writing)?;
        let Some((brought_by, bytes)) = brought(&transaction, owner, id).map_err(writing)? else {
            return Ok(Put::NotThere);
        };
        let taken = taken(&transaction, owner, &brought_by, id).map_err(writing)?;
        if let Some(limit) = taken.limit_passed_by(bytes + edits.len() as u64, quotas) {
            return Ok(Put::Full(limit));
        }
        transaction
            .execute("UPDATE waiting SET edits = $1 WHERE owner = $2 AND id = $3", (edits, owner, id))
            .map_err(writing)?;
        transaction.commit().map_err(writing)?;
        Ok(Put::Kept)
    }

    /// Moves a file from one desk to another, unless that exceeds a quota of the other desk.
    pub fn hand_over(
        &self,
        from: PartyOwner,
        id: &str,
        to: PartyOwner,
        quotas: &DeskQuotas,
    ) -> Result<Put, JournalError> {
        let writing = JournalError::database("取り込む前のファイルを渡す");
        let mut writer = self.writer();
        let transaction = writer.transaction().map_err(writing)?;
        let Some((brought_by, bytes)) = brought(&transaction, from, id).map_err(writing)? else {
            return Ok(Put::NotThere);
        };
        let taken = taken(&transaction, to, &brought_by, "").map_err(writing)?;
        if let Some(limit) = taken.limit_passed_by(bytes, quotas) {
            return Ok(Put::Full(limit));
        }
        transaction
            .execute("UPDATE waiting SET owner = $1 WHERE owner = $2 AND id = $3", (to, from, id))
            .map_err(writing)?;
        transaction.commit().map_err(writing)?;
        Ok(Put::Kept)
    }

    /// Deletes a file from its owner's desk. Returns whether it existed.
    pub fn take_from_desk(&self, owner: PartyOwner, id: &str) -> Result<bool, JournalError> {
        let taken = self.writer().execute("DELETE FROM waiting WHERE owner = $1 AND id = $2", (owner, id));
        Ok(taken.map_err(JournalError::database("取り込む前のファイルを片付ける"))? > 0)
    }
}

impl Reader {
    /// Returns the files on an owner's desk, oldest first.
    pub fn waiting(&self, owner: PartyOwner) -> Result<Vec<WaitingLine>, JournalError> {
        let reading = JournalError::database("取り込む前のファイルの一覧を読む");
        let connection = self.connection();
        let mut statement = connection
            .prepare(
                "SELECT id, file_name, LENGTH(bytes), brought_at FROM waiting WHERE owner = $1
                 ORDER BY brought_at, id",
            )
            .map_err(reading)?;
        let lines = statement.query_map([owner], |row| {
            Ok(WaitingLine {
                id: row.get(0)?,
                file_name: row.get(1)?,
                bytes: row.get::<_, i64>(2)?.cast_unsigned(),
                brought_at: row.get::<_, i64>(3)?.cast_unsigned(),
            })
        });
        lines.and_then(Iterator::collect).map_err(reading)
    }

    /// Returns the limit that one more file of an account would exceed, even if the file were empty; `None` if there is
    /// none.
    pub fn desk_limit(
        &self,
        owner: PartyOwner,
        brought_by: &AccountOwner,
        quotas: &DeskQuotas,
    ) -> Result<Option<DeskLimit>, JournalError> {
        let taken = taken(&self.connection(), owner, brought_by, "").map_err(JournalError::database(READING))?;
        Ok(taken.limit_passed_by(1, quotas))
    }

    /// Returns a file on an owner's desk; `None` if the file is not there.
    pub fn waiting_file(&self, owner: PartyOwner, id: &str) -> Result<Option<Waiting>, JournalError> {
        self.connection()
            .query_row(
                "SELECT owner, id, brought_by, file_name, brought_at, edits, bytes FROM waiting
                 WHERE owner = $1 AND id = $2",
                (owner, id),
                |row| {
                    Ok(Waiting {
                        owner: row.get(0)?,
                        id: row.get(1)?,
                        brought_by: row.get(2)?,
                        file_name: row.get(3)?,
                        brought_at: row.get::<_, i64>(4)?.cast_unsigned(),
                        edits: row.get(5)?,
                        bytes: row.get(6)?,
                    })
                },
            )
            .optional()
            .map_err(JournalError::database(READING))
    }
}

/// Returns the space that is used on a desk, not counting the file with the id `but`.
fn taken(connection: &Connection, owner: PartyOwner, brought_by: &AccountOwner, but: &str) -> rusqlite::Result<Taken> {
    connection.query_row(
        "SELECT COUNT(*) FILTER (WHERE brought_by = $1),
                COALESCE(SUM(LENGTH(bytes) + LENGTH(edits)) FILTER (WHERE brought_by = $1), 0),
                COUNT(*), COALESCE(SUM(LENGTH(bytes) + LENGTH(edits)), 0)
         FROM waiting WHERE owner = $2 AND id <> $3",
        (brought_by, owner, but),
        |row| {
            let number = |column: usize| row.get::<_, i64>(column).map(i64::cast_unsigned);
            Ok(Taken {
                account: DeskQuota { files: number(0)?, bytes: number(1)? },
                party: DeskQuota { files: number(2)?, bytes: number(3)? },
            })
        },
    )
}

/// Returns the account that uploaded a file, and the size of the file without corrections.
fn brought(connection: &Connection, owner: PartyOwner, id: &str) -> rusqlite::Result<Option<(AccountOwner, u64)>> {
    connection
        .query_row("SELECT brought_by, LENGTH(bytes) FROM waiting WHERE owner = $1 AND id = $2", (owner, id), |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()))
        })
        .optional()
}
