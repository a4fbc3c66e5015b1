//! 取込み — records a document as evidence; each party then takes over its own rows.

use std::collections::HashSet;

use renkei_document::checks::{check, merge};
use renkei_document::document::{AgreementText, Document, Imported, PlanKind, PlanTable};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Evidence, Id};
use renkei_document::search::folded;
use renkei_domain::agreement::Agreement;
use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::decide::{excess_of_document, nothing_to_record};
use renkei_domain::evidence::command::EvidenceCommand;
use renkei_domain::evidence::command::{DeclineRows, ImportDocument, Merge};
use renkei_domain::evidence::merging::{Change, Merged};
use renkei_domain::refusal::Refusal;
use renkei_domain::view::{AgreementView, View, Viewer};
use renkei_import::ReadFile;
use renkei_journal::BlobDigest;

use crate::edition::report::titles;
use crate::node::carry_out::Deliberation;
use crate::node::error::AppError;
use crate::node::open::Node;

/// 取込みの結果 — the result of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOutcome {
    pub agreement: Id<Agreement>,
    pub document: Imported<Document>,
    /// Number of rows that each party has taken over, by the party's name.
    pub taken_over: Vec<(String, usize)>,
    /// Number of rows of each party for which the actor may not act, by the party's name. They wait until that party
    /// takes them over.
    pub waiting: Vec<(String, usize)>,
    /// The tables that were merged into an existing table.
    pub merged: Vec<MergedTable>,
}

/// 統合した表 — how many rows of a merged table are new, changed, removed, unchanged, or kept although the document differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedTable {
    pub fiscal_year: FiscalYear,
    pub kind: PlanKind,
    pub new: usize,
    pub changed: usize,
    pub gone: usize,
    pub same: usize,
    pub kept: usize,
}

/// Reads a document without storing it. The result includes the findings of the reader and of the checks.
pub fn read_document(file_name: &str, bytes: &[u8]) -> Result<Imported<Document>, AppError> {
    let read = renkei_import::read_file(file_name, bytes)?;
    Ok(with_checks(read))
}

/// Adds the findings of the checks to those of the reader, each with its place in the file.
pub(crate) fn with_checks(read: ReadFile) -> Imported<Document> {
    let Imported { value, findings } = read.imported;
    let findings = merge(findings, check(&value));
    let mut imported = Imported { value, findings };
    renkei_import::place(&mut imported, &read.lines);
    imported
}

/// Returns `Err` if a document is too large to be recorded. It is then neither stored nor checked.
pub(crate) fn not_too_large(document: &Document) -> Result<(), AppError> {
    let excess = excess_of_document(document);
    if excess.is_empty() { Ok(()) } else { Err(AppError::Refused(excess)) }
}

/// Imports a document in one transaction. It records the evidence in the name of the actor's party, and takes over the
/// rows of each party for which the actor may act. If no agreement is known yet, it first concludes the one in the
/// document.
pub fn import(node: &Node, actor: Actor, file_name: &str, bytes: &[u8]) -> Result<ImportOutcome, AppError> {
    import_onto(node, actor, file_name, bytes, None)
}

/// Imports a document as [`import`] does. With `merge`, its tables replace the recorded tables of the same years.
pub fn import_onto(
    node: &Node,
    actor: Actor,
    file_name: &str,
    bytes: &[u8],
    merge: Option<Merge>,
) -> Result<ImportOutcome, AppError> {
    let file = renkei_import::read_file(file_name, bytes)?;
    not_too_large(&file.imported.value)?;
    import_read(node, actor, (file_name, bytes), file, merge)
}

/// Imports a file as [`import_onto`] does, after it was read.
pub(crate) fn import_read(
    node: &Node,
    actor: Actor,
    (file_name, bytes): (&str, &[u8]),
    file: ReadFile,
    merge: Option<Merge>,
) -> Result<ImportOutcome, AppError> {
    let tables = |merge| merged_tables(node, actor.viewer(), &file.imported.value, merge);
    let merged = merge.as_ref().map(tables).unwrap_or_default();
    let brought = Brought { file_name, bytes, read: &file.imported, merge, reviewed: None };
    let Recorded { agreement, taken_over, waiting } = record_file(node, actor, &brought)?;
    Ok(ImportOutcome { agreement, document: with_checks(file), taken_over, waiting, merged })
}

/// Records a file through [`carry_out_at_length`], so that other users need not wait while its bytes are stored.
pub(crate) fn record_file(node: &Node, actor: Actor, brought: &Brought<'_>) -> Result<Recorded, AppError> {
    node.carry_out_at_length(actor, |deliberation| {
        let recorded = brought.record(deliberation)?;
        // Here the decision has succeeded. The file is stored before the event that names it is appended.
        node.journal.put_blob(brought.bytes)?;
        Ok(recorded)
    })
}

/// Returns, for each table of a document, how importing it would change the recorded table of its year. The result
/// contains only what the viewer may know.
pub(crate) fn merged(
    node: &Node,
    viewer: Viewer,
    document: &Document,
    kept: &HashSet<Id<id::Initiative>>,
) -> Vec<Option<Merged>> {
    let state = node.state();
    let view = state.seen_by(viewer);
    let agreement = known_agreement(view, document);
    document.plans.iter().map(|table| agreement?.merging(table, kept)).collect()
}

pub(crate) fn merged_tables(node: &Node, viewer: Viewer, document: &Document, merge: &Merge) -> Vec<MergedTable> {
    let tables = document.plans.iter().zip(merged(node, viewer, document, &merge.kept));
    let counted = tables.filter_map(|(table, merged)| {
        let merged = merged?;
        let count = |change| merged.count(change);
        let (new, changed) = (count(Change::New), count(Change::Changed));
        let (gone, same, kept) = (count(Change::Gone), count(Change::Same), count(Change::Kept));
        Some(MergedTable { fiscal_year: table.fiscal_year, kind: table.kind, new, changed, gone, same, kept })
    });
    counted.collect()
}

/// Undoes a whole import, including all values that it recorded.
pub fn undo_import(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    evidence: Id<Evidence>,
    reason: &str,
) -> Result<(), AppError> {
    node.do_at_length(
        actor,
        &Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, reason: reason.to_owned() }),
    )
}

/// Takes over all rows of a document that wait for parties for which the actor may act. From then on, their figures
/// belong to these parties.
pub fn take_over_rows(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    evidence: Id<Evidence>,
) -> Result<(), AppError> {
    answer_waiting(node, actor, (agreement, evidence), |party| {
        Command::Evidence(EvidenceCommand::TakeOverRows { agreement, party, evidence })
    })
}

/// Declines all rows of a document that wait for parties for which the actor may act. The rows leave the plans, and the
/// document stays.
pub fn decline_rows(
    node: &Node,
    actor: Actor,
    agreement: Id<Agreement>,
    evidence: Id<Evidence>,
    reason: &str,
) -> Result<(), AppError> {
    let decline = |party| DeclineRows { agreement, party, evidence, reason: reason.to_owned() };
    answer_waiting(node, actor, (agreement, evidence), |party| {
        Command::Evidence(EvidenceCommand::DeclineRows(decline(party)))
    })
}

/// For each party of the actor that has waiting rows in the document, decides the command that `command` makes.
fn answer_waiting(
    node: &Node,
    actor: Actor,
    (agreement, evidence): (Id<Agreement>, Id<Evidence>),
    command: impl Fn(Id<id::Party>) -> Command,
) -> Result<(), AppError> {
    node.carry_out_at_length(actor, |deliberation| {
        let waiting = deliberation.seen().agreement(agreement).map(|known| known.waiting_rows()).unwrap_or_default();
        let own = waiting.into_iter().filter(|known| known.id == evidence && known.is_own);
        let parties: Vec<Id<id::Party>> = own.map(|known| known.party).collect();
        if parties.is_empty() {
            return Err(vec![Refusal::NothingToTakeOver].into());
        }
        for party in parties {
            deliberation.decide(command(party))?;
        }
        Ok(())
    })
}
/// 記録 — the result of recording a file: its agreement, and the number of rows of each party by the party's name.
pub(crate) struct Recorded {
    pub agreement: Id<Agreement>,
    pub taken_over: Vec<(String, usize)>,
    pub waiting: Vec<(String, usize)>,
}

/// A file, and the way to record it.
pub(crate) struct Brought<'a> {
    pub file_name: &'a str,
    pub bytes: &'a [u8],
    pub read: &'a Imported<Document>,
    pub merge: Option<Merge>,
    /// The value of [`recorded_tables`] at the time of the review; `None` if nobody reviewed the file.
    pub reviewed: Option<&'a str>,
}

impl Brought<'_> {
    /// Decides to import the file, and to take over the rows of each party for which the actor may act.
    pub fn record(&self, deliberation: &mut Deliberation) -> Result<Recorded, AppError> {
        if self.reviewed.is_some_and(|reviewed| reviewed != recorded_tables(deliberation.seen(), &self.read.value)) {
            return Err(AppError::ReviewOutdated);
        }
        // This check comes before the search for the agreement, because its refusal is more helpful than "no agreement
        // found".
        if let Some(refusal) = nothing_to_record(&self.read.value) {
            return Err(vec![refusal].into());
        }
        let agreement = agreement_of(deliberation, &self.read.value)?;
        let known = deliberation.seen().agreement(agreement);
        let by = known.and_then(|known| deliberation.facts().actor.speaks_for(known.agreement));
        let by = by.ok_or_else(|| AppError::Refused(vec![Refusal::AgreementUnknown]))?;
        let import = ImportDocument {
            agreement,
            by,
            file_name: self.file_name.to_owned(),
            digest: BlobDigest::of(self.bytes).to_string(),
            document: self.read.value.clone(),
            findings: self.read.findings.clone(),
            merge: self.merge.clone(),
        };
        deliberation.decide(Command::Evidence(EvidenceCommand::ImportDocument(Box::new(import))))?;
        take_over(deliberation, agreement)
    }
}

/// Returns the agreement to which a document belongs: the one with its title or its parties. If none matches, concludes
/// the agreement that the document contains. A document without parties belongs to the only known agreement. An officer
/// may import documents of agreements with their own party only, and learns nothing about others.
fn agreement_of(deliberation: &mut Deliberation, document: &Document) -> Result<Id<Agreement>, AppError> {
    let shown = shown_agreement(document);
    if shown.is_some_and(|text| !names_the_actors_party(deliberation, text)) {
        return Err(vec![Refusal::NoAgreementOfYours].into());
    }
    let known = known_agreements(deliberation.seen(), document);
    match (known.as_slice(), shown) {
        ([id], _) => Ok(*id),
        ([], Some(text)) => conclude(deliberation, text),
        ([], None) => Err(AppError::Refused(vec![Refusal::AgreementUnknown])),
        _ => Err(AppError::WhichAgreement { known: titles(deliberation.seen()) }),
    }
}

/// Concludes the agreement with this text.
fn conclude(deliberation: &mut Deliberation, text: &AgreementText) -> Result<Id<Agreement>, AppError> {
    let known: HashSet<Id<Agreement>> = deliberation.seen().agreements().map(|agreement| agreement.id).collect();
    deliberation.decide(Command::ConcludeAgreement { text: Box::new(text.clone()) })?;
    let newest = deliberation.seen().agreements().map(|agreement| agreement.id).find(|id| !known.contains(id));
    newest.ok_or(AppError::NothingStored)
}

fn names_the_actors_party(deliberation: &Deliberation, text: &AgreementText) -> bool {
    let Actor::Officer { party, .. } = &deliberation.facts().actor else { return true };
    let own = folded(deliberation.seen().party_name(*party));
    text.parties.iter().any(|named| is_same_party(&folded(&named.name), &own))
}

/// Returns the known agreement of a document; `None` if no agreement or several agreements match.
pub(crate) fn known_agreement<'a>(view: View<'a>, document: &Document) -> Option<AgreementView<'a>> {
    match known_agreements(view, document).as_slice() {
        [only] => view.agreement(*only),
        _ => None,
    }
}

/// Returns a digest of the recorded tables of a document's years. If it is the same as at the review, the import
/// records exactly what was reviewed.
pub(crate) fn recorded_tables(view: View<'_>, document: &Document) -> String {
    let agreement = known_agreement(view, document);
    let recorded = |table: &PlanTable| {
        let (plan, _) = agreement?.plan_of(table.fiscal_year, table.kind)?;
        agreement?.table(plan)
    };
    let recorded: Vec<Option<PlanTable>> = document.plans.iter().map(recorded).collect();
    BlobDigest::of(&serde_json::to_vec(&recorded).unwrap_or_default()).to_string()
}

/// Returns the agreements to which a document may belong: those with its title, else those with its parties; all of
/// them if it names neither. Ignores agreements that the viewer may not know.
fn known_agreements(view: View<'_>, document: &Document) -> Vec<Id<Agreement>> {
    let of = |fits: &dyn Fn(&AgreementText) -> bool| -> Vec<Id<Agreement>> {
        view.agreements().filter(|known| fits(&known.agreement.text)).map(|known| known.id).collect()
    };
    let Some(shown) = shown_agreement(document) else { return of(&|_| true) };
    let titled = of(&|known| has_the_same_title(known, shown));
    if titled.is_empty() { of(&|known| has_the_same_parties(known, shown)) } else { titled }
}

fn shown_agreement(document: &Document) -> Option<&AgreementText> {
    document.agreement.as_ref().filter(|text| text.parties.len() > 1)
}

fn has_the_same_title(concluded: &AgreementText, shown: &AgreementText) -> bool {
    let title = |text: &AgreementText| text.title.as_deref().map(folded).filter(|title| !title.is_empty());
    title(concluded).is_some() && title(concluded) == title(shown)
}

/// Whether both texts have the same parties, in any order. Equal names are paired first.
fn has_the_same_parties(concluded: &AgreementText, shown: &AgreementText) -> bool {
    let names = |text: &AgreementText| text.parties.iter().map(|party| folded(&party.name)).collect::<Vec<_>>();
    let (mut known, mut left) = (names(concluded), names(shown));
    if known.len() != left.len() {
        return false;
    }
    for is_one in [|one: &str, other: &str| one == other, is_same_party] {
        left.retain(|name| {
            let place = known.iter().position(|known| is_one(known, name));
            place.map(|place| known.remove(place)).is_none()
        });
    }
    left.is_empty()
}

/// Whether two normalised names mean the same party, one of them perhaps shortened. Reports write 労働局 for 厚生労働省…労働局,
/// omit the prefecture of a city, or write only 市. But 津市 is not 大津市.
fn is_same_party(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let left_out = long.strip_suffix(short).unwrap_or_default();
    let is_prefecture = left_out.chars().nth(2).is_some() && left_out.ends_with(['都', '道', '府', '県']);
    let is_a_kind = ["都", "府", "県", "市", "町", "村", "区"].contains(&short);
    let may_be_short = is_a_kind || short.ends_with("労働局") || is_prefecture;
    one == other || !short.is_empty() && long.ends_with(short) && may_be_short
}

/// Takes over the rows of the newest evidence, for each party for which the actor may act. Rows of other parties wait.
fn take_over(deliberation: &mut Deliberation, agreement: Id<Agreement>) -> Result<Recorded, AppError> {
    let mut recorded = Recorded { agreement, taken_over: Vec::new(), waiting: Vec::new() };
    let known = deliberation.seen().agreement(agreement);
    let newest = known.and_then(|known| known.evidence().into_iter().max_by_key(|(_, evidence)| evidence.at));
    let (Some(known), Some((evidence, _))) = (known, newest) else { return Ok(recorded) };
    let rows = known.waiting_rows().into_iter().filter(|rows| rows.id == evidence);
    let waiting: Vec<_> = rows.map(|rows| (rows.party, rows.is_own, rows.rows.len())).collect();
    for (party, is_own, rows) in waiting {
        let name = deliberation.seen().party_name(party).to_owned();
        if is_own {
            deliberation.decide(Command::Evidence(EvidenceCommand::TakeOverRows { agreement, party, evidence }))?;
            recorded.taken_over.push((name, rows));
        } else {
            recorded.waiting.push((name, rows));
        }
    }
    Ok(recorded)
}

#[cfg(test)]
mod tests {
    use super::is_same_party;

    #[test]
    fn a_shortened_name_is_the_same_party_and_the_end_of_another_name_is_not() {
        for (one, other, expected) in [
            ("星見市", "星見市", true),
            ("労働局", "厚生労働省星見労働局", true),
            ("星見労働局", "厚生労働省星見労働局", true),
            ("青葉県星見市", "星見市", true),
            ("津市", "大津市", false),
            ("大津市", "泉大津市", false),
            ("中市", "府中市", false),
            ("市", "星見市", true),
            ("市", "青葉県", false),
            ("見市", "星見市", false),
            ("", "星見市", false),
        ] {
            assert_eq!((is_same_party(one, other), is_same_party(other, one)), (expected, expected), "{one} {other}");
        }
    }
}
