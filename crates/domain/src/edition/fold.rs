//! 版の反映 — how events change the editions.

use std::sync::Arc;

use renkei_document::id::Id;

use crate::edition::Edition;
use crate::edition::event::{EditionEvent, Frozen};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::Order;

impl AgreementDossier {
    pub(crate) fn fold_edition(&mut self, order: &Order, post: &str, event: &EditionEvent) {
        match event {
            EditionEvent::EditionFrozen { edition, frozen } => self.freeze(order, post, *edition, frozen),
        }
    }

    /// If two editions have the same name, the first one in the order of all chains is stored; the second is ignored.
    fn freeze(&mut self, order: &Order, post: &str, id: Id<Edition>, frozen: &Frozen) {
        let same_name = |known: &Arc<Edition>| (known.fiscal_year, known.number) == (frozen.fiscal_year, frozen.number);
        if self.editions.contains_key(&id) || self.editions.values().any(same_name) {
            return;
        }
        let edition = Edition {
            fiscal_year: frozen.fiscal_year,
            number: frozen.number,
            document: Arc::new(frozen.document.clone()),
            digest: frozen.digest.clone(),
            files: frozen.files.clone(),
            errata: frozen.errata.clone(),
            heads: frozen.heads.clone(),
            open_errors: frozen.open_errors,
            frozen_by: order.party,
            post: post.to_owned(),
            at: order.time,
        };
        self.editions.insert(id, Arc::new(edition));
    }
}
