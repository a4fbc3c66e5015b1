//! Rows of a plan: drafts of two people, and what is typed.

mod drafts;
mod typed;
