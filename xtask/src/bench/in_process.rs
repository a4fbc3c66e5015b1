//! What is measured inside a process, by examples of the crate that sees all.

use super::{Bench, Line, Measured, example, number_after};

/// Fifty thousand observations from SQLite, and from a snapshot.
pub fn fold(bench: &Bench) -> Measured {
    let printed = example("renkei", "measure_fold", &[&bench.path("fold")])?;
    let journal = number_after(&printed, "journal")?;
    Ok(Line {
        ours: format!("{:.0} ms", journal * 1e3),
        reference: "300 ms".to_owned(),
        ratio: format!("{:.2}", journal / 0.3),
    })
}

/// Forty thousand texts, beside LIKE in sqlite3 over the same.
pub fn search(bench: &Bench) -> Measured {
    let printed = example("renkei", "measure_search", &[&bench.path("texts")])?;
    let ours = number_after(&printed, "ours")?;
    Ok(Line { ours: format!("{ours:.2} ms"), reference: "1 ms".to_owned(), ratio: format!("{:.2}", ours) })
}
