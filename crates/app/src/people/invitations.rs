//! 招待の作り直し — replaces all unused invitations, so that a lost sheet of invitations can be printed again at once.

use std::sync::{Mutex, MutexGuard, PoisonError};

use renkei_identity::token::Token;
use renkei_journal::{Account, Enrolment, Link, LinkPurpose};

use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::people::accounts::{HandedLink, INVITATION_LASTS};
use crate::people::log::{PeopleDeed, new_deed};

/// Lock that is held while many accounts are changed together, so that exactly what was proposed is recorded.
#[derive(Default)]
pub(crate) struct Enrolling(Mutex<()>);

impl Memory for Enrolling {}

impl Enrolling {
    pub fn locked(&self) -> MutexGuard<'_, ()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Creates a new invitation for each open account without a password. Earlier invitations become invalid. The links are
/// shown only once.
pub fn hand_invitations(node: &Node, by: &str) -> Result<Vec<HandedLink>, AppError> {
    let enrolling = node.memory::<Enrolling>();
    let _one_at_a_time = enrolling.locked();
    let (mut enrolment, mut handed) = (Enrolment::default(), Vec::new());
    let accounts = node.journal.accounts()?.into_iter();
    for account in accounts.filter(|account| account.closed_at.is_none() && account.password.is_none()) {
        handed.push(invite(node, by, &account, &mut enrolment)?);
    }
    if !node.journal.enrol(&enrolment)? {
        return Err(AppError::Busy);
    }
    Ok(handed)
}

/// Adds the invitation of an account to an enrolment.
pub(crate) fn invite(
    node: &Node,
    by: &str,
    account: &Account,
    enrolment: &mut Enrolment,
) -> Result<HandedLink, AppError> {
    let (token, purpose, now) = (Token::for_paper()?, LinkPurpose::Invitation, node.now_millis());
    let (digest, owner, expires_at) = (token.digest(), account.owner(), now + INVITATION_LASTS);
    enrolment.links.push(Link { digest, account: owner, purpose, made_at: now, expires_at, used_at: None });
    enrolment.deeds.push(new_deed(node, by, PeopleDeed::Invited, &account.login, None, String::new())?);
    let (login, name) = (account.login.clone(), account.name.clone());
    Ok(HandedLink { token, login, name, purpose, expires_at })
}
