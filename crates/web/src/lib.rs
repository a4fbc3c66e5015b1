//! HTTP in, HTML out: the staff's pages. They are for one local operator, on the loopback address alone.
//!
//! [`routes`] is the one table of path, method and right. A request passes the [`gate`] (host name, headers), finds its route,
//! and is answered from the pages kept for this moment of the journal ([`moment`]) or by the route's function in [`pages`].
//! No page asks the journal anything: all are rendered from the folded state.

mod address;
mod answer;
mod assets;
mod differences;
mod figure_words;
mod form;
mod frame;
mod gate;
mod hits;
mod moment;
mod pages;
mod phrases;
mod placed;
mod problem;
mod row_block;
mod runs;
mod server;
mod shelf;
mod site;

pub mod routes;

pub use server::{ServeError, bind, serve};
pub use site::{Entrance, site};
