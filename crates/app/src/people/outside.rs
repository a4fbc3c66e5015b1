//! 外部認証 — coming in by another server of the own organisation (OpenID Connect). Who comes from there for the first time is
//! bound to an account by whoever signs in to it: no account is ever made of an issuer's word.

use std::sync::{Mutex, PoisonError};

use renkei_identity::oidc::{Departure, Issuer, OidcFault, OidcSettings, OutsidePerson};
use renkei_identity::token::{self, Token, TokenDigest};

use crate::node::error::AppError;
use crate::node::open::Renkei;
use crate::node::quotas::OUTSIDE_IDENTITIES;
use crate::people::fair_table::{FairLimits, FairTable};
use crate::people::sessions::millis;
use crate::people::throttle;
use crate::people::visitor::Visitor;

/// 外部認証の口 — an issuer under the name that people know it by.
pub struct OutsideDoor {
    issuer: Issuer,
    name: String,
    /// What the issuer says of itself: `https://login.example.jp`.
    address: String,
    /// By what their browsers carry. Before they are back they are their network's, then their own.
    travellers: Mutex<FairTable<String, TokenDigest, Journey>>,
}

enum Journey {
    /// Sent to the issuer.
    There(Box<Departure>),
    /// Back, and bound to no account yet.
    Back(OutsidePerson),
}

/// 外部認証からの帰り — what follows when somebody comes back from the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returned {
    In(Token),
    /// Known there, and to no account here.
    Unbound(OutsidePerson),
    /// Not sent by us, too late, or a second time.
    Spent,
    /// The account is closed.
    Closed,
}

/// A whole office may be behind one address.
const TRAVELLERS: FairLimits = FairLimits { of_one: 500, of_all: 5_000, lasts: 10 * 60_000 };

impl OutsideDoor {
    pub fn of(settings: OidcSettings, name: String) -> Result<Self, OidcFault> {
        let address = settings.issuer.clone();
        Ok(Self { issuer: Issuer::of(settings)?, name, address, travellers: Mutex::new(FairTable::new(TRAVELLERS)) })
    }

    fn keep(&self, owner: String, token: &Token, journey: Journey, now: u64) {
        self.travellers.lock().unwrap_or_else(PoisonError::into_inner).put(owner, token.digest(), journey, now);
    }

    /// Whom this token stands for, once.
    fn take(&self, token: &str, now: u64) -> Option<Journey> {
        self.travellers.lock().unwrap_or_else(PoisonError::into_inner).take(&token::digest(token), now)
    }
}

impl Renkei {
    /// Opens the way in by an issuer; once.
    pub fn open_outside_door(&self, door: OutsideDoor) {
        // A second one would be a fault of the caller: the first stays.
        let _ = self.outside.set(door);
    }

    /// What people call the issuer; none where there is none.
    pub fn outside_name(&self) -> Option<&str> {
        self.outside.get().map(|door| door.name.as_str())
    }

    /// Sends somebody to the issuer: the address, and what their browser carries meanwhile.
    pub fn go_outside(&self, network_address: &str) -> Result<(String, Token), AppError> {
        let door = self.door()?;
        let departure = door.issuer.depart().map_err(AppError::Outside)?;
        let (address, token) = (departure.address.clone(), Token::fresh()?);
        let owner = format!("network {}", throttle::network_of(network_address));
        door.keep(owner, &token, Journey::There(Box::new(departure)), millis(self.now()));
        Ok((address, token))
    }

    /// Somebody is back from the issuer with a code. The browser must be the one that was sent, and it comes back once.
    pub fn come_back(&self, carried: &str, state: &str, code: &str, device: &str) -> Result<Returned, AppError> {
        let (door, now) = (self.door()?, millis(self.now()));
        let Some(Journey::There(departure)) = door.take(carried, now) else { return Ok(Returned::Spent) };
        if !departure.is_answered_by(state) {
            return Ok(Returned::Spent);
        }
        let person = door.issuer.arrive(&departure, code).map_err(AppError::Outside)?;
        let Some(account) = self.journal.account_of_outside(&person.issuer, &person.subject)? else {
            return Ok(Returned::Unbound(person));
        };
        match self.journal.account(account.id())?.filter(|account| account.closed_at.is_none()) {
            Some(account) => Ok(Returned::In(self.let_in(&account, device)?)),
            None => Ok(Returned::Closed),
        }
    }

    /// Keeps in mind who came from outside until they have signed in: what their browser carries meanwhile.
    pub fn await_binding(&self, person: OutsidePerson) -> Result<Token, AppError> {
        let token = Token::fresh()?;
        let owner = format!("person {} {}", person.issuer, person.subject);
        self.door()?.keep(owner, &token, Journey::Back(person), millis(self.now()));
        Ok(token)
    }

    /// Who waits to be bound to an account, as they are called outside.
    pub fn waiting_outside(&self, carried: &str) -> Option<String> {
        let travellers = self.outside.get()?.travellers.lock().unwrap_or_else(PoisonError::into_inner);
        let Journey::Back(person) = travellers.get(&token::digest(carried), millis(self.now()))? else { return None };
        Some(person.name.clone().unwrap_or_else(|| person.subject.clone()))
    }

    /// Binds who came from outside to the account of whoever signed in. Whether it was done.
    pub fn bind_outside(&self, visitor: &Visitor, carried: &str) -> Result<bool, AppError> {
        let (door, account) = (self.door()?, visitor.account_owner()?);
        let Some(Journey::Back(person)) = door.take(carried, millis(self.now())) else { return Ok(false) };
        Ok(self.journal.bind_outside(&person.issuer, &person.subject, &account, OUTSIDE_IDENTITIES)?)
    }

    pub fn is_bound_outside(&self, visitor: &Visitor) -> Result<bool, AppError> {
        match self.outside.get() {
            Some(door) => Ok(self.journal.is_bound_outside(&door.address, &visitor.account_owner()?)?),
            None => Ok(false),
        }
    }

    pub fn unbind_outside(&self, visitor: &Visitor) -> Result<(), AppError> {
        Ok(self.journal.unbind_outside(&visitor.account_owner()?)?)
    }

    fn door(&self) -> Result<&OutsideDoor, AppError> {
        // The pages ask for its name first: whoever comes here without one has nobody to ask.
        let nobody = || AppError::Outside(OidcFault::IssuerSilent { particulars: "--oidc-issuer".to_owned() });
        self.outside.get().ok_or_else(nobody)
    }
}
