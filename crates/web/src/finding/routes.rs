//! The routes of this slice.

use super::list;
use crate::frame::route::{Route, page};

pub(crate) const ROUTES: &[Route] = &[page("/findings", &["year", "severity", "division", "page"], list::findings)];
