//! 取込み: files are uploaded, reviewed and recorded; their rows are taken over or declined; imports can be undone.

pub(crate) mod imports;
pub(crate) mod read_row;
pub(crate) mod review;
pub(crate) mod routes;
pub(crate) mod row_name;
pub(crate) mod strips;
pub(crate) mod taking_over;
