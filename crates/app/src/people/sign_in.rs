//! サインイン — signing in: a password, then a code if the account requires one, then a session. Also invitations and
//! resets: the links for setting a password.

use std::sync::{Mutex, OnceLock, PoisonError};

use renkei_identity::one_time::OneTimeSecret;
use renkei_identity::password;
use renkei_identity::place::{Place, PlaceKey};
use renkei_identity::token::{self, Token, TokenDigest};
use renkei_journal::{Account, AccountOwner, CredentialChange, LinkPurpose};

use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::people::accounts::{find_account, plain_login};
use crate::people::browsers;
use crate::people::credentials::{change_of, change_own, proved_session};
use crate::people::fair_table::{FairLimits, FairTable};
use crate::people::fault::AccountFault;
use crate::people::log::{PeopleDeed, new_deed};
use crate::people::queue::Queue;
use crate::people::sessions::begin_session;
use crate::people::throttle::{self, Subject};
use crate::people::visitor::Visitor;

/// 来訪 — a sign-in request.
#[derive(Debug, Clone, Copy, Default)]
pub struct Knock<'a> {
    pub login: &'a str,
    pub password: &'a str,
    /// The network address of the request.
    pub address: &'a str,
    /// The browser and its system, in short.
    pub device: &'a str,
    /// The token by which the browser may be known; empty if it has none.
    pub browser: &'a str,
    /// The browser's place in line; empty if it has none.
    pub place: &'a str,
}

/// サインインの結果 — the answer to a sign-in request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    In(Entered),
    /// The password is right, and a code is required. The code must be sent together with this token.
    CodeWanted(Token),
    /// The account is unknown, closed or without a password, or the password is wrong. The answer is the same in all
    /// cases.
    Refused,
    /// There were too many failures; wait for this number of seconds. The browser must store the place in line, if there
    /// is one.
    Wait {
        seconds: u64,
        place: Option<String>,
    },
}

/// 入室 — a sign-in that succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The token of the new session.
    pub token: Token,
    pub account: String,
    /// The token by which the browser is known from now on; `None` if it keeps the token that it sent.
    pub browser: Option<Token>,
}

impl Answered {
    pub(crate) fn wait(seconds: u64) -> Self {
        Self::Wait { seconds, place: None }
    }
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
    /// The key of the places in line; made at the first use.
    places: OnceLock<PlaceKey>,
}

impl Default for SignIns {
    fn default() -> Self {
        let (counting, hashing, places) = (Mutex::default(), Queue::default(), OnceLock::new());
        Self { counting, hashing, halves: Mutex::new(FairTable::new(HALVES)), places }
    }
}

impl SignIns {
    fn place_key(&self) -> Result<&PlaceKey, AppError> {
        if let Some(key) = self.places.get() {
            return Ok(key);
        }
        let fresh = PlaceKey::fresh()?;
        Ok(self.places.get_or_init(|| fresh))
    }
}

impl Memory for SignIns {}

/// 途中のサインイン — a sign-in with the right password whose code is not yet entered.
#[derive(Debug, Clone)]
struct Half {
    account: String,
    /// The generation of the account's credentials when the password was checked.
    generation: u64,
    login: String,
    address: String,
    device: String,
    /// The token that the browser sent, and its digest if the account knows the browser.
    browser: String,
    known_browser: Option<TokenDigest>,
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
/// How long a stranger's browser waits in line until it has a counter of its own, in milliseconds.
const PLACE_WAITS: u64 = 60_000;
/// How long a place in line is valid, in milliseconds.
const PLACE_LASTS: u64 = 24 * 60 * 60_000;
/// Seconds after which a visitor should try again if too many requests wait for hashing.
const HASHING_LASTS: u64 = 3;

/// Checks login name and password: the first step of signing in.
pub fn sign_in(node: &Node, knock: &Knock<'_>) -> Result<Answered, AppError> {
    let (login, now) = (plain_login(knock.login), node.now_millis());
    // An incomplete form is not an attempt to guess a password, so it does not count as a failure.
    if login.is_empty() || knock.password.is_empty() {
        return Ok(Answered::Refused);
    }
    let known = node.journal.account_of_login(&login)?.filter(|account| account.closed_at.is_none());
    let kept = known.as_ref().and_then(|account| account.password.as_deref());
    let counters = Counters::of(node, knock, &login, known.as_ref(), now)?;
    let right = match looked_at(node, knock.password, kept, &counters.subjects, now)? {
        Ok(right) => right,
        Err(seconds) => return counters.told_to_wait(node, &login, seconds, now),
    };
    let Some(account) = known.filter(|_| right) else { return Ok(Answered::Refused) };
    if account.one_time_secret.is_some() {
        return wait_for_code(node, account, knock, counters.known_browser, now);
    }
    throttle::succeeded(&node.journal, &counters.subjects[..1])?;
    node.journal.use_password(&account.id, now)?;
    enter(node, &account, knock.device, knock.browser)
}

/// The counters that apply to an attempt with a password.
struct Counters<'a> {
    /// The counter of the browser comes first; for a stranger, those that all strangers share follow.
    subjects: Vec<Subject>,
    known_browser: Option<TokenDigest>,
    /// The place in line that the browser has; `None` if it has none.
    place: Option<Place>,
    address: &'a str,
}

impl<'a> Counters<'a> {
    fn of(node: &Node, knock: &Knock<'a>, login: &str, account: Option<&Account>, now: u64) -> Result<Self, AppError> {
        let known = account.filter(|_| !knock.browser.is_empty());
        let known_browser = match known {
            Some(account) => browsers::known_to(node, account, knock.browser)?,
            None => None,
        };
        let place = node.memory::<SignIns>().place_key()?.read(knock.place);
        let place = place.filter(|place| now.saturating_sub(place.given_at) < PLACE_LASTS);
        let strangers = [Subject::login(login), Subject::address(knock.address)];
        let subjects = match (known.zip(known_browser), place) {
            (Some((account, browser)), _) => vec![Subject::known_browser(&account.id, &browser)],
            (None, Some(place)) if place.given_at + PLACE_WAITS <= now => {
                [Subject::place(login, &place.digest)].into_iter().chain(strangers).collect()
            }
            (None, _) => [Subject::login_from(login, knock.address)].into_iter().chain(strangers).collect(),
        };
        Ok(Self { subjects, known_browser, place, address: knock.address })
    }

    /// Returns the answer to an attempt that came too early. A stranger's browser may wait until its turn in line
    /// instead, and gets a place if it has none.
    fn told_to_wait(&self, node: &Node, login: &str, seconds: u64, now: u64) -> Result<Answered, AppError> {
        let has_own_counter =
            self.known_browser.is_some() || self.place.is_some_and(|at| at.given_at + PLACE_WAITS <= now);
        if has_own_counter || seconds == HASHING_LASTS {
            return Ok(Answered::wait(seconds));
        }
        let given_at = self.place.map_or(now, |place| place.given_at);
        let common = [Subject::login(login), Subject::address(self.address)];
        let turn = (given_at + PLACE_WAITS).saturating_sub(now).div_ceil(1000);
        let in_line = throttle::waiting(&node.journal, &common, now)?.unwrap_or_default().max(turn);
        let place = match self.place {
            Some(_) => None,
            None => Some(node.memory::<SignIns>().place_key()?.give(now)?),
        };
        Ok(Answered::Wait { seconds: seconds.min(in_line), place })
    }
}

/// Checks the code: the second step of signing in.
pub fn give_code(node: &Node, half: &str, code: &str) -> Result<Answered, AppError> {
    let sign_ins = node.memory::<SignIns>();
    let _one_at_a_time = sign_ins.counting.lock().unwrap_or_else(PoisonError::into_inner);
    let now = node.now_millis();
    let digest = token::digest(half);
    let known = sign_ins.halves.lock().unwrap_or_else(PoisonError::into_inner).get(&digest, now).cloned();
    let half = known.ok_or(AccountFault::LinkSpent)?;
    let subject = match &half.known_browser {
        Some(browser) => [Subject::code_in(&half.account, browser)],
        None => [Subject::code(&half.account)],
    };
    if let Some(seconds) = throttle::waiting(&node.journal, &subject, now)? {
        return Ok(Answered::wait(seconds));
    }
    let account = node.journal.account(&half.account)?.filter(|account| account.closed_at.is_none());
    let account = account.filter(|account| account.generation == half.generation).ok_or(AccountFault::LinkSpent)?;
    if !takes_code(node, &account, code, now)? {
        throttle::failed(&node.journal, &subject, now)?;
        return Ok(Answered::Refused);
    }
    sign_ins.halves.lock().unwrap_or_else(PoisonError::into_inner).take(&digest, now);
    let by_password = match half.known_browser {
        Some(browser) => Subject::known_browser(&half.account, &browser),
        None => Subject::login_from(&half.login, &half.address),
    };
    throttle::succeeded(&node.journal, &[&subject[..], &[by_password]].concat())?;
    node.journal.use_password(&account.id, now)?;
    enter(node, &account, &half.device, &half.browser)
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
/// and removes all other credentials, because they may be on a lost phone or another person's.
pub fn use_link(node: &Node, link: &str, password: &str, device: &str, browser: &str) -> Result<Answered, AppError> {
    let open = link_of(node, link)?.ok_or(AccountFault::LinkSpent)?;
    let account = node.journal.account_of_login(&open.login)?.ok_or(AccountFault::LinkSpent)?;
    let (hash, link) = (hashed(password, &account.login)?, token::digest(link));
    let (change, deed) = match open.purpose {
        LinkPurpose::Invitation => (CredentialChange::Invited { link: &link, hash: &hash }, PeopleDeed::LinkUsed),
        LinkPurpose::Reset => (CredentialChange::Reset { link: &link, hash: &hash }, PeopleDeed::ResetUsed),
    };
    let deed = new_deed(node, &account.id, deed, &account.login, None, device.to_owned())?;
    if !change_of(node, &account, change, None, &deed)? {
        return Err(AccountFault::LinkSpent.into());
    }
    throttle::succeeded(&node.journal, &[Subject::login(&account.login), Subject::code(&account.id)])?;
    enter(node, &find_account(node, &account.id)?, device, browser)
}

/// Sets the password of an account without a link, as the operator at the machine itself can do.
pub fn give_password(node: &Node, account: &str, password: &str) -> Result<(), AppError> {
    let known = find_account(node, account)?;
    let hash = hashed(password, &known.login)?;
    let deed = if known.password.is_some() { PeopleDeed::PasswordChanged } else { PeopleDeed::PasswordSet };
    let deed = new_deed(node, "", deed, &known.login, None, String::new())?;
    change_of(node, &known, CredentialChange::Password { hash: &hash }, None, &deed)?;
    Ok(())
}

/// Changes the password of the visitor.
pub fn change_password(node: &Node, visitor: &Visitor, session: &str, new: &str) -> Result<(), AppError> {
    let known = find_account(node, proved_session(node, visitor, session)?.account.id())?;
    let hash = hashed(new, &known.login)?;
    let change = CredentialChange::Password { hash: &hash };
    change_own(node, visitor, session, change, (PeopleDeed::PasswordChanged, ""))?;
    Ok(())
}

/// Records a proof in the visitor's session, if the password is right. Failures are counted for this session, so that
/// nobody else can prevent the proof.
pub fn prove_by_password(node: &Node, visitor: &Visitor, session: &str, password: &str) -> Result<(), AppError> {
    let (known, now) = (find_account(node, visitor.account_owner()?.id())?, node.now_millis());
    let digest = token::digest(session);
    let subject = [Subject::session(&digest)];
    match looked_at(node, password, known.password.as_deref(), &subject, now)? {
        Ok(true) => {}
        Ok(false) => return Err(AccountFault::WrongPassword.into()),
        Err(seconds) => return Err(AccountFault::Wait { seconds }.into()),
    }
    throttle::succeeded(&node.journal, &subject)?;
    node.journal.use_password(&known.id, now)?;
    Ok(node.journal.prove_session(&digest, now)?)
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
        Some(step) => node.journal.take_step(&account.id, step, now)?,
        None => false,
    })
}

fn wait_for_code(
    node: &Node,
    account: Account,
    knock: &Knock<'_>,
    known_browser: Option<TokenDigest>,
    now: u64,
) -> Result<Answered, AppError> {
    let sign_ins = node.memory::<SignIns>();
    let token = Token::fresh()?;
    let mut halves = sign_ins.halves.lock().unwrap_or_else(PoisonError::into_inner);
    let owner = account.owner();
    let [address, device, browser] = [knock.address, knock.device, knock.browser].map(str::to_owned);
    let Account { id, login, generation, .. } = account;
    let half = Half { account: id, generation, login, address, device, browser, known_browser };
    halves.put(owner, token.digest(), half, now);
    Ok(Answered::CodeWanted(token))
}

/// Starts a session after the owner of the account proved who they are, and makes the browser known.
pub(crate) fn enter(node: &Node, account: &Account, device: &str, browser: &str) -> Result<Answered, AppError> {
    Ok(Answered::In(begin(node, account, device, browser, true)?))
}

pub(crate) fn begin(
    node: &Node,
    account: &Account,
    device: &str,
    browser: &str,
    is_proved: bool,
) -> Result<Entered, AppError> {
    let token = begin_session(node, account, device, is_proved)?;
    let browser = browsers::know(node, account, browser)?;
    Ok(Entered { token, account: account.id.clone(), browser })
}
