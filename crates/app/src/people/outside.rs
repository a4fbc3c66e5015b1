//! 外部認証 — signing in through another server of the organisation, the issuer (OpenID Connect). The first time, a person
//! also signs in to their account, which binds the external identity to the account. An answer of the issuer never
//! creates an account.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use renkei_identity::oidc::{Departure, Issuer, OidcFault, OidcSettings, OutsidePerson};
use renkei_identity::token::{self, Token, TokenDigest};

use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::node::quotas::OUTSIDE_IDENTITIES;
use crate::people::fair_table::{FairLimits, FairTable};
use crate::people::sessions::start_session;
use crate::people::throttle;
use crate::people::visitor::Visitor;

/// 外部認証の口 — an issuer, with its name for people.
pub struct OutsideDoor {
    issuer: Issuer,
    name: String,
    /// The identifier by which the issuer calls itself, such as `https://login.example.jp`.
    address: String,
    /// Pending sign-ins, by the token of the browser. Their owner in the table is the network until the issuer has
    /// named the person, then the person.
    travellers: Mutex<FairTable<String, TokenDigest, Journey>>,
}

/// The issuer of this node, if one is configured.
#[derive(Default)]
struct Outside(OnceLock<Arc<OutsideDoor>>);

impl Memory for Outside {}

enum Journey {
    /// The browser was sent to the issuer and is not back yet.
    There(Box<Departure>),
    /// The browser is back from the issuer, and the identity is not bound to an account yet.
    Back(OutsidePerson),
}

/// 外部認証からの帰り — the result of a return from the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returned {
    In(Token),
    /// The issuer knows the person, but no account is bound to the identity.
    Unbound(OutsidePerson),
    /// This node did not send the browser to the issuer, or it returned too late or a second time.
    Spent,
    /// The account is closed.
    Closed,
}

/// The limit for one network is high, because a whole office may share one network address.
const TRAVELLERS: FairLimits = FairLimits { of_one: 500, of_all: 5_000, lasts: 10 * 60_000 };

impl OutsideDoor {
    pub fn of(settings: OidcSettings, name: String) -> Result<Self, OidcFault> {
        let address = settings.issuer.clone();
        Ok(Self { issuer: Issuer::of(settings)?, name, address, travellers: Mutex::new(FairTable::new(TRAVELLERS)) })
    }

    fn keep(&self, owner: String, token: &Token, journey: Journey, now: u64) {
        self.travellers.lock().unwrap_or_else(PoisonError::into_inner).put(owner, token.digest(), journey, now);
    }

    /// Removes and returns the pending sign-in of this token. A second call finds nothing.
    fn take(&self, token: &str, now: u64) -> Option<Journey> {
        self.travellers.lock().unwrap_or_else(PoisonError::into_inner).take(&token::digest(token), now)
    }
}

/// Enables signing in through an issuer. Must be called at most once.
pub fn open_outside_door(node: &Node, door: OutsideDoor) {
    // A second call would be a programming error. The first issuer stays.
    let _ = node.memory::<Outside>().0.set(Arc::new(door));
}

/// Returns the name of the issuer; `None` if none is configured.
pub fn outside_name(node: &Node) -> Option<String> {
    Some(open_door(node)?.name.clone())
}

/// Starts a sign-in at the issuer. Returns the address of the issuer's page, and a token for the browser.
pub fn leave_for_issuer(node: &Node, network_address: &str) -> Result<(String, Token), AppError> {
    let door = door(node)?;
    let departure = door.issuer.depart().map_err(AppError::Outside)?;
    let (address, token) = (departure.address.clone(), Token::fresh()?);
    let owner = format!("network {}", throttle::network_of(network_address));
    door.keep(owner, &token, Journey::There(Box::new(departure)), node.now_millis());
    Ok((address, token))
}

/// Completes a sign-in with the code from the issuer. Works only once for each sign-in, and only in the browser that
/// started it.
pub fn return_from_issuer(
    node: &Node,
    carried: &str,
    state: &str,
    code: &str,
    device: &str,
) -> Result<Returned, AppError> {
    let (door, now) = (door(node)?, node.now_millis());
    let Some(Journey::There(departure)) = door.take(carried, now) else { return Ok(Returned::Spent) };
    if !departure.is_answered_by(state) {
        return Ok(Returned::Spent);
    }
    let person = door.issuer.arrive(&departure, code).map_err(AppError::Outside)?;
    let Some(account) = node.journal.account_of_outside(&person.issuer, &person.subject)? else {
        return Ok(Returned::Unbound(person));
    };
    match node.journal.account(account.id())?.filter(|account| account.closed_at.is_none()) {
        Some(account) => Ok(Returned::In(start_session(node, &account, device)?)),
        None => Ok(Returned::Closed),
    }
}

/// Stores an external identity until its owner has signed in to an account. Returns a token for the browser.
pub fn await_binding(node: &Node, person: OutsidePerson) -> Result<Token, AppError> {
    let token = Token::fresh()?;
    let owner = format!("person {} {}", person.issuer, person.subject);
    door(node)?.keep(owner, &token, Journey::Back(person), node.now_millis());
    Ok(token)
}

/// Returns the external name of the person whose identity is not bound to an account yet.
pub fn waiting_outside(node: &Node, carried: &str) -> Option<String> {
    let door = open_door(node)?;
    let travellers = door.travellers.lock().unwrap_or_else(PoisonError::into_inner);
    let Journey::Back(person) = travellers.get(&token::digest(carried), node.now_millis())? else { return None };
    Some(person.name.clone().unwrap_or_else(|| person.subject.clone()))
}

/// Binds the stored external identity to the account of the visitor. Returns whether it was bound.
pub fn bind_outside(node: &Node, visitor: &Visitor, carried: &str) -> Result<bool, AppError> {
    let (door, account) = (door(node)?, visitor.account_owner()?);
    let Some(Journey::Back(person)) = door.take(carried, node.now_millis()) else { return Ok(false) };
    Ok(node.journal.bind_outside(&person.issuer, &person.subject, &account, OUTSIDE_IDENTITIES)?)
}

pub fn is_bound_outside(node: &Node, visitor: &Visitor) -> Result<bool, AppError> {
    match open_door(node) {
        Some(door) => Ok(node.journal.is_bound_outside(&door.address, &visitor.account_owner()?)?),
        None => Ok(false),
    }
}

pub fn unbind_outside(node: &Node, visitor: &Visitor) -> Result<(), AppError> {
    Ok(node.journal.unbind_outside(&visitor.account_owner()?)?)
}

fn open_door(node: &Node) -> Option<Arc<OutsideDoor>> {
    node.memory::<Outside>().0.get().cloned()
}

fn door(node: &Node) -> Result<Arc<OutsideDoor>, AppError> {
    // The pages check `outside_name` first. Only a hand-made request gets here on a node without an issuer.
    let nobody = || AppError::Outside(OidcFault::IssuerSilent { particulars: "--oidc-issuer".to_owned() });
    open_door(node).ok_or_else(nobody)
}
