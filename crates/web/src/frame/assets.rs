//! Files that pages load: one style sheet and a few scripts of our own, built into the program.

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use data_encoding::HEXLOWER;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::frame::answer::Answer;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Assets;

pub static STYLE_ADDRESS: LazyLock<String> = LazyLock::new(|| versioned("style.css"));
pub static TYPING_SCRIPT_ADDRESS: LazyLock<String> = LazyLock::new(|| versioned("typing.js"));
pub static PLAN_SCRIPT_ADDRESS: LazyLock<String> = LazyLock::new(|| versioned("plan.js"));

/// The address of the script that asks devices for passkeys.
pub static PASSKEY_ADDRESS: LazyLock<String> = LazyLock::new(|| versioned("passkey.js"));

/// Returns the address of a file. It changes with the file's content, so that browsers may cache the file.
fn versioned(name: &str) -> String {
    let digest = Sha256::digest(content(name).unwrap_or_default());
    let version = HEXLOWER.encode(&digest[..6]);
    format!("/assets/{name}?v={version}")
}

fn content(name: &str) -> Option<Vec<u8>> {
    Assets::get(name).map(|file| file.data.into_owned())
}

/// Returns one of the files, by its name.
pub fn asset(name: &str) -> Option<Answer> {
    let content_type = match name.rsplit_once('.')?.1 {
        "css" => HeaderValue::from_static("text/css; charset=utf-8"),
        "js" => HeaderValue::from_static("text/javascript; charset=utf-8"),
        _ => return None,
    };
    let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
    Some(Answer::text(content_type, content(name)?).with_header(header::CACHE_CONTROL, keep))
}
