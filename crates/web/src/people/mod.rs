//! 利用者: signing in, the visitor's own page, and the accounts that an administrator manages.

pub(crate) mod accounts;
pub(crate) mod links;
pub(crate) mod me;
pub(crate) mod notices;
pub(crate) mod officers;
pub(crate) mod one_time;
pub(crate) mod outside;
pub(crate) mod passkey_script;
pub(crate) mod passkeys;
pub(crate) mod proof;
pub(crate) mod routes;
pub(crate) mod sign_in;
pub(crate) mod unsent;
