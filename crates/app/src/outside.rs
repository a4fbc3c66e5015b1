//! 外部認証 — coming in by another server of the own organisation (OpenID Connect). Who comes from there for the first time is
//! bound to an account by whoever signs in to it: no account is ever made of an issuer's word.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use renkei_identity::oidc::{Departure, Issuer, OidcFault, OidcSettings, OutsidePerson};
use renkei_identity::token::{self, Token, TokenDigest};

use crate::error::AppError;
use crate::open::Renkei;
use crate::sessions::millis;

/// 外部認証の口 — an issuer under the name that people know it by.
pub struct OutsideDoor {
    issuer: Issuer,
    name: String,
    /// What the issuer says of itself: `https://login.example.jp`.
    address: String,
    travellers: Mutex<HashMap<TokenDigest, Traveller>>,
}

/// Somebody on the way, known by what their browser carries.
struct Traveller {
    where_to: Journey,
    made_at: u64,
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

const JOURNEY_LASTS: u64 = 10 * 60_000;
const MOST_TRAVELLERS: usize = 1_000;

impl OutsideDoor {
    pub fn of(settings: OidcSettings, name: String) -> Result<Self, OidcFault> {
        let address = settings.issuer.clone();
        Ok(Self { issuer: Issuer::of(settings)?, name, address, travellers: Mutex::default() })
    }

    fn keep(&self, token: &Token, where_to: Journey, now: u64) {
        let mut travellers = self.travellers.lock().unwrap_or_else(PoisonError::into_inner);
        travellers.retain(|_, known| now.saturating_sub(known.made_at) < JOURNEY_LASTS);
        if travellers.len() >= MOST_TRAVELLERS {
            travellers.clear();
        }
        travellers.insert(token.digest(), Traveller { where_to, made_at: now });
    }

    /// Whom this token stands for, once.
    fn take(&self, token: &str, now: u64) -> Option<Journey> {
        let known = self.travellers.lock().unwrap_or_else(PoisonError::into_inner).remove(&token::digest(token))?;
        (now.saturating_sub(known.made_at) < JOURNEY_LASTS).then_some(known.where_to)
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
    pub fn go_outside(&self) -> Result<(String, Token), AppError> {
        let door = self.door()?;
        let departure = door.issuer.depart().map_err(AppError::Outside)?;
        let (address, token) = (departure.address.clone(), Token::fresh()?);
        door.keep(&token, Journey::There(Box::new(departure)), millis(self.now()));
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
        match self.journal.account(&account)?.filter(|account| account.closed_at.is_none()) {
            Some(account) => Ok(Returned::In(self.let_in(&account.id, device)?)),
            None => Ok(Returned::Closed),
        }
    }

    /// Keeps in mind who came from outside until they have signed in: what their browser carries meanwhile.
    pub fn await_binding(&self, person: OutsidePerson) -> Result<Token, AppError> {
        let token = Token::fresh()?;
        self.door()?.keep(&token, Journey::Back(person), millis(self.now()));
        Ok(token)
    }

    /// Who waits to be bound to an account, as they are called outside.
    pub fn waiting_outside(&self, carried: &str) -> Option<String> {
        let travellers = self.outside.get()?.travellers.lock().unwrap_or_else(PoisonError::into_inner);
        let known = travellers.get(&token::digest(carried))?;
        let Journey::Back(person) = &known.where_to else { return None };
        Some(person.name.clone().unwrap_or_else(|| person.subject.clone()))
    }

    /// Binds who came from outside to the account of whoever signed in. Whether it was done.
    pub fn bind_outside(&self, carried: &str, account: &str) -> Result<bool, AppError> {
        let door = self.door()?;
        let Some(Journey::Back(person)) = door.take(carried, millis(self.now())) else { return Ok(false) };
        Ok(self.journal.bind_outside(&person.issuer, &person.subject, account)?)
    }

    pub fn is_bound_outside(&self, account: &str) -> Result<bool, AppError> {
        match self.outside.get() {
            Some(door) => Ok(self.journal.is_bound_outside(&door.address, account)?),
            None => Ok(false),
        }
    }

    pub fn unbind_outside(&self, account: &str) -> Result<(), AppError> {
        Ok(self.journal.unbind_outside(account)?)
    }

    fn door(&self) -> Result<&OutsideDoor, AppError> {
        // The pages ask for its name first: whoever comes here without one has nobody to ask.
        let nobody = || AppError::Outside(OidcFault::IssuerSilent { particulars: "--oidc-issuer".to_owned() });
        self.outside.get().ok_or_else(nobody)
    }
}
