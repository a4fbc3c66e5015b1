//! The routes (path, method, right) of the pages about indicators.

use renkei_app::access::Right;

use crate::frame::route::{Route, deed, of_agreement, page, texts};

/// Query parameters of the page that compares values: the other indicator, the calculation, the chosen values.
const COMPARED: &[&str] = &{
    let mut names = ["with"; 42];
    names[1] = "how";
    let mut place = 0;
    while place < super::VALUES.len() {
        names[place + 2] = super::VALUES[place];
        place += 1;
    }
    names
};

pub(crate) const ROUTES: &[Route] = &[
    of_agreement(page("/indicators", Right::Read, &["party", "division", "gap", "q", "page"], super::indicators)),
    of_agreement(page("/indicators/{id}", Right::Read, &["done"], super::indicator)),
    of_agreement(texts("/indicators/{id}", Right::Define, super::change_indicator)),
    of_agreement(page("/indicators/{id}/compare", Right::Read, COMPARED, super::compare)),
    of_agreement(deed("/indicators/{id}/compare", Right::Define, super::share::share_values)),
];
