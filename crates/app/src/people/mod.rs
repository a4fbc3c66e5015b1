//! 利用者 — who signs in, the posts they hold, their rights, and the administration of accounts.

pub mod access;
pub(crate) mod accounts;
pub(crate) mod fair_table;
pub(crate) mod fault;
pub(crate) mod invitations;
pub(crate) mod log;
pub(crate) mod officer_fault;
pub(crate) mod officer_list;
pub(crate) mod officer_proposal;
pub(crate) mod outside;
pub(crate) mod passkeys;
pub(crate) mod posts;
pub(crate) mod queue;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod throttle;
pub(crate) mod unsent;
pub(crate) mod visit;
pub(crate) mod visitor;
pub(crate) mod watch;
