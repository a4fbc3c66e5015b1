//! Measures appending events to the journal: fifty transactions of a thousand events. The reference is sqlite3, which
//! writes rows of the same size with the same durability.

use super::figures::Figure;
use super::prepared::{Bench, Measured};
use super::report::timed;
use crate::run::program;

const TRANSACTIONS: usize = 50;
/// Size of a row in bytes, the same as an event of the example.
const BYTES: usize = 240;

pub fn append(bench: &Bench) -> Measured {
    let printed = bench.example("speed", &[&bench.path("")])?;
    let told = printed.lines().find_map(|line| line.trim().strip_suffix("append, 50,000 events, 1,000 in each"));
    let ours = told.and_then(|told| told.split_whitespace().next()?.parse::<f64>().ok());
    let ours = ours.ok_or_else(|| format!("no time of appending in: {printed}"))? / 1e3;
    let database = bench.path("append.db");
    ["", "-wal", "-shm"].iter().for_each(|ending| {
        let _of_an_earlier_run = std::fs::remove_file(format!("{database}{ending}"));
    });
    let insert = format!(
        "INSERT INTO events (body) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) \
         SELECT randomblob({BYTES}) FROM n;\n"
    );
    let head = "PRAGMA journal_mode = WAL;\nPRAGMA synchronous = FULL;\nCREATE TABLE events (number INTEGER PRIMARY KEY, body BLOB);\n";
    bench.write("append.sql", &format!("{head}{}", insert.repeat(TRANSACTIONS)))?;
    let script = format!(".read {}", bench.path("append.sql"));
    let theirs = timed(&mut program("sqlite3", &["-batch", &database, &script]))?.seconds;
    Ok(vec![Figure::less("50,000 events appended, signed", "s", ours).beside("sqlite3 rows", theirs)])
}
