//! The routes (path, method, right) of the home page.

use renkei_app::access::Right;

use crate::frame::route::{Route, fresh};

pub(crate) const ROUTES: &[Route] = &[fresh("/", Right::Home, &["done"], super::home)];
