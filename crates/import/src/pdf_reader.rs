//! PDF → blocks and lines.

use crate::decode::Unreadable;
use crate::reading::Reading;

/// The reading of a file.
pub fn read(_bytes: &[u8]) -> Result<Reading, Unreadable> {
    Err(Unreadable::OtherFormat { name: "PDF" })
}
