//! サインイン — signing in: a password, then a code if the account requires one, then a session. Also the links that replace
//! a password: invitations and resets.

use std::sync::{Mutex, PoisonError};

use renkei_identity::one_time::OneTimeSecret;
use renkei_identity::password;
use renkei_identity::token::{self, Token, TokenDigest};
use renkei_journal::{Account, AccountOwner, LinkPurpose};

use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::people::accounts::{find_account, plain_login};
use crate::people::fair_table::{FairLimits, FairTable};
use crate::people::fault::AccountFault;
use crate::people::log::{PeopleDeed, note};
use crate::people::queue::Queue;
use crate::people::sessions::{Sessions, end_sessions_of, start_session};
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

/// Limits for sign-ins between password and code.
const HALVES: FairLimits = FairLimits { of_one: 5, of_all: 10_000, lasts: HALF_LASTS };

/// サインインの手続 — sign-ins that are under way.
pub(crate) struct SignIns {
    /// Held while failures are counted, so that no try overtakes another; never held while a password is hashed.
    counting: Mutex<()>,
    /// The requests that wait for a password to be hashed.
    hashing: Queue,
    /// Sign-ins with the right password and no code yet.
    halves: Mutex<FairTable<AccountOwner, TokenDigest, Half>>,
}

impl Default for SignIns {
    fn default() -> Self {
        Self { counting: Mutex::default(), hashing: Queue::default(), halves: Mutex::new(FairTable::new(HALVES)) }
    }
}

impl Memory for SignIns {}

/// 途中のサインイン — a sign-in with the right password and no code yet.
#[derive(Debug, Clone)]
struct Half {
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

/// Checks login name and password: the first step of signing in.
pub fn sign_in(node: &Node, knock: &Knock<'_>) -> Result<Answered, AppError> {
    let (login, now) = (plain_login(knock.login), node.now_millis());
    // An incomplete form is not a guess, so it does not count as a failure.
    if login.is_empty() || knock.password.is_empty() {
        return Ok(Answered::Refused);
    }
    let subjects = [Subject::account(&login), Subject::address(knock.address)];
    let known = node.journal.account_of_login(&login)?.filter(|account| account.closed_at.is_none());
    let kept = known.as_ref().and_then(|account| account.password.as_deref());
    let right = match looked_at(node, knock.password, kept, &subjects, now)? {
        Ok(right) => right,
        Err(seconds) => return Ok(Answered::Wait { seconds }),
    };
    let Some(account) = known.filter(|_| right) else { return Ok(Answered::Refused) };
    if account.one_time_secret.is_none() {
        throttle::succeeded(&node.journal, &subjects[..1])?;
        return enter(node, &account, knock.device);
    }
    wait_for_code(node, account, knock, now)
}

/// Checks the code: the second step of signing in.
pub fn give_code(node: &Node, half: &str, code: &str) -> Result<Answered, AppError> {
    let sign_ins = node.memory::<SignIns>();
    let _one_at_a_time = sign_ins.counting.lock().unwrap_or_else(PoisonError::into_inner);
    let now = node.now_millis();
    let digest = token::digest(half);
    let known = sign_ins.halves.lock().unwrap_or_else(PoisonError::into_inner).get(&digest, now).cloned();
    let half = known.ok_or(AccountFault::LinkSpent)?;
    let subjects = [Subject::code(&half.account), Subject::account(&half.login), Subject::address(&half.address)];
    if let Some(seconds) = throttle::waiting(&node.journal, &subjects[..1], now)? {
        return Ok(Answered::Wait { seconds });
    }
    let account = node.journal.account(&half.account)?.filter(|account| account.closed_at.is_none());
    let Some(account) = account else { return Ok(Answered::Refused) };
    if !takes_code(node, &account, code, now)? {
        throttle::failed(&node.journal, &subjects[..1], now)?;
        return Ok(Answered::Refused);
    }
    sign_ins.halves.lock().unwrap_or_else(PoisonError::into_inner).take(&digest, now);
    throttle::succeeded(&node.journal, &subjects[..2])?;
    enter(node, &account, &half.device)
}

/// Returns the purpose of a link; `None` if the link is not valid.
pub fn link_of(node: &Node, token: &str) -> Result<Option<OpenLink>, AppError> {
    let now = node.now_millis();
    let link = node.journal.link(&token::digest(token))?;
    let Some(link) = link.filter(|link| link.used_at.is_none() && now < link.expires_at) else { return Ok(None) };
    let account = node.journal.account(link.account.id())?.filter(|account| account.closed_at.is_none());
    Ok(account.map(|account| OpenLink { login: account.login, name: account.name, purpose: link.purpose }))
}

/// Sets the password with a link and signs its owner in. A reset requires no code, ends all sessions and removes
/// one-time codes and passkeys, because they may be on a lost phone.
pub fn use_link(node: &Node, token: &str, password: &str, device: &str) -> Result<Answered, AppError> {
    let open = link_of(node, token)?.ok_or(AccountFault::LinkSpent)?;
    let account = node.journal.account_of_login(&open.login)?.ok_or(AccountFault::LinkSpent)?;
    let hash = hashed(password, &account.login)?;
    if !node.journal.use_link(&token::digest(token), node.now_millis())? {
        return Err(AccountFault::LinkSpent.into());
    }
    node.journal.set_password(&account.id, &hash)?;
    if open.purpose == LinkPurpose::Reset {
        node.journal.drop_one_time(&account.id)?;
        node.journal.drop_passkeys(&account.owner())?;
    }
    end_sessions_of(node, &account.owner(), None)?;
    throttle::succeeded(&node.journal, &[Subject::account(&account.login), Subject::code(&account.id)])?;
    note(node, &account.id, PeopleDeed::LinkUsed, &account.login, None, String::new())?;
    enter(node, &account, device)
}

/// Sets an account's password without a link, for an operator at the machine itself.
pub fn give_password(node: &Node, account: &str, password: &str) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    let hash = hashed(password, &known.login)?;
    node.journal.set_password(account, &hash)?;
    end_sessions_of(node, &known.owner(), None)
}

/// Changes the visitor's own password; all other sessions end.
pub fn change_password(node: &Node, account: &str, token: &str, now: &str, new: &str) -> Result<(), AppError> {
    let known = proved(node, account, now)?;
    let hash = hashed(new, &known.login)?;
    node.journal.set_password(account, &hash)?;
    end_sessions_of(node, &known.owner(), Some(token))
}

/// Returns the offered key of one-time codes, and makes it if none exists yet.
pub fn offered_one_time(node: &Node, account: &str) -> Result<OneTimeSecret, AppError> {
    let known = find_account(node, account)?;
    if let Some(offered) = known.one_time_offered.as_deref().and_then(OneTimeSecret::of_bytes) {
        return Ok(offered);
    }
    let secret = OneTimeSecret::fresh()?;
    node.journal.offer_one_time(account, secret.bytes())?;
    Ok(secret)
}

/// Turns on one-time codes, if `code` is right for the offered key. All other sessions end.
pub fn turn_on_one_time(node: &Node, account: &str, token: &str, code: &str) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    let offered = known.one_time_offered.as_deref().and_then(OneTimeSecret::of_bytes);
    let step = offered.and_then(|secret| secret.check(code, node.now_millis() / 1000, 0));
    node.journal.take_one_time(account, step.ok_or(AccountFault::WrongCode)?)?;
    end_sessions_of(node, &known.owner(), Some(token))
}

/// Turns off one-time codes; the password is required.
pub fn turn_off_one_time(node: &Node, account: &str, password: &str) -> Result<(), AppError> {
    let known = proved(node, account, password)?;
    node.journal.drop_one_time(account)?;
    node.memory::<Sessions>().changed(&known.owner());
    Ok(())
}

/// Returns the account after checking its password again.
pub(crate) fn proved(node: &Node, account: &str, password: &str) -> Result<Account, AppError> {
    let (known, now) = (find_account(node, account)?, node.now_millis());
    let subject = [Subject::account(&known.login)];
    match looked_at(node, password, known.password.as_deref(), &subject, now)? {
        Ok(true) => {}
        Ok(false) => return Err(AccountFault::WrongPassword.into()),
        Err(seconds) => return Err(AccountFault::Wait { seconds }.into()),
    }
    throttle::succeeded(&node.journal, &subject)?;
    Ok(known)
}

/// Returns whether a password is right, or how many seconds to wait. The try counts as a failure until its result
/// is known. No lock is held while the password is hashed, because that takes long.
fn looked_at(
    node: &Node,
    password: &str,
    kept: Option<&str>,
    subjects: &[Subject],
    now: u64,
) -> Result<Result<bool, u64>, AppError> {
    let sign_ins = node.memory::<SignIns>();
    let Some(_place) = sign_ins.hashing.enter() else { return Ok(Err(HASHING_LASTS)) };
    let counting = || sign_ins.counting.lock().unwrap_or_else(PoisonError::into_inner);
    let tried = {
        let _one_at_a_time = counting();
        throttle::begin(&node.journal, subjects, now)?
    };
    let tried = match tried {
        Ok(tried) => tried,
        Err(seconds) => return Ok(Err(seconds)),
    };
    let right = password::verify(password, kept);
    let _one_at_a_time = counting();
    if right {
        tried.was_right(&node.journal, now)?
    } else {
        tried.failed(&node.journal, now)?
    }
    Ok(Ok(right))
}

fn hashed(password: &str, login: &str) -> Result<String, AppError> {
    if let Some(weakness) = password::weakness(password, login) {
        return Err(AccountFault::Weak(weakness).into());
    }
    Ok(password::hash(password)?)
}

/// Whether a code is right and has not been used before.
fn takes_code(node: &Node, account: &Account, code: &str, now: u64) -> Result<bool, AppError> {
    let secret = account.one_time_secret.as_deref().and_then(OneTimeSecret::of_bytes);
    let step = secret.and_then(|secret| secret.check(code, now / 1000, account.one_time_step));
    Ok(match step {
        Some(step) => node.journal.take_step(&account.id, step)?,
        None => false,
    })
}

fn wait_for_code(node: &Node, account: Account, knock: &Knock<'_>, now: u64) -> Result<Answered, AppError> {
    let sign_ins = node.memory::<SignIns>();
    let token = Token::fresh()?;
    let mut halves = sign_ins.halves.lock().unwrap_or_else(PoisonError::into_inner);
    let (owner, address, device) = (account.owner(), knock.address.to_owned(), knock.device.to_owned());
    let half = Half { account: account.id, login: account.login, address, device };
    halves.put(owner, token.digest(), half, now);
    Ok(Answered::CodeWanted(token))
}

pub(crate) fn enter(node: &Node, account: &Account, device: &str) -> Result<Answered, AppError> {
    Ok(Answered::In { token: start_session(node, account, device)?, account: account.id.clone() })
}
