//! 外部認証 — signing in through another server of the organisation, the issuer (OpenID Connect). The first time, a person
//! also signs in to their account, which binds the external identity to the account. An answer of the issuer never
//! creates an account.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use data_encoding::HEXLOWER;
use renkei_identity::oidc::{Departure, Issuer, OidcFault, OidcSettings, OutsidePerson};
use renkei_identity::token::{self, Token, TokenDigest};
use renkei_journal::CredentialChange;

use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::node::quotas::OUTSIDE_IDENTITIES;
use crate::people::browsers;
use crate::people::credentials::{change_own, outside_key, proved_session};
use crate::people::fair_table::{FairLimits, FairTable};
use crate::people::fault::AccountFault;
use crate::people::log::PeopleDeed;
use crate::people::sign_in::{Entered, begin};
use crate::people::throttle;
use crate::people::visitor::Visitor;

/// 外部認証の口 — an issuer, with its name for people.
pub struct OutsideDoor {
    issuer: Issuer,
    name: String,
    /// Pending sign-ins, by the token of the browser. Their owner in the table is the browser if somebody has signed in by
    /// it, else the network; after the issuer has named the person, it is the person. So strangers displace neither the
    /// sign-ins of known browsers nor those of other networks.
    travellers: Mutex<FairTable<String, TokenDigest, Journey>>,
}

/// The issuer of this node, if one is configured.
#[derive(Default)]
struct Outside(OnceLock<Arc<OutsideDoor>>);

impl Memory for Outside {}

enum Journey {
    /// The browser was sent to the issuer and is not back yet.
    There(Box<Departure>, Purpose),
    /// The browser is back from the issuer, and the identity is not bound to an account yet.
    Back(OutsidePerson),
}

/// 外部認証の用途 — the purpose of a sign-in at the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A person signs in.
    SignIn,
    /// A person who has signed in proves again who they are, and then returns to the page `then`.
    Proof { session: String, then: String },
}

/// 外部認証からの帰り — the result of a return from the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returned {
    In(Entered),
    /// The person of the session proved who they are, and returns to this page.
    Proved {
        then: String,
    },
    /// The person at the issuer is not the owner of the session's account.
    AnotherPerson,
    /// The issuer knows the person, but no account is bound to the identity.
    Unbound(OutsidePerson),
    /// This node did not send the browser to the issuer, or it returned too late or a second time.
    Spent,
    /// The account is closed.
    Closed,
}

/// The limit for one owner is high, because a whole office may share one network address.
const TRAVELLERS: FairLimits = FairLimits { of_one: 2_000, of_all: 20_000, lasts: 10 * 60_000 };

impl OutsideDoor {
    pub fn of(settings: OidcSettings, name: String) -> Result<Self, OidcFault> {
        Ok(Self { issuer: Issuer::of(settings)?, name, travellers: Mutex::new(FairTable::new(TRAVELLERS)) })
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

/// Starts a sign-in at the issuer. Returns the address of the issuer's page, and a token for the browser. For a proof, the
/// issuer must ask the person again even if the browser is signed in there.
pub fn leave_for_issuer(
    node: &Node,
    network_address: &str,
    browser: &str,
    purpose: Purpose,
) -> Result<(String, Token), AppError> {
    let (door, now) = (door(node)?, node.now_millis());
    let asked_again_at = matches!(purpose, Purpose::Proof { .. }).then_some(now / 1000);
    let departure = door.issuer.depart(asked_again_at).map_err(AppError::Outside)?;
    let (address, token) = (departure.address.clone(), Token::fresh()?);
    let owner = match browsers::known_to_anybody(node, browser)? {
        Some(browser) => format!("browser {}", HEXLOWER.encode(&browser)),
        None => format!("network {}", throttle::network_of(network_address)),
    };
    door.keep(owner, &token, Journey::There(Box::new(departure), purpose), now);
    Ok((address, token))
}

/// 帰り — a browser's return from the issuer.
#[derive(Debug, Clone, Copy)]
pub struct Callback<'a> {
    /// The token that the browser got when it was sent to the issuer.
    pub carried: &'a str,
    pub state: &'a str,
    pub code: &'a str,
    /// The browser and its system, in short.
    pub device: &'a str,
    /// The token by which the browser may be known; empty if it has none.
    pub browser: &'a str,
}

/// Completes a sign-in with the code from the issuer. Works only once for each sign-in, and only in the browser that
/// started it.
pub fn return_from_issuer(
    node: &Node,
    visitor: &Visitor,
    session: &str,
    callback: &Callback<'_>,
) -> Result<Returned, AppError> {
    let (door, now) = (door(node)?, node.now_millis());
    let Some(Journey::There(departure, purpose)) = door.take(callback.carried, now) else { return Ok(Returned::Spent) };
    if !departure.is_answered_by(callback.state) {
        return Ok(Returned::Spent);
    }
    let person = door.issuer.arrive(&departure, callback.code).map_err(AppError::Outside)?;
    let bound = node.journal.account_of_outside(&person.issuer, &person.subject)?;
    if let Purpose::Proof { session: asking, then } = purpose {
        if asking != session || bound.is_none() || bound != visitor.account_owner().ok() {
            return Ok(Returned::AnotherPerson);
        }
        node.journal.use_outside(&person.issuer, &person.subject, now)?;
        node.journal.prove_session(&token::digest(session), now)?;
        return Ok(Returned::Proved { then });
    }
    let Some(account) = bound else { return Ok(Returned::Unbound(person)) };
    match node.journal.account(account.id())?.filter(|account| account.closed_at.is_none()) {
        Some(account) => {
            node.journal.use_outside(&person.issuer, &person.subject, now)?;
            // The issuer may have recognised the browser without asking the person, so this is not a proof.
            Ok(Returned::In(begin(node, &account, callback.device, callback.browser, false)?))
        }
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

/// Binds the stored external identity to the account of the visitor. Requires a recent proof; without it, the identity
/// still waits.
pub fn bind_outside(node: &Node, visitor: &Visitor, session: &str, carried: &str) -> Result<(), AppError> {
    proved_session(node, visitor, session)?;
    let door = door(node)?;
    let Some(Journey::Back(person)) = door.take(carried, node.now_millis()) else {
        return Err(AccountFault::OutsideTaken.into());
    };
    let name = person.name.clone().unwrap_or_else(|| person.subject.clone());
    let (issuer, subject, most) = (person.issuer.as_str(), person.subject.as_str(), OUTSIDE_IDENTITIES);
    let change = CredentialChange::OutsideBound { issuer, subject, name: &name, most };
    match change_own(node, visitor, session, change, (PeopleDeed::OutsideBound, &name))? {
        true => Ok(()),
        false => Err(AccountFault::OutsideTaken.into()),
    }
}

/// Unbinds the external identity with this short name from the account of the visitor.
pub fn unbind_outside(node: &Node, visitor: &Visitor, session: &str, key: &str) -> Result<(), AppError> {
    let account = proved_session(node, visitor, session)?.account;
    let known = node.journal.outside_identities(&account)?;
    let Some(known) = known.into_iter().find(|known| outside_key(&known.issuer, &known.subject) == key) else {
        return Ok(());
    };
    let change = CredentialChange::OutsideUnbound { issuer: &known.issuer, subject: &known.subject };
    let name = if known.name.is_empty() { &known.subject } else { &known.name };
    change_own(node, visitor, session, change, (PeopleDeed::OutsideUnbound, name))?;
    Ok(())
}

fn open_door(node: &Node) -> Option<Arc<OutsideDoor>> {
    node.memory::<Outside>().0.get().cloned()
}

fn door(node: &Node) -> Result<Arc<OutsideDoor>, AppError> {
    // The pages check `outside_name` first. Only a hand-made request gets here on a node without an issuer.
    let nobody = || AppError::Outside(OidcFault::IssuerSilent { particulars: "--oidc-issuer".to_owned() });
    open_door(node).ok_or_else(nobody)
}
