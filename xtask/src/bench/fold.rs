//! Measures the fold of fifty thousand observations.

use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured, number_after};

pub fn fold(bench: &Bench) -> Measured {
    let _of_an_earlier_run = std::fs::remove_dir_all(bench.path("fold"));
    let printed = bench.example("measure_fold", &[&bench.path("fold")])?;
    let seconds = number_after(&printed, "seconds")?;
    Ok(vec![Figure::less("fold of 50,000 observations", "ms", seconds * 1e3).within(Limit::Value(300.0))])
}
