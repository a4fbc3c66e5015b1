//! How long a data directory takes to open: its journal is read from SQLite and folded. `measure_fold DIR` fills the directory
//! with ten years of an agreement, fifty thousand observations in all, and prints seconds and observations.

use std::path::Path;
use std::time::Instant;

use renkei_app::{AppError, Context, Renkei};
use renkei_domain::document::Document;
use renkei_domain::facts::Actor;
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
        let renkei = Renkei::open(directory, Context::of_this_machine()).map_err(|error| error.to_string())?;
        fastest = fastest.min(start.elapsed().as_secs_f64());
        std::hint::black_box(renkei.state().position);
    }
    println!("seconds {fastest:.4} observations {observations}");
    Ok(())
}

/// Large documents, year after year and from the first year again, until there are enough.
fn fill(directory: &Path) -> Result<usize, AppError> {
    let renkei = Renkei::open(directory, Context::of_this_machine())?;
    let actor = Actor::Operator { post: "計測".to_owned() };
    let mut observations = 0;
    for turn in 0.. {
        let settings =
            Settings { seed: 1, fiscal_year: 2017 + turn % YEARS, rows_per_section: Some(50), damage: Damage::None };
        let text = document(&settings);
        let outcome = renkei.import(actor.clone(), "sample.txt", text.as_bytes())?;
        observations += figures(&outcome.document.value);
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
