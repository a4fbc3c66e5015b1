//! The site: every route for every role, sign-in, and each page as it is used.

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
