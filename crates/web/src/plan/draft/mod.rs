//! 計画の作成: beginning a plan, writing and ordering its rows, and showing rows to the other side.

mod asked;
mod deeds;
mod edit;
mod fields;
mod history;
mod left_behind;
mod new_row;
mod open;
mod suggest;
mod to_show;
mod tools;
mod typed;

pub(crate) use asked::own_row_named;
pub(crate) use deeds::{carry_over, move_row, repeat_row, share_rows, withdraw_row};
pub(crate) use edit::{edit_row, save_row};
pub(crate) use history::row_history;
pub(crate) use new_row::{draft_row, new_row};
pub(crate) use open::{open_plan, plans};
pub(crate) use suggest::{SuggestionBlock, suggestions};
pub(crate) use suggest::{answer_suggestion, send_suggestion, suggest_row};
pub(crate) use tools::{PlanTools, RowTools, SectionTools, Tools};
pub(crate) use typed::{TypingDeed, typed_over, typed_place};
pub(crate) use typed::{keep_new_typed, keep_row_typed, keep_suggestion_typed};
