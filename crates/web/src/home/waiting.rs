//! Open tasks and late figures of the home page, with links to their rows.

use crate::frame::address;
use crate::frame::names::row_name;
use crate::frame::route::Ask;
use crate::frame::row_block::Placing;

/// Maximum number of rows that a list of the page names; further rows are only counted.
pub const MOST_NAMED: usize = 5;

/// An open task, with the address of its page.
pub struct Waiting {
    pub title: String,
    pub count: usize,
    pub href: String,
    pub next: String,
    pub rows: Vec<RowLink>,
}

/// A link to a row: its name and the beginning of its text.
pub struct RowLink {
    pub href: String,
    pub name: String,
    pub text: String,
}

/// Rows of a division with late figures: not final although their as-of day has passed.
pub struct Late {
    pub division: String,
    pub rows: usize,
    pub since: String,
    pub href: String,
}

/// Returns a link to a row, with its text cut after 60 characters.
pub fn row_link(ask: &Ask<'_>, placing: Placing<'_>) -> Option<RowLink> {
    let Placing { table, chapter, section, row } = placing;
    let short: String = row.text.chars().take(60).collect();
    let is_cut = row.text.chars().nth(60).is_some();
    Some(RowLink {
        href: address::initiative(ask.moment.agreement().ok()?.id, row.id?),
        name: row_name(ask.visitor.language, table, chapter, section, row),
        text: if is_cut { format!("{short}…") } else { short },
    })
}
