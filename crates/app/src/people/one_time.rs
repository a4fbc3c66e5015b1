//! ワンタイムコード — turning one-time codes on and off. The key that a person is offered is kept in memory, for the session in
//! which it was shown, until a code confirms it. So nobody can learn in advance a key that the owner uses later.

use std::sync::{Mutex, PoisonError};

use renkei_identity::one_time::OneTimeSecret;
use renkei_identity::token::{self, TokenDigest};
use renkei_journal::{AccountOwner, CredentialChange};

use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::people::credentials::{change_own, proved_session};
use crate::people::fair_table::{FairLimits, FairTable};
use crate::people::fault::AccountFault;
use crate::people::log::PeopleDeed;
use crate::people::visitor::Visitor;

const OFFERS: FairLimits = FairLimits { of_one: 5, of_all: 5_000, lasts: 15 * 60_000 };

/// 示した鍵 — the keys that were shown and are not confirmed yet, by session.
struct Offers(Mutex<FairTable<AccountOwner, TokenDigest, OneTimeSecret>>);

impl Default for Offers {
    fn default() -> Self {
        Self(Mutex::new(FairTable::new(OFFERS)))
    }
}

impl Memory for Offers {}

/// Returns the key that is offered in this session. Makes the key if there is none yet. Requires a recent proof.
pub fn offer_one_time(node: &Node, visitor: &Visitor, session: &str) -> Result<OneTimeSecret, AppError> {
    let proved = proved_session(node, visitor, session)?;
    let (offers, now) = (node.memory::<Offers>(), node.now_millis());
    let mut offers = offers.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = offers.get(&proved.digest, now) {
        return Ok(known.clone());
    }
    let secret = OneTimeSecret::fresh()?;
    offers.put(proved.account, proved.digest, secret.clone(), now);
    Ok(secret)
}

/// Turns on one-time codes if `code` is right for the key that was offered in this session.
pub fn turn_on_one_time(node: &Node, visitor: &Visitor, session: &str, code: &str) -> Result<(), AppError> {
    proved_session(node, visitor, session)?;
    let (offers, digest, now) = (node.memory::<Offers>(), token::digest(session), node.now_millis());
    let offered = offers.0.lock().unwrap_or_else(PoisonError::into_inner).get(&digest, now).cloned();
    let secret = offered.ok_or(AccountFault::WrongCode)?;
    let step = secret.check(code, now / 1000, 0).ok_or(AccountFault::WrongCode)?;
    let change = CredentialChange::OneTimeOn { secret: secret.bytes(), step };
    change_own(node, visitor, session, change, (PeopleDeed::OneTimeOn, ""))?;
    offers.0.lock().unwrap_or_else(PoisonError::into_inner).take(&digest, now);
    Ok(())
}

pub fn turn_off_one_time(node: &Node, visitor: &Visitor, session: &str) -> Result<(), AppError> {
    change_own(node, visitor, session, CredentialChange::OneTimeOff, (PeopleDeed::OneTimeOff, ""))?;
    Ok(())
}
