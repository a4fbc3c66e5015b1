//! `renkei` — the only binary. Its commands offer all functions of the product.
//!
//! Exit codes: 0 means done, with or without findings. 1 means that `check` found errors or `compare` found
//! differences. 2 means wrong use, or that the command could not be carried out. 3 means that a file is not a readable
//! document.

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

/// Returns freed memory to the system, no matter which thread frees it (docs/adr/0028).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    end_quietly_at_a_closed_pipe();
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

/// Ends the process silently when the reader of a pipe (such as `head`) closes it. Otherwise the standard library
/// panics when the next line is printed.
fn end_quietly_at_a_closed_pipe() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let message = panic.payload().downcast_ref::<String>();
        if message.is_some_and(|message| message.starts_with("failed printing to stdout: Broken pipe")) {
            std::process::exit(0);
        }
        told(panic);
    }));
}
