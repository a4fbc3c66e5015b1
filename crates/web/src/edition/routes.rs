//! The routes (path, method, right) of the pages and files of reports and editions.

use renkei_app::access::Right;

use super::{editions, reference, report};
use crate::frame::route::{Route, deed, long, page};

pub(crate) const ROUTES: &[Route] = &[
    long(page("/reports/{file}", &[], report::report)),
    long(deed("/editions", Right::Publish, editions::freeze)),
    page("/editions", &[], editions::editions),
    page("/editions/{name}", &[], editions::edition),
    page("/editions/{name}/{digest}", &[], editions::edition_file),
    page("/r/{reference}", &[], reference::reference),
];
