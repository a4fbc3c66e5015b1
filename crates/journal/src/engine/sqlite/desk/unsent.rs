//! 送れなかった入力 — forms that were sent after their session had expired. A form is kept for the account that sent it and for
//! no other. The account sends it again or discards it.

use rusqlite::OptionalExtension;

use crate::desk::unsent::Unsent;
use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::{AccountOwner, FormQuota};

const WRITING: &str = "送れなかった入力を保存する";

impl Journal {
    /// Stores a form. If an owner exceeds the quota, deletes the owner's oldest forms. Also deletes all forms (of any
    /// owner) from before `forget_before`.
    pub fn keep_unsent(&self, unsent: &Unsent, quota: FormQuota, forget_before: u64) -> Result<(), JournalError> {
        let writer = self.writer();
        let writing = JournalError::database(WRITING);
        writer.execute("DELETE FROM unsent WHERE kept_at < $1", [forget_before.cast_signed()]).map_err(writing)?;
        writer
            .execute(
                "INSERT INTO unsent (id, account, address, fields, kept_at) VALUES ($1, $2, $3, $4, $5)",
                (&unsent.id, &unsent.account, &unsent.address, &unsent.fields, unsent.kept_at.cast_signed()),
            )
            .map_err(writing)?;
        writer
            .execute(
                "DELETE FROM unsent WHERE account = $1 AND id IN
                 (SELECT id FROM
                  (SELECT id, ROW_NUMBER() OVER newest AS forms, SUM(LENGTH(fields)) OVER newest AS bytes
                   FROM unsent WHERE account = $1 WINDOW newest AS (ORDER BY kept_at DESC, id DESC))
                  WHERE forms > $2 OR bytes > $3)",
                (&unsent.account, quota.forms, quota.bytes.cast_signed()),
            )
            .map_err(writing)?;
        Ok(())
    }

    /// Deletes a form of an account.
    pub fn drop_unsent(&self, account: &AccountOwner, id: &str) -> Result<(), JournalError> {
        self.writer()
            .execute("DELETE FROM unsent WHERE account = $1 AND id = $2", (account, id))
            .map_err(JournalError::database(WRITING))?;
        Ok(())
    }
}

impl Reader {
    /// Returns a form of an account; `None` if the account has no such form.
    pub fn unsent(&self, account: &AccountOwner, id: &str) -> Result<Option<Unsent>, JournalError> {
        self.connection()
            .query_row(
                "SELECT id, account, address, fields, kept_at FROM unsent WHERE account = $1 AND id = $2",
                (account, id),
                |row| {
                    Ok(Unsent {
                        id: row.get(0)?,
                        account: row.get(1)?,
                        address: row.get(2)?,
                        fields: row.get(3)?,
                        kept_at: row.get::<_, i64>(4)?.cast_unsigned(),
                    })
                },
            )
            .optional()
            .map_err(JournalError::database("送れなかった入力を読む"))
    }

    /// Returns the ids of an account's unsent forms, newest first.
    pub fn unsent_ids(&self, account: &AccountOwner) -> Result<Vec<String>, JournalError> {
        let connection = self.connection();
        let reading = JournalError::database("送れなかった入力を読む");
        let mut statement = connection
            .prepare("SELECT id FROM unsent WHERE account = $1 ORDER BY kept_at DESC, id DESC")
            .map_err(reading)?;
        let ids = statement.query_map([account], |row| row.get(0));
        ids.and_then(Iterator::collect).map_err(reading)
    }
}
