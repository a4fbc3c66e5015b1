//! The routes (path, method, right) of the pages about indicators.

use renkei_app::access::Right;

use crate::frame::route::{Route, deed, page, texts};

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
    page("/indicators", Right::Read, &["party", "division", "gap", "q", "page"], super::indicators),
    page("/indicators/{id}", Right::Read, &["done"], super::indicator),
    texts("/indicators/{id}", Right::Define, super::change_indicator),
    page("/indicators/{id}/compare", Right::Read, COMPARED, super::compare),
    deed("/indicators/{id}/compare", Right::Define, super::share::share_values),
];
