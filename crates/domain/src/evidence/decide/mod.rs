//! 資料の判断 — decides whether a document may be imported, taken over, declined or undone.

mod decline;
mod import;
mod measure;
mod undo;

pub use import::nothing_to_record;

use decline::decline;
use import::{import, take_over};
use undo::undo;

use crate::evidence::command::EvidenceCommand;
use crate::record::dossiers::Dossiers;
use crate::record::ground::{Decision, Ground};

pub fn decide(facts: &Ground<'_>, dossiers: &Dossiers, command: EvidenceCommand) -> Decision {
    match command {
        EvidenceCommand::ImportDocument(document) => import(facts, dossiers, *document),
        EvidenceCommand::UndoImport { agreement, evidence, reason } => {
            undo(facts, dossiers, agreement, evidence, reason)
        }
        EvidenceCommand::TakeOverRows { agreement, party, evidence } => {
            take_over(facts, dossiers, agreement, party, evidence)
        }
        EvidenceCommand::DeclineRows(declined) => decline(facts, dossiers, declined),
    }
}
