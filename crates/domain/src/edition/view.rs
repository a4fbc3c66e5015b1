//! 版の閲覧 — editions, and the source of each of their figures.

use renkei_document::edition::{EditionName, Erratum, FigureInEdition, Reference, errata, figures};
use renkei_document::figure::Figure;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::time::Hlc;

use crate::edition::Edition;
use crate::evidence::Evidence;
use crate::indicator::observation::Correction;
use crate::plan::{Initiative, Standing};
use crate::view::reads::PartOfAgreement;
use crate::view::{AgreementView, ObservationView};

/// 数値の由来 — a figure as an edition prints it, and its current data.
#[derive(Debug, Clone)]
pub struct Provenance<'a> {
    pub reference: Reference,
    pub edition: &'a Edition,
    pub printed: FigureInEdition<'a>,
    /// The row in its current state; `None` if the viewer may not see it.
    pub initiative: Option<&'a Initiative>,
    /// The reported value with its corrections; `None` if no party has taken the figure over.
    pub observation: Option<ObservationView<'a>>,
    /// The document that the figure was read from, and the figure as it was in that document.
    pub evidence: Option<(&'a Evidence, Option<&'a Figure>)>,
}

impl<'a> AgreementView<'a> {
    /// Returns the editions of a year, oldest first.
    pub fn editions_of(self, fiscal_year: FiscalYear) -> Vec<&'a Edition> {
        self.read_editions();
        self.dossier.editions_of(fiscal_year)
    }

    /// Returns the years that have editions, newest first.
    pub fn edition_years(self) -> Vec<FiscalYear> {
        self.read_editions();
        let mut years: Vec<FiscalYear> = self.dossier.editions.values().map(|edition| edition.fiscal_year).collect();
        years.sort_unstable_by(|one, other| other.cmp(one));
        years.dedup();
        years
    }

    pub fn edition(self, name: EditionName) -> Option<&'a Edition> {
        self.read_editions();
        self.dossier.editions.values().map(|edition| &**edition).find(|edition| edition.name() == name)
    }

    fn read_editions(self) {
        self.read(PartOfAgreement::Editions, |agreement| agreement.dossier.editions.clone());
    }

    /// Returns the differences between two editions, with the corrections that were made between them.
    pub fn errata_between(self, earlier: &Edition, later: &Edition) -> Vec<Erratum> {
        let causes = |id| {
            let mut parties = self.agreement.parties.iter().inspect(|party| self.read_value(party.id, id));
            let known = parties.find_map(|party| self.party(party.id)?.observations.get(&id));
            let all = known.map(|observation| observation.corrections.as_slice()).unwrap_or_default();
            let between = |at: Hlc| earlier.at < at && at <= later.at;
            all.iter().filter(|correction| between(correction.report.at)).map(Correction::as_cause).collect()
        };
        errata(&earlier.document, &later.document, causes)
    }

    /// Returns the source of a figure of an edition.
    pub fn provenance(self, reference: Reference) -> Option<Provenance<'a>> {
        let edition = self.edition(reference.edition)?;
        let printed = figures(&edition.document).into_iter().find(|figure| figure.place == reference.figure)?;
        let id = printed.initiative.and_then(|row| row.id);
        let initiative = id.and_then(|id| self.visible(id));
        let observation = printed.figure.observation;
        let kept = initiative.zip(observation);
        Some(Provenance {
            reference,
            edition,
            initiative,
            observation: kept.and_then(|(row, id)| self.observation(row, id)),
            evidence: initiative.and_then(|row| {
                let (Standing::Evidence { evidence } | Standing::TakenOver { evidence, .. }) = row.standing else {
                    return None;
                };
                let read = observation.and_then(|id| self.stated_in_evidence(row, id));
                Some((self.evidence_named(evidence)?, read))
            }),
            printed,
        })
    }
}
