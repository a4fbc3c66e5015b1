//! The routes of this slice.

use super::text;
use crate::frame::route::{Route, page};

pub(crate) const ROUTES: &[Route] = &[page("/agreement", &[], text::agreement)];
