//! The pages for the staff: receives HTTP requests and answers them with HTML.
//!
//! `server` accepts connections at a `frame::door`: unencrypted for this machine only; for other machines with TLS, or
//! behind a named proxy. [`routes`] gathers the routes (path, method, right) of all slices. A request passes the
//! `frame::gate` (host name, headers), `frame::recognise` identifies its sender, and its route is found. The answer is
//! a cached page that is still valid (`frame::keep`), or is made by the route's function, which reads one
//! `frame::moment`: the state of the journal as one viewer sees it. Pages of the plan are rendered from the folded
//! state and do not query the journal. Each other folder is a slice: its routes, and one file per page.

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
mod server;

pub use frame::certificate::CertificateFiles;
pub use frame::concurrency::ConcurrencyLimits;
pub use frame::door::{Door, Lock, OpenDoor};
pub use frame::gate::Gate;
pub use frame::intake::Intake;
pub use frame::keep::Keep;
pub use frame::kept_values::Counts;
pub use frame::measured::Pace;
pub use frame::patience::Patience;
pub use frame::serve_error::{CertificateFault, ServeError};
pub use frame::site::Entrance;
pub use frame::slots::SlotLimits;
pub use routes::{site, site_behind, site_keeping};
pub use server::{serve, serve_until};
