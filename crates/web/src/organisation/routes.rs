//! The routes (path, method, right) of the pages about divisions, posts, deputies and printing styles.

use renkei_app::access::Right;

use super::{house_style, renamed};
use crate::frame::intake::Intake;
use crate::frame::route::{Route, deed, fresh, long, page, texts};

pub(crate) const ROUTES: &[Route] = &[
    page("/divisions", Right::Import, &["done"], renamed::divisions),
    deed("/divisions", Right::Import, renamed::identify_divisions),
    page("/settings", Right::Settings, &["done"], house_style::settings),
    deed("/settings", Right::Settings, house_style::set_house_style),
    fresh("/organisation", Right::ReadJournal, &["on", "party", "done"], super::organisation),
    texts("/organisation", Right::Organise, super::organise),
    fresh("/organisation/divisions/{id}", Right::ReadJournal, &["on", "party", "done"], super::division),
    fresh("/organisation/import", Right::Organise, &["party"], super::organisation_list),
    Route {
        intake: Intake::LIST,
        ..long(deed("/organisation/import", Right::Organise, super::take_organisation_list))
    },
    deed("/deputies", Right::Deputise, super::deputise),
    deed("/after-reviews", Right::Deputise, super::after_review),
];
