//! 招待の作り直し — replaces the invitations of everybody who has not used theirs, so that a lost sheet can be printed again
//! at once.

use renkei_identity::token::Token;
use renkei_journal::{Account, Enrolment, Link, LinkPurpose};

use crate::node::error::AppError;
use crate::node::open::Renkei;
use crate::people::accounts::{HandedLink, INVITATION_LASTS};
use crate::people::log::PeopleDeed;
use crate::people::sessions::millis;

impl Renkei {
    /// Creates a new invitation for each open account without a password; their earlier ones stop working. The links
    /// are shown only once.
    pub fn hand_invitations(&self, by: &str) -> Result<Vec<HandedLink>, AppError> {
        let _one_at_a_time = self.enrolling();
        let (mut enrolment, mut handed) = (Enrolment::default(), Vec::new());
        let accounts = self.journal.accounts()?.into_iter();
        for account in accounts.filter(|account| account.closed_at.is_none() && account.password.is_none()) {
            handed.push(self.invite(by, &account, &mut enrolment)?);
        }
        if !self.journal.enrol(&enrolment)? {
            return Err(AppError::Busy);
        }
        Ok(handed)
    }

    /// Adds an account's invitation to an enrolment.
    pub(crate) fn invite(
        &self,
        by: &str,
        account: &Account,
        enrolment: &mut Enrolment,
    ) -> Result<HandedLink, AppError> {
        let (token, purpose, now) = (Token::for_paper()?, LinkPurpose::Invitation, millis(self.now()));
        let (digest, owner, expires_at) = (token.digest(), account.owner(), now + INVITATION_LASTS);
        enrolment.links.push(Link { digest, account: owner, purpose, made_at: now, expires_at, used_at: None });
        enrolment.deeds.push(self.deed(by, PeopleDeed::Invited, &account.login, None, String::new())?);
        let (login, name) = (account.login.clone(), account.name.clone());
        Ok(HandedLink { token, login, name, purpose, expires_at })
    }
}
