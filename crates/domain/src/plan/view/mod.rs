//! 計画の閲覧 — plans and rows as one viewer may see them.

mod drafts;
mod renamed;
mod table;
mod wordings;

pub use wordings::Wordings;
