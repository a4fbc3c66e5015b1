//! 利用者 — people who sign in, their posts and rights, and the administration of accounts.

pub mod access;
pub(crate) mod accounts;
pub(crate) mod browsers;
pub(crate) mod credentials;
pub(crate) mod fair_table;
pub(crate) mod fault;
pub(crate) mod invitations;
pub(crate) mod log;
pub(crate) mod officer_fault;
pub(crate) mod officer_list;
pub(crate) mod officer_proposal;
pub(crate) mod officer_trial;
pub(crate) mod one_time;
pub(crate) mod outside;
pub(crate) mod passkeys;
pub(crate) mod posts;
pub(crate) mod queue;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod throttle;
pub(crate) mod unsent;
pub(crate) mod visit;
pub(crate) mod visitor;
pub(crate) mod watch;

pub use accounts::{
    account_named, add_account, appoint, close_account, end_appointment, find_account, hand_link, people,
    posts_to_hold, rename_account, reopen_account, set_language,
};
pub use credentials::{is_proved, notices, own_credentials, recent_changes, see_notices};
pub use invitations::hand_invitations;
pub use log::account_log;
pub use officer_list::{parties, record_officer_list, try_officer_list};
pub use one_time::{offer_one_time, turn_off_one_time, turn_on_one_time};
pub use outside::{
    await_binding, bind_outside, leave_for_issuer, open_outside_door, outside_name, return_from_issuer, unbind_outside,
    waiting_outside,
};
pub use passkeys::{
    begin_adding_passkey, begin_passkey_sign_in, finish_adding_passkey, has_passkeys_at, prove_by_passkey,
    remove_passkey, rename_passkey, sign_in_by_passkey,
};
pub use posts::post_named;
pub use sessions::{
    end_own_session, has_accounts, has_run_out, limit_sessions, most_sessions, own_sessions, remembered_visitor,
    remembers, sign_out, sign_out_everywhere, start_session, visitor_of,
};
pub use sign_in::{change_password, give_code, give_password, link_of, prove_by_password, sign_in, use_link};
pub use unsent::{drop_unsent, keep_unsent, keep_unsent_of_ended, most_unsent_forms, unsent, unsent_ids};
pub use visit::visit;
pub use watch::people_watch;
