//! 版の案 — the preview of the next edition of a year.

use renkei_document::document::Document;
use renkei_document::edition::{Cause, EditionName, Erratum, errata, same_content};
use renkei_document::finding::Severity;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;

use crate::agreement::Agreement;
use crate::edition::refusal::EditionRefusal;
use crate::indicator::observation::Correction;
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::{ChainKey, DossierKey};
use crate::record::dossiers::Dossiers;
use crate::refusal::Refusal;
use crate::view::{AgreementView, Viewer};

/// 版の案 — the next edition of a year as it would be frozen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub name: EditionName,
    /// The content that all parties may read. An edition never contains a row that a party keeps private.
    pub document: Document,
    /// Differences from the previous edition; empty for the first.
    pub errata: Vec<Erratum>,
    pub heads: Vec<(ChainKey, u64)>,
    pub open_errors: u32,
}

/// Returns the next edition of a year. `Err` if nothing can be printed or nothing has changed.
pub fn propose(
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    fiscal_year: FiscalYear,
) -> Result<Proposal, Vec<Refusal>> {
    let dossier = dossiers.agreements.get(&agreement).ok_or_else(|| vec![Refusal::AgreementUnknown])?;
    let view = dossiers.seen_by(Viewer::Joint(agreement)).agreement(agreement);
    let Some((view, document)) = view.and_then(|view| Some((view, view.report(fiscal_year)?))) else {
        return Err(vec![Refusal::Edition(EditionRefusal::NoReport { fiscal_year })]);
    };
    let sections = document.plans.iter().flat_map(|plan| &plan.chapters).flat_map(|chapter| &chapter.sections);
    if sections.into_iter().all(|section| section.initiatives.is_empty()) {
        return Err(vec![Refusal::Edition(EditionRefusal::NothingShown { fiscal_year })]);
    }
    let waiting = waiting(view, &document);
    if !waiting.is_empty() {
        return Err(waiting);
    }
    let before = dossier.editions_of(fiscal_year).last().copied();
    if let Some(before) = before.filter(|before| same_content(&before.document, &document)) {
        return Err(vec![Refusal::Edition(EditionRefusal::Unchanged { edition: before.name() })]);
    }
    let findings = view.findings(fiscal_year);
    let errors = findings.iter().filter(|finding| finding.notice.severity() == Severity::Error).count();
    let since = |before: Hlc| move |id| causes_since(dossiers, dossier, id, before);
    Ok(Proposal {
        name: EditionName { fiscal_year, number: before.map_or(1, |before| before.number + 1) },
        errata: before.map(|before| errata(&before.document, &document, since(before.at))).unwrap_or_default(),
        document,
        heads: heads(dossiers, dossier, agreement),
        open_errors: u32::try_from(errors).unwrap_or(u32::MAX),
    })
}

fn causes_since(
    dossiers: &Dossiers,
    dossier: &AgreementDossier,
    observation: Id<id::Observation>,
    before: Hlc,
) -> Vec<Cause> {
    let mut parties = dossier.agreement.iter().flat_map(|agreement| &agreement.parties);
    let known = parties.find_map(|party| dossiers.parties.get(&party.id)?.observations.get(&observation));
    let all = known.map(|observation| observation.corrections.as_slice()).unwrap_or_default();
    all.iter().filter(|correction| correction.report.at > before).map(Correction::as_cause).collect()
}

/// Returns the last event number of each chain that concerns this agreement or its parties.
fn heads(dossiers: &Dossiers, dossier: &AgreementDossier, agreement: Id<Agreement>) -> Vec<(ChainKey, u64)> {
    let parties: Vec<_> = dossier.agreement.iter().flat_map(|known| &known.parties).map(|party| party.id).collect();
    let concerns = |chain: &ChainKey| match chain.dossier {
        DossierKey::Agreement(id) => id == agreement,
        DossierKey::Party(id) => parties.contains(&id),
        // A private chain contributes nothing to the content, and its length must not be disclosed to other parties.
        DossierKey::AgreementOwn(_) => false,
    };
    dossiers.heads.iter().filter(|(chain, _)| concerns(chain)).map(|(chain, number)| (*chain, *number)).collect()
}

/// Returns a refusal for each party that has not taken over all its rows in the report.
fn waiting(view: AgreementView<'_>, document: &Document) -> Vec<Refusal> {
    let plans = document.plans.iter().filter_map(|table| view.plan(table.id?));
    let rows = plans.flat_map(|plan| view.rows_at_home(plan));
    let waiting: Vec<Id<id::Party>> = rows.filter(|(_, row)| !row.is_own()).map(|(_, row)| row.party).collect();
    let counted = view.agreement.parties.iter().map(|party| {
        let rows = waiting.iter().filter(|of| **of == party.id).count();
        (view.party_short_name(party.id).to_owned(), rows)
    });
    let waiting = counted.filter(|(_, rows)| *rows > 0);
    waiting.map(|(party, rows)| Refusal::Edition(EditionRefusal::RowsWait { party, rows })).collect()
}
