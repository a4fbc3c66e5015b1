//! `renkei style` — shows the style in which a party's rows are printed, with an example sentence, and changes the
//! style.

use std::process::ExitCode;

use renkei_app::{Context, Node, PartyStyle, access, organisation, read_state};
use renkei_document::house_style::{EXAMPLE, HouseStyle, SETTINGS};
use serde_json::json;

use super::input_output::print_json;
use crate::arguments::{SetStyle, Shape, ShowStyle, Style};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn style(task: Style, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    match task {
        Style::Show(task) => show(&task, surroundings),
        Style::Set(task) => set(&task, surroundings),
    }
}

fn show(task: &ShowStyle, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let state = read_state(&surroundings.data(task.data.data.clone())?)?;
    let viewer = access::local_viewer();
    let styles = match &task.party {
        Some(party) => vec![state.house_style(viewer, task.agreement.as_deref(), party)?],
        None => state.house_styles(viewer, task.agreement.as_deref())?,
    };
    match task.format {
        Shape::Json => print_json(&json!({ "styles": styles.iter().map(as_json).collect::<Vec<_>>() })),
        Shape::Text => styles.iter().for_each(tell),
    }
    Ok(ExitCode::SUCCESS)
}

fn set(task: &SetStyle, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let node = Node::open(&surroundings.data(task.data.data.clone())?, Context::of_this_machine())?;
    let viewer = access::local_viewer();
    let state = node.state();
    let known = state.house_style(viewer, task.agreement.as_deref(), &task.party)?;
    organisation::set_house_style(&node, access::local_operator(), known.party, chosen(task, known.style))?;
    tell(&node.state().house_style(viewer, task.agreement.as_deref(), &task.party)?);
    Ok(ExitCode::SUCCESS)
}

/// Returns a style with the named settings changed. The other settings stay as they are.
fn chosen(task: &SetStyle, now: HouseStyle) -> HouseStyle {
    let named = [
        ("numbers", &task.numbers),
        ("unit-blank", &task.unit_blank),
        ("brackets", &task.brackets),
        ("letters", &task.letters),
        ("persons", &task.persons),
        ("dates", &task.dates),
    ];
    let named = named.into_iter().filter_map(|(setting, choice)| Some((setting, choice.as_deref()?)));
    named.fold(now, |style, (setting, choice)| style.choose(setting, choice).unwrap_or(style))
}

fn tell(known: &PartyStyle) {
    println!("{}（{}）", known.name, known.short_name);
    for setting in SETTINGS {
        let words = known.style.chosen(setting.key).map_or("", |choice| choice.words);
        println!("  {}：{words}", setting.title);
    }
    println!("  原文の例：{EXAMPLE}\n  印刷すると：{}", known.style.example());
}

fn as_json(known: &PartyStyle) -> serde_json::Value {
    json!({ "party": known.name, "short_name": known.short_name, "style": known.style, "example": known.style.example() })
}
