//! 文言の閲覧 — the wordings of a row that a viewer may know.
//!
//! The row's own party sees all wordings. Everybody else sees only the wordings since the row was shown. For them, the
//! first wording is the one that was shown, recorded with the post and the time of the showing.

use renkei_document::time::Hlc;

use crate::plan::{Initiative, Standing, Worded, Wording};
use crate::view::AgreementView;

/// 文言の閲覧 — the wordings of a row that a viewer may know, oldest first. It contains at least one: the last, which is
/// current.
#[derive(Debug, Clone, Copy)]
pub struct Wordings<'a> {
    row: &'a Initiative,
    /// Whether the viewer may see the wordings that were made before the row was shown.
    is_own: bool,
}

impl<'a> AgreementView<'a> {
    /// Returns the wordings of a row that the viewer may see.
    pub fn wordings(self, row: &'a Initiative) -> Wordings<'a> {
        Wordings { row, is_own: self.view.reads_drafts_of(row.party) }
    }
}

impl Initiative {
    /// Returns all wordings of the row, as its own party sees them.
    pub(crate) fn all_wordings(&self) -> Wordings<'_> {
        Wordings { row: self, is_own: true }
    }
}

impl<'a> Wordings<'a> {
    /// Returns each wording with its author and time.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = (&'a Worded, &'a Wording)> {
        (self.first()..=self.last()).map(move |place| (self.record(place), self.row.wording_at(place).1))
    }

    /// Returns the author and time of the current wording.
    pub fn present(self) -> &'a Worded {
        self.record(self.last())
    }

    /// Returns the number of wordings before the current one.
    pub fn earlier(self) -> usize {
        self.last() - self.first()
    }

    /// Returns the wording that was made at this time; if the row was shown at this time, the wording that was current
    /// then.
    pub fn of(self, at: Hlc) -> Option<&'a Wording> {
        self.place_of(at).map(|place| self.row.wording_at(place).1)
    }

    /// Whether the wording of this time is the current one.
    pub fn is_present(self, at: Hlc) -> bool {
        self.place_of(at) == Some(self.last())
    }

    fn first(self) -> usize {
        match (&self.row.shown, &self.row.standing) {
            _ if self.is_own => 0,
            (Some(shown), _) => shown.before.min(self.last()),
            (None, Standing::Private) => self.last(),
            (None, _) => 0,
        }
    }

    fn last(self) -> usize {
        self.row.earlier.len()
    }

    fn record(self, place: usize) -> &'a Worded {
        match &self.row.shown {
            Some(shown) if !self.is_own && shown.before == place => &shown.as_worded,
            _ => self.row.wording_at(place).0,
        }
    }

    fn place_of(self, at: Hlc) -> Option<usize> {
        let shown = self.row.shown.as_ref().filter(|shown| shown.as_worded.at == at).map(|shown| shown.before);
        shown.or_else(|| (self.first()..=self.last()).rev().find(|place| self.record(*place).at == at))
    }
}
