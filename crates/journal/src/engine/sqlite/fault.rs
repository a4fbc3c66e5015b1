//! Converts SQLite errors to errors of the journal, and separates them from the faults that a verification finds.

use crate::error::JournalError;
use crate::events::verify::Broken;

/// The result of a verification. The outer error is a database error, the inner one the first fault that was found.
pub(crate) type Reading<T> = rusqlite::Result<Result<T, Broken>>;

impl JournalError {
    pub(crate) fn database(action: &'static str) -> impl Fn(rusqlite::Error) -> Self + Copy {
        move |source| match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => Self::Damaged { action },
            _ => Self::Database { action, source: source.into() },
        }
    }
}
