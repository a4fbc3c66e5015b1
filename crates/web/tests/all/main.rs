//! The site: every route for every role, sign-in, and each page as it is used.

mod pages;
mod sign_in;
mod small;
