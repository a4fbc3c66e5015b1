//! 利用者 — tables of accounts, their credentials, appointments and sessions.

pub mod accounts;
pub mod attempts;
pub mod browsers;
pub mod credentials;
pub mod enrolment;
pub mod links;
pub mod outside;
pub mod passkeys;
pub mod sessions;
pub mod visits;
