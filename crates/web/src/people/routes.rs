//! The routes (path, method, right) for signing in, for the visitor's own page, and for accounts.

use renkei_app::access::Right;

use super::{accounts, links, me, officers, outside, passkeys, sign_in, unsent};
use crate::frame::intake::Intake;
use crate::frame::route::{Makes, Route, deed, fresh, texts};

pub(crate) const ROUTES: &[Route] = &[
    Route { right: Right::Open, ..fresh("/sign-in", &["then"], sign_in::sign_in) },
    deed("/sign-in", Right::Open, sign_in::enter),
    Route { right: Right::Open, ..fresh("/sign-in/code", &["then"], sign_in::code) },
    deed("/sign-in/code", Right::Open, sign_in::give_code),
    deed("/sign-in/passkey", Right::Open, passkeys::enter_by_passkey),
    deed("/sign-in/passkey/options", Right::Open, passkeys::ask_for_passkey),
    deed("/sign-out", Right::Open, sign_in::sign_out),
    Route {
        right: Right::Open,
        makes: Makes::Passage(outside::depart),
        ..fresh("/sign-in/oidc", &[], sign_in::sign_in)
    },
    Route {
        right: Right::Open,
        makes: Makes::Passage(outside::come_back),
        ..fresh("/sign-in/oidc/back", &["state", "code", "error"], sign_in::sign_in)
    },
    Route { right: Right::Me, ..fresh("/me/outside", &["done"], outside::outside) },
    deed("/me/outside", Right::Me, outside::bind_outside),
    deed("/language", Right::Open, sign_in::speak),
    Route { right: Right::Open, ..fresh("/links", &[], links::links) },
    deed("/links", Right::Open, links::open_link),
    Route { right: Right::Open, ..fresh("/links/{token}", &[], links::link) },
    deed("/links/{token}", Right::Open, links::use_link),
    Route { right: Right::Me, ..fresh("/me", &["done"], me::me) },
    deed("/me/password", Right::Me, me::change_password),
    deed("/me/one-time", Right::Me, me::turn_on_one_time),
    deed("/me/one-time/off", Right::Me, me::turn_off_one_time),
    deed("/me/passkeys", Right::Me, passkeys::add_passkey),
    deed("/me/passkeys/options", Right::Me, passkeys::ask_for_new_passkey),
    deed("/me/passkeys/{key}", Right::Me, passkeys::change_passkey),
    deed("/me/sessions", Right::Me, me::end_sessions),
    Route { right: Right::Me, ..fresh("/unsent/{id}", &[], unsent::unsent) },
    deed("/unsent/{id}", Right::Me, unsent::drop_unsent),
    Route { right: Right::People, ..fresh("/people", &["done"], accounts::people) },
    texts("/people", Right::People, accounts::manage_people),
    Route { right: Right::People, ..fresh("/people/import", &[], officers::officer_list) },
    Route { intake: Intake::LIST, ..deed("/people/import", Right::People, officers::take_officer_list) },
    Route { right: Right::People, ..fresh("/people/{id}", &["done"], accounts::person) },
    deed("/people/{id}", Right::People, accounts::manage_person),
    Route { right: Right::PeopleLog, ..fresh("/people/log", &[], accounts::people_log) },
];
