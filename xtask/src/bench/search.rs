//! Measures Japanese substring search. The reference is LIKE of sqlite3 on the same texts.

use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured, number_after};
use crate::run::{output, program};

/// The result of searching for one word: the number of hits, and the time.
struct Found<'a> {
    word: &'a str,
    hits: usize,
    milliseconds: f64,
}

pub fn search(bench: &Bench) -> Measured {
    let texts = bench.path("texts.txt");
    let printed = bench.example("measure_search", &[&texts])?;
    let ours: Vec<Found> = printed.lines().filter_map(found).collect();
    let database = bench.path("texts.db");
    let load =
        format!(".mode ascii\n.separator \"\\037\" \"\\n\"\nCREATE TABLE texts (text);\n.import {texts} texts\n");
    bench.write("load.sql", &load)?;
    let _of_an_earlier_run = std::fs::remove_file(&database);
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
    let ours = Figure::less("search over 40,000 texts, slowest word", "ms", slowest);
    Ok(vec![ours.beside("LIKE", reference).within(Limit::Value(1.0))])
}

fn found(line: &str) -> Option<Found<'_>> {
    let mut words = line.split_whitespace();
    Some(Found { word: words.next()?, hits: words.next()?.parse().ok()?, milliseconds: words.next()?.parse().ok()? })
}

fn sqlite(database: &str, script: &str) -> Result<String, String> {
    output(&mut program("sqlite3", &["-batch", database, &format!(".read {script}")]))
}
