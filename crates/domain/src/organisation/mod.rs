//! 組織 — a party's divisions and posts, each with its first day, and their deputies.
//!
//! History is never rewritten: a renamed division keeps its id, and its old name stays valid for earlier days.
//! Therefore a document of an earlier year shows the names with which it was printed. A field named `from` is the first
//! day of the new state.

mod change;
pub mod command;
pub(crate) mod decide;
pub mod division_names;
pub mod duty;
pub mod event;
mod faults;
mod fold;
mod held;
mod history;
pub(crate) mod house_style;
pub(crate) mod identify;
mod kinds;
pub(crate) mod limits;
mod listing;
mod names;
pub mod needs;
pub mod refusal;
mod remark;
mod reorganising;
mod standing;
mod structure;
mod view;

pub use change::OrganisationChange;
pub use faults::OrganisationFault;
pub use held::{DecidedMeanwhile, HeldPost};
pub use history::Step;
pub use kinds::{KINDS, kind_of_name, usual_kind};
pub use listing::{ListProposal, ListedLine, ListedOutcome, Outcome};
pub use names::NameChange;
pub use remark::ListRemark;
pub use standing::{Branch, StandingDivision, StandingPost};
pub use structure::{Deputation, Division, Ending, Organisation, Place, Post, Timeline};

#[cfg(test)]
mod tests;
