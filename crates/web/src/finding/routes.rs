//! The routes (path, method, right) of the page of findings.

use super::list;
use crate::frame::route::{Route, page};

pub(crate) const ROUTES: &[Route] = &[page("/findings", &["year", "severity", "division", "page"], list::findings)];
