//! `renkei demo` — serves the data of an invented city. With `--sign-in`, it also registers people of each role on both
//! sides.

use std::process::ExitCode;

use renkei_app::{AppError, NewAccount, Node, Press, access, day_of, edition, evidence, fresh_password, people};
use renkei_document::language::Language;
use renkei_domain::organisation::duty::Duty;
use renkei_sample::history;

use super::serve::open_and_serve;
use crate::arguments::Demo;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::surroundings::Surroundings;

/// The seed from which the invented city is generated, and the years that the demonstration contains.
const SEED: u64 = 8;
const FIRST_YEAR: i16 = 2025;
const YEARS: u16 = 2;

/// People of a side: login name without its side, name of the person, title, duty, and index of the division.
const PEOPLE: [(&str, &str, &str, Duty, usize); 6] = [
    ("jimukyoku", "見本 あかね", "事務局員", Duty::Secretariat, 0),
    ("tanto", "見本 いつき", "主査", Duty::Clerk, 0),
    ("tanto2", "見本 うらら", "主査", Duty::Clerk, 1),
    ("kessai", "見本 えいじ", "課長", Duty::Approver, 0),
    ("cho", "見本 おうみ", "長", Duty::Head, 0),
    ("etsuran", "見本 かえで", "主事", Duty::Reader, 0),
];

/// Loads the sample into a data directory of its own if this is empty, and serves the pages.
pub fn demo(task: Demo, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let data = match task.serve.data.data {
        Some(named) => surroundings.data(Some(named))?,
        None => surroundings.data(Some(surroundings.data(None)?.join("demo")))?,
    };
    let (sign_in, password) = (task.sign_in, task.password);
    open_and_serve(&data, task.serve.entry, task.serve.outside, |node| {
        load_sample(node)?;
        if sign_in { people(node, password) } else { Ok(()) }
    })
}

fn load_sample(node: &Node) -> Result<(), Failure> {
    if node.state().position > 0 {
        return Ok(());
    }
    let _progress = Progress::of("見本を読み込んでいます");
    for (year, document) in history(SEED, FIRST_YEAR, YEARS) {
        let name = format!("見本_{year}年度.txt");
        evidence::import(node, access::local_operator(), &name, document.as_bytes())?;
    }
    // Without fonts, no edition can be made; all other functions work.
    if let Ok(press) = Press::find() {
        edition::freeze_edition(node, access::local_operator(), None, None, Ok(&press), false)?;
    }
    Ok(())
}

/// Registers people of each role on both sides with the same password. Prints the password only this once.
fn people(node: &Node, password: Option<String>) -> Result<(), Failure> {
    let password = match password {
        Some(named) => named,
        None => fresh_password().map_err(AppError::from)?,
    };
    let progress = Progress::of("見本の人を登録しています");
    let styles = node.state().house_styles(access::local_viewer(), None)?;
    let mut logins = Vec::new();
    for (side, style) in ["shi", "kyoku"].into_iter().zip(&styles) {
        let divisions = node.state().busiest_divisions(style.party);
        let council = (side == "shi").then_some(("iin", "見本 きよみ", "運営協議会委員", Duty::Councillor, 0));
        for (key, name, title, duty, division) in PEOPLE.into_iter().chain(council) {
            let login = if duty == Duty::Councillor { key.to_owned() } else { format!("{side}-{key}") };
            let division = divisions.get(division).or(divisions.first()).map_or("総務課", String::as_str);
            let account = person(node, &login, name, false, &password)?;
            if let Some(account) = account {
                let post = people::post_named(node, access::local_operator(), style.party, division, title, &[duty])?;
                people::appoint(node, "", &account, post, day_of(node.now()), None)?;
            }
            logins.push(login);
        }
    }
    person(node, "kanri", "見本 くるみ", true, &password)?;
    logins.push("kanri".to_owned());
    drop(progress);
    println!("ログイン名：{}\nパスワード（どの人も同じ）：{password}", logins.join("、"));
    Ok(())
}

/// Adds a person if necessary, and sets their password. Returns the id of a new account; `None` if the account existed.
fn person(
    node: &Node,
    login: &str,
    name: &str,
    is_administrator: bool,
    password: &str,
) -> Result<Option<String>, Failure> {
    if let Ok(known) = people::account_named(node, login) {
        people::give_password(node, &known, password)?;
        return Ok(None);
    }
    let (login, name, language) = (login.to_owned(), name.to_owned(), Language::Japanese);
    let account = people::add_account(node, "", &NewAccount { login, name, is_administrator, language })?;
    people::give_password(node, &account, password)?;
    Ok(Some(account))
}
