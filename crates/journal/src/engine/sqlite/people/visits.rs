//! 訪問 — the time of each person's last visit, and the position of the journal at that time. It is an ordinary table;
//! its rows are in no chain.

use rusqlite::OptionalExtension;

use crate::engine::sqlite::store::Journal;
use crate::error::JournalError;
use crate::owner::AccountOwner;
use crate::people::visits::Visit;

impl Journal {
    /// Records a request of a person, and returns the visit before the present one. A request within `pause`
    /// milliseconds of the last request belongs to the same visit.
    pub fn visit(&self, account: &AccountOwner, now: Visit, pause: u64) -> Result<Option<Visit>, JournalError> {
        let fault = || JournalError::database("前回の訪問を読み書きする");
        let writer = self.writer();
        let known: Option<(i64, i64, Option<i64>, Option<i64>)> = writer
            .query_row(
                "SELECT position, visited_at, before_position, before_at FROM visits WHERE account = $1",
                [account],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
            .optional()
            .map_err(fault())?;
        let visit = |position: i64, at: i64| Visit { position: position.cast_unsigned(), at: at.cast_unsigned() };
        let before = known.and_then(|(position, at, before_position, before_at)| {
            let before_last = before_position.zip(before_at).map(|(position, at)| visit(position, at));
            now.before(visit(position, at), before_last, pause)
        });
        let stored = before.map(|before| (before.position.cast_signed(), before.at.cast_signed()));
        writer
            .execute(
                "INSERT INTO visits (account, position, visited_at, before_position, before_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (account) DO UPDATE SET position = $2, visited_at = $3, before_position = $4, before_at = $5",
                (
                    account,
                    now.position.cast_signed(),
                    now.at.cast_signed(),
                    stored.map(|stored| stored.0),
                    stored.map(|stored| stored.1),
                ),
            )
            .map_err(fault())?;
        Ok(before)
    }
}
