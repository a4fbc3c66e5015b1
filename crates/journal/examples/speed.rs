//! Measures how fast the journal appends, reads, verifies and copies:
//! `cargo run --release -p renkei-journal --example speed`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use renkei_document::time::Hlc;
use renkei_journal::{ChainKey, Journal, NewEvent, Position, RestoreKey, restore};

const EVENTS: u64 = 50_000;
const SINGLE: u64 = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory = std::env::args_os().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    let directory = directory.join(format!("renkei-speed-{}", std::process::id()));
    let measured = measure(&directory);
    std::fs::remove_dir_all(&directory)?;
    measured
}

fn measure(directory: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let journal = Journal::open(&directory.join("data"))?;
    let chain = ChainKey::new("city", "party/01890000-0000-7000-8000-000000000000");
    timed("append, 50,000 events, 1,000 in each", || {
        for start in (0..EVENTS).step_by(1000) {
            journal.append(&[(chain.clone(), start)], (start..start + 1000).map(|n| event(&chain, n)).collect())?;
        }
        Ok::<_, renkei_journal::AppendError>(())
    })?;
    timed("append, 200 events, one by one", || {
        for number in EVENTS..EVENTS + SINGLE {
            journal.append(&[(chain.clone(), number)], vec![event(&chain, number)])?;
        }
        Ok::<_, renkei_journal::AppendError>(())
    })?;
    drop(journal);
    let journal = timed("open", || Journal::open(&directory.join("data")))?;
    for _ in 0..5 {
        timed("read all", || journal.read_all(Position(0)))?;
        timed("read one dossier", || journal.read_dossier(&chain.dossier, Position(0)))?;
    }
    timed("read the last 10", || journal.read_all(Position(EVENTS + SINGLE - 10)).map(|_| ()))?;
    timed("read a dossier's last 10", || journal.read_dossier(&chain.dossier, Position(EVENTS + SINGLE - 10)))?;
    timed("verify", || journal.verify())?;
    timed("backup", || journal.backup(&directory.join("copy.sqlite3")))?;
    let key = RestoreKey::Lost { by: "speed".to_owned(), at: 0 };
    timed("restore", || restore(&directory.join("copy.sqlite3"), &directory.join("restored"), key))?;
    Ok(())
}

fn timed<T, E>(what: &str, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let start = Instant::now();
    let done = work()?;
    println!("{:>9.2} ms  {what}", start.elapsed().as_secs_f64() * 1000.0);
    Ok(done)
}

/// Returns an event of the size of an observation with a label, a unit and an as-of date.
fn event(chain: &ChainKey, number: u64) -> NewEvent {
    let body = format!(
        "{{\"post\":\"みどり市職業係\",\"event\":{{\"ObservationReported\":{{\"indicator\":\"01890000-0000-7000-8000-{number:012}\",\
         \"value\":\"{number}\",\"unit\":\"件\",\"as_of\":\"2026-01-31\",\"scope\":\"市内の事業所\",\"provisional\":false}}}}}}"
    );
    NewEvent {
        party: chain.party.clone(),
        dossier: chain.dossier.clone(),
        kind: "ObservationReported".to_owned(),
        version: 1,
        time: Hlc { millis: number, counter: 0 },
        body: body.into_bytes(),
    }
}
