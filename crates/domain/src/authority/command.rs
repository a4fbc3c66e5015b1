//! Finds what a command needs; each slice says so for its own commands.

use crate::authority::need::Need;
use crate::authority::right::Right;
use crate::command::Command;
use crate::evidence::command::{DeclineRows, EvidenceCommand};
use crate::view::View;
use crate::{indicator, organisation, plan, shared_fact};

/// Returns what a command needs of the post in whose name it is carried out.
pub(crate) fn needs<'a>(view: View<'a>, command: &'a Command) -> Vec<Need<'a>> {
    match command {
        // Only the operator can conclude an agreement; the decision refuses every other actor.
        Command::ConcludeAgreement { .. } => Vec::new(),
        Command::Evidence(command) => match command {
            EvidenceCommand::ImportDocument(import) => vec![Need::of_party(import.by, Right::Import)],
            EvidenceCommand::TakeOverRows { party, .. } | EvidenceCommand::DeclineRows(DeclineRows { party, .. }) => {
                vec![Need::of_party(*party, Right::Import)]
            }
            // The rows of several parties may be concerned: `ownership` examines these.
            EvidenceCommand::UndoImport { agreement, evidence, .. } => {
                let agreement = view.agreement(*agreement);
                let by = agreement.and_then(|known| Some(known.evidence_named(*evidence)?.imported_by));
                by.map(|by| Need::of_party(by, Right::Import)).into_iter().collect()
            }
        },
        Command::Plan(command) => plan::needs::needs(view, command),
        Command::Organisation(command) => organisation::needs::needs(view, command),
        Command::FreezeEdition(freeze) => vec![Need::of_party(freeze.by, Right::Publish)],
        Command::Indicator(command) => indicator::needs::needs(view, command),
        Command::SharedFact { agreement, party, deed } => shared_fact::needs::needs(view, *agreement, *party, deed),
    }
}
