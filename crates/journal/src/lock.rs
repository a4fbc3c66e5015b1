//! 書込みの鍵 — the lock that a process takes before it writes in a data directory.

use std::fs::{File, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

use crate::error::JournalError;
use crate::private::private_file;

const LOCK: &str = "renkei.lock";

/// The lock for writing in a data directory.
pub(crate) struct WriteLock(File);

/// Releases the lock explicitly. Closing the file is not enough: a child process that is just starting shares the open
/// file for a moment, and the lock would last until it has closed its copy.
impl Drop for WriteLock {
    fn drop(&mut self) {
        // If this fails, the lock is released when the file is closed, right after this.
        let _ = self.0.unlock();
    }
}

/// Takes the write lock. The system releases it when the process ends, even after a crash. The process id in the file
/// is only used in the error message of another process.
pub(crate) fn lock(directory: &Path) -> Result<WriteLock, JournalError> {
    let path = directory.join(LOCK);
    let locking = |source| JournalError::Io { action: "書込みの鍵をかける", path: path.clone(), source };
    let mut file = private_file(&path, false).map_err(locking)?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0).and_then(|()| write!(file, "{}", std::process::id())).map_err(locking)?;
            Ok(WriteLock(file))
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            file.read_to_string(&mut holder).map_err(locking)?;
            Err(JournalError::InUse { directory: directory.to_owned(), process: holder.trim().parse().ok() })
        }
        Err(TryLockError::Error(source)) => Err(locking(source)),
    }
}
