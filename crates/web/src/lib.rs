//! HTTP in, HTML out: the staff's pages.
//!
//! The [`server`] takes connections at a [`door`]: in the clear for this machine, with TLS or behind a named proxy for others.
//! [`routes`] is the one table of path, method and right. A request passes the [`gate`] (host name, headers), finds its route,
//! and is answered from the pages that are still right ([`keep`]) or by the route's function in [`pages`] from one [`moment`].
//! No page of the plan asks the journal anything: all are rendered from the folded state. Who asks is found out by [`caller`].

mod address;
mod answer;
mod asked;
mod assets;
mod caller;
mod certificate;
mod conversation;
mod cookies;
mod differences;
mod door;
mod eyes;
mod figure_words;
mod form;
mod forwarded;
mod frame;
mod gate;
mod governor;
mod hits;
mod intake;
mod keep;
mod lanes;
mod line;
mod measured;
mod moment;
mod names;
mod pages;
mod paging;
mod patience;
mod phrases;
mod placed;
mod problem;
mod quoted_japanese;
mod row_block;
mod runs;
mod seats;
mod serve_error;
mod server;
mod site;
mod taking;
mod word_marks;
mod works;

pub mod routes;

pub use certificate::CertificateFiles;
pub use door::{Door, Lock, OpenDoor};
pub use gate::Gate;
pub use intake::Intake;
pub use keep::{Counts, Keep};
pub use lanes::LaneLimits;
pub use measured::Pace;
pub use patience::Patience;
pub use seats::SeatLimits;
pub use serve_error::{CertificateFault, ServeError};
pub use server::{serve, serve_until};
pub use site::{Entrance, site, site_behind, site_keeping};
