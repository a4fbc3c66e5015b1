//! `cargo xtask …` — the commands for developers; each command has its own file.

mod bench;
mod demo;
mod dist;
mod fuzz;
mod install;
mod long;
mod run;
mod score;
mod siege;
mod test;
mod timed;

use std::process::ExitCode;

use run::Outcome;

/// A command: its name, its description, its function.
type Command = (&'static str, &'static str, fn(&[String]) -> Outcome);

const COMMANDS: [Command; 8] = [
    ("demo", "build, load the invented city and serve it; prints the address", demo::demo),
    ("test", "install what is missing, then format, lints and all tests", test::test),
    ("bench", "the figures of DESIGN §9, beside a reference run on the same machine [names of rows…]", bench::bench),
    (
        "siege",
        "what one side and strangers can do to the other: reads, saves, memory [--seconds N, default 300]",
        siege::siege,
    ),
    ("score", "what ../shared/score says of the import (where it is there)", score::score),
    ("fuzz", "mutated documents against the import [--seconds N, default 60]", fuzz::fuzz),
    (
        "long",
        "kills, seeds, walks, properties, fuzz and the siege for hours; kept in a log [names of parts…]",
        long::long,
    ),
    ("dist", "release build into dist/", dist::dist),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else { return usage() };
    let Some((_, _, command)) = COMMANDS.iter().find(|(known, ..)| known == name) else { return usage() };
    match command(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("cargo xtask {name}: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo xtask COMMAND");
    for (name, about, _) in COMMANDS {
        eprintln!("  {name:<6} {about}");
    }
    ExitCode::from(2)
}
