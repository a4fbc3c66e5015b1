//! 取込み — a document becomes evidence, and each party takes its rows over.

use renkei_domain::agreement::{Agreement, Party};
use renkei_domain::agreement_dossier::AgreementDossier;
use renkei_domain::checks::{check, merge};
use renkei_domain::command::{Command, ImportDocument, Merge};
use renkei_domain::decide::excess_of_document;
use renkei_domain::document::{AgreementText, Document, Imported, PlanKind};
use renkei_domain::dossiers::Dossiers;
use renkei_domain::evidence::Evidence;
use renkei_domain::facts::Actor;
use renkei_domain::fiscal_year::FiscalYear;
use renkei_domain::id::Id;
use renkei_domain::merging::Change;
use renkei_domain::refusal::Refusal;
use renkei_domain::search::folded;
use renkei_domain::view::Viewer;
use renkei_import::ReadFile;
use renkei_journal::BlobDigest;

use crate::carry_out::Deliberation;
use crate::error::AppError;
use crate::open::Renkei;

/// 取込みの結果 — what an import brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportOutcome {
    pub agreement: Id<Agreement>,
    pub document: Imported<Document>,
    /// The rows that were taken over, by the parties' names.
    pub taken_over: Vec<(String, usize)>,
    /// The tables that took the place of one that was there.
    pub merged: Vec<MergedTable>,
}

/// 統合した表 — how many rows of a table are new, changed, gone and as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergedTable {
    pub fiscal_year: FiscalYear,
    pub kind: PlanKind,
    pub new: usize,
    pub changed: usize,
    pub gone: usize,
    pub same: usize,
}

/// Reads a document without keeping it: what was read, with what the reader and the checks noticed.
pub fn read_document(file_name: &str, bytes: &[u8]) -> Result<Imported<Document>, AppError> {
    let read = renkei_import::read_file(file_name, bytes)?;
    Ok(with_checks(read))
}

/// What was read, with what the checks notice, each finding at its place in the file.
pub(crate) fn with_checks(read: ReadFile) -> Imported<Document> {
    let Imported { value, findings } = read.imported;
    let findings = merge(findings, check(&value));
    let mut imported = Imported { value, findings };
    renkei_import::place(&mut imported, &read.lines);
    imported
}

/// Whether a document can be recorded at all: one that is too large is neither kept nor checked.
pub(crate) fn not_too_large(document: &Document) -> Result<(), AppError> {
    let excess = excess_of_document(document);
    if excess.is_empty() { Ok(()) } else { Err(AppError::Refused(excess)) }
}

impl Renkei {
    /// Imports a document on a node that serves all parties: one evidence event, one take-over per party, in one
    /// transaction. Where no agreement is known yet, the document's own is concluded first.
    pub fn import(&self, actor: Actor, file_name: &str, bytes: &[u8]) -> Result<ImportOutcome, AppError> {
        self.import_onto(actor, file_name, bytes, None)
    }

    /// The same; where `merge` says so, tables of years that are there already take their place.
    pub fn import_onto(
        &self,
        actor: Actor,
        file_name: &str,
        bytes: &[u8],
        merge: Option<Merge>,
    ) -> Result<ImportOutcome, AppError> {
        let file = renkei_import::read_file(file_name, bytes)?;
        not_too_large(&file.imported.value)?;
        self.import_read(actor, (file_name, bytes), file, merge)
    }

    /// The same of a file that was read already.
    pub(crate) fn import_read(
        &self,
        actor: Actor,
        (file_name, bytes): (&str, &[u8]),
        file: ReadFile,
        merge: Option<Merge>,
    ) -> Result<ImportOutcome, AppError> {
        let tables = |merge| self.merged_tables(actor.viewer(), &file.imported.value, merge);
        let merged = merge.as_ref().map(tables).unwrap_or_default();
        let brought = Brought { file_name, bytes, read: &file.imported, merge };
        let (agreement, taken_over) = self.record_file(actor, &brought)?;
        Ok(ImportOutcome { agreement, document: with_checks(file), taken_over, merged })
    }

    /// Records a file. Nobody waits while it is decided and the bytes are kept.
    pub(crate) fn record_file(
        &self,
        actor: Actor,
        brought: &Brought<'_>,
    ) -> Result<(Id<Agreement>, TakenOver), AppError> {
        self.carry_out_at_length(actor, |deliberation| {
            let recorded = brought.record(deliberation)?;
            // Nothing refuses it any more: the file is kept before the event that names it.
            self.journal.put_blob(brought.bytes)?;
            Ok(recorded)
        })
    }

    pub(crate) fn merged_tables(&self, viewer: Viewer, document: &Document, merge: &Merge) -> Vec<MergedTable> {
        let tables = document.plans.iter().zip(self.merged(viewer, document, &merge.kept));
        let counted = tables.filter_map(|(table, merged)| {
            let merged = merged?;
            let count = |change| merged.count(change);
            let (new, changed) = (count(Change::New), count(Change::Changed));
            let (gone, same) = (count(Change::Gone), count(Change::Same));
            Some(MergedTable { fiscal_year: table.fiscal_year, kind: table.kind, new, changed, gone, same })
        });
        counted.collect()
    }

    /// Takes an import back as a whole, with all the values that came with it.
    pub fn undo_import(
        &self,
        actor: Actor,
        agreement: Id<Agreement>,
        evidence: Id<Evidence>,
        reason: &str,
    ) -> Result<(), AppError> {
        self.do_at_length(actor, &Command::UndoImport { agreement, evidence, reason: reason.to_owned() })
    }
}

/// The rows that each party took over, by the parties' names.
type TakenOver = Vec<(String, usize)>;

/// A file and what it is to be recorded as.
pub(crate) struct Brought<'a> {
    pub file_name: &'a str,
    pub bytes: &'a [u8],
    pub read: &'a Imported<Document>,
    pub merge: Option<Merge>,
}

impl Brought<'_> {
    /// Decides to import it, and that each party takes its rows over.
    pub fn record(&self, deliberation: &mut Deliberation) -> Result<(Id<Agreement>, TakenOver), AppError> {
        let agreement = agreement_of(deliberation, &self.read.value)?;
        let by = first_party(&deliberation.dossiers, agreement)?;
        let import = ImportDocument {
            agreement,
            by,
            file_name: self.file_name.to_owned(),
            digest: hexadecimal(&BlobDigest::of(self.bytes)),
            document: self.read.value.clone(),
            findings: self.read.findings.clone(),
            merge: self.merge.clone(),
        };
        deliberation.decide(Command::ImportDocument(Box::new(import)))?;
        Ok((agreement, take_over(deliberation, agreement)?))
    }
}

/// The agreement that a document belongs to: the one of its title or of its parties; else the one it shows is concluded.
/// A document that names no parties belongs to the only agreement there is.
fn agreement_of(deliberation: &mut Deliberation, document: &Document) -> Result<Id<Agreement>, AppError> {
    if let Some(id) = known_agreement(&deliberation.dossiers, document) {
        return Ok(id);
    }
    let known: Vec<Id<Agreement>> = deliberation.dossiers.agreements.keys().copied().collect();
    match (shown_agreement(document), known.as_slice()) {
        (Some(text), _) => {
            deliberation.decide(Command::ConcludeAgreement { text: Box::new(text.clone()) })?;
            let newest = deliberation.dossiers.agreements.keys().find(|id| !known.contains(id)).copied();
            newest.ok_or(AppError::NothingStored)
        }
        (None, []) => Err(AppError::Refused(vec![Refusal::AgreementUnknown])),
        (None, _) => Err(AppError::WhichAgreement { known: titles(&deliberation.dossiers) }),
    }
}

/// The known agreement of a document: of its title or of its parties; where it names none, the only one there is.
pub(crate) fn known_agreement(dossiers: &Dossiers, document: &Document) -> Option<Id<Agreement>> {
    let Some(shown) = shown_agreement(document) else {
        let mut known = dossiers.agreements.keys().copied();
        return known.next().filter(|_| known.next().is_none());
    };
    let is_it = |(_, dossier): &(&Id<Agreement>, &std::sync::Arc<AgreementDossier>)| {
        dossier.agreement.as_ref().is_some_and(|concluded| is_same(&concluded.text, shown))
    };
    dossiers.agreements.iter().find(is_it).map(|(id, _)| *id)
}

fn shown_agreement(document: &Document) -> Option<&AgreementText> {
    document.agreement.as_ref().filter(|text| text.parties.len() > 1)
}

/// Of one title, or between the same parties: reports shorten names (労働局 for 厚生労働省…労働局).
fn is_same(concluded: &AgreementText, shown: &AgreementText) -> bool {
    let title = |text: &AgreementText| text.title.as_deref().map(folded);
    let same_party = |one: &str, other: &str| one.ends_with(other) || other.ends_with(one);
    let parties = shown.parties.iter().map(|party| folded(&party.name));
    let mut known = concluded.parties.iter().map(|party| folded(&party.name));
    let same_parties = shown.parties.len() == concluded.parties.len()
        && parties.zip(&mut known).all(|(one, other)| same_party(&one, &other));
    same_parties || (title(concluded).is_some() && title(concluded) == title(shown))
}

pub(crate) fn titles(dossiers: &Dossiers) -> Vec<String> {
    let agreements = dossiers.agreements.values().filter_map(|dossier| dossier.agreement.as_ref());
    agreements.map(|agreement| agreement.text.title.clone().unwrap_or_default()).collect()
}

fn first_party(dossiers: &Dossiers, agreement: Id<Agreement>) -> Result<Id<Party>, AppError> {
    let parties = dossiers.agreements.get(&agreement).and_then(|dossier| dossier.agreement.as_ref());
    let first = parties.and_then(|agreement| agreement.parties.first());
    first.map(|party| party.id).ok_or_else(|| AppError::Refused(vec![Refusal::AgreementUnknown]))
}

/// Each party takes over its rows of the newest evidence; one without rows takes nothing over.
fn take_over(deliberation: &mut Deliberation, agreement: Id<Agreement>) -> Result<TakenOver, AppError> {
    let Some(dossier) = deliberation.dossiers.agreements.get(&agreement) else { return Ok(Vec::new()) };
    let parties: Vec<Id<Party>> =
        dossier.agreement.iter().flat_map(|agreement| &agreement.parties).map(|party| party.id).collect();
    let Some((evidence, _)) = dossier.evidence.iter().max_by_key(|(_, evidence)| evidence.at) else {
        return Ok(Vec::new());
    };
    let evidence = *evidence;
    let mut taken_over = Vec::new();
    for party in parties {
        let before = own_rows(&deliberation.dossiers, agreement, party);
        match deliberation.decide(Command::TakeOverRows { agreement, party, evidence }) {
            Ok(()) => {
                let name = deliberation.dossiers.parties.get(&party).map(|dossier| dossier.name.clone());
                let rows = own_rows(&deliberation.dossiers, agreement, party) - before;
                taken_over.push((name.unwrap_or_default(), rows));
            }
            Err(refusals) if refusals == [Refusal::NothingToTakeOver] => {}
            Err(refusals) => return Err(refusals.into()),
        }
    }
    Ok(taken_over)
}

fn own_rows(dossiers: &Dossiers, agreement: Id<Agreement>, party: Id<Party>) -> usize {
    let own = |dossier: &AgreementDossier| {
        let rows = dossier.initiatives.values();
        rows.filter(|row| row.party == party && !matches!(row.standing, renkei_domain::plan::Standing::Evidence { .. }))
            .count()
    };
    dossiers.agreements.get(&agreement).map_or(0, |dossier| own(dossier))
}

fn hexadecimal(digest: &BlobDigest) -> String {
    digest.0.iter().map(|byte| format!("{byte:02x}")).collect()
}
