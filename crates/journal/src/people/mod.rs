//! 利用者 — the stored types of accounts, their credentials, appointments and sessions.

pub mod accounts;
pub mod attempts;
pub mod credentials;
pub mod enrolment;
pub mod links;
pub mod passkeys;
pub mod sessions;
pub mod visits;
