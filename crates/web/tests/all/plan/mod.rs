//! Rows of a plan: drafts of two people, and kept input.

mod drafts;
mod typed;
