//! `cargo xtask demo` — serves the invented city for a browser.

use crate::install;
use crate::run::{Outcome, cargo, run};

/// Passes all arguments after `demo` to `renkei demo`.
pub fn demo(arguments: &[String]) -> Outcome {
    install::debian_packages(&install::FOR_DEMO);
    run(&mut cargo(&["build", "--package", "renkei"]))?;
    run(cargo(&["run", "--package", "renkei", "--quiet", "--", "demo"]).args(arguments))
}
