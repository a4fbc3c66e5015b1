//! The work of the bureau during the siege: one person reads pages, another saves rows. Records the response times and
//! the refusals.

use std::time::{Duration, Instant};

use crate::bench::client::Client;
use crate::bench::edits::{Draft, PASSWORD, discard, draft_of, save_once};
use crate::bench::times::Times;

const SAVER: &str = "kyoku-jimukyoku";
const READER: &str = "kyoku-cho";
/// Pause between two requests.
const THINKING: Duration = Duration::from_millis(10);
/// Number of requests after which a client opens a new connection, as browsers sometimes do. This tests that the server
/// accepts new connections of signed-in people.
const REQUESTS_OF_A_CONNECTION: usize = 8;

/// The results of the bureau's work.
#[derive(Default)]
pub struct Worked {
    pub reads: Times,
    pub saves: Times,
    /// Requests that failed, each with the status or error.
    pub refused: Vec<String>,
}

/// The signed-in clients of the bureau.
pub struct Bureau {
    draft: Draft,
    reader: Client,
    saver: Client,
}

impl Bureau {
    /// Signs in and works for two seconds, so that the measurement shows normal work.
    pub fn prepare(address: &str) -> Result<Self, String> {
        let [reader, saver] = [READER, SAVER].map(|login| Client::sign_in(address, login, PASSWORD));
        let mut bureau = Self { draft: draft_of(address, SAVER)?, reader: reader?, saver: saver? };
        bureau.work(Instant::now() + Duration::from_secs(2))?;
        Ok(bureau)
    }

    /// Works until the end.
    pub fn work(&mut self, end: Instant) -> Result<Worked, String> {
        let Self { draft, reader, saver } = self;
        let draft = &*draft;
        std::thread::scope(|scope| {
            let reading = scope.spawn(|| read(reader, draft, end));
            let saved = save(saver, draft, end);
            let mut worked = reading.join().map_err(|_| "the reader broke off")?;
            worked.saves = saved.saves;
            worked.refused.extend(saved.refused);
            worked.reads.0.sort_unstable();
            worked.saves.0.sort_unstable();
            Ok(worked)
        })
    }
}

fn read(client: &mut Client, draft: &Draft, end: Instant) -> Worked {
    let pages = ["/", &draft.plan, "/search?q=%E5%B0%B1%E5%8A%B4", "/findings", &draft.rows[0], "/indicators", "/me"];
    let mut worked = Worked::default();
    for (number, page) in pages.into_iter().cycle().enumerate() {
        if Instant::now() >= end {
            break;
        }
        if number % REQUESTS_OF_A_CONNECTION == 0 {
            client.reconnect();
        }
        let begun = Instant::now();
        match client.get(page.strip_suffix("/edit").unwrap_or(page)) {
            Ok(answer) if answer.status < 400 => worked.reads.0.push(begun.elapsed()),
            Ok(answer) => worked.refused.push(format!("GET {page}: {}", answer.status)),
            Err(fault) => worked.refused.push(format!("GET {page}: {fault}")),
        }
        std::thread::sleep(THINKING);
    }
    worked
}

/// Adds a letter to one row after another, or removes it again.
fn save(client: &mut Client, draft: &Draft, end: Instant) -> Worked {
    let mut worked = Worked::default();
    for (number, row) in draft.rows.iter().cycle().enumerate() {
        if Instant::now() >= end {
            break;
        }
        if number % REQUESTS_OF_A_CONNECTION == 0 {
            client.reconnect();
        }
        match save_once(client, row) {
            Ok(took) => worked.saves.0.push(took),
            Err(fault) => {
                worked.refused.push(fault);
                // The server stores the refused text and would show it in the form, so discard it.
                let _nothing_is_lost = discard(client, row);
            }
        }
        std::thread::sleep(THINKING);
    }
    worked
}
