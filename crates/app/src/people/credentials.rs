//! 認証手段 — the credentials of an account: the password, one-time codes, passkeys, and identities at external issuers. The
//! same rules apply to each of them, and this file is the only way to change them:
//!
//! - To add, change or remove a credential, a person must have proved in this session, within the last five minutes, who
//!   they are: by the password, a passkey, or the external issuer. Signing in by any of these is such a proof.
//! - The change and its entry in the log are stored together. The pages tell the owner of it until they have seen it.
//! - A change that replaces or removes a credential ends the account's other sessions, its sign-ins under way and its
//!   unused links. A reset also removes all other credentials and the known browsers.

use renkei_identity::passkey::short_name;
use renkei_identity::token;
use renkei_journal::{Account, AccountDeed, CredentialChange, Session, Times};

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::people::accounts::find_account;
use crate::people::fault::AccountFault;
use crate::people::log::{PeopleDeed, new_deed};
use crate::people::sessions::Sessions;
use crate::people::visitor::Visitor;

/// How long a proof is valid, in milliseconds.
pub(crate) const PROOF_LASTS: u64 = 5 * 60_000;
/// Number of log entries that are searched for changes of one account's credentials.
const MOST_READ: u32 = 1_000;
const MOST_RECENT: usize = 20;

/// 認証手段の種類 — the kinds of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    Password,
    OneTime,
    Passkey,
    Outside,
}

/// 認証手段 — one credential of the visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub kind: CredentialKind,
    /// Short name of the credential in forms, if an account may have several of this kind; else empty.
    pub key: String,
    /// The name of the passkey, or of the person at the issuer; else empty.
    pub name: String,
    pub times: Times,
}

/// 知らせ — a change of the visitor's credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Number of the entry in the log.
    pub number: u64,
    pub done_at: u64,
    pub done_by: Doer,
    pub deed: PeopleDeed,
    pub detail: String,
}

/// 行った人 — who changed a credential, as its owner is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doer {
    /// Somebody in a session of the account itself, or by its link.
    Oneself,
    /// Another account, by its login name.
    Administrator(String),
    /// A person at the machine of the node.
    Machine,
}

/// Returns the credentials of the visitor: password, one-time codes, then passkeys and external identities.
pub fn own_credentials(node: &Node, visitor: &Visitor) -> Result<Vec<Credential>, AppError> {
    let account = visitor.account_owner()?;
    let known = find_account(node, account.id())?;
    let plain = |kind, times| Credential { kind, key: String::new(), name: String::new(), times };
    let password = known.password.as_ref().map(|_| plain(CredentialKind::Password, known.password_times));
    let one_time = known.one_time_secret.as_ref().map(|_| plain(CredentialKind::OneTime, known.one_time_times));
    let passkeys = node.journal.passkeys(&account)?.into_iter().map(|known| Credential {
        kind: CredentialKind::Passkey,
        key: short_name(&known.id),
        name: known.name,
        times: Times { made_at: Some(known.made_at), used_at: known.used_at },
    });
    let outside = node.journal.outside_identities(&account)?.into_iter().map(|known| Credential {
        kind: CredentialKind::Outside,
        key: outside_key(&known.issuer, &known.subject),
        name: if known.name.is_empty() { known.subject } else { known.name },
        times: known.times,
    });
    Ok(password.into_iter().chain(one_time).chain(passkeys).chain(outside).collect())
}

/// Returns the short name of an external identity in forms.
pub(crate) fn outside_key(issuer: &str, subject: &str) -> String {
    // The digest of a token ignores all characters except letters and digits, so the text is encoded first.
    let text = data_encoding::HEXLOWER.encode(format!("{issuer}\n{subject}").as_bytes());
    data_encoding::HEXLOWER.encode(&token::digest(&text)[..16])
}

/// Whether the visitor proved in this session, a short time ago, who they are.
pub fn is_proved(node: &Node, visitor: &Visitor, session: &str) -> Result<bool, AppError> {
    match proved_session(node, visitor, session) {
        Ok(_) => Ok(true),
        Err(AppError::Account(AccountFault::ProofMissing)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

/// Returns the session of the visitor; `Err(AccountFault::ProofMissing)` if it has no recent proof.
pub(crate) fn proved_session(node: &Node, visitor: &Visitor, session: &str) -> Result<Session, AppError> {
    let (account, now) = (visitor.account_owner()?, node.now_millis());
    let known = node.journal.session(&token::digest(session))?;
    let is_proved = |known: &Session| {
        let recent = known.proved_at.is_some_and(|at| now.saturating_sub(at) < PROOF_LASTS);
        known.account == account && known.ended_at.is_none() && recent
    };
    Ok(known.filter(is_proved).ok_or(AccountFault::ProofMissing)?)
}

/// Changes a credential of the visitor, by the rules above. The log says by which device it was done, and `name`, the
/// name of the credential. Returns false if the change does not apply; then nothing is changed and logged.
pub(crate) fn change_own(
    node: &Node,
    visitor: &Visitor,
    session: &str,
    change: CredentialChange<'_>,
    (deed, name): (PeopleDeed, &str),
) -> Result<bool, AppError> {
    let proved = proved_session(node, visitor, session)?;
    let account = find_account(node, proved.account.id())?;
    let detail = [name, &proved.device].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ・ ");
    let deed = new_deed(node, &account.id, deed, &account.login, None, detail)?;
    change_of(node, &account, change, Some(session), &deed)
}

/// Changes a credential of an account for a person who is authorised in another way: by a link, or at the machine.
pub(crate) fn change_of(
    node: &Node,
    account: &Account,
    change: CredentialChange<'_>,
    keep: Option<&str>,
    deed: &AccountDeed,
) -> Result<bool, AppError> {
    let keep = keep.map(token::digest);
    let changed = node.journal.change_credential(&account.owner(), change, keep.as_ref(), deed)?;
    node.memory::<Sessions>().changed(&account.owner());
    Ok(changed)
}

/// Returns the changes of the visitor's credentials that they have not seen yet, newest first.
pub fn notices(node: &Node, visitor: &Visitor) -> Result<Vec<Notice>, AppError> {
    let Some(account) = &visitor.account else { return Ok(Vec::new()) };
    let account = find_account(node, account)?;
    let notices = notices_of(node, &account)?.into_iter();
    Ok(notices.filter(|notice| notice.number > account.told_until).collect())
}

/// Returns the last changes of the visitor's credentials, newest first.
pub fn recent_changes(node: &Node, visitor: &Visitor) -> Result<Vec<Notice>, AppError> {
    let account = find_account(node, visitor.account_owner()?.id())?;
    Ok(notices_of(node, &account)?.into_iter().take(MOST_RECENT).collect())
}

/// Records that the visitor has seen the notices up to this number. Requires a recent proof, so that a person with a
/// borrowed session cannot hide a notice from the owner.
pub fn see_notices(node: &Node, visitor: &Visitor, session: &str, until: u64) -> Result<(), AppError> {
    let proved = proved_session(node, visitor, session)?;
    let shown = notices(node, visitor)?.into_iter().map(|notice| notice.number).max();
    Ok(node.journal.see_deeds(proved.account.id(), until.min(shown.unwrap_or_default()))?)
}

fn notices_of(node: &Node, account: &Account) -> Result<Vec<Notice>, AppError> {
    let notice = |(number, known): (u64, AccountDeed)| {
        let deed = PeopleDeed::of_key(&known.deed).filter(|deed| deed.concerns_credentials())?;
        let done_by = match known.done_by {
            by if by.is_empty() => Doer::Machine,
            by if by == account.login => Doer::Oneself,
            by => Doer::Administrator(by),
        };
        Some(Notice { number, done_at: known.done_at, done_by, deed, detail: known.detail })
    };
    let deeds = node.journal.deeds_about(&account.login, MOST_READ)?;
    Ok(deeds.into_iter().filter_map(notice).collect())
}
