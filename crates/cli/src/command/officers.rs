//! `renkei user import` — tries or records a list of people and their posts, and prints an invitation number for each
//! new person.

use std::process::ExitCode;

use renkei_app::{
    AppError, Context, HandedLink, ListFault, Node, OfficerList, OfficerStep, OfficerTrial, day_of, people,
    read_officer_list,
};
use renkei_domain::phrases::say;
use serde_json::json;

use super::input_output::{print_json, read};
use super::link::{COMMAND_LINE, tell};
use super::organisation::{ending, party_named};
use crate::arguments::{ImportList, Shape};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn import(task: &ImportList, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let lines = read_officer_list(&read(&task.file)?)?;
    let node = Node::open(&surroundings.data(task.data.data.clone())?, Context::of_this_machine())?;
    let party = party_named(&node.state(), &task.party)?;
    let on = task.from.unwrap_or_else(|| day_of(node.now()));
    let list = OfficerList { lines, on, is_complete: task.complete };
    let mut trial = people::try_officer_list(&node, party, &list)?;
    let records = !task.dry_run && trial.is_recordable();
    let mut links = Vec::new();
    if records {
        (trial, links) = people::record_officer_list(&node, COMMAND_LINE, party, &list)?;
    }
    match task.format {
        Shape::Json => print_json(&as_json(task, &trial, &links, (records, surroundings))),
        Shape::Text => {
            trial.steps.iter().for_each(|step| println!("{}", line(step)));
            trial.faults.iter().for_each(|fault| println!("{}", fault.message_in(surroundings.language)));
            println!("{}", ending((trial.changes(), trial.faults.len()), on, records));
            links.iter().for_each(tell);
        }
    }
    if !task.dry_run && !trial.faults.is_empty() {
        return Err(AppError::List(ListFault::Unclear).into());
    }
    Ok(ExitCode::SUCCESS)
}

fn line(step: &OfficerStep) -> String {
    let OfficerStep { place, name, login, post, outcome, from, until } = step;
    let until = until.as_deref().unwrap_or_default();
    format!("{place}  {name}（{login}）  {post}  {}  {from}〜{until}", outcome.name()).trim().to_owned()
}

fn as_json(
    task: &ImportList,
    trial: &OfficerTrial,
    links: &[HandedLink],
    (recorded, surroundings): (bool, &Surroundings),
) -> serde_json::Value {
    let language = surroundings.language;
    let lines = trial.steps.iter().map(|step| {
        json!({
            "place": step.place, "name": step.name, "login": step.login, "post": step.post,
            "outcome": step.outcome.key(), "from": step.from, "until": step.until,
        })
    });
    let faults = trial.faults.iter().map(|fault| {
        json!({
            "place": fault.place, "column": say(language, fault.column.title()), "message": fault.why.message_in(language),
        })
    });
    let invitations = links.iter().map(|link| {
        json!({ "login": link.login, "name": link.name, "number": link.token.text(), "expires_at": link.expires_at })
    });
    json!({
        "party": task.party, "recorded": recorded, "changes": trial.changes(), "lines": lines.collect::<Vec<_>>(),
        "faults": faults.collect::<Vec<_>>(), "invitations": invitations.collect::<Vec<_>>(),
    })
}
