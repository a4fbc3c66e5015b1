//! 共通実績の反映 — how events change the shared facts of an agreement. The fold ignores an event that does not fit the
//! current state; it never fails.

use std::sync::Arc;

use super::{Explanation, SharedFact};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::Order;
use crate::shared_fact::event::SharedFactEvent;

impl AgreementDossier {
    pub(crate) fn fold_shared_fact(&mut self, order: &Order, post: &str, event: &SharedFactEvent) {
        let facts = &mut self.shared_facts;
        match event {
            SharedFactEvent::SharedFactStated { fact, name, members } => {
                let known = facts.get(fact).map(|known| SharedFact::clone(known));
                if let Some(stated) = SharedFact::state(known, order, post, name, members) {
                    facts.insert(*fact, Arc::new(stated));
                }
            }
            SharedFactEvent::SharedFactWithdrawn { fact } => {
                let known = facts.get_mut(fact).filter(|known| known.withdrawn.is_none());
                if let Some(known) = known.filter(|known| known.parties().contains(&order.party)) {
                    Arc::make_mut(known).withdrawn = Some((order.party, order.time));
                }
            }
            SharedFactEvent::SharedFactExplained { fact, reason, values } => {
                if let Some(known) = facts.get_mut(fact).filter(|known| known.parties().contains(&order.party)) {
                    let (reason, values) = (reason.clone(), values.clone());
                    let explanation = Explanation { reason, values, post: post.to_owned(), at: order.time };
                    Arc::make_mut(known).explanations.insert(order.party, explanation);
                }
            }
        }
    }
}
