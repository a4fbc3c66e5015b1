//! Two hundred people of both parties edit one draft for a minute: saved edits must not be lost, conflicts must be
//! reported. Measures the time of a saved edit.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::client::{Client, Fields};
use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured};
use super::server::{Server, free_address, memory};
use crate::run::program;

const CLIENTS: usize = 200;
/// Number of sign-ins (browsers) of each secretariat. An account can have at most 50 sessions, so further clients are
/// windows of these browsers.
const BROWSERS: usize = 40;
const MINUTE: Duration = Duration::from_secs(60);
/// Pause between two edits of a client.
const THINKING: Duration = Duration::from_millis(1000);
pub const PASSWORD: &str = "bench-only-password";
/// Login names of the secretariats of both parties in the invented city.
pub const SECRETARIATS: [&str; 2] = ["shi-jimukyoku", "kyoku-jimukyoku"];

/// The results of all edits.
#[derive(Default)]
struct Tally {
    saved: Vec<Saved>,
    conflicts: usize,
    faults: Vec<String>,
}

/// An edit that the server confirmed.
struct Saved {
    address: String,
    mark: String,
    took: Duration,
}

pub(super) fn edits(bench: &Bench) -> Measured {
    let address = free_address()?;
    let server = start(bench, "edits", &address)?;
    let rows = [draft_of(&address, SECRETARIATS[0])?.rows, draft_of(&address, SECRETARIATS[1])?.rows];
    let before = memory(server.process(), "VmRSS:").unwrap_or_default();
    let tally = Mutex::new(Tally::default());
    let mut browsers = Vec::with_capacity(2 * BROWSERS);
    for number in 0..2 * BROWSERS {
        browsers.push(Client::sign_in(&address, SECRETARIATS[number % 2], PASSWORD)?);
    }
    let end = Instant::now() + MINUTE;
    std::thread::scope(|scope| {
        for number in 0..CLIENTS {
            let (rows, tally) = (&rows[number % 2], &tally);
            let client = browsers[number % browsers.len()].another_window();
            scope.spawn(move || {
                let edited = edit_until(end, number, client, rows, tally);
                if let Err(fault) = edited {
                    locked(tally).faults.push(fault);
                }
            });
        }
    });
    let after = memory(server.process(), "VmRSS:").unwrap_or_default();
    let tally = tally.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(fault) = tally.faults.first() {
        return Err(format!("{} faults, the first: {fault}", tally.faults.len()));
    }
    let lost = lost(&address, &tally.saved)?;
    let mut times: Vec<Duration> = tally.saved.iter().map(|saved| saved.took).collect();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default().as_secs_f64() * 1e3;
    Ok(vec![
        Figure::more("edits of 200 people in a minute", "", times.len() as f64),
        Figure::less("conflicts", "", tally.conflicts as f64).within(Limit::Value(0.0)),
        Figure::less("lost", "", lost as f64).within(Limit::Value(0.0)),
        Figure::less("a save, p50", "ms", at(50)),
        Figure::less("a save, p99", "ms", at(99)),
        Figure::less("memory before", "MiB", before),
        Figure::less("memory after", "MiB", after),
    ])
}

/// Starts a server with the invented city, accounts of both parties, and sign-in.
pub(super) fn start(bench: &Bench, name: &str, address: &str) -> Result<Server, String> {
    let data = bench.path(name);
    let words = ["demo", "--sign-in", "--password", PASSWORD, "--data", &data, "--listen", address];
    Server::start_at(&mut program(&bench.node()?, &words), address.to_owned(), "/sign-in")
}

/// The draft of next year's plan, with its rows that a secretariat may edit.
pub struct Draft {
    pub plan: String,
    pub rows: Vec<String>,
}

/// Opens the plan if it is not open yet, and carries over the party's rows of last year.
pub fn draft_of(address: &str, login: &str) -> Result<Draft, String> {
    let mut client = Client::sign_in(address, login, PASSWORD)?;
    let drafts = |page: &str| page.split_once("id=\"drafts\"").and_then(|(_, rest)| links(rest).into_iter().next());
    let mut page = client.get("/plans")?.body;
    if let (None, Some(form)) = (drafts(&page), Fields::of_form(&page, "/plans")) {
        client.post("/plans", &form)?;
        page = client.get("/plans")?.body;
    }
    let plan = drafts(&page).ok_or("no draft is listed")?;
    let carry_over = format!("{plan}/carry-over");
    if let Some(form) = Fields::of_form(&client.get(&plan)?.body, &carry_over) {
        client.post(&carry_over, &form)?;
    }
    let page = client.get(&plan)?.body;
    let rows: Vec<String> = links(&page).into_iter().filter(|path| path.ends_with("/edit")).collect();
    if rows.is_empty() { Err(format!("{login} has no row to edit in {plan}")) } else { Ok(Draft { plan, rows }) }
}

pub fn links(body: &str) -> Vec<String> {
    let parts = body.split("<a ").skip(1).filter_map(|rest| rest.split_once("href=\"")?.1.split('"').next());
    let mut links: Vec<String> =
        parts.filter(|path| path.starts_with('/')).map(|path| path.replace("&amp;", "&")).collect();
    links.dedup();
    links
}

/// Edits one row after another: adds a mark that is unique to this client and edit.
fn edit_until(
    end: Instant,
    number: usize,
    mut client: Client,
    rows: &[String],
    tally: &Mutex<Tally>,
) -> Result<(), String> {
    // Clients begin at different times, as people do.
    std::thread::sleep(THINKING * (number as u32) / (CLIENTS as u32));
    for time in 0.. {
        if Instant::now() >= end {
            break;
        }
        let row = &rows[(number / 2 + time * 7) % rows.len()];
        let mark = format!("《{number}-{time}》");
        let page = client.get(row)?;
        let mut form = Fields::of_form(&page.body, row).ok_or(format!("{row}: {} without its form", page.status))?;
        let text = form.get("text").unwrap_or_default().to_owned();
        form.set("text", with_mark(&text, &mark, number + time));
        let start = Instant::now();
        let answer = client.post(row, &form)?;
        let took = start.elapsed();
        match answer.status {
            303 => locked(tally).saved.push(Saved { address: row.clone(), mark, took }),
            409 | 422 => {
                // The server stores the refused text for the account. The clients of a party share this account, so
                // discard the text.
                discard(&mut client, row)?;
                locked(tally).conflicts += 1;
            }
            status => return Err(format!("{row}: {status}")),
        }
        std::thread::sleep(THINKING.saturating_sub(start.elapsed()));
    }
    Ok(())
}

/// Adds a letter to a row, or removes it again; returns the duration of the save.
pub fn save_once(client: &mut Client, row: &str) -> Result<Duration, String> {
    let page = client.get(row)?;
    let mut form = Fields::of_form(&page.body, row).ok_or(format!("{row}: {} without its form", page.status))?;
    let text = form.get("text").unwrap_or_default().to_owned();
    form.set("text", text.strip_suffix('々').map_or_else(|| format!("{text}々"), str::to_owned));
    let begun = Instant::now();
    match client.post(row, &form)?.status {
        303 => Ok(begun.elapsed()),
        status => Err(format!("POST {row}: {status}")),
    }
}

/// Discards the stored unsaved text of a row's form, so that the form shows the row.
pub fn discard(client: &mut Client, row: &str) -> Result<(), String> {
    let drop = Fields(vec![("do".to_owned(), "drop".to_owned())]);
    client.post(&format!("{row}/typed"), &drop).map(|_| ())
}

/// Inserts a mark into a text. The position depends on `place`, because people also edit different parts of a sentence.
fn with_mark(text: &str, mark: &str, place: usize) -> String {
    let letters: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let inside = |at: usize| text[..at].matches('《').count() > text[..at].matches('》').count();
    let at = letters.get(place * 5 % letters.len().max(1)).copied().unwrap_or(0);
    let at = if inside(at) { text.len() } else { at };
    format!("{}{mark}{}", &text[..at], &text[at..])
}

/// Returns the number of saved marks that do not occur exactly once in their row.
fn lost(address: &str, saved: &[Saved]) -> Result<usize, String> {
    let mut clients = Vec::new();
    for login in SECRETARIATS {
        clients.push(Client::sign_in(address, login, PASSWORD)?);
    }
    let mut rows: Vec<&str> = saved.iter().map(|saved| saved.address.as_str()).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut lost = 0;
    for row in rows {
        for client in &mut clients {
            discard(client, row)?;
        }
        let mut texts = clients.iter_mut().filter_map(|client| Fields::of_form(&client.get(row).ok()?.body, row));
        let form = texts.next().ok_or(format!("{row} is gone"))?;
        let text = form.get("text").unwrap_or_default();
        let of_row = saved.iter().filter(|saved| saved.address == row);
        lost += of_row.filter(|saved| text.matches(&saved.mark).count() != 1).count();
    }
    Ok(lost)
}

fn locked(tally: &Mutex<Tally>) -> std::sync::MutexGuard<'_, Tally> {
    tally.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
