//! The routes (path, method, right) for uploading, reviewing, recording and taking over documents.

use renkei_app::access::Right;

use super::{imports, read_row, review, taking_over};
use crate::frame::intake::Intake;
use crate::frame::route::{Route, deed, fresh, long, of_agreement, page, texts};

pub(crate) const ROUTES: &[Route] = &[
    fresh("/imports", Right::Import, &["done"], imports::imports),
    Route { intake: Intake::DOCUMENTS, ..long(deed("/imports", Right::Import, imports::bring)) },
    long(fresh("/imports/{id}", Right::Import, &["done", "page", "row", "changes", "stay"], review::review)),
    long(texts("/imports/{id}", Right::Import, review::decide_on)),
    long(fresh("/imports/{id}/rows/{place}", Right::Import, &[], read_row::read_row)),
    long(texts("/imports/{id}/rows/{place}", Right::Import, read_row::correct_row)),
    of_agreement(long(deed("/evidence/{id}", Right::Import, imports::undo_import))),
    of_agreement(page("/evidence/{id}/rows", Right::Import, &["page"], taking_over::waiting_rows)),
    of_agreement(long(deed("/evidence/{id}/rows", Right::Import, taking_over::take_over))),
    of_agreement(long(deed("/evidence/{id}/rows/decline", Right::Import, taking_over::decline))),
];
