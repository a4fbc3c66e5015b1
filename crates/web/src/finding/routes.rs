//! The routes (path, method, right) of the page of findings.

use super::list;
use renkei_app::access::Right;

use crate::frame::route::{Route, page};

pub(crate) const ROUTES: &[Route] =
    &[page("/findings", Right::Read, &["year", "severity", "division", "page"], list::findings)];
