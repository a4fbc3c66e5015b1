//! `renkei user` — adds, lists and closes accounts, and makes numbers by which people set a new password.

use std::process::ExitCode;

use renkei_app::{Context, NewAccount, Node, Person, access, day_of, people};
use renkei_document::language::Language;
use renkei_domain::organisation::duty::Duty;
use serde_json::json;

use super::input_output::print_json;
use super::link::{COMMAND_LINE, tell};
use super::officers;
use super::organisation::party_named;
use crate::arguments::{AddUser, ListUsers, OneUser, Shape, User};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn user(task: User, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    match task {
        User::Add(task) => add(&task, surroundings),
        User::Import(task) => officers::import(&task, surroundings),
        User::List(task) => list(&task, surroundings),
        User::Reset(task) => reset(&task, surroundings),
        User::Close(task) => close(&task, surroundings),
    }
}

fn add(task: &AddUser, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let node = Node::open(&surroundings.data(task.data.data.clone())?, Context::of_this_machine())?;
    // Finds the party first, so that a wrong name is reported before the account is added.
    let party = match &task.party {
        Some(name) => Some(party_named(&node.state(), name)?),
        None => None,
    };
    let new = NewAccount {
        login: task.login.clone(),
        name: task.name.clone(),
        is_administrator: task.administrator,
        language: Language::Japanese,
    };
    let account = people::add_account(&node, COMMAND_LINE, &new)?;
    if let (Some(party), Some(division), Some(post)) = (party, &task.division, &task.post) {
        let named: Vec<Duty> = task.duties.iter().filter_map(|key| Duty::of_key(key)).collect();
        let duties = if named.is_empty() { vec![Duty::Clerk] } else { named };
        let post = people::post_named(&node, access::local_operator(), party, division, post, &duties)?;
        people::appoint(&node, COMMAND_LINE, &account, post, day_of(node.now()), None)?;
    }
    tell(&people::hand_link(&node, COMMAND_LINE, &account)?);
    Ok(ExitCode::SUCCESS)
}

fn list(task: &ListUsers, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let node = Node::open(&surroundings.data(task.data.data.clone())?, Context::of_this_machine())?;
    let people = people::people(&node)?;
    match task.format {
        Shape::Json => print_json(&json!({ "users": people.iter().map(as_json).collect::<Vec<_>>() })),
        Shape::Text if people.is_empty() => {
            println!(
                "利用者はまだいません。`renkei user add ログイン名 --name 氏名 --administrator` で管理者を登録できます。"
            );
        }
        Shape::Text => people.iter().for_each(line),
    }
    Ok(ExitCode::SUCCESS)
}

fn reset(task: &OneUser, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let node = Node::open(&surroundings.data(task.data.data.clone())?, Context::of_this_machine())?;
    let account = people::account_named(&node, &task.login)?;
    tell(&people::hand_link(&node, COMMAND_LINE, &account)?);
    Ok(ExitCode::SUCCESS)
}

fn close(task: &OneUser, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let node = Node::open(&surroundings.data(task.data.data.clone())?, Context::of_this_machine())?;
    let account = people::account_named(&node, &task.login)?;
    people::close_account(&node, COMMAND_LINE, &account)?;
    println!("{} の利用を止めました。", task.login);
    Ok(ExitCode::SUCCESS)
}

fn line(person: &Person) {
    let mut notes = Vec::new();
    notes.extend(person.is_administrator.then_some("システム管理者"));
    notes.extend(person.is_closed.then_some("停止中"));
    notes.extend((!person.has_password).then_some("招待中"));
    let notes = if notes.is_empty() { String::new() } else { format!("（{}）", notes.join("、")) };
    println!("{}  {}{notes}", person.login, person.name);
    for held in &person.appointments {
        let until = held.until.as_deref().unwrap_or_default();
        println!("    {} {}  {}〜{until}", held.party, held.post, held.from);
    }
}

fn as_json(person: &Person) -> serde_json::Value {
    let posts = person.appointments.iter().map(|held| {
        json!({ "party": held.party, "post": held.post, "from": held.from, "until": held.until, "today": held.is_today })
    });
    let posts: Vec<_> = posts.collect();
    json!({
        "login": person.login, "name": person.name, "administrator": person.is_administrator,
        "closed": person.is_closed, "has_password": person.has_password, "has_one_time_code": person.has_one_time,
        "posts": posts,
    })
}
