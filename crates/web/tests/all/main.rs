//! The whole site: every route for every role, signing in, and the use of each page.

mod addresses;
mod agreements;
mod edition;
mod evidence;
mod frame;
mod home;
mod indicator;
mod kept;
mod organisation;
mod owners;
mod pages;
mod people;
mod permuted;
mod plan;
mod secrecy;
mod town;
