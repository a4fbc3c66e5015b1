//! `renkei organisation` — lists the divisions and posts of a given day, and imports such lists.

use std::process::ExitCode;

use jiff::civil::Date;
use renkei_app::{
    AppError, Context, ListFault, ListTrial, Node, OrganisationList, State, access, day_of, organisation,
};
use renkei_app::{read_organisation_list, read_state};
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::organisation::{ListedOutcome, Organisation as Divisions, Outcome};
use serde_json::json;

use super::input_output::{print_json, read};
use crate::arguments::{ImportList, ListOrganisation, Organisation, Shape};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn organisation(task: Organisation, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    match task {
        Organisation::List(task) => list(&task, surroundings),
        Organisation::Import(task) => import(&task, surroundings),
    }
}

/// Returns the party with this name or short name.
pub fn party_named(state: &State, name: &str) -> Result<Id<id::Party>, Failure> {
    Ok(state.house_style(access::local_viewer(), None, name)?.party)
}

fn list(task: &ListOrganisation, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let state = read_state(&surroundings.data(task.data.data.clone())?)?;
    let wanted = task.party.as_deref().map(|name| party_named(&state, name)).transpose()?;
    let on = task.on.unwrap_or_else(|| day_of((Context::of_this_machine().clock)()));
    let parties = state.organisations(access::local_viewer()).into_iter();
    let parties = parties.filter(|(id, _, _)| wanted.is_none_or(|wanted| wanted == *id));
    match task.format {
        Shape::Json => {
            let all: Vec<_> = parties.map(|(_, name, organisation)| as_json(name, organisation, on)).collect();
            print_json(&json!({ "on": on.to_string(), "organisations": all }));
        }
        Shape::Text => parties.for_each(|(_, name, organisation)| tell(name, organisation, on)),
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(party: &str, organisation: &Divisions, on: Date) {
    println!("{party}  {on}");
    let (tree, posts) = (organisation.tree_on(on), organisation.posts_on(on));
    if tree.is_empty() {
        println!(
            "  課はまだ記録されていません。`renkei organisation import 一覧.csv --party {party}` で取り込めます。"
        );
    }
    for branch in tree {
        let indent = "  ".repeat(branch.depth + 1);
        println!("{indent}{}", branch.division.name);
        for post in posts.iter().filter(|post| post.division == branch.division.id) {
            let duties: Vec<_> = post.duties.iter().map(|duty| duty.name()).collect();
            println!("{indent}  {}（{}）", post.title, duties.join("、"));
        }
    }
}

fn as_json(party: &str, organisation: &Divisions, on: Date) -> serde_json::Value {
    let posts = organisation.posts_on(on);
    let name_of = |id| organisation.division_on(id, on).map(|division| division.name);
    let division = |branch: renkei_domain::organisation::Branch| {
        let held = posts.iter().filter(|post| post.division == branch.division.id);
        let held = held.map(|post| {
            let duties: Vec<_> = post.duties.iter().map(|duty| duty.key()).collect();
            json!({ "title": post.title, "duties": duties })
        });
        let held: Vec<_> = held.collect();
        json!({
            "name": branch.division.name, "kind": branch.division.kind, "area": branch.division.area,
            "parent": branch.division.parent.and_then(name_of), "posts": held,
        })
    };
    let divisions: Vec<_> = organisation.tree_on(on).into_iter().map(division).collect();
    json!({ "party": party, "divisions": divisions })
}

fn import(task: &ImportList, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let lines = read_organisation_list(&read(&task.file)?)?;
    let node = Node::open(&surroundings.data(task.data.data.clone())?, Context::of_this_machine())?;
    let party = party_named(&node.state(), &task.party)?;
    let on = task.from.unwrap_or_else(|| node.today());
    let list = OrganisationList { lines, on, is_complete: task.complete };
    let trial = organisation::try_organisation_list(&node, access::local_operator(), party, &list)?;
    let records = !task.dry_run && trial.is_recordable();
    if records {
        organisation::record_organisation_list(&node, access::local_operator(), party, &list)?;
    }
    match task.format {
        Shape::Json => print_json(&trial_as_json(task, &trial, on, (records, surroundings))),
        Shape::Text => tell_trial(task, &trial, on, records),
    }
    match () {
        () if task.dry_run || records => Ok(ExitCode::SUCCESS),
        () if !trial.faults.is_empty() => Err(AppError::Refused(trial.faults).into()),
        () if trial.proposal.count(Outcome::Unclear) > 0 => Err(AppError::List(ListFault::Unclear).into()),
        () => Ok(ExitCode::SUCCESS),
    }
}

fn tell_trial(task: &ImportList, trial: &ListTrial, on: Date, recorded: bool) {
    for line in &trial.proposal.outcomes {
        let remark = remark(line, Language::Japanese);
        println!("{}", [&line.place, &line.name, line.outcome.name(), &remark].join("  ").trim());
    }
    if task.dry_run {
        trial.faults.iter().for_each(|fault| println!("{}", fault.message_in(Language::Japanese)));
    }
    let wrong = trial.proposal.count(Outcome::Unclear) + trial.faults.len();
    println!("{}", ending((trial.proposal.changes.len(), wrong), on, recorded));
}

/// Returns the last line of the output for a list: the number of changes, and the number of lines that must be
/// corrected.
pub fn ending((changes, wrong): (usize, usize), on: Date, recorded: bool) -> String {
    match (recorded, changes, wrong) {
        (true, _, _) => format!("{on}からの変更{changes}件を記録しました。"),
        (false, 0, 0) => "今の記録と同じです。記録するものはありません。".to_owned(),
        (false, _, 0) => format!("{on}からの変更は{changes}件です。記録していません。"),
        (false, _, _) => format!("{on}からの変更は{changes}件、直すところは{wrong}件です。記録していません。"),
    }
}

fn remark(line: &ListedOutcome, language: Language) -> String {
    line.remark.as_ref().map(|remark| remark.message_in(language)).unwrap_or_default()
}

fn trial_as_json(
    task: &ImportList,
    trial: &ListTrial,
    on: Date,
    (recorded, surroundings): (bool, &Surroundings),
) -> serde_json::Value {
    let language = surroundings.language;
    let lines = trial.proposal.outcomes.iter().map(
        |line| json!({ "place": line.place, "name": line.name, "outcome": line.outcome.key(), "note": remark(line, language) }),
    );
    let lines: Vec<_> = lines.collect();
    let faults: Vec<_> = trial.faults.iter().map(|fault| fault.message_in(language)).collect();
    json!({
        "party": task.party, "from": on.to_string(), "recorded": recorded,
        "changes": trial.proposal.changes.len(), "lines": lines, "faults": faults,
    })
}
