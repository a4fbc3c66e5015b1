//! 机 — files that somebody brought and that are not recorded yet, with what was corrected in them. An ordinary table beside
//! the journal: what lies here is in no chain, and goes when it is recorded or put away.

use rusqlite::OptionalExtension;

use crate::error::JournalError;
use crate::store::{Journal, Reader};

/// 机の上のファイル — one file that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub id: String,
    pub file_name: String,
    pub bytes: Vec<u8>,
    /// Corrections, in a form of whoever makes them; empty where there are none.
    pub edits: Vec<u8>,
    /// Milliseconds since 1970.
    pub brought_at: u64,
}

/// 机の上の一覧の行 — a file that waits, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingLine {
    pub id: String,
    pub file_name: String,
    pub bytes: u64,
    pub brought_at: u64,
}

impl Journal {
    /// Puts a file on the desk.
    pub fn put_waiting(&self, file: &Waiting) -> Result<(), JournalError> {
        let row = (&file.id, &file.file_name, &file.bytes, &file.edits, file.brought_at.cast_signed());
        self.writer()
            .execute(
                "INSERT INTO waiting (id, file_name, bytes, edits, brought_at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (id) DO NOTHING",
                row,
            )
            .map_err(JournalError::database("取り込む前のファイルを置く"))?;
        Ok(())
    }

    /// Keeps the corrections of a file. Whether the file is still there.
    pub fn keep_edits(&self, id: &str, edits: &[u8]) -> Result<bool, JournalError> {
        let changed = self
            .writer()
            .execute("UPDATE waiting SET edits = $1 WHERE id = $2", (edits, id))
            .map_err(JournalError::database("取込み前の修正を保存する"))?;
        Ok(changed > 0)
    }

    /// Takes a file off the desk.
    pub fn take_from_desk(&self, id: &str) -> Result<(), JournalError> {
        self.writer()
            .execute("DELETE FROM waiting WHERE id = $1", [id])
            .map_err(JournalError::database("取り込む前のファイルを片付ける"))?;
        Ok(())
    }
}

impl Reader {
    /// The files on the desk, oldest first.
    pub fn waiting(&self) -> Result<Vec<WaitingLine>, JournalError> {
        let reading = JournalError::database("取り込む前のファイルの一覧を読む");
        let connection = self.connection();
        let mut statement = connection
            .prepare("SELECT id, file_name, LENGTH(bytes), brought_at FROM waiting ORDER BY brought_at, id")
            .map_err(reading)?;
        let lines = statement.query_map([], |row| {
            Ok(WaitingLine {
                id: row.get(0)?,
                file_name: row.get(1)?,
                bytes: row.get::<_, i64>(2)?.cast_unsigned(),
                brought_at: row.get::<_, i64>(3)?.cast_unsigned(),
            })
        });
        lines.and_then(Iterator::collect).map_err(JournalError::database("取り込む前のファイルの一覧を読む"))
    }

    /// A file on the desk.
    pub fn waiting_file(&self, id: &str) -> Result<Option<Waiting>, JournalError> {
        self.connection()
            .query_row("SELECT id, file_name, bytes, edits, brought_at FROM waiting WHERE id = $1", [id], |row| {
                Ok(Waiting {
                    id: row.get(0)?,
                    file_name: row.get(1)?,
                    bytes: row.get(2)?,
                    edits: row.get(3)?,
                    brought_at: row.get::<_, i64>(4)?.cast_unsigned(),
                })
            })
            .optional()
            .map_err(JournalError::database("取り込む前のファイルを読む"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_waits_with_its_corrections_until_it_is_taken_away() {
        let directory = tempfile::tempdir().unwrap();
        let journal = Journal::open(directory.path()).unwrap();
        let file = |id: &str, brought_at| Waiting {
            id: id.to_owned(),
            file_name: "昨年度.docx".to_owned(),
            bytes: vec![1, 2, 3],
            edits: Vec::new(),
            brought_at,
        };
        journal.put_waiting(&file("b", 7)).unwrap();
        journal.put_waiting(&file("a", 9)).unwrap();
        let ids: Vec<String> = journal.waiting().unwrap().into_iter().map(|line| line.id).collect();
        assert_eq!(ids, ["b", "a"]);
        assert!(journal.keep_edits("a", b"{}").unwrap());
        assert!(!journal.keep_edits("c", b"{}").unwrap());
        assert_eq!(journal.waiting_file("a").unwrap(), Some(Waiting { edits: b"{}".to_vec(), ..file("a", 9) }));
        journal.take_from_desk("a").unwrap();
        assert_eq!(journal.waiting_file("a").unwrap(), None);
        assert_eq!(journal.waiting().unwrap()[0].bytes, 3);
    }
}
