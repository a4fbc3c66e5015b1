//! The pages: each a function from what is asked to an answer.

mod agreement;
mod asset;
mod beside;
mod divisions;
mod draft;
mod editions;
mod findings;
mod home;
mod imports;
mod indicators;
mod initiative;
mod journal;
mod lineage_path;
mod links;
mod me;
mod officers;
mod organisation;
mod outside;
mod passkeys;
mod people;
mod plan;
mod plan_filter;
mod plan_pages;
mod problem;
mod read_row;
mod reference;
mod report;
mod review;
mod review_strips;
mod search;
mod settings;
mod sign_in;
mod taking_over;
mod unsent;

pub(crate) use agreement::agreement;
pub(crate) use asset::asset;
pub(crate) use divisions::{divisions, identify_divisions};
pub(crate) use draft::{
    answer_suggestion, carry_over, draft_row, edit_row, keep_new_typed, keep_row_typed, keep_suggestion_typed,
    move_row, new_row, open_plan, plans, repeat_row, row_history, save_row, send_suggestion, share_rows, suggest_row,
    withdraw_row,
};
pub(crate) use editions::{edition, edition_file, editions, freeze};
pub(crate) use findings::findings;
pub(crate) use home::home;
pub(crate) use imports::{bring, imports, undo_import};
pub(crate) use indicators::{
    VALUES, change_indicator, compare, handover, handover_pdf, indicator, indicators, share_values,
};
pub(crate) use initiative::initiative;
pub(crate) use journal::journal;
pub(crate) use lineage_path::{Step, path_of};
pub(crate) use links::{link, links, open_link, use_link};
pub(crate) use me::{change_password, end_sessions, me, turn_off_one_time, turn_on_one_time};
pub(crate) use officers::{officer_list, take_officer_list};
pub(crate) use organisation::{
    after_review, deputise, division, organisation, organisation_list, organise, take_organisation_list,
};
pub(crate) use outside::{bind_outside, come_back, depart, outside};
pub(crate) use passkeys::{add_passkey, ask_for_new_passkey, ask_for_passkey, change_passkey, enter_by_passkey};
pub(crate) use people::{manage_people, manage_person, people, people_log, person};
pub(crate) use plan::{on_plan, plan};
pub(crate) use problem::{problem_page, problem_page_in};
pub(crate) use read_row::{correct_row, read_row};
pub(crate) use reference::reference;
pub(crate) use report::report;
pub(crate) use review::{decide_on, review};
pub(crate) use search::search;
pub(crate) use settings::{set_house_style, settings};
pub(crate) use sign_in::{code, enter, give_code, sign_in, sign_in_address, sign_out, speak};
pub(crate) use taking_over::{decline, take_over, waiting_rows};
pub(crate) use unsent::{AGAIN, drop_unsent, run_out, unsent};

use askama::Template;
use renkei_document::language::Language;
use renkei_document::time::Hlc;

use crate::answer::{Answer, HTML};
use crate::figure_words::japan_time_in;
use crate::problem::Problem;
use crate::quoted_japanese::marked;

/// A time of the ordinary tables, as people say it.
fn clock(language: Language, millis: u64) -> String {
    japan_time_in(language, Hlc { millis, counter: 0 })
}

/// A page about a person: nobody keeps it.
fn unkept(answer: Answer) -> Answer {
    answer.with_header(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"))
}

/// A rendered template as an answer.
fn html(page: &impl Template) -> Result<Answer, Problem> {
    page.render().map(|text| Answer::text(HTML, marked(text))).map_err(|_| Problem::Broken)
}
