//! 当事者のもの — finds the parties whose own rows a command about documents changes.

use std::collections::HashSet;

use renkei_document::id::{self, Id};

use crate::evidence::command::{DeclineRows, EvidenceCommand};
use crate::refusal::Refusal;
use crate::view::View;
use crate::view::owners::{seen, speaking};

pub(crate) fn touched(view: View<'_>, command: &EvidenceCommand) -> Result<HashSet<Id<id::Party>>, Refusal> {
    match command {
        // A merge does not change rows that other parties have made their own (see `AgreementView::merging`).
        EvidenceCommand::ImportDocument(import) => speaking(view, import.agreement, import.by),
        EvidenceCommand::UndoImport { agreement, evidence, .. } => {
            seen(view, *agreement)?.touched_by_undoing(*evidence).ok_or(Refusal::EvidenceUnknown)
        }
        EvidenceCommand::TakeOverRows { agreement, party, .. }
        | EvidenceCommand::DeclineRows(DeclineRows { agreement, party, .. }) => speaking(view, *agreement, *party),
    }
}
