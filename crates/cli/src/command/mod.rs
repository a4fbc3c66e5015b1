//! The commands, with one file for each. A command takes its arguments, calls the use case, and prints the result.

mod backup;
mod check;
mod compare;
mod demo;
mod desk;
mod differences;
mod edition;
mod export;
mod findings;
mod import;
mod indicator;
mod input_output;
mod journal;
mod lineage;
mod link;
mod machine_readable;
mod officers;
mod organisation;
mod report;
mod serve;
mod style;
mod template;
mod user;

use std::process::ExitCode;

use crate::arguments::{Arguments, Task};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn run(arguments: Arguments, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    match arguments.task {
        Task::Demo(task) => demo::demo(task, surroundings),
        Task::Serve(task) => serve::serve(task, surroundings),
        Task::Import(task) => import::import(task, surroundings),
        Task::Desk(task) => desk::desk(task, surroundings),
        Task::Export(task) => export::export(task, surroundings),
        Task::Report(task) => report::report(task, surroundings),
        Task::Template(task) => template::template(task),
        Task::Check(task) => check::check(task, surroundings),
        Task::Compare(task) => compare::compare(task, surroundings),
        Task::Lineage(task) => lineage::lineage(task, surroundings),
        Task::Edition(task) => edition::edition(task, surroundings),
        Task::Indicator(task) => indicator::indicator(task, surroundings),
        Task::Style(task) => style::style(task, surroundings),
        Task::Organisation(task) => organisation::organisation(task, surroundings),
        Task::User(task) => user::user(task, surroundings),
        Task::Journal(task) => journal::journal(task, surroundings),
        Task::Backup(task) => backup::back_up(task, surroundings),
        Task::Restore(task) => backup::restore(task, surroundings),
    }
}
