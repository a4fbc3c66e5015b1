//! Rows of a plan: drafts by two people, and kept input.

mod drafts;
mod offered;
mod typed;
