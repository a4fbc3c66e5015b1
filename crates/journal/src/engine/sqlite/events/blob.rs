//! Files that are stored under their digest: imported files, and the files of editions. Equal files are stored once.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER;
use rusqlite::OptionalExtension;

use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;
use crate::events::blob::BlobDigest;
use crate::events::chain::Hash;

impl Journal {
    /// Stores a file. When it returns, the file is on the disk, so that an event can name it.
    pub fn put_blob(&self, bytes: &[u8]) -> Result<BlobDigest, JournalError> {
        let digest = BlobDigest::of(bytes);
        self.writer()
            .execute(
                "INSERT INTO blobs (digest, bytes) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING",
                (digest.0, bytes),
            )
            .map_err(JournalError::database("ファイルを保管する"))?;
        Ok(digest)
    }
}

impl Reader {
    /// Returns the digests of all stored files, in hexadecimal.
    pub fn blob_digests(&self) -> Result<BTreeSet<String>, JournalError> {
        let reading = JournalError::database("保管したファイルを調べる");
        let connection = self.connection();
        let mut statement = connection.prepare("SELECT digest FROM blobs").map_err(reading)?;
        let digests = statement.query_map([], |row| row.get::<_, Hash>(0)).map_err(reading)?;
        digests.map(|digest| digest.map(|digest| HEXLOWER.encode(&digest)).map_err(reading)).collect()
    }

    /// Returns the file with this digest; `None` if it is not stored.
    pub fn get_blob(&self, digest: BlobDigest) -> Result<Option<Vec<u8>>, JournalError> {
        self.connection()
            .query_row("SELECT bytes FROM blobs WHERE digest = $1", [digest.0], |row| row.get(0))
            .optional()
            .map_err(JournalError::database("保管したファイルを読む"))
    }
}
