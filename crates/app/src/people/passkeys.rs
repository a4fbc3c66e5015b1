//! パスキー — passkeys on people's devices: adding one to one's own account, signing in with it, renaming it and removing
//! it. A device verifies its owner before it uses a passkey, so a passkey replaces the password and the code.
//!
//! Each challenge is kept in memory for five minutes and can be used once. A challenge for signing in is found by a
//! token of the browser, a challenge for adding a passkey by the session. After a restart all challenges are gone, and
//! people press the button again.

use std::sync::{Mutex, PoisonError};

use renkei_identity::passkey::{BegunAdding, BegunSignIn, PasskeyFault, PasskeyOwner, Proof, RelyingParty, short_name};
use renkei_identity::token::{self, Token, TokenDigest};
use renkei_journal::{Account, AccountOwner, CredentialChange, Passkey};

use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::node::quotas::PASSKEYS;
use crate::people::accounts::find_account;
use crate::people::browsers;
use crate::people::credentials::{change_own, proved_session};
use crate::people::fair_table::{FairLimits, FairTable};
use crate::people::fault::{AccountFault, PasskeyHitch};
use crate::people::log::{PeopleDeed, note};
use crate::people::sign_in::{Answered, enter};
use crate::people::throttle::{self, Subject};
use crate::people::visitor::Visitor;

/// パスキーでの来訪 — a request to sign in with a passkey instead of a password.
#[derive(Debug, Clone, Copy)]
pub struct PasskeyKnock<'a> {
    /// The token that the browser got together with the challenge.
    pub carried: &'a str,
    /// The answer of the device, as the script in the browser wrote it.
    pub answer: &'a str,
    /// The origin under which the browser reached the node.
    pub origin: &'a str,
    /// The network address of the request.
    pub address: &'a str,
    /// The browser and its system, in short.
    pub device: &'a str,
    /// The token by which the browser may be known; empty if it has none.
    pub browser: &'a str,
}

/// 途中のパスキー — challenges that devices have not answered yet. A challenge for signing in belongs to its network address,
/// because the person is not known yet. Challenges for adding a passkey have a table of their own, so that strangers
/// cannot displace them.
struct Ceremonies {
    sign_ins: Mutex<FairTable<String, TokenDigest, BegunSignIn>>,
    adding: Mutex<FairTable<AccountOwner, TokenDigest, (AccountOwner, BegunAdding)>>,
}

/// Maximum time until a device answers, in milliseconds.
const CEREMONY_LASTS: u64 = 5 * 60_000;
/// The limit for one network is high, because a whole office may share one network address.
const SIGN_INS: FairLimits = FairLimits { of_one: 100, of_all: 5_000, lasts: CEREMONY_LASTS };
const ADDING: FairLimits = FairLimits { of_one: 20, of_all: 5_000, lasts: CEREMONY_LASTS };
const MOST_LETTERS_OF_A_NAME: usize = 60;

impl Default for Ceremonies {
    fn default() -> Self {
        Self { sign_ins: Mutex::new(FairTable::new(SIGN_INS)), adding: Mutex::new(FairTable::new(ADDING)) }
    }
}

impl Memory for Ceremonies {}

impl Ceremonies {
    fn keep_sign_in(&self, network: String, token: TokenDigest, begun: BegunSignIn, now: u64) {
        self.sign_ins.lock().unwrap_or_else(PoisonError::into_inner).put(network, token, begun, now);
    }

    /// Removes and returns the sign-in that was begun under this token. A second call finds nothing.
    fn take_sign_in(&self, token: &TokenDigest, now: u64) -> Option<BegunSignIn> {
        self.sign_ins.lock().unwrap_or_else(PoisonError::into_inner).take(token, now)
    }

    fn keep_adding(&self, account: AccountOwner, token: TokenDigest, begun: BegunAdding, now: u64) {
        self.adding.lock().unwrap_or_else(PoisonError::into_inner).put(account.clone(), token, (account, begun), now);
    }

    /// Removes and returns the adding of a passkey that this account began under this token. A second call finds
    /// nothing.
    fn take_adding(&self, account: &AccountOwner, token: &TokenDigest, now: u64) -> Option<BegunAdding> {
        let begun = self.adding.lock().unwrap_or_else(PoisonError::into_inner).take(token, now);
        begun.filter(|(owner, _)| owner == account).map(|(_, begun)| begun)
    }
}

/// Whether browsers offer passkeys for this origin of the node.
pub fn has_passkeys_at(origin: &str) -> bool {
    RelyingParty::at(origin).is_some()
}

/// Starts adding a passkey to the visitor's account. Requires a recent proof. Returns the challenge for the device, as
/// JSON for the browser.
pub fn begin_adding_passkey(node: &Node, visitor: &Visitor, session: &str, origin: &str) -> Result<String, AppError> {
    let ceremonies = node.memory::<Ceremonies>();
    let (party, account) = (relying_party(origin)?, proved_session(node, visitor, session)?.account);
    let owner = find_account(node, account.id())?;
    let known = node.journal.passkeys(&account)?;
    if known.len() >= PASSKEYS {
        return Err(AccountFault::Passkey(PasskeyHitch::TooMany { most: PASSKEYS }).into());
    }
    let owner = PasskeyOwner { account: account.id(), login: &owner.login, name: &owner.name };
    let known = known.into_iter().map(|known| known.id);
    let (begun, asked) = party.begin_adding(&owner, known).map_err(|_| AccountFault::Passkey(PasskeyHitch::Refused))?;
    ceremonies.keep_adding(account, token::digest(session), begun, node.now_millis());
    Ok(asked)
}

/// Adds the passkey that a device has made in this session. Its name is the first of the two names that is not blank.
pub fn finish_adding_passkey(
    node: &Node,
    visitor: &Visitor,
    session: &str,
    name: [&str; 2],
    answer: &str,
    origin: &str,
) -> Result<(), AppError> {
    let ceremonies = node.memory::<Ceremonies>();
    let (party, now) = (relying_party(origin)?, node.now_millis());
    let account = proved_session(node, visitor, session)?.account;
    let begun = ceremonies.take_adding(&account, &token::digest(session), now);
    let begun = begun.ok_or(AccountFault::Passkey(PasskeyHitch::Late))?;
    let made = party.finish_adding(begun, answer).map_err(|_| AccountFault::Passkey(PasskeyHitch::Refused))?;
    let name = name.into_iter().map(plain_name).find(|name| !name.is_empty()).unwrap_or_default();
    let (id, credential) = (made.id, made.credential);
    let passkey = Passkey { id, account: account.clone(), name, credential, made_at: now, used_at: None };
    let change = CredentialChange::PasskeyAdded(&passkey);
    match change_own(node, visitor, session, change, (PeopleDeed::PasskeyAdded, &passkey.name))? {
        true => Ok(()),
        false => Err(AccountFault::Passkey(PasskeyHitch::Refused).into()),
    }
}

/// Renames one of the visitor's passkeys.
pub fn rename_passkey(node: &Node, visitor: &Visitor, session: &str, key: &str, name: &str) -> Result<(), AppError> {
    let (known, name) = (own_passkey(node, &visitor.account_owner()?, key)?, plain_name(name));
    if name.is_empty() {
        return Err(AccountFault::Passkey(PasskeyHitch::NameMissing).into());
    }
    let change = CredentialChange::PasskeyRenamed { id: &known.id, name: &name };
    change_own(node, visitor, session, change, (PeopleDeed::PasskeyRenamed, &name))?;
    Ok(())
}

/// Removes one of the visitor's passkeys. Ends all other sessions, because the device may be lost.
pub fn remove_passkey(node: &Node, visitor: &Visitor, session: &str, key: &str) -> Result<(), AppError> {
    let known = own_passkey(node, &visitor.account_owner()?, key)?;
    let change = CredentialChange::PasskeyRemoved { id: &known.id };
    change_own(node, visitor, session, change, (PeopleDeed::PasskeyRemoved, &known.name))?;
    Ok(())
}

/// Starts a sign-in. Returns the challenge for the device, as JSON for the browser, and a token for the browser. All
/// challenges have the same form, so they reveal nothing about accounts.
pub fn begin_passkey_sign_in(
    node: &Node,
    origin: &str,
    address: &str,
    browser: &str,
) -> Result<(String, Token), AppError> {
    let ceremonies = node.memory::<Ceremonies>();
    let (party, now) = (relying_party(origin)?, node.now_millis());
    if let Some(seconds) = throttle::waiting(&node.journal, &[counter(node, address, browser)?], now)? {
        return Err(AccountFault::Wait { seconds }.into());
    }
    let (begun, asked) = party.begin_sign_in().map_err(|_| AccountFault::Passkey(PasskeyHitch::Refused))?;
    let token = Token::fresh()?;
    ceremonies.keep_sign_in(throttle::network_of(address), token.digest(), begun, now);
    Ok((asked, token))
}

/// Signs in the person whose passkey gave a valid proof. Failures are counted for the browser if somebody has signed in
/// by it, else for the network: passkeys cannot be guessed, and counting by account would let anybody lock out others.
pub fn sign_in_by_passkey(node: &Node, knock: &PasskeyKnock<'_>) -> Result<Answered, AppError> {
    match account_of_passkey(node, knock)? {
        Ok(account) => enter(node, &account, knock.device, knock.browser),
        Err(answered) => Ok(answered),
    }
}

/// Records a proof in the visitor's session, if the visitor's own passkey gave it.
pub fn prove_by_passkey(
    node: &Node,
    visitor: &Visitor,
    session: &str,
    knock: &PasskeyKnock<'_>,
) -> Result<(), AppError> {
    let owner = visitor.account_owner()?;
    match account_of_passkey(node, knock)? {
        Ok(account) if account.owner() == owner => {
            Ok(node.journal.prove_session(&token::digest(session), node.now_millis())?)
        }
        Err(Answered::Wait { seconds, .. }) => Err(AccountFault::Wait { seconds }.into()),
        Ok(_) | Err(_) => Err(AccountFault::Passkey(PasskeyHitch::Refused).into()),
    }
}

/// Returns the account whose passkey answered the challenge of this browser, else the answer to the failure.
fn account_of_passkey(node: &Node, knock: &PasskeyKnock<'_>) -> Result<Result<Account, Answered>, AppError> {
    let ceremonies = node.memory::<Ceremonies>();
    let (party, now) = (relying_party(knock.origin)?, node.now_millis());
    let subjects = [counter(node, knock.address, knock.browser)?];
    if let Some(seconds) = throttle::waiting(&node.journal, &subjects, now)? {
        return Ok(Err(Answered::wait(seconds)));
    }
    let begun = ceremonies.take_sign_in(&token::digest(knock.carried), now);
    let begun = begun.ok_or(AccountFault::Passkey(PasskeyHitch::Late))?;
    match account_of_proof(node, &party, begun, knock.answer, now)? {
        Some(account) => Ok(Ok(account)),
        None => {
            throttle::failed(&node.journal, &subjects, now)?;
            Ok(Err(Answered::Refused))
        }
    }
}

/// Returns the counter of failures with passkeys: that of the browser if somebody has signed in by it, else that of the
/// network.
fn counter(node: &Node, address: &str, browser: &str) -> Result<Subject, AppError> {
    let known = browsers::known_to_anybody(node, browser)?;
    Ok(known.map_or_else(|| Subject::address(address), |browser| Subject::known_browser("", &browser)))
}

/// Returns the account whose passkey gave the proof, and records the use. `None` if the passkey is unknown or the proof
/// is not valid.
fn account_of_proof(
    node: &Node,
    party: &RelyingParty,
    begun: BegunSignIn,
    answer: &str,
    now: u64,
) -> Result<Option<Account>, AppError> {
    let Ok(proof) = Proof::read(answer) else { return Ok(None) };
    let Some(known) = node.journal.passkey(&proof.passkey_id())? else { return Ok(None) };
    let account = node.journal.account(known.account.id())?.filter(|account| account.closed_at.is_none());
    let Some(account) = account else { return Ok(None) };
    match party.finish_sign_in(begun, &proof, &account.id, &known.credential) {
        Ok(credential) => {
            let used = node.journal.use_passkey(&known.id, &known.credential, &credential, now)?;
            Ok(used.then_some(account))
        }
        Err(PasskeyFault::CounterWentBack) => {
            note(node, &account.id, PeopleDeed::PasskeyCopied, &account.login, None, String::new())?;
            Ok(None)
        }
        Err(_) => Ok(None),
    }
}

fn own_passkey(node: &Node, account: &AccountOwner, key: &str) -> Result<Passkey, AppError> {
    let known = node.journal.passkeys(account)?.into_iter().find(|known| short_name(&known.id) == key);
    Ok(known.ok_or(AccountFault::Passkey(PasskeyHitch::NotThere))?)
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

    fn party() -> RelyingParty {
        RelyingParty::at("https://renkei.example.jp").unwrap()
    }

    fn digest(number: usize) -> TokenDigest {
        token::digest(&number.to_string())
    }

    #[test]
    fn a_challenge_is_found_once_and_before_it_expires() {
        let ceremonies = Ceremonies::default();
        for (token, taken_at, expected) in [(1, 1_000, true), (2, 1_000 + CEREMONY_LASTS, false)] {
            ceremonies.keep_sign_in("a".to_owned(), digest(token), party().begin_sign_in().unwrap().0, 1_000);
            assert_eq!(ceremonies.take_sign_in(&digest(token), taken_at).is_some(), expected, "{token}");
            assert!(ceremonies.take_sign_in(&digest(token), taken_at).is_none(), "taken");
        }
    }

    #[test]
    fn many_strangers_displace_neither_added_keys_nor_other_networks() {
        let ceremonies = Ceremonies::default();
        let [one, other] = ["a", "b"].map(|account| AccountOwner::Account(account.to_owned()));
        let owner = PasskeyOwner { account: "a", login: "a", name: "a" };
        let begun = party().begin_adding(&owner, std::iter::empty()).unwrap().0;
        ceremonies.keep_adding(one.clone(), digest(0), begun, 1);
        let sign_in = |network: &str, token| {
            ceremonies.keep_sign_in(network.to_owned(), digest(token), party().begin_sign_in().unwrap().0, 2);
        };
        sign_in("somebody", 1);
        (0..SIGN_INS.of_one + 50).for_each(|number| sign_in("strangers", 10 + number));
        assert!(ceremonies.take_sign_in(&digest(10), 3).is_none(), "their oldest are gone");
        assert!(ceremonies.take_sign_in(&digest(1), 3).is_some(), "somebody's own is not the strangers'");
        assert!(ceremonies.take_adding(&other, &digest(1), 3).is_none());
        assert!(ceremonies.take_adding(&one, &digest(0), 3).is_some());
    }

    #[test]
    fn adding_a_key_can_be_finished_only_by_the_same_account() {
        let ceremonies = Ceremonies::default();
        let [one, other] = ["a", "b"].map(|account| AccountOwner::Account(account.to_owned()));
        let owner = PasskeyOwner { account: "a", login: "a", name: "a" };
        ceremonies.keep_adding(one, digest(0), party().begin_adding(&owner, std::iter::empty()).unwrap().0, 1);
        assert!(ceremonies.take_adding(&other, &digest(0), 2).is_none());
    }
}
