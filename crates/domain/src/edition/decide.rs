//! 版の作成 — freezes a year's report. Open findings do not prevent freezing: they are counted and shown, and block only
//! publication.

use crate::edition::command::FreezeEdition;
use crate::edition::event::{EditionEvent, Frozen};
use crate::edition::proposal::propose;
use crate::edition::refusal::EditionRefusal;
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground, in_agreement, party_of_agreement, unless};
use crate::refusal::Refusal;

pub fn freeze(facts: &Ground<'_>, dossiers: &Dossiers, freeze: FreezeEdition) -> Decision {
    party_of_agreement(dossiers, freeze.agreement, freeze.by)?;
    let proposal = propose(dossiers, freeze.agreement, freeze.fiscal_year)?;
    let mut refusals = Vec::new();
    if proposal.document != freeze.document {
        refusals.push(Refusal::Edition(EditionRefusal::ContentMoved));
    }
    unless(refusals, || {
        let frozen = Frozen {
            fiscal_year: freeze.fiscal_year,
            number: proposal.name.number,
            document: proposal.document,
            digest: freeze.digest,
            files: freeze.files,
            errata: proposal.errata,
            heads: proposal.heads,
            open_errors: proposal.open_errors,
        };
        let event = EditionEvent::EditionFrozen { edition: facts.id(), frozen: Box::new(frozen) };
        in_agreement(facts, freeze.by, freeze.agreement, event)
    })
}
