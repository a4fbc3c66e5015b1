//! Everything that all routes share: connections, turns, forms, limits and kept pages.

mod door;
mod forms;
mod intake;
mod keeping;
mod lanes;
mod paged;
mod seats;
mod security;
mod strangers;
mod works;
