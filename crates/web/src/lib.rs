//! HTTP in, HTML out: the staff's pages.
//!
//! `frame::server` takes connections at a `frame::door`: in the clear for this machine, with TLS or behind a named proxy for others.
//! [`routes`] gathers the routes of all slices: path, method and right. A request passes the `frame::gate` (host name, headers), finds
//! its route, and is answered from the pages that are still right (`frame::keep`) or by the route's function from one
//! `frame::moment`. Pages of the plan are rendered from the folded state and ask the journal nothing. `frame::caller` finds out who
//! asks. Each other folder is a slice: its routes, and a file for each page.

mod agreement;
mod edition;
mod evidence;
mod finding;
mod frame;
mod handover;
mod home;
mod indicator;
mod organisation;
mod people;
mod plan;
mod record;
mod shared_fact;

pub mod routes;

pub use frame::certificate::CertificateFiles;
pub use frame::door::{Door, Lock, OpenDoor};
pub use frame::gate::Gate;
pub use frame::intake::Intake;
pub use frame::keep::{Counts, Keep};
pub use frame::lanes::LaneLimits;
pub use frame::measured::Pace;
pub use frame::patience::Patience;
pub use frame::seats::SeatLimits;
pub use frame::serve_error::{CertificateFault, ServeError};
pub use frame::server::{serve, serve_until};
pub use frame::site::{Entrance, site, site_behind, site_keeping};
