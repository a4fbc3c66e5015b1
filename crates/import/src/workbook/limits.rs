//! How much of a workbook is read.

/// The most sheets; no office keeps more in one file.
pub const MAX_SHEETS: usize = 400;

/// The most cells that are read of one workbook: 46,800 rows of forty columns.
pub const MAX_CELLS: usize = 2_000_000;

/// The most bytes of text in the cells of one workbook. A million cells may share one string.
pub const MAX_TEXT: usize = 64 * 1024 * 1024;
