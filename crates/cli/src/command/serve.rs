//! `renkei serve` and `renkei demo` — the pages.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use renkei_app::{Context, Press, Renkei, access};
use renkei_sample::history;
use renkei_web::Entrance;

use crate::arguments::{Entry, Serve};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::surroundings::Surroundings;

/// The invented city and the years that the demonstration shows.
const DEMO_SEED: u64 = 8;
const DEMO_FIRST_YEAR: i16 = 2025;
const DEMO_YEARS: u16 = 2;

pub fn serve(task: Serve, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = surroundings.data(task.data.data)?;
    open_and_serve(&data, task.entry, |_| Ok(()))
}

/// Loads the sample into a data directory of its own where that is empty, and serves it.
pub fn demo(task: Serve, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = match task.data.data {
        Some(named) => named,
        None => surroundings.data(None)?.join("demo"),
    };
    open_and_serve(&data, task.entry, load_sample)
}

fn open_and_serve(
    data: &Path,
    entry: Entry,
    prepare: impl FnOnce(&Renkei) -> Result<(), Failure>,
) -> Result<ExitCode, Failure> {
    // First the door: a wrong address or certificate is told before anything is made.
    let door = entry.door().open().map_err(Failure::Serve)?;
    let renkei = Renkei::open(data, Context::of_this_machine())?;
    prepare(&renkei)?;
    let entrance = Entrance::local_operator();
    door.require(entrance.signs_in()).map_err(Failure::Serve)?;
    door.notices.iter().for_each(|notice| eprintln!("{notice}"));
    println!("{} で見られます。終えるには Ctrl+C を押してください。", door.address);
    // Whoever waits for the address reads it through a pipe.
    std::io::stdout().flush().map_err(Failure::Runtime)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Runtime)?;
    runtime.block_on(renkei_web::serve(Arc::new(renkei), entrance, door)).map_err(Failure::Serve)?;
    Ok(ExitCode::SUCCESS)
}

fn load_sample(renkei: &Renkei) -> Result<(), Failure> {
    if renkei.state().position > 0 {
        return Ok(());
    }
    let _progress = Progress::of("見本を読み込んでいます");
    for (year, document) in history(DEMO_SEED, DEMO_FIRST_YEAR, DEMO_YEARS) {
        let name = format!("見本_{year}年度.txt");
        renkei.import(access::local_operator(), &name, document.as_bytes())?;
    }
    // Without the fonts there is no edition to show; all else can be tried.
    if let Ok(press) = Press::find() {
        renkei.freeze_edition(access::local_operator(), None, None, &press)?;
    }
    Ok(())
}
