//! パスキー — keys that people's devices keep: adding one to one's own account, signing in by one, renaming and removing them.
//! A device verifies its owner before it uses a key, so a passkey stands for password and code together.
//!
//! What a device was asked is kept in memory for five minutes and taken once: for a sign-in under a token that the browser
//! carries, for adding under the session. A restart forgets it, and whoever was in between presses the button again.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use renkei_identity::passkey::{BegunAdding, BegunSignIn, PasskeyFault, PasskeyOwner, Proof, RelyingParty, short_name};
use renkei_identity::token::{self, Token, TokenDigest};
use renkei_journal::Passkey;

use crate::account_fault::{AccountFault, PasskeyHitch};
use crate::error::AppError;
use crate::open::Renkei;
use crate::people_log::PeopleDeed;
use crate::sessions::millis;
use crate::sign_in::Answered;
use crate::throttle::{self, Subject};

/// 自分のパスキー — one of the own passkeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPasskey {
    /// Names it in an address.
    pub key: String,
    /// As its owner calls it.
    pub name: String,
    pub made_at: u64,
    pub used_at: Option<u64>,
}

/// パスキーでの来訪 — what somebody at the door shows in place of a password.
#[derive(Debug, Clone, Copy)]
pub struct PasskeyKnock<'a> {
    /// What the browser has carried since its device was asked.
    pub carried: &'a str,
    /// What the device answered, as the browser's script wrote it down.
    pub answer: &'a str,
    /// By which origin the node is asked.
    pub origin: &'a str,
    /// The network address it comes from.
    pub address: &'a str,
    /// What the browser says of itself.
    pub device: &'a str,
}

/// 途中のパスキー — what devices were asked and have yet to answer.
#[derive(Default)]
pub(crate) struct Ceremonies(Mutex<HashMap<TokenDigest, Ceremony>>);

struct Ceremony {
    begun: Begun,
    /// Whose it is, for counting: a network, or an account.
    of: String,
    begun_at: u64,
}

enum Begun {
    Adding { account: String, begun: BegunAdding },
    SignIn(BegunSignIn),
}

/// How long a device may take to answer.
const CEREMONY_LASTS: u64 = 5 * 60_000;
/// Whoever begins more loses their own oldest, and nobody else's.
const MOST_OF_ONE: usize = 100;
/// Beyond that whoever has most loses their oldest. What somebody is adding in their session gives way to no sign-in.
const MOST_CEREMONIES: usize = 5_000;
/// Of one account.
const MOST_PASSKEYS: usize = 20;
const MOST_LETTERS_OF_A_NAME: usize = 60;

impl Ceremonies {
    /// Keeps what was begun. A sign-in is not kept where there is nothing but what others are adding: it comes too late then.
    fn keep(&self, token: TokenDigest, new: Ceremony) {
        self.keep_of_at_most(MOST_CEREMONIES, token, new);
    }

    fn keep_of_at_most(&self, most: usize, token: TokenDigest, new: Ceremony) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, known| new.begun_at.saturating_sub(known.begun_at) < CEREMONY_LASTS);
        let has_many = open.values().filter(|known| known.of == new.of).count() >= MOST_OF_ONE;
        if has_many || open.len() >= most {
            let loses = if has_many { Some(new.of.clone()) } else { who_has_most(&open, &new) };
            let Some(loses) = loses else { return };
            let of_them = open.iter().filter(|(_, known)| known.of == loses);
            let oldest = of_them.min_by_key(|(_, known)| known.begun_at).map(|(token, _)| *token);
            oldest.and_then(|token| open.remove(&token));
        }
        open.insert(token, new);
    }

    /// What was begun under this token, once.
    fn take(&self, token: &TokenDigest, now: u64) -> Option<Begun> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(token)?;
        (now.saturating_sub(known.begun_at) < CEREMONY_LASTS).then_some(known.begun)
    }
}

impl Renkei {
    /// Whether browsers that ask the node by this origin can have passkeys for it.
    pub fn has_passkeys_at(&self, origin: &str) -> bool {
        RelyingParty::at(origin).is_some()
    }

    /// The own passkeys, oldest first.
    pub fn own_passkeys(&self, account: &str) -> Result<Vec<OwnPasskey>, AppError> {
        let own = |known: Passkey| OwnPasskey {
            key: short_name(&known.id),
            name: known.name,
            made_at: known.made_at,
            used_at: known.used_at,
        };
        Ok(self.journal.passkeys(account)?.into_iter().map(own).collect())
    }

    /// What to ask a device for a new key of one's own, for whoever gives their password once more: as JSON for the browser.
    pub fn begin_adding_passkey(
        &self,
        account: &str,
        session: &str,
        password: &str,
        origin: &str,
    ) -> Result<String, AppError> {
        let party = relying_party(origin)?;
        let owner = self.proved(account, password)?;
        let known = self.journal.passkeys(account)?;
        if known.len() >= MOST_PASSKEYS {
            return Err(AccountFault::Passkey(PasskeyHitch::TooMany { most: MOST_PASSKEYS }).into());
        }
        let owner = PasskeyOwner { account, login: &owner.login, name: &owner.name };
        let known = known.into_iter().map(|known| known.id);
        let (begun, asked) =
            party.begin_adding(&owner, known).map_err(|_| AccountFault::Passkey(PasskeyHitch::Refused))?;
        let begun = Begun::Adding { account: account.to_owned(), begun };
        let ceremony = Ceremony { begun, of: account.to_owned(), begun_at: millis(self.now()) };
        self.sign_ins.ceremonies.keep(token::digest(session), ceremony);
        Ok(asked)
    }

    /// Adds the key that a device made in this session. Without a name it is called by the `device`.
    pub fn finish_adding_passkey(
        &self,
        account: &str,
        session: &str,
        name: [&str; 2],
        answer: &str,
        origin: &str,
    ) -> Result<(), AppError> {
        let (party, now) = (relying_party(origin)?, millis(self.now()));
        let begun = match self.sign_ins.ceremonies.take(&token::digest(session), now) {
            Some(Begun::Adding { account: of, begun }) if of == account => begun,
            _ => return Err(AccountFault::Passkey(PasskeyHitch::Late).into()),
        };
        let made = party.finish_adding(begun, answer).map_err(|_| AccountFault::Passkey(PasskeyHitch::Refused))?;
        let name = name.into_iter().map(plain_name).find(|name| !name.is_empty()).unwrap_or_default();
        let (id, credential) = (made.id, made.credential);
        let passkey = Passkey { id, account: account.to_owned(), name, credential, made_at: now, used_at: None };
        if !self.journal.add_passkey(&passkey)? {
            return Err(AccountFault::Passkey(PasskeyHitch::Refused).into());
        }
        let login = self.account(account)?.login;
        self.note(account, PeopleDeed::PasskeyAdded, &login, None, String::new())
    }

    /// Calls one of the own passkeys otherwise.
    pub fn rename_passkey(&self, account: &str, key: &str, name: &str) -> Result<(), AppError> {
        let (known, name) = (self.own_passkey(account, key)?, plain_name(name));
        if name.is_empty() {
            return Err(AccountFault::Passkey(PasskeyHitch::NameMissing).into());
        }
        self.journal.rename_passkey(account, &known.id, &name)?;
        Ok(())
    }

    /// Removes one of the own passkeys, for whoever gives their password once more. It may be lost: all other sessions end.
    pub fn remove_passkey(&self, account: &str, session: &str, key: &str, password: &str) -> Result<(), AppError> {
        let login = self.proved(account, password)?.login;
        let known = self.own_passkey(account, key)?;
        self.journal.remove_passkey(account, &known.id)?;
        self.sign_out_everywhere(account, Some(session))?;
        self.note(account, PeopleDeed::PasskeyRemoved, &login, None, String::new())
    }

    /// What to ask a device of somebody who wants in, as JSON for the browser, and what the browser carries meanwhile. It is the
    /// same for everybody: it tells of no account.
    pub fn begin_passkey_sign_in(&self, origin: &str, address: &str) -> Result<(String, Token), AppError> {
        let (party, now) = (relying_party(origin)?, millis(self.now()));
        if let Some(seconds) = throttle::waiting(&self.journal, &[Subject::address(address)], now)? {
            return Err(AccountFault::Wait { seconds }.into());
        }
        let (begun, asked) = party.begin_sign_in().map_err(|_| AccountFault::Passkey(PasskeyHitch::Refused))?;
        let token = Token::fresh()?;
        let ceremony = Ceremony { begun: Begun::SignIn(begun), of: throttle::network_of(address), begun_at: now };
        self.sign_ins.ceremonies.keep(token.digest(), ceremony);
        Ok((asked, token))
    }

    /// Lets in who proves a key. Failures count for the network address alone: what is not guessed needs no more, and nobody
    /// locks another out.
    pub fn sign_in_by_passkey(&self, knock: &PasskeyKnock<'_>) -> Result<Answered, AppError> {
        let (party, now) = (relying_party(knock.origin)?, millis(self.now()));
        let subjects = [Subject::address(knock.address)];
        if let Some(seconds) = throttle::waiting(&self.journal, &subjects, now)? {
            return Ok(Answered::Wait { seconds });
        }
        let Some(Begun::SignIn(begun)) = self.sign_ins.ceremonies.take(&token::digest(knock.carried), now) else {
            return Err(AccountFault::Passkey(PasskeyHitch::Late).into());
        };
        match self.account_of_proof(&party, begun, knock.answer, now)? {
            Some(account) => self.enter(&account, knock.device),
            None => {
                throttle::failed(&self.journal, &subjects, now)?;
                Ok(Answered::Refused)
            }
        }
    }

    /// Whose key was proved; none where it is nobody's, or not believed. The key is used by that.
    fn account_of_proof(
        &self,
        party: &RelyingParty,
        begun: BegunSignIn,
        answer: &str,
        now: u64,
    ) -> Result<Option<String>, AppError> {
        let Ok(proof) = Proof::read(answer) else { return Ok(None) };
        let Some(known) = self.journal.passkey(&proof.passkey_id())? else { return Ok(None) };
        let account = self.journal.account(&known.account)?.filter(|account| account.closed_at.is_none());
        let Some(account) = account else { return Ok(None) };
        match party.finish_sign_in(begun, &proof, &account.id, &known.credential) {
            Ok(credential) => {
                let used = self.journal.use_passkey(&known.id, &known.credential, &credential, now)?;
                Ok(used.then_some(account.id))
            }
            Err(PasskeyFault::CounterWentBack) => {
                self.note(&account.id, PeopleDeed::PasskeyCopied, &account.login, None, String::new())?;
                Ok(None)
            }
            Err(_) => Ok(None),
        }
    }

    fn own_passkey(&self, account: &str, key: &str) -> Result<Passkey, AppError> {
        let known = self.journal.passkeys(account)?.into_iter().find(|known| short_name(&known.id) == key);
        Ok(known.ok_or(AccountFault::Passkey(PasskeyHitch::NotThere))?)
    }
}

/// Who loses their oldest for something new: whoever wants in and has most, and of the accounts only to another of them.
fn who_has_most(open: &HashMap<TokenDigest, Ceremony>, new: &Ceremony) -> Option<String> {
    let of_kind = |adds: bool| {
        let mut counts = BTreeMap::<&str, usize>::new();
        for known in open.values().filter(|known| matches!(known.begun, Begun::Adding { .. }) == adds) {
            *counts.entry(&known.of).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(of, _)| of.to_owned())
    };
    let adds = matches!(new.begun, Begun::Adding { .. });
    of_kind(false).or_else(|| if adds { of_kind(true) } else { None })
}

fn relying_party(origin: &str) -> Result<RelyingParty, AppError> {
    Ok(RelyingParty::at(origin).ok_or(AccountFault::Passkey(PasskeyHitch::WantsAName))?)
}

fn plain_name(name: &str) -> String {
    name.trim().chars().filter(|c| !c.is_control()).take(MOST_LETTERS_OF_A_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fewer than are kept, for a fast test.
    const MOST: usize = 500;

    fn begun(of: &str, begun_at: u64) -> Ceremony {
        let party = RelyingParty::at("https://renkei.example.jp").unwrap();
        Ceremony { begun: Begun::SignIn(party.begin_sign_in().unwrap().0), of: of.to_owned(), begun_at }
    }

    fn adding(of: &str, begun_at: u64) -> Ceremony {
        let party = RelyingParty::at("https://renkei.example.jp").unwrap();
        let owner = PasskeyOwner { account: of, login: of, name: of };
        let begun = party.begin_adding(&owner, std::iter::empty()).unwrap().0;
        Ceremony { begun: Begun::Adding { account: of.to_owned(), begun }, of: of.to_owned(), begun_at }
    }

    fn digest(number: usize) -> TokenDigest {
        token::digest(&number.to_string())
    }

    #[test]
    fn what_was_begun_is_taken_once_and_in_time() {
        let ceremonies = Ceremonies::default();
        for (token, taken_at, expected) in [(1, 1_000, true), (2, 1_000 + CEREMONY_LASTS, false)] {
            ceremonies.keep(digest(token), begun("a", 1_000));
            assert_eq!(ceremonies.take(&digest(token), taken_at).is_some(), expected, "{token}");
            assert!(ceremonies.take(&digest(token), taken_at).is_none(), "taken");
        }
    }

    #[test]
    fn whoever_begins_without_end_loses_their_own_and_memory_stays_bounded() {
        let ceremonies = Ceremonies::default();
        ceremonies.keep(digest(0), begun("somebody", 1));
        for number in 1..=MOST_OF_ONE + 50 {
            ceremonies.keep(digest(number), begun("a flood", 1 + number as u64));
        }
        assert_eq!(ceremonies.0.lock().unwrap().len(), MOST_OF_ONE + 1);
        assert!(ceremonies.take(&digest(0), 200).is_some(), "somebody else's stays");
        assert!(ceremonies.take(&digest(50), 200).is_none(), "its oldest are gone");
        assert!(ceremonies.take(&digest(51), 200).is_some());
        for number in 0..MOST + 10 {
            ceremonies.keep_of_at_most(MOST, digest(1_000 + number), begun(&number.to_string(), 300));
        }
        assert_eq!(ceremonies.0.lock().unwrap().len(), MOST);
    }

    #[test]
    fn strangers_push_out_whoever_of_them_has_most_and_nobody_who_is_adding() {
        let ceremonies = Ceremonies::default();
        ceremonies.keep_of_at_most(MOST, digest(0), adding("an-account", 1));
        ceremonies.keep_of_at_most(MOST, digest(1), begun("somebody", 2));
        let networks = MOST / MOST_OF_ONE + 10;
        for number in 0..networks * MOST_OF_ONE {
            ceremonies.keep_of_at_most(
                MOST,
                digest(10 + number),
                begun(&format!("strangers {}", number % networks), 3),
            );
        }
        assert_eq!(ceremonies.0.lock().unwrap().len(), MOST);
        assert!(ceremonies.take(&digest(1), 4).is_some(), "somebody's own is not the strangers'");
        assert!(matches!(ceremonies.take(&digest(0), 4), Some(Begun::Adding { .. })));
    }

    #[test]
    fn where_all_are_adding_no_sign_in_is_kept_and_one_more_is() {
        let ceremonies = Ceremonies::default();
        for number in 0..MOST {
            ceremonies.keep_of_at_most(
                MOST,
                digest(number),
                adding(&(number / MOST_OF_ONE).to_string(), 1 + number as u64),
            );
        }
        ceremonies.keep_of_at_most(MOST, digest(MOST), begun("somebody", 9_000));
        assert!(ceremonies.take(&digest(MOST), 9_000).is_none());
        assert_eq!(ceremonies.0.lock().unwrap().len(), MOST);
        ceremonies.keep_of_at_most(MOST, digest(MOST), adding("another", 9_000));
        assert!(ceremonies.take(&digest(MOST), 9_000).is_some());
        assert_eq!(ceremonies.0.lock().unwrap().len(), MOST - 1);
    }
}
