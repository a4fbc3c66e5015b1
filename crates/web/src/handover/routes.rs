//! The routes (path, method, right) of the 引継書.

use renkei_app::access::Right;

use super::sheet;
use crate::frame::route::{Route, fresh, long, page};

pub(crate) const ROUTES: &[Route] = &[
    page("/indicators/handover/{division}", &[], sheet::handover),
    Route {
        right: Right::Read,
        ..long(fresh("/indicators/handover/{division}/handover.pdf", &[], sheet::handover_pdf))
    },
];
