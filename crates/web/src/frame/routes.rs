//! The routes (path, method, right) of the style sheet and the scripts.

use renkei_app::access::Right;

use super::asset;
use crate::frame::route::{Route, page};

pub(crate) const ROUTES: &[Route] = &[page("/assets/{file}", Right::Open, &["v"], asset::asset)];
