//! 資料の判断 — whether a document may be imported, taken over, declined or taken back.

mod decline;
mod import;
mod measure;
mod undo;

pub(crate) use decline::decline;
pub use import::nothing_to_record;
pub(crate) use import::{import, take_over};
pub(crate) use undo::undo;
