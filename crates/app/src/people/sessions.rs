//! サインイン中 — finds the visitor of a request by their session. Accounts are cached in memory, so that a page needs no
//! query. A cached entry is looked up again after a sign-out or a change of the account or its appointments. Roles
//! follow from the posts of today; they are computed again, without a query, after each change of the journal or of the
//! day.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use jiff::civil::Date;
use renkei_document::id::Id;
use renkei_document::language::Language;
use renkei_identity::token::{self, Token, TokenDigest};
use renkei_journal::{Account, AccountOwner, AppointmentRow, Session};

use crate::node::context::{day_of, millis};
use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::node::quotas::SESSIONS;
use crate::node::state::State;
use crate::people::fair_table::{FairLimits, FairTable};
use crate::people::fault::AccountFault;
use crate::people::visitor::{Known, Visitor};

/// サインインの期限 — the times after which a session ends by itself, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// Seconds since the last request.
    pub idle: u64,
    /// Seconds since signing in, even if the session is in use.
    pub absolute: u64,
}

impl SessionLimits {
    /// Whether a session is still valid. All times are in milliseconds.
    pub(crate) fn allow(self, made_at: u64, seen_at: u64, now: u64) -> bool {
        now.saturating_sub(made_at) < self.absolute * 1000 && now.saturating_sub(seen_at) < self.idle * 1000
    }
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self { idle: 60 * 60, absolute: 12 * 60 * 60 }
    }
}

/// 自分のサインイン — a session of the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// Name of the session in forms.
    pub name: String,
    pub device: String,
    pub made_at: u64,
    pub seen_at: u64,
    /// Whether the request belongs to this session.
    pub is_this: bool,
}

/// The time of a session's last request is stored at most once in this interval, in milliseconds.
const NOTED_EVERY: u64 = 60_000;
/// How long a session is still known after its end, in milliseconds, so that text typed in it can be kept for its
/// account.
const KNOWN_AFTER_ITS_END: u64 = 30 * 24 * 60 * 60_000;
/// Limits of the cache. A session that is not cached is looked up in the tables.
const REMEMBERED: FairLimits = FairLimits { of_one: SESSIONS as usize, of_all: 10_000, lasts: u64::MAX };

/// サインインの控え — the cache of sessions in memory.
pub(crate) struct Sessions {
    remembered: RwLock<FairTable<AccountOwner, TokenDigest, Arc<Remembered>>>,
    /// Number of changes of accounts, appointments and sign-outs so far. If it grows while data is read, that data is
    /// not cached.
    changes: AtomicU64,
    limits: RwLock<SessionLimits>,
}

struct Remembered {
    account: Account,
    appointments: Vec<AppointmentRow>,
    made_at: u64,
    seen_at: AtomicU64,
    noted_at: AtomicU64,
    /// Whether the account has changed since this entry was read.
    is_stale: AtomicBool,
    shown: Mutex<Option<Shown>>,
}

/// A visitor, as computed for one position of the journal and one day.
struct Shown {
    position: u64,
    day: Date,
    visitor: Arc<Visitor>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            remembered: RwLock::new(FairTable::new(REMEMBERED)),
            changes: AtomicU64::default(),
            limits: RwLock::default(),
        }
    }
}

impl Memory for Sessions {}

impl Sessions {
    /// Marks the cached entries of an account as stale, after a change of the account, its appointments or its
    /// sessions. Entries of other accounts stay valid.
    pub fn changed(&self, account: &AccountOwner) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        let remembered = self.remembered.read().unwrap_or_else(PoisonError::into_inner);
        remembered.of(account).for_each(|known| known.is_stale.store(true, Ordering::SeqCst));
    }
}

/// Sets the times after which sessions end by themselves.
pub fn limit_sessions(node: &Node, limits: SessionLimits) {
    let sessions = node.memory::<Sessions>();
    *sessions.limits.write().unwrap_or_else(PoisonError::into_inner) = limits;
}

/// Whether any account exists.
pub fn has_accounts(node: &Node) -> Result<bool, AppError> {
    Ok(node.journal.has_accounts()?)
}

/// Returns the visitor of this session if it is cached; `None` if the session must be looked up.
pub fn remembered_visitor(node: &Node, token: &str, now: Timestamp) -> Option<Arc<Visitor>> {
    let now_millis = millis(now);
    let remembered = remembered(node, &token::digest(token))?;
    let is_noted = now_millis.saturating_sub(remembered.noted_at.load(Ordering::Relaxed)) < NOTED_EVERY;
    (is_noted && is_within_limits(node, &remembered, now_millis)).then(|| seen(node, &remembered, now))
}

/// Whether the session of this token is cached.
pub fn remembers(node: &Node, token: &str) -> bool {
    remembered(node, &token::digest(token)).is_some()
}

/// Returns the visitor of this session; `None` if the token is unknown or the session has ended.
pub fn visitor_of(node: &Node, token: &str, now: Timestamp) -> Result<Option<Arc<Visitor>>, AppError> {
    let sessions = node.memory::<Sessions>();
    let digest = token::digest(token);
    let now_millis = millis(now);
    let remembered = match remembered(node, &digest) {
        Some(remembered) => remembered,
        None => match look_up(node, &digest)? {
            Some(remembered) => remembered,
            None => return Ok(None),
        },
    };
    if !is_within_limits(node, &remembered, now_millis) {
        node.journal.end_session(&remembered.account.owner(), &digest, now_millis)?;
        sessions.changed(&remembered.account.owner());
        return Ok(None);
    }
    if now_millis.saturating_sub(remembered.noted_at.load(Ordering::Relaxed)) >= NOTED_EVERY {
        node.journal.see_session(&digest, now_millis)?;
        remembered.noted_at.store(now_millis, Ordering::Relaxed);
    }
    Ok(Some(seen(node, &remembered, now)))
}

/// Returns the account of this session, even after its end while the session is still known.
pub(crate) fn account_of_ended(node: &Node, token: &str) -> Result<Option<AccountOwner>, AppError> {
    Ok(node.journal.session(&token::digest(token))?.map(|session| session.account))
}

/// Whether this session expired; false if somebody ended it before.
pub fn has_run_out(node: &Node, token: &str) -> Result<bool, AppError> {
    Ok(account_of_run_out(node, token)?.is_some())
}

/// Returns the account of a session that nobody ended before it expired; `None` also for an unknown session. A session
/// that still lasts counts too.
pub(crate) fn account_of_run_out(node: &Node, token: &str) -> Result<Option<AccountOwner>, AppError> {
    let session = node.journal.session(&token::digest(token))?;
    let ran_out = |session: &Session| match session.ended_at {
        None => true,
        Some(ended_at) => !limits(node).allow(session.made_at, session.seen_at, ended_at),
    };
    Ok(session.filter(ran_out).map(|session| session.account))
}

/// Starts a session for an account after its owner proved who they are.
pub fn start_session(node: &Node, account: &Account, device: &str) -> Result<Token, AppError> {
    begin_session(node, account, device, true)
}

/// Starts a session for an account after it was authenticated. The session always gets a new token, whatever token the
/// browser sent. `is_proved` says whether the owner proved just now who they are. Refused if the account was closed, or
/// if its credentials changed after it was read.
pub(crate) fn begin_session(node: &Node, account: &Account, device: &str, is_proved: bool) -> Result<Token, AppError> {
    let sessions = node.memory::<Sessions>();
    let token = Token::fresh()?;
    let now = node.now_millis();
    let device = device.chars().filter(|c| !c.is_control()).take(200).collect();
    let (digest, owner, proved_at) = (token.digest(), account.owner(), is_proved.then_some(now));
    let session = Session { digest, account: owner, device, made_at: now, seen_at: now, ended_at: None, proved_at };
    let forget_before = now.saturating_sub(KNOWN_AFTER_ITS_END);
    let lost = node.journal.begin_session(&session, account.generation, SESSIONS, forget_before)?;
    if lost.ok_or(AccountFault::Outdated)? > 0 {
        sessions.changed(&session.account);
    }
    Ok(token)
}

/// Returns the sessions of the visitor, the most recently used first.
pub fn own_sessions(node: &Node, visitor: &Visitor, token: &str) -> Result<Vec<OwnSession>, AppError> {
    let (this, now, limits) = (token::digest(token), node.now_millis(), limits(node));
    let open = node.journal.sessions(&visitor.account_owner()?)?.into_iter();
    let open = open.filter(|known| limits.allow(known.made_at, known.seen_at, now));
    let own = |known: Session| OwnSession {
        name: HEXLOWER.encode(&known.digest),
        device: known.device,
        made_at: known.made_at,
        seen_at: known.seen_at,
        is_this: known.digest == this,
    };
    Ok(open.map(own).collect())
}

/// Ends the session of this token.
pub fn sign_out(node: &Node, token: &str) -> Result<(), AppError> {
    let sessions = node.memory::<Sessions>();
    let digest = token::digest(token);
    if let Some(session) = node.journal.session(&digest)? {
        node.journal.end_session(&session.account, &digest, node.now_millis())?;
        sessions.changed(&session.account);
    }
    Ok(())
}

/// Ends the visitor's session of this name.
pub fn end_own_session(node: &Node, visitor: &Visitor, name: &str) -> Result<(), AppError> {
    let sessions = node.memory::<Sessions>();
    let (account, now) = (visitor.account_owner()?, node.now_millis());
    let known = node.journal.sessions(&account)?.into_iter().find(|known| HEXLOWER.encode(&known.digest) == name);
    if let Some(session) = known {
        node.journal.end_session(&account, &session.digest, now)?;
        sessions.changed(&account);
    }
    Ok(())
}

/// Returns the maximum number of sessions of an account. When a further session begins, the oldest ends.
pub fn most_sessions() -> u32 {
    SESSIONS
}

/// Ends all sessions of the visitor; if `but` is given, except the session of that token.
pub fn sign_out_everywhere(node: &Node, visitor: &Visitor, but: Option<&str>) -> Result<(), AppError> {
    end_sessions_of(node, &visitor.account_owner()?, but)
}

pub(crate) fn end_sessions_of(node: &Node, account: &AccountOwner, but: Option<&str>) -> Result<(), AppError> {
    let sessions = node.memory::<Sessions>();
    let but = but.map(token::digest);
    node.journal.end_sessions(account, but.as_ref(), node.now_millis())?;
    sessions.changed(account);
    Ok(())
}

pub(crate) fn limits(node: &Node) -> SessionLimits {
    let sessions = node.memory::<Sessions>();
    *sessions.limits.read().unwrap_or_else(PoisonError::into_inner)
}

fn remembered(node: &Node, digest: &TokenDigest) -> Option<Arc<Remembered>> {
    let sessions = node.memory::<Sessions>();
    let remembered = sessions.remembered.read().unwrap_or_else(PoisonError::into_inner);
    let known = remembered.get(digest, 0)?;
    (!known.is_stale.load(Ordering::SeqCst)).then(|| Arc::clone(known))
}

fn is_within_limits(node: &Node, remembered: &Remembered, now: u64) -> bool {
    limits(node).allow(remembered.made_at, remembered.seen_at.load(Ordering::Relaxed), now)
}

/// Reads a session from the tables. Reads the number of changes first, so that data which is changed meanwhile is not
/// cached.
fn look_up(node: &Node, digest: &TokenDigest) -> Result<Option<Arc<Remembered>>, AppError> {
    let sessions = node.memory::<Sessions>();
    let changes = sessions.changes.load(Ordering::SeqCst);
    let Some(session) = node.journal.session(digest)?.filter(|session| session.ended_at.is_none()) else {
        return Ok(None);
    };
    let account = node.journal.account(session.account.id())?.filter(|account| account.closed_at.is_none());
    let Some(account) = account else { return Ok(None) };
    let appointments = node.journal.appointments(Some(&account.id))?;
    let mut remembered = sessions.remembered.write().unwrap_or_else(PoisonError::into_inner);
    let before = remembered.get(digest, 0).map_or(0, |before| before.seen_at.load(Ordering::Relaxed));
    let new = Arc::new(Remembered {
        account,
        appointments,
        made_at: session.made_at,
        seen_at: AtomicU64::new(session.seen_at.max(before)),
        noted_at: AtomicU64::new(session.seen_at),
        is_stale: AtomicBool::new(changes != sessions.changes.load(Ordering::SeqCst)),
        shown: Mutex::default(),
    });
    remembered.put(session.account, *digest, Arc::clone(&new), 0);
    Ok(Some(new))
}

fn seen(node: &Node, remembered: &Remembered, now: Timestamp) -> Arc<Visitor> {
    remembered.seen_at.fetch_max(millis(now), Ordering::Relaxed);
    let (state, day) = (node.state(), day_of(now));
    let mut shown = remembered.shown.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = shown.as_ref().filter(|known| (known.position, known.day) == (state.position, day)) {
        return Arc::clone(&known.visitor);
    }
    let new = visitor(&remembered.account, &remembered.appointments, &state, day);
    let visitor = match shown.take() {
        Some(before) if *before.visitor == new => before.visitor,
        _ => Arc::new(new),
    };
    *shown = Some(Shown { position: state.position, day, visitor: Arc::clone(&visitor) });
    visitor
}
/// Returns the visitor of an account, with the posts that they hold on a day and the posts for which they are deputy.
fn visitor(account: &Account, appointments: &[AppointmentRow], state: &State, day: Date) -> Visitor {
    let today = appointments.iter().filter(|row| stands_on(row, day));
    let mut held = today.filter_map(|row| Some((row.party.parse().ok()?, row.post.parse().ok()?))).peekable();
    let party = held.peek().map(|(party, _)| *party);
    let posts: Vec<_> = held.filter(|(of, _)| Some(*of) == party).map(|(_, post)| post).collect();
    let dossier = party.and_then(|party: Id<_>| state.dossiers.parties.get(&party));
    let posts = dossier.map(|dossier| dossier.organisation.held(&posts, day)).unwrap_or_default();
    Visitor::known(Known {
        account: account.id.clone(),
        name: account.name.clone(),
        party,
        posts,
        is_administrator: account.is_administrator,
        language: language_of(&account.language),
    })
}

/// Whether an appointment is valid on a day, from its first to its last day.
pub(crate) fn stands_on(row: &AppointmentRow, day: Date) -> bool {
    let day = day.to_string();
    row.from_day <= day && row.until_day.as_ref().is_none_or(|until| day <= *until)
}

pub(crate) fn language_of(key: &str) -> Language {
    match key {
        "en" => Language::English,
        _ => Language::Japanese,
    }
}
