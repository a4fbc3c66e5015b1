//! 前年度対応 as a short path of years: the rows that a row came from, and the rows that came from it.

use std::sync::Arc;

use renkei_document::document::PlanTable;
use renkei_document::id::{self, Id};
use renkei_document::language::Language;
use renkei_domain::plan::lineage::{Confidence, Lineage, Suggestion};

use crate::frame::moment::{Derived, Moment};
use crate::frame::names::table_name;
use crate::frame::phrases::{phrase, say};
use crate::frame::row_block::{Placing, names, placings, row_of};
use crate::frame::step::{Step, StepRow};

/// Largest number of earlier years that a path shows.
const LONGEST: usize = 10;

/// The relation of a row to its predecessor, and the confidence in this relation, both as text.
type Relation = (Option<&'static str>, &'static str);

/// The relation between a year's table and the table of the year before.
struct Tie {
    old: Arc<PlanTable>,
    old_id: Id<id::Plan>,
    lineage: Arc<Lineage>,
}

impl Moment {
    /// Returns the path of a row through the years: the rows that it came from, and the rows that came from it.
    pub fn path(&self, id: Id<id::Initiative>, language: Language) -> Arc<Vec<Step>> {
        let make = |moment: &Self| Arc::new(path_of(moment, language, id));
        let path = self.kept(&self.values.paths, &(id, language), make);
        self.note(Derived::Path(id, language), &path, move |moment| moment.path(id, language));
        path
    }
}

/// Makes the path of a row, oldest first: the years before, the row's own year, and the next year.
fn path_of(moment: &Moment, language: Language, row: Id<id::Initiative>) -> Vec<Step> {
    let plan = moment.agreement().ok().and_then(|agreement| agreement.initiative(row)).map(|seen| seen.initiative.plan);
    let Some((id, table)) = plan.and_then(|id| Some((id, moment.table(id)?))) else { return Vec::new() };
    let Some(placing) = placing_of(&table, row) else { return Vec::new() };
    let mut steps = before((moment, language), id, placing);
    steps.reverse();
    steps.push(step((moment, language), &table, vec![placing], true));
    if let Some((next, relation)) = after((moment, language), id, placing) {
        if let Some(last) = steps.last_mut() {
            (last.relation, last.confidence) = relation;
        }
        steps.push(next);
    }
    steps
}

fn before((moment, language): (&Moment, Language), id: Id<id::Plan>, placing: Placing<'_>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut tie = tie_to_year_before(moment, id);
    let mut found = tie.as_ref().and_then(|tie| suggestion(tie, placing).cloned());
    while let (Some(known), Some(suggested)) = (&tie, found.take()) {
        let rows: Vec<Placing<'_>> = suggested.from.iter().filter_map(|from| row_of(&known.old, from)).collect();
        if rows.is_empty() || steps.len() == LONGEST {
            break;
        }
        let earlier = tie_to_year_before(moment, known.old_id);
        found = earlier.as_ref().filter(|_| rows.len() == 1).and_then(|tie| suggestion(tie, rows[0]).cloned());
        let mut step = step((moment, language), &known.old, rows, false);
        step.relation = Some(say(language, suggested.relation.name()));
        step.confidence = say(language, confidence_word(suggested.confidence));
        steps.push(step);
        tie = earlier;
    }
    steps
}

/// Returns the rows of the next year that came from this row, and how they came from it.
fn after((moment, language): (&Moment, Language), id: Id<id::Plan>, placing: Placing<'_>) -> Option<(Step, Relation)> {
    let plans = moment.agreement().ok()?.plans();
    let (next, _) = plans.into_iter().find(|(_, plan)| moment.year_before(plan) == Some(id))?;
    let lineage = moment.lineage(id, next)?;
    let table = moment.table(next)?;
    let came: Vec<&Suggestion> =
        lineage.rows.iter().filter(|row| row.from.iter().any(|from| names(from, placing))).collect();
    let rows = came.iter().filter_map(|row| row_of(&table, &row.to)).collect();
    let (relation, confidence) =
        came.first().map_or((phrase("廃止"), ""), |first| (first.relation.name(), confidence_word(first.confidence)));
    Some((step((moment, language), &table, rows, false), (Some(say(language, relation)), say(language, confidence))))
}

fn tie_to_year_before(moment: &Moment, id: Id<id::Plan>) -> Option<Tie> {
    let plan = moment.agreement().ok()?.plan(id)?;
    let old_id = moment.year_before(plan)?;
    Some(Tie { old: moment.table(old_id)?, old_id, lineage: moment.lineage(old_id, id)? })
}

fn suggestion<'a>(tie: &'a Tie, placing: Placing<'_>) -> Option<&'a Suggestion> {
    tie.lineage.rows.iter().find(|suggestion| names(&suggestion.to, placing))
}

fn step((moment, language): (&Moment, Language), table: &PlanTable, rows: Vec<Placing<'_>>, here: bool) -> Step {
    let agreement = moment.agreement().ok().map(|agreement| agreement.id);
    let rows = rows.into_iter().map(|placing| StepRow {
        name: placing.name(language),
        href: agreement.map_or_else(String::new, |agreement| placing.href(agreement)),
    });
    let table = table_name(language, table.fiscal_year, table.kind);
    Step { table, rows: rows.collect(), relation: None, confidence: "", here }
}

fn confidence_word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => phrase("確度 高"),
        Confidence::Medium => phrase("確度 中"),
        Confidence::Low => phrase("確度 低"),
    }
}

/// Returns the row of a table with this id, together with its chapter and section.
pub fn placing_of(table: &PlanTable, id: Id<id::Initiative>) -> Option<Placing<'_>> {
    placings(table).find(|placing| placing.row.id == Some(id) && !placing.row.repeated)
}
