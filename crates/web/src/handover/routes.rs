//! The routes (path, method, right) of the 引継書.

use renkei_app::access::Right;

use super::sheet;
use crate::frame::route::{Route, fresh, long, of_agreement, page};

pub(crate) const ROUTES: &[Route] = &[
    of_agreement(page("/indicators/handover/{division}", Right::Read, &[], sheet::handover)),
    of_agreement(long(fresh("/indicators/handover/{division}/handover.pdf", Right::Read, &[], sheet::handover_pdf))),
];
