//! `renkei serve` — the pages.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use renkei_app::{Context, Renkei};
use renkei_web::Entrance;

use crate::arguments::{Entry, Serve};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn serve(task: Serve, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = surroundings.data(task.data.data)?;
    open_and_serve(&data, task.entry, |_| Ok(()))
}

/// Opens the data, prepares it and serves it: with sign-in where there are accounts.
pub fn open_and_serve(
    data: &Path,
    entry: Entry,
    prepare: impl FnOnce(&Renkei) -> Result<(), Failure>,
) -> Result<ExitCode, Failure> {
    // First the door: a wrong address or certificate is told before anything is made.
    let door = entry.door().open().map_err(Failure::Serve)?;
    let renkei = Renkei::open(data, Context::of_this_machine())?;
    prepare(&renkei)?;
    let entrance = if renkei.has_accounts()? { Entrance::SignIn } else { Entrance::local_operator() };
    door.require(entrance.signs_in()).map_err(Failure::Serve)?;
    door.notices.iter().for_each(|notice| eprintln!("{notice}"));
    println!("{} で見られます。終えるには Ctrl+C を押してください。", door.address);
    // Whoever waits for the address reads it through a pipe.
    std::io::stdout().flush().map_err(Failure::Runtime)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Runtime)?;
    runtime.block_on(renkei_web::serve(Arc::new(renkei), entrance, door)).map_err(Failure::Serve)?;
    Ok(ExitCode::SUCCESS)
}
