//! The routes (path, method, right) of the page about the agreement.

use super::text;
use renkei_app::access::Right;

use crate::frame::route::{Route, of_agreement, page};

pub(crate) const ROUTES: &[Route] = &[of_agreement(page("/agreement", Right::Read, &[], text::agreement))];
