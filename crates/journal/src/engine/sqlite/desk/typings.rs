//! 入力の一時保存: the input of a form that is not sent yet. Only its account can read it. Each form has at most one, which is
//! deleted when the form is sent or when the account discards it.

use rusqlite::OptionalExtension;

use crate::desk::typings::Typing;
use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::{AccountOwner, FormQuota};

const WRITING: &str = "入力を一時保存する";
const READING: &str = "一時保存した入力を読む";

impl Journal {
    /// Stores the current input of a form and replaces the earlier input. An owner keeps only the newest forms within
    /// the quota. Input of any owner that is older than `forget_before` is deleted. Returns how many older forms of the
    /// owner were deleted to make room.
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
    /// Returns the input that an account saved for a form at `since` or later.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(forms: u32) -> FormQuota {
        FormQuota { forms, bytes: 99 }
    }

    fn owner(account: &str) -> AccountOwner {
        if account.is_empty() { AccountOwner::LocalOperator } else { AccountOwner::Account(account.to_owned()) }
    }

    fn typing(account: &str, place: &str, typed_at: u64) -> Typing {
        let (account, place) = (owner(account), place.to_owned());
        Typing { account, place, fields: typed_at.to_string().into_bytes(), typed_at }
    }

    #[test]
    fn a_form_holds_what_its_account_typed_last_and_nobody_else_s() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        for (account, place, typed_at) in [("a", "/x", 1), ("b", "/x", 2), ("a", "/x", 3), ("", "/x", 4)] {
            journal.keep_typing(&typing(account, place, typed_at), quota(9), 0).unwrap();
        }
        let kept = |account| journal.typing(&owner(account), "/x", 0).unwrap().map(|kept| kept.typed_at);
        assert_eq!([kept("a"), kept("b"), kept(""), kept("c")], [Some(3), Some(2), Some(4), None]);
        journal.drop_typing(&owner("a"), "/x").unwrap();
        assert_eq!([kept("a"), kept("b")], [None, Some(2)]);
    }

    #[test]
    fn an_account_keeps_its_newest_forms_and_old_ones_are_forgotten() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        for (place, typed_at, put_away) in [("/1", 1, 0), ("/2", 2, 0), ("/3", 3, 1)] {
            assert_eq!(journal.keep_typing(&typing("a", place, typed_at), quota(2), 0).unwrap(), put_away);
        }
        assert_eq!(journal.typed_places(&owner("a"), 0).unwrap(), ["/3", "/2"]);
        assert_eq!(journal.typed_places(&owner("a"), 3).unwrap(), ["/3"]);
        assert_eq!(journal.typing(&owner("a"), "/2", 3).unwrap(), None, "too old to be shown");
        journal.keep_typing(&typing("b", "/1", 9), quota(2), 3).unwrap();
        assert_eq!(journal.typed_places(&owner("a"), 0).unwrap(), ["/3"]);
    }

    #[test]
    fn an_account_keeps_as_many_bytes_as_its_quota_and_others_keep_theirs() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let of = |account: &str, place: &str, typed_at, bytes| Typing {
            fields: vec![b' '; bytes],
            ..typing(account, place, typed_at)
        };
        journal.keep_typing(&of("b", "/1", 0, 90), quota(9), 0).unwrap();
        for (place, typed_at, bytes, put_away) in
            [("/1", 1, 40, 0), ("/2", 2, 50, 0), ("/3", 3, 20, 1), ("/4", 4, 99, 2)]
        {
            let away = journal.keep_typing(&of("a", place, typed_at, bytes), quota(9), 0).unwrap();
            assert_eq!(away, put_away, "{place}");
        }
        assert_eq!(journal.typed_places(&owner("a"), 0).unwrap(), ["/4"]);
        assert_eq!(journal.typed_places(&owner("b"), 0).unwrap(), ["/1"]);
    }
}
