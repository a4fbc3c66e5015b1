//! The routes (path, method, right) of the page of findings.

use super::list;
use renkei_app::access::Right;

use crate::frame::route::{Route, of_agreement, page};

pub(crate) const ROUTES: &[Route] =
    &[of_agreement(page("/findings", Right::Read, &["year", "severity", "division", "page"], list::findings))];
