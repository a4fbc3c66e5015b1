//! `cargo xtask fuzz` — mutated documents against the import for as long as asked. The program is an example of the sample.

use crate::run::{Outcome, cargo, run};

pub fn fuzz(arguments: &[String]) -> Outcome {
    run(cargo(&["run", "--release", "--quiet", "--package", "renkei-sample", "--example", "fuzz_import", "--"])
        .args(arguments))
}
