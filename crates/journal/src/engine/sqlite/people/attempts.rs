//! 失敗の回数 — the numbers of recent failed sign-ins. Each is stored under a name that reveals neither a login name nor an
//! address.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::people::attempts::{Attempts, FORGOTTEN_AT_ONCE, MOST_SUBJECTS};

const READING: &str = "サインインの失敗の回数を読む";
const WRITING: &str = "サインインの失敗を数える";

impl Journal {
    /// Stores the number of failures of a subject (an account or an address), and deletes entries from before
    /// `forget_before`. If the table has too many subjects, deletes those with the fewest failures, oldest first. So an
    /// attacker who wants to delete a subject with five failures must cause as many failures for each of the other
    /// subjects.
    pub fn count_attempts(&self, subject: &str, attempts: Attempts, forget_before: u64) -> Result<(), JournalError> {
        let writer = self.writer();
        let writing = JournalError::database(WRITING);
        writer.execute("DELETE FROM attempts WHERE last_at < $1", [forget_before.cast_signed()]).map_err(writing)?;
        writer
            .execute(
                "INSERT INTO attempts (subject, failures, last_at) VALUES ($1, $2, $3)
                 ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
                (subject, attempts.failures, attempts.last_at.cast_signed()),
            )
            .map_err(writing)?;
        let count: u32 = writer.query_row("SELECT count(*) FROM attempts", [], |row| row.get(0)).map_err(writing)?;
        if count > MOST_SUBJECTS {
            let too_many = count - MOST_SUBJECTS + FORGOTTEN_AT_ONCE;
            writer
                .execute(
                    "DELETE FROM attempts WHERE subject IN
                     (SELECT subject FROM attempts ORDER BY failures, last_at, subject LIMIT $1)",
                    [too_many],
                )
                .map_err(writing)?;
        }
        Ok(())
    }

    pub fn forget_attempts(&self, subject: &str) -> Result<(), JournalError> {
        self.writer()
            .execute("DELETE FROM attempts WHERE subject = $1", [subject])
            .map_err(JournalError::database(WRITING))?;
        Ok(())
    }
}

impl Reader {
    pub fn attempts(&self, subject: &str) -> Result<Attempts, JournalError> {
        let found = self
            .connection()
            .query_row("SELECT failures, last_at FROM attempts WHERE subject = $1", [subject], |row| {
                Ok(Attempts { failures: row.get(0)?, last_at: row.get::<_, i64>(1)?.cast_unsigned() })
            })
            .optional();
        Ok(found.map_err(JournalError::database(READING))?.unwrap_or_default())
    }

    /// Returns the numbers of failures of all subjects.
    pub fn all_attempts(&self) -> Result<BTreeMap<String, Attempts>, JournalError> {
        let (connection, reading) = (self.connection(), JournalError::database(READING));
        let mut statement = connection.prepare("SELECT subject, failures, last_at FROM attempts").map_err(reading)?;
        let rows = statement.query_map([], |row| {
            Ok((row.get(0)?, Attempts { failures: row.get(1)?, last_at: row.get::<_, i64>(2)?.cast_unsigned() }))
        });
        rows.and_then(Iterator::collect).map_err(reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_logins_take_limited_space_and_delete_no_frequent_failures() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let often = Attempts { failures: 5, last_at: 1 };
        journal.count_attempts("somebody", often, 0).unwrap();
        let made_up = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
                       INSERT INTO attempts SELECT 'made up ' || i, 1, 10 + i FROM n";
        journal.writer().execute(made_up, []).unwrap();
        journal.count_attempts("the last", Attempts { failures: 1, last_at: 99_999 }, 0).unwrap();
        let kept = journal.all_attempts().unwrap();
        assert_eq!(kept.len(), (MOST_SUBJECTS - FORGOTTEN_AT_ONCE) as usize);
        assert_eq!(kept.get("somebody"), Some(&often));
        assert!(kept.contains_key("the last") && !kept.contains_key("made up 1"), "the oldest go first");
    }
}
