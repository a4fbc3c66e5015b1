//! 協定: the text of the agreement, and the tables made under its articles.

pub(crate) mod routes;
pub(crate) mod text;
