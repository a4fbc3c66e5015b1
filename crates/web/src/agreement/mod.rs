//! 協定: its text, with what happened of each article.

pub(crate) mod routes;
pub(crate) mod text;
