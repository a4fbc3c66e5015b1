//! 限度の確かめ — checks every field of a command against the limits. Each slice measures its own commands, in `limits.rs`.

use renkei_document::document::Document;

use crate::command::Command;
use crate::record::dossiers::Dossiers;
use crate::record::found::Found;
use crate::refusal::Refusal;

/// Returns each part of a command that exceeds its limit, with its place.
pub fn excess(dossiers: &Dossiers, command: &Command) -> Vec<Refusal> {
    let mut found = Found::default();
    found.command(dossiers, command);
    found.refusals()
}

/// Returns each part of a document that exceeds its limit. Runs before any other processing of the document.
pub fn excess_of_document(document: &Document) -> Vec<Refusal> {
    let mut found = Found::default();
    found.document(document);
    found.refusals()
}

impl Found {
    fn command(&mut self, dossiers: &Dossiers, command: &Command) {
        match command {
            Command::ConcludeAgreement { text } => self.agreement(text),
            Command::FreezeEdition(freeze) => self.edition(freeze),
            Command::Indicator(command) => self.indicator_command(dossiers, command),
            Command::SharedFact { agreement: _, party: _, deed } => self.fact(deed),
            Command::Evidence(command) => self.evidence_command(command),
            Command::Plan(command) => self.plan_command(dossiers, command),
            Command::Organisation(command) => self.organisation_command(command),
        }
    }
}
