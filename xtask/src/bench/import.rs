//! Measures the import within one process.

use super::figures::{Figure, Limit};
use super::prepared::{Bench, Measured, number_after};
use crate::run::root;

/// Imports the real document if it is available, otherwise the sample.
pub fn import(bench: &Bench) -> Measured {
    let folder = root().join("../shared/documents");
    let mut texts: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    texts.sort();
    let real = texts.iter().find(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let file = real.map(|path| path.display().to_string());
    let printed = bench.example("measure_import", &file.as_deref().into_iter().collect::<Vec<_>>())?;
    let median = number_after(&printed, "median")?;
    Ok(vec![Figure::less("import of a whole report", "ms", median).within(Limit::Value(50.0))])
}
