//! 計画 — writing a year's plan, searching rows, and keeping typed text that is not sent yet.

pub(crate) mod draft;
pub(crate) mod lineage;
pub(crate) mod search;
pub(crate) mod typing;

pub use draft::{
    answer_suggestion, carry_over, draft_row, move_row, open_plan, repeat_row, save_row, share_rows, suggest_edit,
    withdraw_row,
};
pub use search::{indexed_texts, search};
pub use typing::{
    close_form, drop_typing, keep_typing, keep_typing_of_run_out, most_typed_forms, open_form, typed_places, typing,
    was_sent,
};
