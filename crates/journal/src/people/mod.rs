//! 利用者 — what is stored of accounts, their credentials, appointments and sessions.

pub mod accounts;
pub mod attempts;
pub mod enrolment;
pub mod links;
pub mod passkeys;
pub mod sessions;
pub mod visits;
