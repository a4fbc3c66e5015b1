//! サインイン — signing in: a password, then a code if the account requires one, then a session. Also the links that replace
//! a password: invitations and resets.

use std::sync::PoisonError;

use renkei_identity::one_time::OneTimeSecret;
use renkei_identity::password;
use renkei_identity::token::{self, Token};
use renkei_journal::{Account, LinkPurpose};

use crate::node::error::AppError;
use crate::node::open::Renkei;
use crate::people::accounts::plain_login;
use crate::people::fault::AccountFault;
use crate::people::log::PeopleDeed;
use crate::people::sessions::millis;
use crate::people::throttle::{self, Subject};

/// 来訪 — a sign-in request.
#[derive(Debug, Clone, Copy)]
pub struct Knock<'a> {
    pub login: &'a str,
    pub password: &'a str,
    /// The network address of the request.
    pub address: &'a str,
    /// The browser's description of itself.
    pub device: &'a str,
}

/// サインインの結果 — the answer to a sign-in request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// The session's token, and its account.
    In { token: Token, account: String },
    /// The password is right; a code is required, to be sent with this token.
    CodeWanted(Token),
    /// The account is unknown, closed or without a password, or the password is wrong: the answer is the same for all.
    Refused,
    /// Too many failures; the number of seconds to wait.
    Wait { seconds: u64 },
}

/// 途中のサインイン — a sign-in with the right password and no code yet.
#[derive(Debug, Clone)]
pub(crate) struct Half {
    account: String,
    login: String,
    address: String,
    device: String,
}

/// 開いたリンク — the purpose of a valid link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLink {
    pub login: String,
    pub name: String,
    pub purpose: LinkPurpose,
}

/// How long after the password the code is accepted, in milliseconds.
pub(crate) const HALF_LASTS: u64 = 5 * 60_000;
/// Seconds that a visitor is asked to wait if too many others wait for hashing.
const HASHING_LASTS: u64 = 3;

impl Renkei {
    /// Checks login name and password: the first step of signing in.
    pub fn sign_in(&self, knock: &Knock<'_>) -> Result<Answered, AppError> {
        let (login, now) = (plain_login(knock.login), millis(self.now()));
        // An incomplete form is not a guess, so it does not count as a failure.
        if login.is_empty() || knock.password.is_empty() {
            return Ok(Answered::Refused);
        }
        let subjects = [Subject::account(&login), Subject::address(knock.address)];
        let known = self.journal.account_of_login(&login)?.filter(|account| account.closed_at.is_none());
        let kept = known.as_ref().and_then(|account| account.password.as_deref());
        let right = match self.looked_at(knock.password, kept, &subjects, now)? {
            Ok(right) => right,
            Err(seconds) => return Ok(Answered::Wait { seconds }),
        };
        let Some(account) = known.filter(|_| right) else { return Ok(Answered::Refused) };
        if account.one_time_secret.is_none() {
            throttle::succeeded(&self.journal, &subjects[..1])?;
            return self.enter(&account, knock.device);
        }
        self.wait_for_code(account, knock, now)
    }

    /// Checks the code: the second step of signing in.
    pub fn give_code(&self, half: &str, code: &str) -> Result<Answered, AppError> {
        let _one_at_a_time = self.sign_ins.counting.lock().unwrap_or_else(PoisonError::into_inner);
        let now = millis(self.now());
        let digest = token::digest(half);
        let known = self.sign_ins.halves.lock().unwrap_or_else(PoisonError::into_inner).get(&digest, now).cloned();
        let half = known.ok_or(AccountFault::LinkSpent)?;
        let subjects = [Subject::code(&half.account), Subject::account(&half.login), Subject::address(&half.address)];
        if let Some(seconds) = throttle::waiting(&self.journal, &subjects[..1], now)? {
            return Ok(Answered::Wait { seconds });
        }
        let account = self.journal.account(&half.account)?.filter(|account| account.closed_at.is_none());
        let Some(account) = account else { return Ok(Answered::Refused) };
        if !self.takes_code(&account, code, now)? {
            throttle::failed(&self.journal, &subjects[..1], now)?;
            return Ok(Answered::Refused);
        }
        self.sign_ins.halves.lock().unwrap_or_else(PoisonError::into_inner).take(&digest, now);
        throttle::succeeded(&self.journal, &subjects[..2])?;
        self.enter(&account, &half.device)
    }

    /// Returns the purpose of a link; `None` if the link is not valid.
    pub fn link_of(&self, token: &str) -> Result<Option<OpenLink>, AppError> {
        let now = millis(self.now());
        let link = self.journal.link(&token::digest(token))?;
        let Some(link) = link.filter(|link| link.used_at.is_none() && now < link.expires_at) else { return Ok(None) };
        let account = self.journal.account(link.account.id())?.filter(|account| account.closed_at.is_none());
        Ok(account.map(|account| OpenLink { login: account.login, name: account.name, purpose: link.purpose }))
    }

    /// Sets the password with a link and signs its owner in. A reset requires no code, ends all sessions and removes
    /// one-time codes and passkeys, because they may be on a lost phone.
    pub fn use_link(&self, token: &str, password: &str, device: &str) -> Result<Answered, AppError> {
        let open = self.link_of(token)?.ok_or(AccountFault::LinkSpent)?;
        let account = self.journal.account_of_login(&open.login)?.ok_or(AccountFault::LinkSpent)?;
        let hash = self.hashed(password, &account.login)?;
        if !self.journal.use_link(&token::digest(token), millis(self.now()))? {
            return Err(AccountFault::LinkSpent.into());
        }
        self.journal.set_password(&account.id, &hash)?;
        if open.purpose == LinkPurpose::Reset {
            self.journal.drop_one_time(&account.id)?;
            self.journal.drop_passkeys(&account.owner())?;
        }
        self.end_sessions_of(&account.owner(), None)?;
        throttle::succeeded(&self.journal, &[Subject::account(&account.login), Subject::code(&account.id)])?;
        self.note(&account.id, PeopleDeed::LinkUsed, &account.login, None, String::new())?;
        self.enter(&account, device)
    }

    /// Sets an account's password without a link, for an operator at the machine itself.
    pub fn give_password(&self, account: &str, password: &str) -> Result<(), AppError> {
        let known = self.account(account)?;
        let hash = self.hashed(password, &known.login)?;
        self.journal.set_password(account, &hash)?;
        self.end_sessions_of(&known.owner(), None)
    }

    /// Changes the visitor's own password; all other sessions end.
    pub fn change_password(&self, account: &str, token: &str, now: &str, new: &str) -> Result<(), AppError> {
        let known = self.proved(account, now)?;
        let hash = self.hashed(new, &known.login)?;
        self.journal.set_password(account, &hash)?;
        self.end_sessions_of(&known.owner(), Some(token))
    }

    /// Returns the offered key of one-time codes, and makes it if none exists yet.
    pub fn offered_one_time(&self, account: &str) -> Result<OneTimeSecret, AppError> {
        let known = self.account(account)?;
        if let Some(offered) = known.one_time_offered.as_deref().and_then(OneTimeSecret::of_bytes) {
            return Ok(offered);
        }
        let secret = OneTimeSecret::fresh()?;
        self.journal.offer_one_time(account, secret.bytes())?;
        Ok(secret)
    }

    /// Turns on one-time codes, if `code` is right for the offered key. All other sessions end.
    pub fn turn_on_one_time(&self, account: &str, token: &str, code: &str) -> Result<(), AppError> {
        let known = self.account(account)?;
        let offered = known.one_time_offered.as_deref().and_then(OneTimeSecret::of_bytes);
        let step = offered.and_then(|secret| secret.check(code, millis(self.now()) / 1000, 0));
        self.journal.take_one_time(account, step.ok_or(AccountFault::WrongCode)?)?;
        self.end_sessions_of(&known.owner(), Some(token))
    }

    /// Turns off one-time codes; the password is required.
    pub fn turn_off_one_time(&self, account: &str, password: &str) -> Result<(), AppError> {
        let known = self.proved(account, password)?;
        self.journal.drop_one_time(account)?;
        self.sign_ins.changed(&known.owner());
        Ok(())
    }

    /// Returns the account after checking its password again.
    pub(crate) fn proved(&self, account: &str, password: &str) -> Result<Account, AppError> {
        let (known, now) = (self.account(account)?, millis(self.now()));
        let subject = [Subject::account(&known.login)];
        match self.looked_at(password, known.password.as_deref(), &subject, now)? {
            Ok(true) => {}
            Ok(false) => return Err(AccountFault::WrongPassword.into()),
            Err(seconds) => return Err(AccountFault::Wait { seconds }.into()),
        }
        throttle::succeeded(&self.journal, &subject)?;
        Ok(known)
    }

    /// Returns whether a password is right, or how many seconds to wait. The try counts as a failure until its result
    /// is known. No lock is held while the password is hashed, because that takes long.
    fn looked_at(
        &self,
        password: &str,
        kept: Option<&str>,
        subjects: &[Subject],
        now: u64,
    ) -> Result<Result<bool, u64>, AppError> {
        let Some(_place) = self.sign_ins.hashing.enter() else { return Ok(Err(HASHING_LASTS)) };
        let counting = || self.sign_ins.counting.lock().unwrap_or_else(PoisonError::into_inner);
        let tried = {
            let _one_at_a_time = counting();
            throttle::begin(&self.journal, subjects, now)?
        };
        let tried = match tried {
            Ok(tried) => tried,
            Err(seconds) => return Ok(Err(seconds)),
        };
        let right = password::verify(password, kept);
        let _one_at_a_time = counting();
        if right {
            tried.was_right(&self.journal, now)?
        } else {
            tried.failed(&self.journal, now)?
        }
        Ok(Ok(right))
    }

    fn hashed(&self, password: &str, login: &str) -> Result<String, AppError> {
        if let Some(weakness) = password::weakness(password, login) {
            return Err(AccountFault::Weak(weakness).into());
        }
        Ok(password::hash(password)?)
    }

    /// Whether a code is right and has not been used before.
    fn takes_code(&self, account: &Account, code: &str, now: u64) -> Result<bool, AppError> {
        let secret = account.one_time_secret.as_deref().and_then(OneTimeSecret::of_bytes);
        let step = secret.and_then(|secret| secret.check(code, now / 1000, account.one_time_step));
        Ok(match step {
            Some(step) => self.journal.take_step(&account.id, step)?,
            None => false,
        })
    }

    fn wait_for_code(&self, account: Account, knock: &Knock<'_>, now: u64) -> Result<Answered, AppError> {
        let token = Token::fresh()?;
        let mut halves = self.sign_ins.halves.lock().unwrap_or_else(PoisonError::into_inner);
        let (owner, address, device) = (account.owner(), knock.address.to_owned(), knock.device.to_owned());
        let half = Half { account: account.id, login: account.login, address, device };
        halves.put(owner, token.digest(), half, now);
        Ok(Answered::CodeWanted(token))
    }

    pub(crate) fn enter(&self, account: &Account, device: &str) -> Result<Answered, AppError> {
        Ok(Answered::In { token: self.let_in(account, device)?, account: account.id.clone() })
    }
}
