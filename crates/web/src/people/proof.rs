//! 本人の確認: before a credential is added, changed or removed, the visitor proves who they are. The page shows the form for
//! the proof and carries the fields of the requested change, so that one more click does both.

use askama::Template;
use axum::http::StatusCode;
use renkei_app::{AccountFault, AppError, CredentialKind, PasskeyKnock, people};

use crate::frame::address::{local_path, with_then};
use crate::frame::answer::Answer;
use crate::frame::around::{Frame, Place};
use crate::frame::page::{html, unkept};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::passkey_script::passkey_script;
use crate::people::sign_in::sentence;

#[derive(Template)]
#[template(path = "people/proof.html")]
struct ProofPage {
    frame: Frame,
    fault: Option<String>,
    /// The address to which the forms for the proof are sent.
    action: String,
    /// The fields of the requested change.
    fields: Vec<(String, String)>,
    /// Address of the script that asks a device for a passkey; `None` if the visitor cannot use a passkey here.
    passkey_script: Option<&'static str>,
    /// The issuer's name, and the address that leads there; `None` if the visitor has no identity there.
    outside: Option<(String, String)>,
}

const PLACE: &str = "/me/proof";

/// Shows the form for the proof. Afterwards the visitor returns to the page `then`.
pub fn proof(ask: &Ask<'_>) -> Result<Answer, Problem> {
    before(ask, ask.query.get("then").unwrap_or_default())
}

pub fn prove(deed: &Deed<'_>) -> Result<Done, Problem> {
    with_proof(deed, &["then"], || Ok(Done::See(local_path(&deed.form.get("then")).unwrap_or("/me").to_owned())))
}

/// Returns the form for a proof that is required before the page at `then` can be shown.
pub(crate) fn before(ask: &Ask<'_>, then: &str) -> Result<Answer, Problem> {
    let then = local_path(then).unwrap_or("/me").to_owned();
    page(ask, PLACE, vec![("then".to_owned(), then.clone())], &then, None)
}

/// Does a deed that requires a recent proof. Without a proof, returns the form for it, which carries those fields of the
/// deed that `carried` names. Secrets must not be among them.
pub(crate) fn with_proof(
    deed: &Deed<'_>,
    carried: &[&str],
    act: impl FnOnce() -> Result<Done, Problem>,
) -> Result<Done, Problem> {
    let (ask, (_, session)) = (&deed.ask, own(&deed.ask));
    let fault = match given_proof(deed) {
        Ok(()) => None,
        Err(AppError::Account(fault)) => Some(fault),
        Err(fault) => return Err(fault.into()),
    };
    if fault.is_none() && people::is_proved(&ask.site.node, ask.visitor, session)? {
        return act();
    }
    let fields =
        deed.form.fields().into_iter().filter(|(name, _)| carried.contains(&name.as_str())).collect::<Vec<_>>();
    let then = match fields.as_slice() {
        _ if people::outside_name(&ask.site.node).is_none() => "/me".to_owned(),
        _ if ask.path == PLACE => local_path(&deed.form.get("then")).unwrap_or("/me").to_owned(),
        [] => "/me".to_owned(),
        fields => format!("/unsent/{}", people::keep_unsent(&ask.site.node, ask.visitor, ask.path, fields)?),
    };
    let told = fault.map(|fault| sentence(ask, &fault));
    Ok(Done::Shown(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page(ask, ask.path, fields, &then, told)?)))
}

/// Checks the proof that a form contains, if it contains one.
fn given_proof(deed: &Deed<'_>) -> Result<(), AppError> {
    let (ask, (_, session)) = (&deed.ask, own(&deed.ask));
    let (node, caller) = (&ask.site.node, ask.caller);
    match deed.form.get("proof").as_str() {
        "password" => people::prove_by_password(node, ask.visitor, session, &deed.form.get("now")),
        "passkey" => {
            let answer = deed.form.get("answer");
            let knock = PasskeyKnock {
                carried: caller.passkey.as_deref().unwrap_or_default(),
                answer: &answer,
                origin: &caller.origin,
                address: &caller.address,
                device: &caller.device,
                browser: &caller.browser,
            };
            people::prove_by_passkey(node, ask.visitor, session, &knock)
        }
        _ => Ok(()),
    }
}

fn page(
    ask: &Ask<'_>,
    action: &str,
    fields: Vec<(String, String)>,
    then: &str,
    fault: Option<String>,
) -> Result<Answer, Problem> {
    let node = &ask.site.node;
    let credentials = people::own_credentials(node, ask.visitor)?;
    let has = |kind| credentials.iter().any(|known| known.kind == kind);
    let outside = people::outside_name(node).filter(|_| has(CredentialKind::Outside));
    let page = ProofPage {
        frame: Frame::of(ask.visitor, ask.moment, say(ask.visitor.language, "本人の確認"), Place::Me, ""),
        fault,
        action: action.to_owned(),
        fields,
        passkey_script: passkey_script(ask).filter(|_| has(CredentialKind::Passkey)),
        outside: outside.map(|name| (name, with_then("/sign-in/oidc", then))),
    };
    html(&page).map(unkept)
}

/// Returns the visitor's account and the token of their session; empty for a visitor without them.
pub(crate) fn own<'a>(ask: &'a Ask<'_>) -> (&'a str, &'a str) {
    (ask.visitor.account.as_deref().unwrap_or_default(), ask.caller.session.as_deref().unwrap_or_default())
}

/// Returns whether the fault is that a proof is missing.
pub(crate) fn is_missing_proof(fault: &AppError) -> bool {
    matches!(fault, AppError::Account(AccountFault::ProofMissing))
}
