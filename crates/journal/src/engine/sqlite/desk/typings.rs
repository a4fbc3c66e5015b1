//! 入力の一時保存: the saved input of forms that are not sent yet. Only the account that typed the input can read it. For each
//! form there is at most one saved input. It is deleted when the form is sent or the account discards it.

use rusqlite::OptionalExtension;

use crate::desk::typings::Typing;
use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::{AccountOwner, FormQuota};

const WRITING: &str = "入力を一時保存する";
const READING: &str = "一時保存した入力を読む";

impl Journal {
    /// Stores the current input of a form in place of the earlier input. If an owner exceeds the quota, deletes the
    /// input of the owner's oldest forms. Also deletes all input (of any owner) from before `forget_before`. Returns
    /// how many forms of the owner lost their input because of the quota.
    pub fn keep_typing(&self, typing: &Typing, quota: FormQuota, forget_before: u64) -> Result<usize, JournalError> {
        let writer = self.writer();
        let writing = JournalError::database(WRITING);
        writer.execute("DELETE FROM typings WHERE typed_at < $1", [forget_before.cast_signed()]).map_err(writing)?;
        writer
            .execute(
                "INSERT INTO typings (account, place, fields, typed_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (account, place) DO UPDATE SET fields = excluded.fields, typed_at = excluded.typed_at",
                (&typing.account, &typing.place, &typing.fields, typing.typed_at.cast_signed()),
            )
            .map_err(writing)?;
        writer
            .execute(
                "DELETE FROM typings WHERE account = $1 AND place IN
                 (SELECT place FROM
                  (SELECT place, ROW_NUMBER() OVER newest AS forms, SUM(LENGTH(fields)) OVER newest AS bytes
                   FROM typings WHERE account = $1 WINDOW newest AS (ORDER BY typed_at DESC, place))
                  WHERE forms > $2 OR bytes > $3)",
                (&typing.account, quota.forms, quota.bytes.cast_signed()),
            )
            .map_err(writing)
    }

    /// Deletes the saved input of a form.
    pub fn drop_typing(&self, account: &AccountOwner, place: &str) -> Result<(), JournalError> {
        self.writer()
            .execute("DELETE FROM typings WHERE account = $1 AND place = $2", (account, place))
            .map_err(JournalError::database(WRITING))?;
        Ok(())
    }
}

impl Reader {
    /// Returns the input of a form that an account saved at the time `since` or later.
    pub fn typing(&self, account: &AccountOwner, place: &str, since: u64) -> Result<Option<Typing>, JournalError> {
        self.connection()
            .query_row(
                "SELECT account, place, fields, typed_at FROM typings
                 WHERE account = $1 AND place = $2 AND typed_at >= $3",
                (account, place, since.cast_signed()),
                |row| {
                    Ok(Typing {
                        account: row.get(0)?,
                        place: row.get(1)?,
                        fields: row.get(2)?,
                        typed_at: row.get::<_, i64>(3)?.cast_unsigned(),
                    })
                },
            )
            .optional()
            .map_err(JournalError::database(READING))
    }

    /// Returns the forms of an account that have saved input, newest first.
    pub fn typed_places(&self, account: &AccountOwner, since: u64) -> Result<Vec<String>, JournalError> {
        let connection = self.connection();
        let reading = JournalError::database(READING);
        let mut statement = connection
            .prepare("SELECT place FROM typings WHERE account = $1 AND typed_at >= $2 ORDER BY typed_at DESC, place")
            .map_err(reading)?;
        let places = statement.query_map((account, since.cast_signed()), |row| row.get(0));
        places.and_then(Iterator::collect).map_err(reading)
    }
}
