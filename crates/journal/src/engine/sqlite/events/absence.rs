//! Absent bodies of events: withheld from this node, or deleted (blacked out) as the law requires. The envelope of the
//! event stays, and the chain still verifies.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::engine::sqlite::store::Journal;
use crate::error::JournalError;
use crate::events::chain::ChainKey;

const WRITING: &str = "本文を取り除く";

impl Journal {
    /// 黒塗り: deletes a body and its salt for good, also from the WAL, and all snapshots and copies of earlier
    /// releases that may contain the body. The
    /// position of the journal does not change, so a caller with the dossier in memory must load the dossier again.
    pub fn black_out(&self, chain: &ChainKey, number: u64) -> Result<(), JournalError> {
        self.take_away(chain, number, "blacked_out")
    }

    /// 非開示: deletes a body, as if this node had never received it.
    pub fn hold_back(&self, chain: &ChainKey, number: u64) -> Result<(), JournalError> {
        self.take_away(chain, number, "held_back")
    }

    fn take_away(&self, chain: &ChainKey, number: u64, reason: &str) -> Result<(), JournalError> {
        let writing = JournalError::database(WRITING);
        let mut writer = self.writer();
        let heard = heard(&writer, chain, number)
            .map_err(writing)?
            .ok_or_else(|| JournalError::NoSuchEvent { chain: chain.clone(), number })?;
        remove(&mut writer, heard, reason).map_err(writing)?;
        self.drop_old_copies(u64::MAX)?;
        // The reading connection of this process must be idle, or the WAL keeps its content. A reader in another
        // process only delays the deletion until the next checkpoint.
        let _reader = self.connection();
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).map_err(writing)
    }
}

fn heard(connection: &Connection, chain: &ChainKey, number: u64) -> rusqlite::Result<Option<i64>> {
    connection
        .query_row(
            "SELECT e.heard FROM events e JOIN chains c ON c.chain = e.chain
             WHERE c.party = $1 AND c.dossier = $2 AND e.number = $3",
            (&chain.party, &chain.dossier, number.cast_signed()),
            |row| row.get(0),
        )
        .optional()
}

/// Deletes a body and records the reason. A withheld body can later be marked as blacked out, but not the reverse.
fn remove(connection: &mut Connection, heard: i64, reason: &str) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute("DELETE FROM bodies WHERE heard = $1", [heard])?;
    transaction.execute(
        "INSERT INTO absences (heard, reason) VALUES ($1, $2)
         ON CONFLICT (heard) DO UPDATE SET reason = 'blacked_out' WHERE excluded.reason = 'blacked_out'",
        (heard, reason),
    )?;
    transaction.execute("DELETE FROM snapshots WHERE position >= $1", [heard])?;
    transaction.commit()
}
