//! `cargo xtask fuzz` — imports mutated documents for the time given. The program is an example of the crate `sample`.

use crate::run::{Outcome, cargo, run};

pub fn fuzz(arguments: &[String]) -> Outcome {
    run(cargo(&["run", "--release", "--quiet", "--package", "renkei-sample", "--example", "fuzz_import", "--"])
        .args(arguments))
}
