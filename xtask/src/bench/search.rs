//! Japanese substring search, beside LIKE of sqlite3 over the same texts.

use super::{Bench, Line, Measured, example, number_after};
use crate::run::{output, program};

/// One word: its hits and the milliseconds it took.
struct Found<'a> {
    word: &'a str,
    hits: usize,
    milliseconds: f64,
}

pub fn search(bench: &Bench) -> Measured {
    let texts = bench.path("texts.txt");
    let printed = example("measure_search", &[&texts])?;
    let ours: Vec<Found> = printed.lines().filter_map(found).collect();
    let database = bench.path("texts.db");
    let load =
        format!(".mode ascii\n.separator \"\\037\" \"\\n\"\nCREATE TABLE texts (text);\n.import {texts} texts\n");
    bench.write("load.sql", &load)?;
    sqlite(&database, &bench.path("load.sql"))?;
    let (mut slowest, mut reference) = (0.0_f64, 0.0_f64);
    for found in &ours {
        let query = format!("SELECT count(*) FROM texts WHERE text LIKE '%{}%';\n", found.word);
        bench.write("like.sql", &format!("{query}.timer on\n{query}"))?;
        let printed = sqlite(&database, &bench.path("like.sql"))?;
        let hits: Option<usize> = printed.lines().next().and_then(|count| count.trim().parse().ok());
        if hits != Some(found.hits) {
            return Err(format!("{}: {} hits here, {hits:?} with LIKE", found.word, found.hits));
        }
        slowest = slowest.max(found.milliseconds);
        reference = reference.max(number_after(&printed, "real")? * 1e3);
    }
    Ok(Line {
        ours: format!("{slowest:.2} ms, slowest of {}", ours.len()),
        reference: format!("LIKE {reference:.1} ms, same hits"),
        ratio: format!("{:.0} ×", reference / slowest),
    })
}

fn found(line: &str) -> Option<Found<'_>> {
    let mut words = line.split_whitespace();
    Some(Found { word: words.next()?, hits: words.next()?.parse().ok()?, milliseconds: words.next()?.parse().ok()? })
}

fn sqlite(database: &str, script: &str) -> Result<String, String> {
    output(&mut program("sqlite3", &["-batch", database, &format!(".read {script}")]))
}
