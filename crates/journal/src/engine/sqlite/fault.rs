//! Converts SQLite errors to errors of the journal.

use crate::error::JournalError;

impl JournalError {
    pub(crate) fn database(action: &'static str) -> impl Fn(rusqlite::Error) -> Self + Copy {
        move |source| match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => Self::Damaged { action },
            _ => Self::Database { action, source: source.into() },
        }
    }
}
