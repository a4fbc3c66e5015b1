//! 利用者: signing in, one's own page, and the accounts that an administrator looks after.

pub(crate) mod accounts;
pub(crate) mod links;
pub(crate) mod me;
pub(crate) mod officers;
pub(crate) mod outside;
pub(crate) mod passkeys;
pub(crate) mod routes;
pub(crate) mod sign_in;
pub(crate) mod unsent;
