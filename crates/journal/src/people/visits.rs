//! 訪問 — the time of a person's last visit, and the position of the journal at that time.

/// 訪問 — a visit: the position of the journal, and the time in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    pub position: u64,
    pub at: u64,
}

impl Visit {
    /// Returns the visit before the present one. `last` is the last recorded request. If this request comes within
    /// `pause` milliseconds of it, both belong to one visit.
    pub(crate) fn before(self, last: Self, before_last: Option<Self>, pause: u64) -> Option<Self> {
        if self.at.saturating_sub(last.at) > pause { Some(last) } else { before_last }
    }
}
