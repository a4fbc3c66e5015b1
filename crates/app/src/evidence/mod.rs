//! 資料 — documents are read, reviewed, recorded, taken over, taken back and compared.

pub(crate) mod compare;
pub(crate) mod import;
pub(crate) mod import_many;
pub(crate) mod review;
pub(crate) mod row_place;
