//! 組織 — divisions, posts and deputies, and the style in which a party's rows are printed.

pub(crate) mod change;
pub(crate) mod divisions;
pub(crate) mod house_style;
pub(crate) mod list;
pub(crate) mod list_columns;
pub(crate) mod list_fault;

pub use change::{after_review, change_organisation, end_deputy, name_deputy, try_organisation};
pub use divisions::identify_divisions;
pub use house_style::set_house_style;
pub use list::{record_organisation_list, try_organisation_list};
