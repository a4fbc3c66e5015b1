//! The routes (path, method, right) of the pages and files of reports and editions.

use renkei_app::access::Right;

use super::{editions, reference, report};
use crate::frame::route::{Route, deed, long, page};

pub(crate) const ROUTES: &[Route] = &[
    long(page("/reports/{file}", Right::Read, &[], report::report)),
    long(deed("/editions", Right::Publish, editions::freeze)),
    page("/editions", Right::Read, &[], editions::editions),
    page("/editions/{name}", Right::Read, &[], editions::edition),
    page("/editions/{name}/{digest}", Right::Read, &[], editions::edition_file),
    page("/r/{reference}", Right::Read, &[], reference::reference),
];
