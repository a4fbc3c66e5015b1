//! `renkei lineage` — suggests which rows of two years belong together.

use std::process::ExitCode;

use renkei_app::{access, read_state};
use renkei_document::fiscal_year::FiscalYear;
use renkei_domain::plan::lineage::Lineage as Suggested;

use super::input_output::print_json;
use crate::arguments::{Lineage, Shape};
use crate::failure::Failure;
use crate::surroundings::Surroundings;

pub fn lineage(task: Lineage, surroundings: &Surroundings) -> Result<ExitCode, Failure> {
    let state = read_state(&surroundings.data(task.data.data)?)?;
    let viewer = access::local_viewer();
    let suggested = state.lineage(viewer, task.agreement.as_deref(), FiscalYear(task.from), FiscalYear(task.to))?;
    match task.format {
        Shape::Json => print_json(&suggested),
        Shape::Text => tell(&suggested),
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(suggested: &Suggested) {
    for row in &suggested.rows {
        let from: Vec<String> = row.from.iter().map(ToString::to_string).collect();
        let from = if from.is_empty() { "—".to_owned() } else { from.join("、") };
        println!("{}\t{}\t{from}", row.to, row.relation.name());
    }
    for row in &suggested.ended {
        println!("—\t廃止\t{row}");
    }
}
