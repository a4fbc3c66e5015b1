//! The code that all routes share: connections, turns, forms, limits and cached pages.

mod concurrency;
mod door;
mod forms;
mod intake;
mod keeping;
mod long_work;
mod paged;
mod security;
mod slots;
mod strangers;
