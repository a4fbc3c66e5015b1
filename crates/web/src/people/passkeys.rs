//! パスキー: signing in with a passkey, and the passkeys of the visitor. A script fetches the options for the device
//! (JSON), asks the device, and puts its answer into the form around the button. The form is then sent like any other
//! form.

use axum::http::{HeaderValue, StatusCode, header};
use renkei_app::{AccountFault, Answered, AppError, PasskeyKnock, people};
use serde::Deserialize;

use crate::frame::answer::Answer;
use crate::frame::cookies::{self, Carried};
use crate::frame::phrases::say;
use crate::frame::problem::Problem;
use crate::frame::route::{Ask, Deed, Done};
use crate::people::me::{Said, after, me_page};
use crate::people::proof::{own, with_proof};
use crate::people::sign_in::{asked_to_wait, let_in, sentence, sign_in_page, waiting};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Returns the options with which the script asks a device for a passkey to sign in.
pub fn ask_for_passkey(deed: &Deed<'_>) -> Result<Done, Problem> {
    let ask = &deed.ask;
    match people::begin_passkey_sign_in(&ask.site.node, &ask.caller.origin, &ask.caller.address, &ask.caller.browser) {
        Ok((asked, token)) => {
            let carried = cookies::carry(Carried::Passkey, token.text(), ask.site.gate.is_https());
            let answer = Answer::text(JSON, asked).with_header(header::SET_COOKIE, carried);
            Ok(Done::Shown(StatusCode::OK, Box::new(answer)))
        }
        Err(fault) => not_asked(ask, fault),
    }
}

/// Signs a person in with the answer of their device.
pub fn enter_by_passkey(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, then, answer) = (&deed.ask, deed.form.get("then"), deed.form.get("answer"));
    let knock = PasskeyKnock {
        carried: ask.caller.passkey.as_deref().unwrap_or_default(),
        answer: &answer,
        origin: &ask.caller.origin,
        address: &ask.caller.address,
        device: &ask.caller.device,
        browser: &ask.caller.browser,
    };
    let fault = match people::sign_in_by_passkey(&ask.site.node, &knock) {
        Ok(Answered::In(entered)) => {
            let Done::Pass { to, mut cookies } = let_in(ask, &entered, &then) else { return Err(Problem::Broken) };
            cookies.push(cookies::drop(Carried::Passkey, ask.site.gate.is_https()));
            return Ok(Done::Pass { to, cookies });
        }
        Ok(Answered::Wait { seconds, .. }) => {
            let page = sign_in_page(ask, &then, "", Some(waiting(ask, seconds)))?;
            return Ok(asked_to_wait(page, seconds));
        }
        Ok(_) => say(
            ask.visitor.language,
            "このパスキーでは入れません。削除されたものでないか確かめるか、ログイン名とパスワードでサインインしてください。",
        )
        .to_owned(),
        Err(AppError::Account(fault)) => sentence(ask, &fault),
        Err(fault) => return Err(fault.into()),
    };
    let page = sign_in_page(ask, &then, "", Some(fault))?;
    Ok(Done::Shown(StatusCode::UNPROCESSABLE_ENTITY, Box::new(page)))
}

/// Returns the options with which the script asks a device to make a new passkey for the visitor.
pub fn ask_for_new_passkey(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, (_, session)) = (&deed.ask, own(&deed.ask));
    match people::begin_adding_passkey(&ask.site.node, ask.visitor, session, &ask.caller.origin) {
        Ok(asked) => Ok(Done::Shown(StatusCode::OK, Box::new(Answer::text(JSON, asked)))),
        Err(fault) => not_asked(ask, fault),
    }
}

/// Adds a passkey that a device has made. Without an answer of a device, a proof was asked for in between, and the form
/// is shown again with the typed name.
pub fn add_passkey(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, (_, session)) = (&deed.ask, own(&deed.ask));
    let [name, answer] = ["name", "answer"].map(|field| deed.form.get(field));
    with_proof(deed, &["name"], || {
        if answer.is_empty() || deed.form.get("proof") == "passkey" {
            let next = say(
                ask.visitor.language,
                "本人であることを確かめました。もう一度「パスキーを追加する」を押してください。",
            );
            let said = Said { done: Some(next), passkey_name: name, ..Said::default() };
            return Ok(Done::Again(Box::new(me_page(ask, said)?)));
        }
        let names = [name.as_str(), ask.caller.device.as_str()];
        let (node, origin) = (&ask.site.node, &ask.caller.origin);
        match people::finish_adding_passkey(node, ask.visitor, session, names, &answer, origin) {
            Err(AppError::Account(fault)) => {
                let said = Said { fault: Some(sentence(ask, &fault)), passkey_name: name, ..Said::default() };
                Ok(Done::Again(Box::new(me_page(ask, said)?)))
            }
            added => after(ask, added, "/me?done=passkey"),
        }
    })
}

/// The form for one passkey: its new name, or its removal.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PasskeyForm {
    r#do: PasskeyDeed,
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PasskeyDeed {
    Rename,
    #[default]
    #[serde(other)]
    Remove,
}

/// Renames or removes one of the visitor's own passkeys.
pub fn change_passkey(deed: &Deed<'_>) -> Result<Done, Problem> {
    let (ask, (_, session), key) = (&deed.ask, own(&deed.ask), deed.ask.part("key"));
    let (node, form) = (&ask.site.node, deed.form.parsed::<PasskeyForm>().unwrap_or_default());
    with_proof(deed, &["do", "name"], || match form.r#do {
        PasskeyDeed::Rename => {
            let renamed = people::rename_passkey(node, ask.visitor, session, key, &form.name);
            after(ask, renamed, "/me?done=passkey-name")
        }
        PasskeyDeed::Remove => {
            let removed = people::remove_passkey(node, ask.visitor, session, key);
            after(ask, removed, "/me?done=passkey-off")
        }
    })
}

/// Returns the fault as JSON, which the script shows.
fn not_asked(ask: &Ask<'_>, fault: AppError) -> Result<Done, Problem> {
    let AppError::Account(fault) = fault else { return Err(fault.into()) };
    // Without a proof, the script sends the form as it is, and the form for the proof is shown.
    let needs_proof = fault == AccountFault::ProofMissing;
    let told = serde_json::json!({ "fault": sentence(ask, &fault), "proof": needs_proof }).to_string();
    Ok(Done::Shown(StatusCode::UNPROCESSABLE_ENTITY, Box::new(Answer::text(JSON, told))))
}
