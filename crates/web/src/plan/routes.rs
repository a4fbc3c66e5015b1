//! The routes (path, method, right) of plans, rows, drafts and the search.

use renkei_app::access::Right;

use super::{draft, initiative, search, table};
use crate::frame::route::{Makes, Route, deed, fresh, long, of_agreement, page, texts};

pub(crate) const ROUTES: &[Route] = &[
    of_agreement(page(
        "/plans/{year}/{kind}",
        Right::Read,
        &["party", "division", "chapter", "state", "beside", "page"],
        table::plan,
    )),
    of_agreement(Route {
        makes: Makes::Passage(table::on_plan),
        ..fresh("/plans/{year}/{kind}/at/{anchor}", Right::Read, &[], table::plan)
    }),
    of_agreement(page("/initiatives/{id}", Right::Read, &[], initiative::initiative)),
    of_agreement(page("/plans", Right::Outline, &[], draft::plans)),
    of_agreement(long(deed("/plans", Right::Outline, draft::open_plan))),
    of_agreement(long(texts("/plans/{year}/{kind}/carry-over", Right::Outline, draft::carry_over))),
    of_agreement(long(texts("/plans/{year}/{kind}/share", Right::Share, draft::share_rows))),
    of_agreement(fresh("/plans/{year}/{kind}/new", Right::Draft, &["section"], draft::new_row)),
    of_agreement(texts("/plans/{year}/{kind}/new", Right::Draft, draft::draft_row)),
    of_agreement(texts("/plans/{year}/{kind}/new/typed", Right::Draft, draft::keep_new_typed)),
    of_agreement(fresh("/initiatives/{id}/edit", Right::Draft, &[], draft::edit_row)),
    of_agreement(texts("/initiatives/{id}/edit", Right::Draft, draft::save_row)),
    of_agreement(texts("/initiatives/{id}/edit/typed", Right::Draft, draft::keep_row_typed)),
    of_agreement(fresh("/initiatives/{id}/suggest", Right::Suggest, &[], draft::suggest_row)),
    of_agreement(texts("/initiatives/{id}/suggest", Right::Suggest, draft::send_suggestion)),
    of_agreement(texts("/initiatives/{id}/suggest/typed", Right::Suggest, draft::keep_suggestion_typed)),
    of_agreement(page("/initiatives/{id}/history", Right::Read, &["from", "to"], draft::row_history)),
    of_agreement(deed("/suggestions/{id}", Right::Suggest, draft::answer_suggestion)),
    of_agreement(deed("/initiatives/{id}/move", Right::Draft, draft::move_row)),
    of_agreement(deed("/initiatives/{id}/repeat", Right::Draft, draft::repeat_row)),
    of_agreement(deed("/initiatives/{id}/withdraw", Right::Draft, draft::withdraw_row)),
    of_agreement(page("/search", Right::Read, &["q", "page"], search::search)),
];
