//! The limits of a route for its requests: how large a body may be, how long reading it may take, whether files are
//! allowed.

use std::time::Duration;

/// The limits for the body of a request. The server stops reading a body that is larger, takes longer or stalls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    /// Maximum size of all fields together, in bytes.
    pub fields: usize,
    /// Maximum size of all files together, in bytes; 0 if the route accepts no files.
    pub files: usize,
    /// Maximum time from the first byte of the body to its last.
    pub time: Duration,
}

/// Bytes that a form may need in addition to its parts, for names and boundaries.
const AROUND_PARTS: usize = 64 << 10;

impl Intake {
    /// For a page: its requests have no body.
    pub const NOTHING: Self = Self { fields: 0, files: 0, time: Duration::ZERO };
    /// Upper limit for a request without a session, whatever the route allows.
    pub const OF_STRANGERS: Self = Self { fields: 64 << 10, files: 0, time: Duration::from_secs(10) };
    /// For a form with a few fields.
    pub const FORM: Self = Self { fields: 64 << 10, files: 0, time: Duration::from_secs(30) };
    /// For a form with longer texts, or with a choice among all rows.
    pub const TEXTS: Self = Self { fields: 1 << 20, files: 0, time: Duration::from_secs(30) };
    /// For a list that is sent as a file, or sent again as a field after it was tried.
    pub const LIST: Self = Self { fields: 1 << 20, files: 16 << 20, time: Duration::from_secs(120) };
    /// For a form with documents, which may be sent over a slow connection.
    pub const DOCUMENTS: Self = Self { fields: 64 << 10, files: 64 << 20, time: Duration::from_secs(600) };

    /// Returns the maximum size of a body, in bytes.
    pub const fn bytes(&self) -> usize {
        self.fields + self.files + if self.files > 0 { AROUND_PARTS } else { 0 }
    }

    /// Returns the same limits, reduced for a request without a session.
    #[must_use]
    pub fn of_a_stranger(&self) -> Self {
        let most = Self::OF_STRANGERS;
        Self { fields: self.fields.min(most.fields), files: 0, time: self.time.min(most.time) }
    }
}
