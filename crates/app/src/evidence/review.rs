//! 取込みの確認 — the desk: files that wait for a review. Each file is corrected, and then recorded or discarded.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Mutex, PoisonError};

use renkei_document::document::{Document, Imported, Initiative, PlanTable};
use renkei_document::finding::{Finding, Notice, Place};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::locus::SourceLine;
use renkei_domain::authority::actor::Actor;
use renkei_domain::evidence::command::Merge;
use renkei_domain::evidence::cover::loses_its_cover;
use renkei_domain::evidence::merging::{Merged, rows_to_confirm};
use renkei_domain::plan;
use renkei_domain::view::Viewer;
use renkei_import::ReadFile;
use renkei_import::figures::{self, RowText};
use renkei_journal::{PartyOwner, Put, Waiting, WaitingLine};
use serde::{Deserialize, Serialize};

use crate::edition::report::too_long_for_pdf;
use crate::evidence::import::{
    Brought, ImportOutcome, Recorded, known_agreement, merged, merged_tables, not_too_large, record_file,
    recorded_tables, with_checks,
};
use crate::evidence::row_place::{RowPlace, placed_rows};
use crate::node::error::AppError;
use crate::node::memory::Memory;
use crate::node::open::Node;
use crate::node::quotas::DESK;
use crate::people::access::Right;
use crate::people::accounts::fresh_id;
use crate::people::visitor::Visitor;

/// 取込みの確認 — what importing a file would record, and what prevents the import.
#[derive(Debug)]
pub struct Review {
    pub file_name: String,
    pub brought_at: u64,
    /// The lines of the file, which pages show beside the document that was read from them.
    pub lines: Vec<SourceLine>,
    /// The document with all corrections, and with the findings of the reader and of the checks.
    pub document: Imported<Document>,
    /// Places of the rows that a person has corrected.
    pub corrected: BTreeSet<RowPlace>,
    pub left_out: BTreeSet<RowPlace>,
    /// For each table, how the import would change the recorded table of the same year.
    pub merged: Vec<Option<Merged>>,
    /// Whether the import ignores the document's cover, because another party has rows under the recorded cover.
    pub loses_its_cover: bool,
    /// Indexes (from 0) of the tables whose plan is still a draft. Such a table cannot be imported.
    pub drafted: BTreeSet<usize>,
    pub kept: HashSet<Id<id::Initiative>>,
    /// Number of rows that the import would remove if it needs a confirmation (because they are most of a table); else
    /// 0.
    pub to_confirm: usize,
    /// Number of removed rows that a person has confirmed.
    pub confirmed: usize,
    /// Number of waiting rows of each other party, by the party's name. They wait until that party takes them over.
    pub waiting: Vec<(String, usize)>,
    /// The years whose report would have more rows than a PDF may have, each with its number of rows.
    pub too_long_for_pdf: Vec<(FiscalYear, usize)>,
    /// All reasons why the file cannot be recorded as it is.
    pub refusals: Vec<AppError>,
    /// A digest of the recorded tables of the document's years. [`accept`] gets it as an argument, and records nothing
    /// if the digest has changed.
    pub recorded: String,
}

/// The changes that people made to a file. They are stored with the file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Edits {
    /// Corrected rows, by their places in the file.
    rows: BTreeMap<String, Initiative>,
    left_out: BTreeSet<String>,
    /// Recorded rows that the merge leaves unchanged.
    kept: HashSet<Id<id::Initiative>>,
    /// Number of removed rows that a person has confirmed.
    #[serde(default)]
    gone: usize,
}

/// Puts a readable file on the visitor's desk. Returns the id of the file there.
pub fn put_on_desk(node: &Node, visitor: &Visitor, file_name: &str, bytes: Vec<u8>) -> Result<String, AppError> {
    let (owner, brought_by) = (visitor.party_owner()?, visitor.account_owner()?);
    // The limit is checked before the file is read, and again when the file is stored.
    if let Some(limit) = node.journal.desk_limit(owner, &brought_by, &DESK)? {
        return Err(AppError::DeskFull(limit));
    }
    let read = renkei_import::read_file(file_name, &bytes)?;
    not_too_large(&read.imported.value)?;
    let (id, file_name) = (fresh_id(node), file_name.to_owned());
    let brought_at = node.now_millis();
    let file = Waiting { owner, id, brought_by, file_name, bytes, edits: Vec::new(), brought_at };
    put(node.journal.put_waiting(&file, &DESK)?)?;
    Ok(file.id)
}

/// Returns the files on the visitor's desk, oldest first.
pub fn waiting(node: &Node, visitor: &Visitor) -> Result<Vec<WaitingLine>, AppError> {
    Ok(node.journal.waiting(visitor.party_owner()?)?)
}

/// Whether files of the local operator wait for a review. No signed-in visitor can see these files.
pub fn has_files_of_the_operator(node: &Node) -> Result<bool, AppError> {
    Ok(!node.journal.waiting(PartyOwner::LocalOperator)?.is_empty())
}

/// Returns what importing a file on the visitor's desk would record.
pub fn review(node: &Node, visitor: &Visitor, id: &str) -> Result<Review, AppError> {
    let (file, edits) = on_the_desk(node, visitor, id)?;
    let left_out = places(&edits.left_out);
    reviewed(node, visitor.acting(Right::Import)?, file, &edits, left_out)
}

/// Returns the same as [`review`], but includes this row even if it was left out, so that it can be shown and restored.
pub fn review_with(node: &Node, visitor: &Visitor, id: &str, place: RowPlace) -> Result<Review, AppError> {
    let (file, mut edits) = on_the_desk(node, visitor, id)?;
    let left_out = places(&edits.left_out);
    edits.left_out.remove(&place.to_string());
    reviewed(node, visitor.acting(Right::Import)?, file, &edits, left_out)
}

fn reviewed(
    node: &Node,
    actor: Actor,
    file: Waiting,
    edits: &Edits,
    left_out: BTreeSet<RowPlace>,
) -> Result<Review, AppError> {
    let read = renkei_import::read_file(&file.file_name, &file.bytes)?;
    let corrected = places(edits.rows.keys());
    let edited = edited(read, edits);
    let brought = Brought {
        file_name: &file.file_name,
        bytes: &file.bytes,
        read: &edited.imported,
        // The page asks for a confirmation if rows would be removed. This alone is no reason to refuse the document
        // here.
        merge: Some(Merge { kept: edits.kept.clone(), gone: usize::MAX }),
        reviewed: None,
    };
    let viewer = actor.viewer();
    let recorded = recorded_tables(node.state().seen_by(viewer), &edited.imported.value);
    let rehearsed = node.rehearse(actor, |deliberation| {
        let recorded = brought.record(deliberation)?;
        let agreement = deliberation.seen().agreement(recorded.agreement);
        let too_long = agreement.map(|known| too_long_for_pdf(known, &edited.imported.value)).unwrap_or_default();
        Ok((recorded.waiting, too_long))
    });
    let ((waiting, too_long_for_pdf), refusals) = match rehearsed {
        Ok(told) => (told, Vec::new()),
        Err(AppError::Refused(refusals)) => {
            (Default::default(), refusals.into_iter().map(|one| AppError::Refused(vec![one])).collect())
        }
        Err(fault) => (Default::default(), vec![fault]),
    };
    let merged = merged(node, viewer, &edited.imported.value, &edits.kept);
    let drafted = drafted(node, viewer, &edited.imported.value);
    let loses_its_cover = would_lose_its_cover(node, viewer, &edited.imported.value);
    let lines = edited.lines.clone();
    Ok(Review {
        brought_at: file.brought_at,
        document: with_checks(edited),
        file_name: file.file_name,
        kept: edits.kept.clone(),
        to_confirm: rows_to_confirm(merged.iter().flatten()),
        confirmed: edits.gone,
        lines,
        corrected,
        left_out,
        merged,
        loses_its_cover,
        drafted,
        waiting,
        too_long_for_pdf,
        refusals,
        recorded,
    })
}

/// Corrects a row of a file on the desk. If the text changed, the figures are read from the new text; otherwise the
/// figures of `row` are used.
pub fn correct_read_row(
    node: &Node,
    visitor: &Visitor,
    id: &str,
    place: RowPlace,
    row: Initiative,
) -> Result<(), AppError> {
    let (file, edits) = on_the_desk(node, visitor, id)?;
    let read = renkei_import::read_file(&file.file_name, &file.bytes)?;
    let table = read.imported.value.plans.get(place.table).ok_or(AppError::NotOnTheDesk)?;
    let context = figures::Context { fiscal_year: table.fiscal_year, kind: table.kind, lines: &[] };
    let edited = edited(read, &edits);
    let known = placed_rows(&edited.imported.value).find(|(known, _)| *known == place).map(|(_, row)| row.clone());
    let known = known.ok_or(AppError::NotOnTheDesk)?;
    let mut row = Initiative { lines: known.lines.clone(), ..row };
    if row.text != known.text || row.items != known.items {
        row.figures = figures::figures_in_row(RowText { text: &row.text, items: &row.items }, context).figures;
    }
    change_rows(node, visitor, id, |edits| {
        edits.left_out.remove(&place.to_string());
        edits.rows.insert(place.to_string(), row);
    })
}

/// Leaves a row of a file on the desk out of the import, or includes it again.
pub fn leave_out_read_row(
    node: &Node,
    visitor: &Visitor,
    id: &str,
    place: RowPlace,
    out: bool,
) -> Result<(), AppError> {
    change_rows(node, visitor, id, |edits| {
        if out {
            edits.left_out.insert(place.to_string());
        } else {
            edits.left_out.remove(&place.to_string());
        }
    })
}

/// Restores a row to the state in which it was read.
pub fn restore_read_row(node: &Node, visitor: &Visitor, id: &str, place: RowPlace) -> Result<(), AppError> {
    change_rows(node, visitor, id, |edits| {
        edits.rows.remove(&place.to_string());
        edits.left_out.remove(&place.to_string());
    })
}

/// Sets which recorded rows the merge leaves unchanged. If `among` is given, only the choice for these rows changes.
pub fn keep_rows(
    node: &Node,
    visitor: &Visitor,
    id: &str,
    kept: HashSet<Id<id::Initiative>>,
    among: Option<&HashSet<Id<id::Initiative>>>,
) -> Result<(), AppError> {
    change_rows(node, visitor, id, |edits| {
        edits.kept.retain(|row| among.is_some_and(|among| !among.contains(row)));
        edits.kept.extend(kept);
    })
}

/// Changes which rows are recorded, or how. Deletes an earlier confirmation, because it concerned other rows.
fn change_rows(node: &Node, visitor: &Visitor, id: &str, change: impl FnOnce(&mut Edits)) -> Result<(), AppError> {
    change_edits(node, visitor, id, |edits| {
        edits.gone = 0;
        change(edits);
    })
}

/// Stores the number of removed rows that a person has confirmed.
pub fn confirm_gone(node: &Node, visitor: &Visitor, id: &str, rows: usize) -> Result<(), AppError> {
    change_edits(node, visitor, id, |edits| edits.gone = rows)
}

/// Records a file on the desk with its corrections, and removes it from the desk. `reviewed` is the value of
/// [`Review::recorded`] at the review; if that value has changed since, nothing is recorded.
pub fn accept(node: &Node, visitor: &Visitor, id: &str, reviewed: Option<&str>) -> Result<ImportOutcome, AppError> {
    let actor = visitor.acting(Right::Import)?;
    let (file, edits) = on_the_desk(node, visitor, id)?;
    let read = edited(renkei_import::read_file(&file.file_name, &file.bytes)?, &edits);
    let merge = Merge { kept: edits.kept, gone: edits.gone };
    let merged = merged_tables(node, actor.viewer(), &read.imported.value, &merge);
    let brought =
        Brought { file_name: &file.file_name, bytes: &file.bytes, read: &read.imported, merge: Some(merge), reviewed };
    let Recorded { agreement, taken_over, waiting } = record_file(node, actor, &brought)?;
    node.journal.take_from_desk(file.owner, id)?;
    Ok(ImportOutcome { agreement, document: with_checks(read), taken_over, waiting, merged })
}

/// Gives a file of the local operator to a party.
pub fn hand_over_file(node: &Node, visitor: &Visitor, id: &str, party: Id<id::Party>) -> Result<(), AppError> {
    if !visitor.is_local_operator() {
        return Err(AppError::Forbidden);
    }
    put(node.journal.hand_over(PartyOwner::LocalOperator, id, PartyOwner::Party(party), &DESK)?)
}

/// Removes a file from the visitor's desk without recording it.
pub fn put_away(node: &Node, visitor: &Visitor, id: &str) -> Result<(), AppError> {
    let taken = node.journal.take_from_desk(visitor.party_owner()?, id)?;
    taken.then_some(()).ok_or(AppError::NotOnTheDesk)
}

fn on_the_desk(node: &Node, visitor: &Visitor, id: &str) -> Result<(Waiting, Edits), AppError> {
    let file = node.journal.waiting_file(visitor.party_owner()?, id)?.ok_or(AppError::NotOnTheDesk)?;
    // Edits that another release has stored in an unknown format are dropped; the file itself is kept.
    let edits = serde_json::from_slice(&file.edits).unwrap_or_default();
    Ok((file, edits))
}

/// Lock for reading, changing and writing the edits of a file on the desk.
#[derive(Default)]
struct Correcting(Mutex<()>);

impl Memory for Correcting {}

/// Changes the edits of a file under a lock, so that no change is lost if two colleagues make changes at the same time.
fn change_edits(node: &Node, visitor: &Visitor, id: &str, change: impl FnOnce(&mut Edits)) -> Result<(), AppError> {
    let correcting = node.memory::<Correcting>();
    let _one_at_a_time = correcting.0.lock().unwrap_or_else(PoisonError::into_inner);
    let (_, mut edits) = on_the_desk(node, visitor, id)?;
    change(&mut edits);
    let bytes = serde_json::to_vec(&edits).unwrap_or_default();
    put(node.journal.keep_edits(visitor.party_owner()?, id, &bytes, &DESK)?)
}

fn would_lose_its_cover(node: &Node, viewer: Viewer, document: &Document) -> bool {
    let state = node.state();
    let agreement = known_agreement(state.seen_by(viewer), document);
    let stays = agreement.and_then(|agreement| agreement.cover_that_stays(document));
    stays.is_some_and(|there| loses_its_cover(document, there))
}

/// Returns the indexes of the tables whose plan is still a draft.
fn drafted(node: &Node, viewer: Viewer, document: &Document) -> BTreeSet<usize> {
    let state = node.state();
    let view = state.seen_by(viewer);
    let agreement = known_agreement(view, document);
    let is_draft = |table: &PlanTable| {
        let plan = agreement.and_then(|agreement| agreement.plan_of(table.fiscal_year, table.kind));
        plan.is_some_and(|(_, plan)| plan.state == plan::PlanState::Draft)
    };
    document.plans.iter().enumerate().filter(|(_, table)| is_draft(table)).map(|(place, _)| place).collect()
}
fn put(put: Put) -> Result<(), AppError> {
    match put {
        Put::Kept => Ok(()),
        Put::NotThere => Err(AppError::NotOnTheDesk),
        Put::Full(limit) => Err(AppError::DeskFull(limit)),
    }
}

fn places<'a>(names: impl IntoIterator<Item = &'a String>) -> BTreeSet<RowPlace> {
    names.into_iter().filter_map(|name| name.parse().ok()).collect()
}

/// Applies the edits to what was read. The original text of each corrected row becomes a finding, which the journal
/// keeps.
fn edited(mut read: ReadFile, edits: &Edits) -> ReadFile {
    let mut findings = Vec::new();
    for (table, plan) in read.imported.value.plans.iter_mut().enumerate() {
        let sections = plan.chapters.iter_mut().flat_map(|chapter| {
            let number = chapter.number;
            chapter.sections.iter_mut().map(move |section| (number, section))
        });
        for (chapter, section) in sections {
            let name = |row: u32| RowPlace { table, chapter, section: section.number, row }.to_string();
            for row in &mut section.initiatives {
                if let Some(corrected) = edits.rows.get(&name(row.number)) {
                    findings.push(told(row));
                    *row = Initiative { number: row.number, ..corrected.clone() };
                }
            }
            let left_out = |row: &Initiative| edits.left_out.contains(&name(row.number));
            findings.extend(section.initiatives.iter().filter(|row| left_out(row)).map(told));
            section.initiatives.retain(|row| !left_out(row));
        }
    }
    read.imported.findings.extend(findings);
    read
}

fn told(row: &Initiative) -> Finding {
    let read: String = row.text.chars().take(60).collect();
    let place = row.lines.first().map_or_else(Place::whole, |line| Place::line(*line));
    Finding::new(Notice::RowCorrected { read }, place)
}
