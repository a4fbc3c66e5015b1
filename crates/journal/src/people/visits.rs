//! 訪問 — the time of a person's last visit, and the journal's position then.

/// 訪問 — the position of the journal and the time of a visit, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    pub position: u64,
    pub at: u64,
}

impl Visit {
    /// Returns the visit before the one that a request belongs to: a request within `pause` milliseconds of the last
    /// one belongs to the same visit.
    pub(crate) fn before(self, last: Self, before_last: Option<Self>, pause: u64) -> Option<Self> {
        if self.at.saturating_sub(last.at) > pause { Some(last) } else { before_last }
    }
}
