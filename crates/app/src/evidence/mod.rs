//! 資料 — documents are read, reviewed, recorded, taken over, declined, undone and compared.

pub(crate) mod compare;
pub(crate) mod import;
pub(crate) mod import_many;
pub(crate) mod review;
pub(crate) mod row_place;

pub use import::{decline_rows, import, import_onto, take_over_rows, undo_import};
pub use import_many::import_many;
pub use review::{
    accept, confirm_gone, correct_read_row, hand_over_file, has_files_of_the_operator, keep_rows, leave_out_read_row,
    put_away, put_on_desk, restore_read_row, review, review_with, waiting,
};
