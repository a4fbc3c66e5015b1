//! The fold of fifty thousand observations.

use super::{Bench, Line, Measured, example, number_after};

pub fn fold(bench: &Bench) -> Measured {
    let printed = example("measure_fold", &[&bench.path("fold")])?;
    let (seconds, observations) = (number_after(&printed, "seconds")?, number_after(&printed, "observations")?);
    Ok(Line {
        ours: format!("{:.0} ms ({observations:.0})", seconds * 1e3),
        reference: "300 ms".to_owned(),
        ratio: format!("{:.2}", seconds / 0.3),
    })
}
