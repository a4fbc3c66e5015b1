//! What a route takes of a request: how large its body may be, how long it may take, whether files are among it.

use std::time::Duration;

/// The most that a request of a route may send. A body that is larger, takes longer or stands still is not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    /// Bytes of all fields together.
    pub fields: usize,
    /// Bytes of all files together; 0 where the route takes none.
    pub files: usize,
    /// From the first byte of the body to its last.
    pub time: Duration,
}

/// What the parts of a form may need around them: names, boundaries.
const AROUND_PARTS: usize = 64 << 10;

impl Intake {
    /// A page is asked for by its address alone.
    pub const NOTHING: Self = Self { fields: 0, files: 0, time: Duration::ZERO };
    /// Whatever a route takes, a request without a session sends no more.
    pub const OF_STRANGERS: Self = Self { fields: 64 << 10, files: 0, time: Duration::from_secs(10) };
    /// A form of a few fields.
    pub const FORM: Self = Self { fields: 64 << 10, files: 0, time: Duration::from_secs(30) };
    /// A form with texts that somebody writes, or with a choice among all rows.
    pub const TEXTS: Self = Self { fields: 1 << 20, files: 0, time: Duration::from_secs(30) };
    /// A list as a file, or the same list as a field after it was tried.
    pub const LIST: Self = Self { fields: 1 << 20, files: 16 << 20, time: Duration::from_secs(120) };
    /// Documents, perhaps over a slow line.
    pub const DOCUMENTS: Self = Self { fields: 64 << 10, files: 64 << 20, time: Duration::from_secs(600) };

    /// The largest body.
    pub const fn bytes(&self) -> usize {
        self.fields + self.files + if self.files > 0 { AROUND_PARTS } else { 0 }
    }

    /// The same for a request without a session.
    #[must_use]
    pub fn of_a_stranger(&self) -> Self {
        let most = Self::OF_STRANGERS;
        Self { fields: self.fields.min(most.fields), files: 0, time: self.time.min(most.time) }
    }
}
