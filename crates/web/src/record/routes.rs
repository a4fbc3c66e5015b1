//! The routes (path, method, right) of the page of the journal.

use renkei_app::access::Right;

use super::journal;
use crate::frame::route::{Route, page};

pub(crate) const ROUTES: &[Route] = &[page("/journal", Right::ReadJournal, &["before"], journal::journal)];
