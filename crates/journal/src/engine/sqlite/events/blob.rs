//! Files by their digest: what was imported, and what was made of an edition. The same bytes are kept once.

use std::collections::BTreeSet;
use std::fmt;

use rusqlite::OptionalExtension;
use sha2::{Digest, Sha256};

use crate::chain::{Hash, hex};
use crate::engine::sqlite::store::{Journal, Reader};
use crate::error::JournalError;

/// SHA-256 of a stored file; an event names the file by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobDigest(pub Hash);

impl BlobDigest {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for BlobDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl Journal {
    /// Keeps a file. It is on the disk when this returns, so an event that is appended next may name it.
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
    /// The digests of all kept files, in hexadecimal.
    pub fn blob_digests(&self) -> Result<BTreeSet<String>, JournalError> {
        let reading = JournalError::database("保管したファイルを調べる");
        let connection = self.connection();
        let mut statement = connection.prepare("SELECT digest FROM blobs").map_err(reading)?;
        let digests = statement.query_map([], |row| row.get::<_, Hash>(0)).map_err(reading)?;
        digests.map(|digest| digest.map(|digest| hex(&digest)).map_err(reading)).collect()
    }

    /// The file of this digest, where there is one.
    pub fn get_blob(&self, digest: BlobDigest) -> Result<Option<Vec<u8>>, JournalError> {
        self.connection()
            .query_row("SELECT bytes FROM blobs WHERE digest = $1", [digest.0], |row| row.get(0))
            .optional()
            .map_err(JournalError::database("保管したファイルを読む"))
    }
}
