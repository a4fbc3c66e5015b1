//! 取込み: files are brought, looked through, recorded, taken over and taken back.

pub(crate) mod imports;
pub(crate) mod read_row;
pub(crate) mod review;
pub(crate) mod routes;
pub(crate) mod strips;
pub(crate) mod taking_over;
