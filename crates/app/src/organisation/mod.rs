//! 組織 — divisions, posts and deputies, and how a party's rows are printed.

pub(crate) mod change;
pub(crate) mod divisions;
pub(crate) mod house_style;
pub(crate) mod list;
pub(crate) mod list_columns;
