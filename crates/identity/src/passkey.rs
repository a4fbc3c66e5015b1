//! パスキー — signing in by a key that a device keeps and uses for nobody before it has made sure of its owner (WebAuthn,
//! <https://www.w3.org/TR/webauthn-3/>). The device finds the key itself: no login name is typed. A key is for one host name
//! and an answer for one origin, so no other site can pass it on.
//!
//! What a device answers is believed once its challenge, origin, host name and signature are right and the owner was verified
//! (UV). Who made the device is not asked for (attestation `none`). Whoever calls takes a begun ceremony once and in time.

use std::net::IpAddr;

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

/// 証明を求める側 — this node as browsers reach it: the host name that its passkeys are for, and the origin of its pages.
#[derive(Debug, Clone)]
pub struct RelyingParty {
    id: RpId,
    /// `https://renkei.example.jp:8443`, in small letters, as browsers write it.
    origin: String,
}

/// パスキーの持ち主 — what a device notes beside the key, to show it to its owner.
#[derive(Debug, Clone, Copy)]
pub struct PasskeyOwner<'a> {
    pub account: &'a str,
    pub login: &'a str,
    pub name: &'a str,
}

/// 追加の途中 — a device was asked for a new key.
#[derive(Debug)]
pub struct BegunAdding(RegistrationServerState<HANDLE_BYTES>);

/// パスキーでのサインインの途中 — a device was asked to prove a key.
#[derive(Debug)]
pub struct BegunSignIn(DiscoverableAuthenticationServerState);

/// 新しいパスキー — what is kept of a key: what the device calls it, and its public half with its counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPasskey {
    pub id: Vec<u8>,
    pub credential: Vec<u8>,
}

/// 端末の証明 — what a device answered, read and not yet believed.
#[derive(Debug)]
pub struct Proof(DiscoverableAuthentication<HANDLE_BYTES>);

/// パスキーの失敗 — why a device's answer is not believed. The particulars are for tests and tell no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasskeyFault {
    /// No answer of a device at all, or too long for one.
    Unreadable,
    /// Another challenge, origin, host name, key or owner, or nobody was verified.
    NotBelieved { particulars: String },
    /// All is right but the counter, which did not go on: there are two of this key.
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
/// Of a kept credential, what changes with each use; the rest is the public key.
const CHANGING_BYTES: usize = 7;
/// The answer of a device with the largest RSA key that is taken is some 6 KiB long.
const MOST_BYTES_OF_ANSWER: usize = 16 << 10;

impl RelyingParty {
    /// This node as it is asked at an origin (`https://renkei.example.jp`). None where browsers have no passkeys: under an IP
    /// address, which is no host name, and in the clear but on this machine.
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

    /// What to keep until the device has answered, and what to ask it: PublicKeyCredentialCreationOptions as JSON. A device that
    /// holds one of the `known` keys makes no other.
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
        // Telephones and computers do not know this protection: to insist on it would leave security keys alone. That the owner
        // is verified is looked at with each answer.
        options.extensions.cred_protect = CredProtect::UserVerificationRequired(ExtensionInfo::AllowDontEnforceValue);
        let (begun, asked) = options.start_ceremony().map_err(not_believed)?;
        Ok((BegunAdding(begun), serde_json::to_string(&asked).map_err(not_believed)?))
    }

    /// The key that a device made, from what the browser says it answered.
    pub fn finish_adding(&self, begun: BegunAdding, answer: &str) -> Result<NewPasskey, PasskeyFault> {
        let registration = Registration::from_json_relaxed(bounded(answer)?).map_err(|_| PasskeyFault::Unreadable)?;
        let options = RegistrationVerificationOptions::<&str, &str> {
            allowed_origins: &[&self.origin],
            // Browsers and key rings tell more than they are asked; none of it is used.
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::default()
        };
        let made = begun.0.verify(&self.id, &registration, &options).map_err(not_believed)?;
        Ok(NewPasskey { id: made.id().as_ref().to_vec(), credential: credential_of(&made) })
    }

    /// What to keep until the device has answered, and what to ask it: PublicKeyCredentialRequestOptions as JSON, the same for
    /// whoever asks.
    pub fn begin_sign_in(&self) -> Result<(BegunSignIn, String), PasskeyFault> {
        let (begun, asked) =
            DiscoverableCredentialRequestOptions::passkey(&self.id).start_ceremony().map_err(not_believed)?;
        Ok((BegunSignIn(begun), serde_json::to_string(&asked).map_err(not_believed)?))
    }

    /// Whether a device proved the key that is kept for an account: then the credential as it is to be kept from now on.
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
    /// Reads what the browser says a device answered.
    pub fn read(answer: &str) -> Result<Self, PasskeyFault> {
        let read = DiscoverableAuthentication::from_json_relaxed(bounded(answer)?);
        read.map(Self).map_err(|_| PasskeyFault::Unreadable)
    }

    /// What the device calls its key.
    pub fn passkey_id(&self) -> Vec<u8> {
        self.0.raw_id().as_ref().to_vec()
    }
}

/// A short name of a key, for addresses of pages: 32 hexadecimal digits.
pub fn short_name(id: &[u8]) -> String {
    Sha256::digest(id)[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a device knows an account by. It tells nothing of it, and stays the same: a device that makes a second key for one
/// account replaces the first.
fn handle_of(account: &str) -> UserHandle<HANDLE_BYTES> {
    let digest: [u8; HANDLE_BYTES] = Sha256::digest(format!("renkei passkey {account}")).into();
    let Ok(handle) = UserHandle::decode(digest);
    handle
}

fn described(id: Vec<u8>) -> Option<PublicKeyCredentialDescriptor<Vec<u8>>> {
    // By which way a device is reached is a hint that browsers do without.
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
