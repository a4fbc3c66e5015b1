//! The routes (path, method, right) of plans, rows, drafts and the search.

use renkei_app::access::Right;

use super::{draft, initiative, search, table};
use crate::frame::route::{Makes, Route, deed, fresh, long, page, texts};

pub(crate) const ROUTES: &[Route] = &[
    page(
        "/plans/{year}/{kind}",
        Right::Read,
        &["party", "division", "chapter", "state", "beside", "page"],
        table::plan,
    ),
    Route {
        makes: Makes::Passage(table::on_plan),
        ..fresh("/plans/{year}/{kind}/at/{anchor}", Right::Read, &[], table::plan)
    },
    page("/initiatives/{id}", Right::Read, &[], initiative::initiative),
    page("/plans", Right::Outline, &[], draft::plans),
    long(deed("/plans", Right::Outline, draft::open_plan)),
    long(texts("/plans/{year}/{kind}/carry-over", Right::Outline, draft::carry_over)),
    long(texts("/plans/{year}/{kind}/share", Right::Share, draft::share_rows)),
    fresh("/plans/{year}/{kind}/new", Right::Draft, &["section"], draft::new_row),
    texts("/plans/{year}/{kind}/new", Right::Draft, draft::draft_row),
    texts("/plans/{year}/{kind}/new/typed", Right::Draft, draft::keep_new_typed),
    fresh("/initiatives/{id}/edit", Right::Draft, &[], draft::edit_row),
    texts("/initiatives/{id}/edit", Right::Draft, draft::save_row),
    texts("/initiatives/{id}/edit/typed", Right::Draft, draft::keep_row_typed),
    fresh("/initiatives/{id}/suggest", Right::Suggest, &[], draft::suggest_row),
    texts("/initiatives/{id}/suggest", Right::Suggest, draft::send_suggestion),
    texts("/initiatives/{id}/suggest/typed", Right::Suggest, draft::keep_suggestion_typed),
    page("/initiatives/{id}/history", Right::Read, &["from", "to"], draft::row_history),
    deed("/suggestions/{id}", Right::Suggest, draft::answer_suggestion),
    deed("/initiatives/{id}/move", Right::Draft, draft::move_row),
    deed("/initiatives/{id}/repeat", Right::Draft, draft::repeat_row),
    deed("/initiatives/{id}/withdraw", Right::Draft, draft::withdraw_row),
    page("/search", Right::Read, &["q", "page"], search::search),
];
