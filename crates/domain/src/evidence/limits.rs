//! 限度の確かめ — checks every field of a command about documents against the limits. Each command and struct is destructured with
//! all its fields, so that a new field cannot be forgotten.

use crate::evidence::command::{DeclineRows, EvidenceCommand, ImportDocument, Merge};
use crate::record::found::Found;
use crate::refusal::Measure;

impl Found {
    pub(crate) fn evidence_command(&mut self, command: &EvidenceCommand) {
        match command {
            EvidenceCommand::ImportDocument(import) => self.import(import),
            EvidenceCommand::UndoImport { agreement: _, evidence: _, reason }
            | EvidenceCommand::DeclineRows(DeclineRows { agreement: _, party: _, evidence: _, reason }) => {
                self.letters(Measure::Reason, reason);
            }
            // These commands contain only ids, numbers and choices, so there is nothing to measure.
            EvidenceCommand::TakeOverRows { agreement: _, party: _, evidence: _ } => {}
        }
    }

    fn import(&mut self, import: &ImportDocument) {
        let ImportDocument { agreement: _, by: _, file_name, digest, document, findings, merge } = import;
        self.letters(Measure::FileName, file_name);
        self.letters(Measure::FileName, digest);
        if let Some(Merge { kept, gone: _ }) = merge {
            self.count(Measure::Rows, kept.len());
        }
        self.document(document);
        self.findings(findings);
    }
}
