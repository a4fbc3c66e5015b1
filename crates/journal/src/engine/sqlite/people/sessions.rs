//! サインイン中 — the sessions of signed-in people, each with its device. Only the digest of the browser's token is stored.
//! An ended session is kept for a while, so that a form which arrives later gets a helpful answer and its input is kept
//! for the person.

use rusqlite::{OptionalExtension, Row};

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::AccountOwner;
use crate::people::sessions::Session;

const COLUMNS: &str = "digest, account, device, made_at, seen_at, ended_at, proved_at";
const READING: &str = "サインインの状態を読む";
const WRITING: &str = "サインインの状態を書く";

impl Journal {
    /// Begins a session of an account that was read in this generation; `None` if the account is closed or its
    /// generation has changed since then. Deletes sessions that were last used before `forget_before`. If the account
    /// exceeds `most` sessions, first deletes its ended sessions, then the least recently used ones. Returns how many
    /// were deleted because of `most`.
    pub fn begin_session(
        &self,
        session: &Session,
        generation: u64,
        most: u32,
        forget_before: u64,
    ) -> Result<Option<usize>, JournalError> {
        let writer = self.writer();
        let writing = JournalError::database(WRITING);
        writer.execute("DELETE FROM sessions WHERE seen_at < $1", [forget_before.cast_signed()]).map_err(writing)?;
        let row = (
            &session.digest[..],
            &session.account,
            &session.device,
            session.made_at.cast_signed(),
            session.seen_at.cast_signed(),
            session.proved_at.map(u64::cast_signed),
            generation.cast_signed(),
        );
        let sql = "INSERT INTO sessions (digest, account, device, made_at, seen_at, proved_at)
                   SELECT $1, $2, $3, $4, $5, $6 FROM accounts WHERE id = $2 AND generation = $7 AND closed_at IS NULL";
        if writer.execute(sql, row).map_err(writing)? == 0 {
            return Ok(None);
        }
        let lost = writer
            .execute(
                "DELETE FROM sessions WHERE account = $1 AND digest IN
                 (SELECT digest FROM sessions WHERE account = $1
                  ORDER BY ended_at IS NULL DESC, seen_at DESC, made_at DESC LIMIT -1 OFFSET $2)",
                (&session.account, most),
            )
            .map_err(writing)?;
        Ok(Some(lost))
    }

    /// Records that the person of an open session proved who they are.
    pub fn prove_session(&self, digest: &[u8; 32], now: u64) -> Result<(), JournalError> {
        let sql = "UPDATE sessions SET proved_at = $1 WHERE digest = $2 AND ended_at IS NULL";
        self.writer().execute(sql, (now.cast_signed(), &digest[..])).map_err(JournalError::database(WRITING))?;
        Ok(())
    }

    pub fn see_session(&self, digest: &[u8; 32], seen_at: u64) -> Result<(), JournalError> {
        self.writer()
            .execute(
                "UPDATE sessions SET seen_at = $1 WHERE digest = $2 AND seen_at < $1",
                (seen_at.cast_signed(), &digest[..]),
            )
            .map_err(JournalError::database(WRITING))?;
        Ok(())
    }

    /// Ends one session of an account.
    pub fn end_session(&self, account: &AccountOwner, digest: &[u8; 32], ended_at: u64) -> Result<(), JournalError> {
        self.writer()
            .execute(
                "UPDATE sessions SET ended_at = $1 WHERE account = $2 AND digest = $3 AND ended_at IS NULL",
                (ended_at.cast_signed(), account, &digest[..]),
            )
            .map_err(JournalError::database(WRITING))?;
        Ok(())
    }

    /// Ends all sessions of an account except one.
    pub fn end_sessions(
        &self,
        account: &AccountOwner,
        but: Option<&[u8; 32]>,
        ended_at: u64,
    ) -> Result<(), JournalError> {
        let but = but.map_or(&[][..], |digest| &digest[..]);
        self.writer()
            .execute(
                "UPDATE sessions SET ended_at = $1 WHERE account = $2 AND digest <> $3 AND ended_at IS NULL",
                (ended_at.cast_signed(), account, but),
            )
            .map_err(JournalError::database(WRITING))?;
        Ok(())
    }
}

impl Reader {
    pub fn session(&self, digest: &[u8; 32]) -> Result<Option<Session>, JournalError> {
        self.connection()
            .query_row(&format!("SELECT {COLUMNS} FROM sessions WHERE digest = $1"), [&digest[..]], session)
            .optional()
            .map_err(JournalError::database(READING))
    }

    /// Returns the sessions of an account that have not ended, the most recently used first.
    pub fn sessions(&self, account: &AccountOwner) -> Result<Vec<Session>, JournalError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare(&format!(
                "SELECT {COLUMNS} FROM sessions WHERE account = $1 AND ended_at IS NULL ORDER BY seen_at DESC, digest"
            ))
            .map_err(JournalError::database(READING))?;
        let sessions = statement.query_map([account], session);
        sessions.and_then(Iterator::collect).map_err(JournalError::database(READING))
    }

    /// Returns the most recently used sessions of all accounts (also ended ones).
    pub fn last_sessions(&self, most: u32) -> Result<Vec<Session>, JournalError> {
        let (connection, reading) = (self.connection(), JournalError::database(READING));
        let sql = format!("SELECT {COLUMNS} FROM sessions ORDER BY seen_at DESC, digest LIMIT $1");
        let mut statement = connection.prepare(&sql).map_err(reading)?;
        let sessions = statement.query_map([most], session);
        sessions.and_then(Iterator::collect).map_err(reading)
    }
}

fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        digest: row.get(0)?,
        account: row.get(1)?,
        device: row.get(2)?,
        made_at: row.get::<_, i64>(3)?.cast_unsigned(),
        seen_at: row.get::<_, i64>(4)?.cast_unsigned(),
        ended_at: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
        proved_at: row.get::<_, Option<i64>>(6)?.map(i64::cast_unsigned),
    })
}
