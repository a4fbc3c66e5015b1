//! 当事者のもの — finds the parties whose own rows and values a command changes. Decisions use only this module to find these
//! parties, and so do the pages that offer a command.
//!
//! A party's own rows are those that it drafted and those that it has taken over from a document. A row of a document
//! that its party has not taken over is evidence: any import may replace it (DESIGN §2).

use std::collections::HashSet;

use renkei_document::id::{self, Id};

use crate::command::Command;
use crate::evidence::command::EvidenceCommand;
use crate::evidence::refusal::EvidenceRefusal;
use crate::record::dossiers::Dossiers;
use crate::record::facts::Facts;
use crate::refusal::Refusal;
use crate::view::View;
use crate::view::owners::speaking;
use crate::{evidence, plan};

/// Refuses a command that changes another party's own data, acts in another party's name, or names something that the
/// actor may not know.
pub(crate) fn permit(facts: &Facts, dossiers: &Dossiers, command: &Command) -> Result<(), Vec<Refusal>> {
    let view = dossiers.seen_by(facts.actor.viewer());
    let touched = touched(view, command).map_err(|unknown| vec![unknown])?;
    let others: HashSet<Id<id::Party>> = touched.into_iter().filter(|party| !facts.actor.acts_for(*party)).collect();
    if others.is_empty() { Ok(()) } else { Err(vec![refusal(view, command, &others)]) }
}

fn refusal(view: View<'_>, command: &Command, others: &HashSet<Id<id::Party>>) -> Refusal {
    let Command::Evidence(EvidenceCommand::UndoImport { agreement, evidence, .. }) = command else {
        return Refusal::NotYourParty;
    };
    let known =
        view.agreement(*agreement).and_then(|agreement| Some((agreement, agreement.evidence_named(*evidence)?)));
    match known {
        Some((agreement, evidence)) if !others.contains(&evidence.imported_by) => {
            // The refusal lists the parties in the order in which the agreement names them.
            let parties = agreement.agreement.parties.iter().map(|party| party.id).filter(|id| others.contains(id));
            Refusal::Evidence(EvidenceRefusal::TakenOverByOthers {
                parties: parties.map(|id| agreement.party_name(id).to_owned()).collect(),
            })
        }
        _ => Refusal::NotYourParty,
    }
}

/// Returns the parties whose own rows or values a command changes, and those in whose name it acts. `Err` if the
/// command names a thing that the viewer may not know: the refusal is the same as for a thing that never existed.
pub fn touched(view: View<'_>, command: &Command) -> Result<HashSet<Id<id::Party>>, Refusal> {
    match command {
        // This command names parties only in its text; `conclude` refuses every actor except the operator.
        Command::ConcludeAgreement { .. } => Ok(HashSet::new()),
        Command::Evidence(command) => evidence::owners::touched(view, command),
        Command::Plan(command) => plan::owners::touched(view, command),
        Command::FreezeEdition(freeze) => speaking(view, freeze.agreement, freeze.by),
        Command::SharedFact { agreement, party, deed: _ } => speaking(view, *agreement, *party),
        Command::Indicator(command) => Ok(HashSet::from([command.party()])),
        Command::Organisation(command) => Ok(HashSet::from([command.party()])),
    }
}
