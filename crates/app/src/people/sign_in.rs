//! サインイン — signing in: a password, then a code if the account requires one, then a session. Also invitations and
//! resets: the links for setting a password.

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
    /// The browser and its system, in short.
    pub device: &'a str,
}

/// サインインの結果 — the answer to a sign-in request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// The token of the new session, and the account.
    In { token: Token, account: String },
    /// The password is right, and a code is required. The code must be sent together with this token.
    CodeWanted(Token),
    /// The account is unknown, closed or without a password, or the password is wrong. The answer is the same in all
    /// cases.
    Refused,
    /// There were too many failures; wait for this number of seconds.
    Wait { seconds: u64 },
}

/// Limits for sign-ins with the right password whose code is not yet entered.
const HALVES: FairLimits = FairLimits { of_one: 5, of_all: 10_000, lasts: HALF_LASTS };

/// サインインの手続 — sign-ins that are under way.
pub(crate) struct SignIns {
    /// Lock that is held while failures are counted, so that simultaneous attempts are counted one after another. It is
    /// not held while a password is hashed.
    counting: Mutex<()>,
    /// The queue of requests that wait for a password to be hashed.
    hashing: Queue,
    /// Sign-ins with the right password whose code is not yet entered.
    halves: Mutex<FairTable<AccountOwner, TokenDigest, Half>>,
}

impl Default for SignIns {
    fn default() -> Self {
        Self { counting: Mutex::default(), hashing: Queue::default(), halves: Mutex::new(FairTable::new(HALVES)) }
    }
}

impl Memory for SignIns {}

/// 途中のサインイン — a sign-in with the right password whose code is not yet entered.
#[derive(Debug, Clone)]
struct Half {
    account: String,
    login: String,
    address: String,
    device: String,
}

/// 開いたリンク — a valid link, and whether it is an invitation or a reset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLink {
    pub login: String,
    pub name: String,
    pub purpose: LinkPurpose,
}

/// How long after the password the code must be entered, in milliseconds.
pub(crate) const HALF_LASTS: u64 = 5 * 60_000;
/// Seconds after which a visitor should try again if too many requests wait for hashing.
const HASHING_LASTS: u64 = 3;

/// Checks login name and password: the first step of signing in.
pub fn sign_in(node: &Node, knock: &Knock<'_>) -> Result<Answered, AppError> {
    let (login, now) = (plain_login(knock.login), node.now_millis());
    // An incomplete form is not an attempt to guess a password, so it does not count as a failure.
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

/// Returns the link with this token, and its purpose; `None` if it is not valid.
pub fn link_of(node: &Node, token: &str) -> Result<Option<OpenLink>, AppError> {
    let now = node.now_millis();
    let link = node.journal.link(&token::digest(token))?;
    let Some(link) = link.filter(|link| link.used_at.is_none() && now < link.expires_at) else { return Ok(None) };
    let account = node.journal.account(link.account.id())?.filter(|account| account.closed_at.is_none());
    Ok(account.map(|account| OpenLink { login: account.login, name: account.name, purpose: link.purpose }))
}

/// Sets the password by a link, and signs the owner of the account in. A reset requires no code. It ends all sessions
/// and removes one-time codes and passkeys, because they may be on a lost phone.
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

/// Sets the password of an account without a link, as the operator at the machine itself can do.
pub fn give_password(node: &Node, account: &str, password: &str) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    let hash = hashed(password, &known.login)?;
    node.journal.set_password(account, &hash)?;
    end_sessions_of(node, &known.owner(), None)
}

/// Changes the password of the visitor. Ends all other sessions.
pub fn change_password(node: &Node, account: &str, token: &str, now: &str, new: &str) -> Result<(), AppError> {
    let known = proved(node, account, now)?;
    let hash = hashed(new, &known.login)?;
    node.journal.set_password(account, &hash)?;
    end_sessions_of(node, &known.owner(), Some(token))
}

/// Returns the key of one-time codes that is offered to an account. Makes the key if there is none yet.
pub fn offered_one_time(node: &Node, account: &str) -> Result<OneTimeSecret, AppError> {
    let known = find_account(node, account)?;
    if let Some(offered) = known.one_time_offered.as_deref().and_then(OneTimeSecret::of_bytes) {
        return Ok(offered);
    }
    let secret = OneTimeSecret::fresh()?;
    node.journal.offer_one_time(account, secret.bytes())?;
    Ok(secret)
}

/// Turns on one-time codes if `code` is right for the offered key. Ends all other sessions.
pub fn turn_on_one_time(node: &Node, account: &str, token: &str, code: &str) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    let offered = known.one_time_offered.as_deref().and_then(OneTimeSecret::of_bytes);
    let step = offered.and_then(|secret| secret.check(code, node.now_millis() / 1000, 0));
    node.journal.take_one_time(account, step.ok_or(AccountFault::WrongCode)?)?;
    end_sessions_of(node, &known.owner(), Some(token))
}

/// Turns off one-time codes. Requires the password.
pub fn turn_off_one_time(node: &Node, account: &str, password: &str) -> Result<(), AppError> {
    let known = proved(node, account, password)?;
    node.journal.drop_one_time(account)?;
    node.memory::<Sessions>().changed(&known.owner());
    Ok(())
}

/// Returns the account if the password is right.
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

/// Returns whether a password is right, or how many seconds to wait. The attempt counts as a failure until its result
/// is known. No lock is held while the password is hashed, because hashing takes long.
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
