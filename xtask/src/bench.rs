//! `cargo xtask bench` — the figures of DESIGN §9, each beside a reference that runs on the same machine in the same minute.

use crate::install;
use crate::run::Outcome;

pub fn bench(_arguments: &[String]) -> Outcome {
    install::debian_packages(&install::FOR_BENCH);
    Err("no row can be measured yet: the product's commands are not there".to_owned())
}
