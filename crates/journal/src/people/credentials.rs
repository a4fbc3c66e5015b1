//! 認証手段の変更 — the changes of the credentials of an account: password, one-time codes, passkeys, identities at external
//! issuers. Each change is stored together with its log entry and with what it ends, or not at all.

use crate::people::accounts::Times;
use crate::people::passkeys::Passkey;

/// 認証手段の変更 — one change of the credentials of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialChange<'a> {
    /// Sets the hash of the password.
    Password {
        hash: &'a str,
    },
    /// Turns on one-time codes. The code of the time step `step` confirmed the secret and is used.
    OneTimeOn {
        secret: &'a [u8],
        step: u64,
    },
    OneTimeOff,
    PasskeyAdded(&'a Passkey),
    PasskeyRenamed {
        id: &'a [u8],
        name: &'a str,
    },
    PasskeyRemoved {
        id: &'a [u8],
    },
    /// Binds a subject of an issuer, unless the account has `most` identities. `name` is only displayed.
    OutsideBound {
        issuer: &'a str,
        subject: &'a str,
        name: &'a str,
        most: u32,
    },
    OutsideUnbound {
        issuer: &'a str,
        subject: &'a str,
    },
    /// Sets the first password by an invitation.
    Invited {
        link: &'a [u8; 32],
        hash: &'a str,
    },
    /// Sets a new password by a link for a reset, and removes all other credentials and the known browsers.
    Reset {
        link: &'a [u8; 32],
        hash: &'a str,
    },
}

impl CredentialChange<'_> {
    /// Whether the change ends other sessions, sign-ins under way and unused links. A change that only adds or renames a
    /// credential ends nothing.
    pub(crate) fn ends_others(self) -> bool {
        !matches!(self, Self::PasskeyAdded(_) | Self::PasskeyRenamed { .. } | Self::OutsideBound { .. })
    }
}

/// 外部の身元 — an identity at an external issuer that is bound to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideIdentity {
    pub issuer: String,
    pub subject: String,
    /// The name of the person at the issuer; empty if it is not known.
    pub name: String,
    pub times: Times,
}
