//! パスキー — signing in with a key on a device, which verifies its owner before each use (WebAuthn,
//! <https://www.w3.org/TR/webauthn-3/>). The device finds the key itself, so people type no login name. A key is valid
//! for one host name, and each answer for one origin, so another site cannot misuse an answer.
//!
//! An answer of a device is accepted only if its challenge, origin, host name and signature are right and the device
//! verified its owner (UV). Devices need not prove who made them (attestation `none`). The caller ensures that each
//! challenge is used once and before it expires.

use std::net::IpAddr;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle, Username,
};
use webauthn_rp::request::{AsciiDomain, ExtensionInfo, PublicKeyCredentialDescriptor, RpId};
use webauthn_rp::response::auth::DiscoverableAuthentication;
use webauthn_rp::response::auth::error::AuthCeremonyErr;
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthenticationServerState, DiscoverableCredentialRequestOptions,
    PublicKeyCredentialCreationOptions, RegisteredCredential, Registration, RegistrationServerState,
};

/// 証明を求める側 — this node as browsers reach it: the host name for which its passkeys are valid, and the origin of its
/// pages.
#[derive(Debug, Clone)]
pub struct RelyingParty {
    id: RpId,
    /// The origin in lower case, as browsers write it, for example `https://renkei.example.jp:8443`.
    origin: String,
}

/// パスキーの持ち主 — the data of an account that a device stores with the key and shows to its owner.
#[derive(Debug, Clone, Copy)]
pub struct PasskeyOwner<'a> {
    pub account: &'a str,
    pub login: &'a str,
    pub name: &'a str,
}

/// 追加の途中 — the stored state of a challenge for adding a key.
#[derive(Debug)]
pub struct BegunAdding(RegistrationServerState<HANDLE_BYTES>);

/// パスキーでのサインインの途中 — the stored state of a challenge for signing in.
#[derive(Debug)]
pub struct BegunSignIn(DiscoverableAuthenticationServerState);

/// 新しいパスキー — the data that is stored for a key: the id by which the device identifies the key, and the public key with
/// its counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPasskey {
    pub id: Vec<u8>,
    pub credential: Vec<u8>,
}

/// 端末の証明 — an answer of a device, parsed and not yet verified.
#[derive(Debug)]
pub struct Proof(DiscoverableAuthentication<HANDLE_BYTES>);

/// パスキーの失敗 — why an answer of a device is not accepted. `particulars` is for tests and contains no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasskeyFault {
    /// The text is not an answer of a device, or it is too long.
    Unreadable,
    /// The challenge, origin, host name, key or owner is wrong, or the device did not verify its owner.
    NotBelieved { particulars: String },
    /// Only the counter is wrong: it did not increase, so the key was probably copied.
    CounterWentBack,
}

impl std::fmt::Display for PasskeyFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PasskeyFault::Unreadable => write!(f, "パスキーの答えを読めません。もう一度行ってください。"),
            PasskeyFault::NotBelieved { particulars } => {
                write!(f, "パスキーを確かめられませんでした（{particulars}）。もう一度行ってください。")
            }
            PasskeyFault::CounterWentBack => {
                write!(f, "パスキーが複製されたおそれがあります。このパスキーを削除して、新しく追加してください。")
            }
        }
    }
}

impl std::error::Error for PasskeyFault {}

type KeptState = StaticState<CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>>;

const HANDLE_BYTES: usize = 32;
/// Number of bytes of a stored credential that change with each use; the other bytes are the public key.
const CHANGING_BYTES: usize = 7;
/// Maximum length of an answer, in bytes. With the largest RSA key that is accepted, an answer has about 6 KiB.
const MOST_BYTES_OF_ANSWER: usize = 16 << 10;

impl RelyingParty {
    /// Returns this node as reached at an origin such as `https://renkei.example.jp`. `None` if browsers offer no
    /// passkeys there: at an IP address, and without TLS (except on this machine).
    pub fn at(origin: &str) -> Option<Self> {
        let origin = origin.to_ascii_lowercase();
        let (scheme, authority) = origin.split_once("://")?;
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        };
        let is_secure = scheme == "https" || (scheme == "http" && host == "localhost");
        let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
            && host.parse::<IpAddr>().is_err();
        let id = RpId::Domain(AsciiDomain::try_from(host.to_owned()).ok()?);
        (is_secure && is_name).then_some(Self { id, origin })
    }

    /// Begins adding a key. Returns the state to store until the device answers, and its
    /// PublicKeyCredentialCreationOptions as JSON. A device that already has one of the `known` keys makes no further
    /// key.
    pub fn begin_adding(
        &self,
        owner: &PasskeyOwner<'_>,
        known: impl Iterator<Item = Vec<u8>>,
    ) -> Result<(BegunAdding, String), PasskeyFault> {
        let handle = handle_of(owner.account);
        let user = PublicKeyCredentialUserEntity {
            name: Username::try_from(owner.login).map_err(not_believed)?,
            id: &handle,
            display_name: Nickname::try_from(owner.name).ok(),
        };
        let known = known.filter_map(described).collect();
        let mut options = PublicKeyCredentialCreationOptions::passkey(&self.id, user, known);
        // This protection is requested but not required, because phones and computers do not support it. Each answer
        // must show that the device verified its owner anyway.
        options.extensions.cred_protect = CredProtect::UserVerificationRequired(ExtensionInfo::AllowDontEnforceValue);
        let (begun, asked) = options.start_ceremony().map_err(not_believed)?;
        Ok((BegunAdding(begun), serde_json::to_string(&asked).map_err(not_believed)?))
    }

    /// Verifies the answer of a device as the browser sent it, and returns the new key.
    pub fn finish_adding(&self, begun: BegunAdding, answer: &str) -> Result<NewPasskey, PasskeyFault> {
        let registration = Registration::from_json_relaxed(bounded(answer)?).map_err(|_| PasskeyFault::Unreadable)?;
        let options = RegistrationVerificationOptions::<&str, &str> {
            allowed_origins: &[&self.origin],
            // Browsers and password managers may send more extensions than were requested; these are ignored.
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::default()
        };
        let made = begun.0.verify(&self.id, &registration, &options).map_err(not_believed)?;
        Ok(NewPasskey { id: made.id().as_ref().to_vec(), credential: credential_of(&made) })
    }

    /// Begins signing in. Returns the state to store until the device answers, and its
    /// PublicKeyCredentialRequestOptions as JSON. Apart from the challenge, the options are the same for everybody.
    pub fn begin_sign_in(&self) -> Result<(BegunSignIn, String), PasskeyFault> {
        let (begun, asked) =
            DiscoverableCredentialRequestOptions::passkey(&self.id).start_ceremony().map_err(not_believed)?;
        Ok((BegunSignIn(begun), serde_json::to_string(&asked).map_err(not_believed)?))
    }

    /// Verifies that a device has proved the stored key of an account. Returns the credential that must be stored from
    /// now on.
    pub fn finish_sign_in(
        &self,
        begun: BegunSignIn,
        proof: &Proof,
        account: &str,
        credential: &[u8],
    ) -> Result<Vec<u8>, PasskeyFault> {
        let (changing, key) = parts_of(credential).ok_or(PasskeyFault::Unreadable)?;
        let static_state = KeptState::decode(key).map_err(not_believed)?;
        let dynamic_state = DynamicState::decode(changing).map_err(not_believed)?;
        let handle = handle_of(account);
        let mut kept = AuthenticatedCredential::new(proof.0.raw_id(), &handle, static_state, dynamic_state)
            .map_err(not_believed)?;
        let options = AuthenticationVerificationOptions::<&str, &str> {
            allowed_origins: &[&self.origin],
            error_on_unsolicited_extensions: false,
            ..AuthenticationVerificationOptions::default()
        };
        begun.0.verify(&self.id, &proof.0, &mut kept, &options).map_err(|fault| match fault {
            AuthCeremonyErr::SignatureCounter => PasskeyFault::CounterWentBack,
            other => not_believed(other),
        })?;
        let Ok(changed) = kept.dynamic_state().encode();
        Ok([&changed[..], key].concat())
    }
}

impl Proof {
    /// Parses the answer of a device as the browser sent it.
    pub fn read(answer: &str) -> Result<Self, PasskeyFault> {
        let read = DiscoverableAuthentication::from_json_relaxed(bounded(answer)?);
        read.map(Self).map_err(|_| PasskeyFault::Unreadable)
    }

    /// Returns the id by which the device identifies its key.
    pub fn passkey_id(&self) -> Vec<u8> {
        self.0.raw_id().as_ref().to_vec()
    }
}

/// Returns a short name of a key for addresses of pages, in 32 hexadecimal digits.
pub fn short_name(id: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(id)[..16])
}

/// Returns the user handle by which a device identifies an account. It reveals nothing about the account and never
/// changes. If a device makes a second key for the account, that key replaces the first.
fn handle_of(account: &str) -> UserHandle<HANDLE_BYTES> {
    let digest: [u8; HANDLE_BYTES] = Sha256::digest(format!("renkei passkey {account}")).into();
    let Ok(handle) = UserHandle::decode(digest);
    handle
}

fn described(id: Vec<u8>) -> Option<PublicKeyCredentialDescriptor<Vec<u8>>> {
    // The stored transports are only hints for the browser, which can do without them.
    let transports = AuthTransports::decode(0).ok()?;
    Some(PublicKeyCredentialDescriptor { id: CredentialId::decode(id).ok()?, transports })
}

fn credential_of(made: &RegisteredCredential<'_, HANDLE_BYTES>) -> Vec<u8> {
    let (key, state) = (made.static_state(), made.dynamic_state());
    let (Ok(key), Ok(changing)) = (key.encode(), state.encode());
    [&changing[..], &key].concat()
}

fn parts_of(credential: &[u8]) -> Option<([u8; CHANGING_BYTES], &[u8])> {
    let (changing, key) = credential.split_at_checked(CHANGING_BYTES)?;
    Some((changing.try_into().ok()?, key))
}

fn bounded(answer: &str) -> Result<&[u8], PasskeyFault> {
    if answer.len() > MOST_BYTES_OF_ANSWER { Err(PasskeyFault::Unreadable) } else { Ok(answer.as_bytes()) }
}

fn not_believed(fault: impl std::fmt::Display) -> PasskeyFault {
    PasskeyFault::NotBelieved { particulars: fault.to_string() }
}
