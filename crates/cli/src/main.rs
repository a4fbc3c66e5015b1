//! `renkei` — the one binary: everything the product does, from the command line.
//!
//! Exit codes: 0 done, with findings or without; 1 `check` found errors or `compare` differences; 2 wrong use, or what was asked could not be done;
//! 3 the file is no document that can be read.

mod arguments;
mod command;
mod failure;
mod progress;
mod surroundings;
mod wording;

use std::process::ExitCode;

use clap::FromArgMatches;

use arguments::Arguments;
use surroundings::Surroundings;

fn main() -> ExitCode {
    let surroundings = Surroundings::of_this_process();
    let matches = wording::worded_in(arguments::command(), surroundings.language).get_matches();
    match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => match command::run(arguments, &surroundings) {
            Ok(code) => code,
            Err(failure) => failure.tell(),
        },
        Err(fault) => fault.exit(),
    }
}
