//! `renkei serve` — serves the pages.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use renkei_app::{AppError, Context, Node, OidcSettings, OutsideDoor, people};
use renkei_web::Entrance;

use crate::arguments::{Entry, Outside, Serve};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn serve(task: Serve, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = surroundings.data(task.data.data)?;
    open_and_serve(&data, task.entry, task.outside, |_| Ok(()))
}

/// Opens the data, calls `prepare`, and serves the pages. If the data contains accounts, people must sign in.
pub fn open_and_serve(
    data: &Path,
    entry: Entry,
    outside: Outside,
    prepare: impl FnOnce(&Node) -> Result<(), Failure>,
) -> Result<ExitCode, Failure> {
    // Opens the address first, so that a wrong address or certificate is reported before any data is created.
    let door = entry.door().open().map_err(Failure::Serve)?;
    let outside = outside_door(outside, &door.address)?;
    let node = Node::open(data, Context::of_this_machine())?;
    prepare(&node)?;
    let entrance = if people::has_accounts(&node)? { Entrance::SignIn } else { Entrance::local_operator() };
    door.require(entrance.signs_in()).map_err(Failure::Serve)?;
    if let Some(outside) = outside {
        // People who sign in through an issuer need an account on this node, so a node without accounts is refused
        // here.
        entrance.signs_in().then_some(()).ok_or_else(|| Failure::Serve(door.no_sign_in()))?;
        people::open_outside_door(&node, outside);
    }
    door.notices.iter().for_each(|notice| eprintln!("{notice}"));
    println!("{} で見られます。終えるには Ctrl+C を押してください。", door.address);
    // Flushes the line with the address, so that a program that reads it through a pipe gets it now.
    std::io::stdout().flush().map_err(Failure::Runtime)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Runtime)?;
    runtime.block_on(renkei_web::serve(Arc::new(node), entrance, door)).map_err(Failure::Serve)?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the external issuer for signing in; `None` if no issuer is named.
fn outside_door(asked: Outside, address: &str) -> Result<Option<OutsideDoor>, Failure> {
    let (Some(issuer), Some(client), Some(secret)) = (asked.oidc_issuer, asked.oidc_client, asked.oidc_secret_file)
    else {
        return Ok(None);
    };
    let read = |path: &Path| std::fs::read(path).map_err(Failure::file(path));
    let secret = String::from_utf8_lossy(&read(&secret)?).trim().to_owned();
    let authority = asked.oidc_ca.as_deref().map(read).transpose()?;
    let back = format!("{address}sign-in/oidc/back");
    let settings = OidcSettings { issuer, client, secret, back, authority };
    OutsideDoor::of(settings, asked.oidc_label).map(Some).map_err(|fault| Failure::App(AppError::Outside(fault)))
}
