//! Measures how long a data directory takes to open, that is, to read its journal from SQLite and fold it.
//! `measure_fold DIR` first fills the directory with ten years of agreements, with fifty thousand observations in all.
//! It prints seconds and observations.

use std::path::Path;
use std::time::Instant;

use renkei_app::{AppError, Context, Node, evidence};
use renkei_document::document::Document;
use renkei_domain::authority::actor::Actor;
use renkei_sample::{Damage, Settings, document};

const OBSERVATIONS: usize = 50_000;
const YEARS: i16 = 10;
const TIMES: usize = 5;

fn main() -> Result<(), String> {
    let directory = std::env::args().nth(1).ok_or("usage: measure_fold DIR")?;
    let directory = Path::new(&directory);
    let observations = fill(directory).map_err(|error| error.to_string())?;
    let mut fastest = f64::MAX;
    for _ in 0..TIMES {
        let start = Instant::now();
        let node = Node::open(directory, Context::of_this_machine()).map_err(|error| error.to_string())?;
        fastest = fastest.min(start.elapsed().as_secs_f64());
        std::hint::black_box(node.state().position);
    }
    println!("seconds {fastest:.4} observations {observations}");
    Ok(())
}

/// Imports ten years of large documents for one invented city after another, until there are enough observations.
fn fill(directory: &Path) -> Result<usize, AppError> {
    let node = Node::open(directory, Context::of_this_machine())?;
    let actor = Actor::Operator { post: "計測".to_owned() };
    let mut observations = 0;
    for (seed, fiscal_year) in (1..).flat_map(|seed| (0..YEARS).map(move |year| (seed, 2017 + year))) {
        let text = document(&Settings { seed, fiscal_year, rows_per_section: Some(50), damage: Damage::None });
        match evidence::import(&node, actor.clone(), "sample.txt", text.as_bytes()) {
            Ok(outcome) => observations += figures(&outcome.document.value),
            // Two seeds may give cities of the same name. Its years are then recorded already.
            Err(AppError::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
        if observations >= OBSERVATIONS {
            break;
        }
    }
    Ok(observations)
}

fn figures(document: &Document) -> usize {
    let sections = document.plans.iter().flat_map(|plan| &plan.chapters).flat_map(|chapter| &chapter.sections);
    sections.flat_map(|section| &section.initiatives).map(|initiative| initiative.figures.len()).sum()
}
