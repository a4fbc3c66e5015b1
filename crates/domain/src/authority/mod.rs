//! 権限 — decides who may do what, and in the name of which post.
//!
//! A command names what it needs ([`Need`]): a right, the party, and the divisions of the row. [`Actor::acting`] answers
//! with the post that acts, or with every reason why none may. `decide` and the pages ask this one function, so a page
//! offers exactly what a decision accepts. Events that another node has decided are not examined here: their posts are
//! that node's word, and only the ownership of their chains is checked.

pub mod actor;
pub(crate) mod command;
pub mod need;
pub mod refusal;
pub mod right;
