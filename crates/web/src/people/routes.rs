//! The routes (path, method, right) for signing in, for the visitor's own page, and for accounts.

use renkei_app::access::Right;

use super::{accounts, links, me, notices, officers, one_time, outside, passkeys, proof, sign_in, unsent};
use crate::frame::intake::Intake;
use crate::frame::route::{Makes, Route, deed, fresh, texts};

pub(crate) const ROUTES: &[Route] = &[
    fresh("/sign-in", Right::Open, &["then"], sign_in::sign_in),
    deed("/sign-in", Right::Open, sign_in::enter),
    fresh("/sign-in/code", Right::Open, &["then"], sign_in::code),
    deed("/sign-in/code", Right::Open, sign_in::give_code),
    deed("/sign-in/passkey", Right::Open, passkeys::enter_by_passkey),
    deed("/sign-in/passkey/options", Right::Open, passkeys::ask_for_passkey),
    deed("/sign-out", Right::Open, sign_in::sign_out),
    Route {
        makes: Makes::Passage(outside::depart),
        ..fresh("/sign-in/oidc", Right::Open, &["then"], sign_in::sign_in)
    },
    Route {
        makes: Makes::Passage(outside::come_back),
        ..fresh("/sign-in/oidc/back", Right::Open, &["state", "code", "error"], sign_in::sign_in)
    },
    fresh("/me/outside", Right::Me, &["done"], outside::outside),
    deed("/me/outside", Right::Me, outside::bind_outside),
    deed("/language", Right::Open, sign_in::speak),
    fresh("/links", Right::Open, &[], links::links),
    deed("/links", Right::Open, links::open_link),
    fresh("/links/{token}", Right::Open, &[], links::link),
    deed("/links/{token}", Right::Open, links::use_link),
    fresh("/me", Right::Me, &["done"], me::me),
    deed("/me/password", Right::Me, me::change_password),
    fresh("/me/proof", Right::Me, &["then"], proof::proof),
    deed("/me/proof", Right::Me, proof::prove),
    deed("/me/notices", Right::Me, notices::see_notices),
    fresh("/me/one-time", Right::Me, &[], one_time::one_time),
    deed("/me/one-time", Right::Me, one_time::turn_on_one_time),
    deed("/me/one-time/off", Right::Me, one_time::turn_off_one_time),
    deed("/me/passkeys", Right::Me, passkeys::add_passkey),
    deed("/me/passkeys/options", Right::Me, passkeys::ask_for_new_passkey),
    deed("/me/passkeys/{key}", Right::Me, passkeys::change_passkey),
    deed("/me/sessions", Right::Me, me::end_sessions),
    fresh("/unsent/{id}", Right::Me, &[], unsent::unsent),
    deed("/unsent/{id}", Right::Me, unsent::drop_unsent),
    fresh("/people", Right::People, &["done"], accounts::people),
    texts("/people", Right::People, accounts::manage_people),
    fresh("/people/import", Right::People, &[], officers::officer_list),
    Route { intake: Intake::LIST, ..deed("/people/import", Right::People, officers::take_officer_list) },
    fresh("/people/{id}", Right::People, &["done"], accounts::person),
    deed("/people/{id}", Right::People, accounts::manage_person),
    fresh("/people/log", Right::PeopleLog, &[], accounts::people_log),
];
