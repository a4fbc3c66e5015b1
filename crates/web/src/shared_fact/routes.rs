//! The routes of this slice.

use renkei_app::access::Right;

use super::share;
use crate::frame::route::{Route, deed};

pub(crate) const ROUTES: &[Route] = &[deed("/indicators/{id}/compare", Right::Define, share::share_values)];
