//! 組織: the divisions and posts on a given day, past and future changes, and deputies.

pub(crate) mod changes;
pub(crate) mod division;
pub(crate) mod house_style;
pub(crate) mod list;
pub(crate) mod overview;
pub(crate) mod renamed;
pub(crate) mod routes;
pub(crate) mod shown;

pub(crate) use changes::{after_review, deputise, organise};
pub(crate) use changes::{entry_key, waits_for_after_review};
pub(crate) use division::division;
pub(crate) use list::{organisation_list, take_organisation_list};
pub(crate) use overview::organisation;
