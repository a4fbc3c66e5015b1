//! The limits on the content that is read of a workbook.

/// Maximum number of sheets; no office has more sheets in one file.
pub const MAX_SHEETS: usize = 400;

/// Maximum number of cells that are read of one workbook, for example 50,000 rows of forty columns.
pub const MAX_CELLS: usize = 2_000_000;

/// Maximum number of bytes of text in the cells of one workbook. A limit is needed because a million cells can share
/// one long string.
pub const MAX_TEXT: usize = 64 * 1024 * 1024;
