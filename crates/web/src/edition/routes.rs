//! The routes (path, method, right) of the pages and files of reports and editions.

use renkei_app::access::Right;

use super::{editions, reference, report};
use crate::frame::route::{Route, deed, long, of_agreement, page};

pub(crate) const ROUTES: &[Route] = &[
    of_agreement(long(page("/reports/{file}", Right::Read, &[], report::report))),
    of_agreement(long(deed("/editions", Right::Publish, editions::freeze))),
    of_agreement(page("/editions", Right::Read, &[], editions::editions)),
    of_agreement(page("/editions/{name}", Right::Read, &[], editions::edition)),
    of_agreement(page("/editions/{name}/{digest}", Right::Read, &[], editions::edition_file)),
    of_agreement(page("/r/{reference}", Right::Read, &[], reference::reference)),
];
