//! 版のファイル — writes the report as an edition: with its name and hash, the reference number of each figure, and the 正誤表.
//!
//! In the page, each figure is linked to its line in the table of references, and the line is linked to the figure. No
//! code here reads the clock: the same edition gives the same bytes.

mod errata;
mod errata_lines;
mod imprint;
mod json;
pub(crate) mod marking;
mod page;
pub(crate) mod paper;

pub use errata::{errata_csv, errata_html, errata_json};
pub use imprint::{Imprint, ReferenceLine};
pub use json::edition_json;
pub use page::edition_html;
