//! Measures how long the bureau's saves take while the city imports a document of 50,000 rows (15 MB).

use std::time::{Duration, Instant};

use super::client::{Client, Fields};
use super::edits::{Draft, PASSWORD, SECRETARIATS, draft_of, save_once, start};
use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured};
use super::server::{free_address, memory};
use super::times::Times;

const ROWS_OF_A_SECTION: usize = 100;
const SECTIONS_OF_A_CHAPTER: usize = 100;
const CHAPTERS: usize = 5;
/// Length of the measurement of saves without an import.
const ALONE: Duration = Duration::from_secs(10);
/// Maximum time that the importing client waits for an answer.
const PATIENCE: Duration = Duration::from_secs(600);
/// Pause between two saves.
const THINKING: Duration = Duration::from_millis(20);

pub fn importing(bench: &Bench) -> Measured {
    let address = free_address()?;
    let server = start(bench, "importing", &address)?;
    let draft = draft_of(&address, SECRETARIATS[1])?;
    let mut bureau = Client::sign_in(&address, SECRETARIATS[1], PASSWORD)?;
    let alone = save_until(&mut bureau, &draft, |begun| begun.elapsed() > ALONE)?;
    let mut city = Client::sign_in(&address, SECRETARIATS[0], PASSWORD)?;
    let document = large_document(&city.get("/agreement")?.body)?;
    city.wait_for(PATIENCE);
    let (steps, meanwhile) = std::thread::scope(|scope| {
        let importing = scope.spawn(|| import(&mut city, &document));
        let saves = save_until(&mut bureau, &draft, |_| importing.is_finished());
        (importing.join(), saves)
    });
    let [sent, read, recorded] = steps.map_err(|_| "the import broke off")??;
    let meanwhile = meanwhile?;
    let peak = memory(server.process(), "VmHWM:").unwrap_or_default();
    let save = Figure::less("a save while 50,000 rows come, p99", "ms", meanwhile.at(99));
    Ok(vec![
        save.beside("alone", alone.at(99)).within(Limit::Ratio(5.0)),
        Figure::more("saves meanwhile", "", meanwhile.count() as f64),
        Figure::less("the document", "MB", document.len() as f64 / 1e6),
        Figure::less("sent", "s", sent),
        Figure::less("reviewed", "s", read),
        Figure::less("recorded", "s", recorded),
        Figure::less("memory at most", "MiB", peak),
    ])
}

/// Saves one row after another until `is_over` returns true.
fn save_until(client: &mut Client, draft: &Draft, is_over: impl Fn(Instant) -> bool) -> Result<Times, String> {
    let (begun, mut times) = (Instant::now(), Times::default());
    for row in draft.rows.iter().cycle() {
        if is_over(begun) {
            break;
        }
        times.0.push(save_once(client, row)?);
        std::thread::sleep(THINKING);
    }
    times.0.sort_unstable();
    Ok(times)
}

/// Sends the document, reviews it and records it; returns the seconds of each step.
fn import(client: &mut Client, document: &str) -> Result<[f64; 3], String> {
    let (brought, sent) = timed(|| client.send_file("/imports", "large.csv", document))?;
    let address = brought.location;
    let (review, read) = timed(|| client.get(&address))?;
    let mut form = Fields::of_form(&review.body, &address)
        .ok_or_else(|| format!("status {}: no form at {address:?}", review.status))?;
    form.0.push(("do".to_owned(), "accept".to_owned()));
    let (answer, recorded) = timed(|| client.post(&address, &form))?;
    match answer.status {
        303 => Ok([sent, read, recorded]),
        status => Err(format!("the import was answered with {status}")),
    }
}

fn timed<T>(act: impl FnOnce() -> Result<T, String>) -> Result<(T, f64), String> {
    let begun = Instant::now();
    Ok((act()?, begun.elapsed().as_secs_f64()))
}

/// Returns a document of the city whose agreement the page shows. It has a plan of 50,000 rows for a year that is not
/// stored yet.
fn large_document(page: &str) -> Result<String, String> {
    let before = page.split("雇用対策協定").next().unwrap_or_default();
    let word = before.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let city = word.strip_suffix('市').ok_or_else(|| format!("no city in {word:?}"))?;
    let title = format!("{city}市雇用対策協定");
    let mut lines = vec![
        format!("{title}に基づく\n令和6年度事業計画\n{city}市\n{city}労働局\n令和6年3月"),
        "第1 令和6年度雇用関連事業計画".to_owned(),
    ];
    for chapter in 1..=CHAPTERS {
        lines.push(format!("{chapter} 就業の支援その{chapter}"));
        for section in 1..=SECTIONS_OF_A_CHAPTER {
            lines.push(format!("({section}) 窓口の充実その{section}\n区分,番号,担当課,取組内容"));
            lines.extend((1..=ROWS_OF_A_SECTION).map(|row| line(city, [chapter, section, row])));
        }
    }
    Ok(lines.join("\n") + "\n")
}

fn line(city: &str, [chapter, section, row]: [usize; 3]) -> String {
    let (party, division) =
        if row % 2 == 0 { (format!("{city}市"), "しごと課") } else { ("労働局".to_owned(), "職業安定課") };
    let place = (chapter * SECTIONS_OF_A_CHAPTER + section) * ROWS_OF_A_SECTION + row;
    let count = place * 7919 % 9973;
    format!(
        "{party},({row}),{division},{place}番窓口で求職者の相談を受け、{count}件の就職を目標に企業との面談へつなぐ。関係する機関と連絡を密にして、成果を確かめながら進める。\
         年度の途中でも見直しを行い、次の年度の計画に生かす。"
    )
}
