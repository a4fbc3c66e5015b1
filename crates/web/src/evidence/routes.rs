//! The routes (path, method, right) for uploading, reviewing, recording and taking over documents.

use renkei_app::access::Right;

use super::{imports, read_row, review, taking_over};
use crate::frame::intake::Intake;
use crate::frame::route::{Route, deed, fresh, long, page, texts};

pub(crate) const ROUTES: &[Route] = &[
    fresh("/imports", &["done"], imports::imports),
    Route { intake: Intake::DOCUMENTS, ..long(deed("/imports", Right::Import, imports::bring)) },
    long(fresh("/imports/{id}", &["done", "page", "row", "changes", "stay"], review::review)),
    long(texts("/imports/{id}", Right::Import, review::decide_on)),
    long(fresh("/imports/{id}/rows/{place}", &[], read_row::read_row)),
    long(texts("/imports/{id}/rows/{place}", Right::Import, read_row::correct_row)),
    long(deed("/evidence/{id}", Right::Import, imports::undo_import)),
    Route { right: Right::Import, ..page("/evidence/{id}/rows", &["page"], taking_over::waiting_rows) },
    long(deed("/evidence/{id}/rows", Right::Import, taking_over::take_over)),
    long(deed("/evidence/{id}/rows/decline", Right::Import, taking_over::decline)),
];
