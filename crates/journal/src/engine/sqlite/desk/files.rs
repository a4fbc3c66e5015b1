//! 机 — files that were uploaded and are not recorded yet, with their corrections. An ordinary table beside the journal:
//! its rows are in no chain, and are deleted when the file is recorded or discarded. Each side has a desk of its own,
//! and so has the local operator.

use rusqlite::{Connection, OptionalExtension};

use crate::desk::files::{DeskLimit, DeskQuota, DeskQuotas, Put, Taken, Waiting, WaitingLine};
use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::owner::{AccountOwner, PartyOwner};

const WRITING: &str = "取り込む前のファイルを置く";
const READING: &str = "取り込む前のファイルを読む";

impl Journal {
    /// Stores a file on the desk of its owner, if the quotas have room for it.
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

    /// Stores the corrections of an owner's file, if the quotas have room for them.
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

    /// Moves a file from one desk to another, if the quotas have room for it.
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

    /// Returns the limit that one more file of an account would exceed, whatever its size.
    pub fn desk_limit(
        &self,
        owner: PartyOwner,
        brought_by: &AccountOwner,
        quotas: &DeskQuotas,
    ) -> Result<Option<DeskLimit>, JournalError> {
        let taken = taken(&self.connection(), owner, brought_by, "").map_err(JournalError::database(READING))?;
        Ok(taken.limit_passed_by(1, quotas))
    }

    /// Returns a file on an owner's desk.
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

/// Returns the space used on a desk, without the file of the id `but`.
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

/// Returns the account that brought a file, and the file's size without corrections.
fn brought(connection: &Connection, owner: PartyOwner, id: &str) -> rusqlite::Result<Option<(AccountOwner, u64)>> {
    connection
        .query_row("SELECT brought_by, LENGTH(bytes) FROM waiting WHERE owner = $1 AND id = $2", (owner, id), |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()))
        })
        .optional()
}

#[cfg(test)]
mod tests {
    use renkei_document::id::Id;

    use super::*;

    const QUOTAS: DeskQuotas =
        DeskQuotas { account: DeskQuota { files: 2, bytes: 20 }, party: DeskQuota { files: 3, bytes: 40 } };

    fn party(end: u8) -> PartyOwner {
        PartyOwner::Party(format!("0195f2a0-0000-7000-8000-0000000000{end:02}").parse::<Id<_>>().unwrap())
    }

    fn file(owner: PartyOwner, id: &str, by: &str, bytes: usize) -> Waiting {
        Waiting {
            owner,
            id: id.to_owned(),
            brought_by: AccountOwner::Account(by.to_owned()),
            file_name: "昨年度.docx".to_owned(),
            bytes: vec![7; bytes],
            edits: Vec::new(),
            brought_at: 7,
        }
    }

    fn opened() -> (tempfile::TempDir, Journal) {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        (directory, journal)
    }

    #[test]
    fn a_file_waits_with_its_corrections_until_it_is_taken_away() {
        let (_directory, journal) = opened();
        let owner = PartyOwner::LocalOperator;
        let at = |id, brought_at| Waiting { brought_at, ..file(owner, id, "a", 3) };
        for new in [at("b", 7), at("a", 9)] {
            assert_eq!(journal.put_waiting(&new, &QUOTAS).unwrap(), Put::Kept);
        }
        let ids: Vec<String> = journal.waiting(owner).unwrap().into_iter().map(|line| line.id).collect();
        assert_eq!(ids, ["b", "a"]);
        assert_eq!(journal.keep_edits(owner, "a", b"{}", &QUOTAS).unwrap(), Put::Kept);
        assert_eq!(journal.keep_edits(owner, "c", b"{}", &QUOTAS).unwrap(), Put::NotThere);
        assert_eq!(journal.waiting_file(owner, "a").unwrap(), Some(Waiting { edits: b"{}".to_vec(), ..at("a", 9) }));
        assert!(journal.take_from_desk(owner, "a").unwrap());
        assert!(!journal.take_from_desk(owner, "a").unwrap());
        assert_eq!(journal.waiting_file(owner, "a").unwrap(), None);
        assert_eq!(journal.waiting(owner).unwrap()[0].bytes, 3);
    }

    #[test]
    fn nobody_finds_changes_or_takes_a_file_of_another_desk() {
        let (_directory, journal) = opened();
        let owners = [PartyOwner::LocalOperator, party(1), party(2)];
        for owner in owners {
            journal.put_waiting(&file(owner, &format!("{owner:?}"), "a", 3), &QUOTAS).unwrap();
        }
        for (owner, other) in owners.into_iter().flat_map(|owner| owners.map(|other| (owner, other))) {
            let id = format!("{other:?}");
            let is_own = owner == other;
            assert_eq!(journal.waiting_file(owner, &id).unwrap().is_some(), is_own, "{owner:?} {other:?}");
            let kept = journal.keep_edits(owner, &id, b"{}", &QUOTAS).unwrap();
            assert_eq!(kept, if is_own { Put::Kept } else { Put::NotThere }, "{owner:?} {other:?}");
            assert_eq!(journal.waiting(owner).unwrap().len(), 1);
            if !is_own {
                assert!(!journal.take_from_desk(owner, &id).unwrap());
                assert_eq!(journal.hand_over(owner, &id, owner, &QUOTAS).unwrap(), Put::NotThere);
            }
        }
        assert!(owners.into_iter().all(|owner| journal.waiting(owner).unwrap().len() == 1));
    }

    #[test]
    fn who_is_at_a_limit_is_told_which_and_stops_nobody_else() {
        let (_directory, journal) = opened();
        let put = |owner, id: &str, by: &str, bytes| journal.put_waiting(&file(owner, id, by, bytes), &QUOTAS).unwrap();
        let (city, bureau) = (party(1), party(2));
        assert_eq!(put(city, "1", "a", 21), Put::Full(DeskLimit::BytesOfAccount));
        assert_eq!(put(city, "1", "a", 10), Put::Kept);
        assert_eq!(journal.keep_edits(city, "1", &[7; 11], &QUOTAS).unwrap(), Put::Full(DeskLimit::BytesOfAccount));
        assert_eq!(journal.keep_edits(city, "1", &[7; 9], &QUOTAS).unwrap(), Put::Kept);
        assert_eq!(put(city, "2", "a", 2), Put::Full(DeskLimit::BytesOfAccount), "corrections count as well");
        assert_eq!(put(city, "2", "a", 1), Put::Kept);
        assert_eq!(put(city, "3", "a", 0), Put::Full(DeskLimit::FilesOfAccount));
        let by_a = AccountOwner::Account("a".to_owned());
        assert_eq!(journal.desk_limit(city, &by_a, &QUOTAS).unwrap(), Some(DeskLimit::FilesOfAccount));
        assert_eq!(put(city, "3", "b", 20), Put::Kept, "a colleague has room of their own");
        assert_eq!(put(city, "4", "c", 0), Put::Full(DeskLimit::FilesOfParty));
        assert_eq!(put(bureau, "9", "d", 20), Put::Kept, "the other side has all its room");
        assert_eq!(journal.hand_over(bureau, "9", city, &QUOTAS).unwrap(), Put::Full(DeskLimit::FilesOfParty));
        let small = DeskQuotas { party: DeskQuota { files: 9, bytes: 45 }, ..QUOTAS };
        let full = journal.put_waiting(&file(city, "4", "c", 6), &small).unwrap();
        assert_eq!(full, Put::Full(DeskLimit::BytesOfParty));
        assert_eq!(journal.hand_over(bureau, "9", city, &small).unwrap(), Put::Full(DeskLimit::BytesOfParty));
        journal.take_from_desk(city, "3").unwrap();
        assert_eq!(journal.hand_over(bureau, "9", party(3), &small).unwrap(), Put::Kept);
        assert!(journal.waiting(bureau).unwrap().is_empty());
    }
}
