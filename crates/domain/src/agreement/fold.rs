//! 協定の反映 — how events register a party and conclude an agreement.

use std::sync::Arc;

use crate::agreement::event::AgreementEvent;
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::party_dossier::PartyDossier;

impl PartyDossier {
    pub(crate) fn fold_registration(&mut self, event: &AgreementEvent) {
        match event {
            AgreementEvent::PartyRegistered { name, short_name, kind } => {
                self.name.clone_from(name);
                self.short_name.clone_from(short_name);
                self.kind = Some(*kind);
            }
            AgreementEvent::AgreementConcluded { .. } => {}
        }
    }
}

impl AgreementDossier {
    /// Only the first event that concludes an agreement takes effect.
    pub(crate) fn fold_conclusion(&mut self, event: &AgreementEvent) {
        match event {
            AgreementEvent::AgreementConcluded { agreement } => {
                self.agreement.get_or_insert_with(|| Arc::new((**agreement).clone()));
            }
            AgreementEvent::PartyRegistered { .. } => {}
        }
    }
}
