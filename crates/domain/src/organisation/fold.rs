//! 組織の反映 — how events change a party's divisions, posts, deputies and house style. The fold ignores an event that does
//! not fit the current state; it never fails.

use std::sync::Arc;

use crate::organisation::DecidedMeanwhile;
use crate::organisation::division_names::DivisionAnswer;
use crate::organisation::event::OrganisationEvent;
use crate::record::chain::{DossierKey, Order};
use crate::record::party_dossier::PartyDossier;

impl PartyDossier {
    pub(crate) fn fold_organisation(&mut self, order: &Order, post: &str, event: &OrganisationEvent) {
        match event {
            OrganisationEvent::HouseStyleSet { style } => self.house_style = *style,
            OrganisationEvent::DivisionsIdentified { former, latter, since, same } => {
                let answers = Arc::make_mut(&mut self.division_answers);
                answers.retain(|known| !known.is_about(former, latter));
                answers.push(DivisionAnswer {
                    former: former.clone(),
                    latter: latter.clone(),
                    since: *since,
                    same: *same,
                    post: post.to_owned(),
                    at: order.time,
                });
            }
            OrganisationEvent::OrganisationChanged { changes } => {
                let organisation = Arc::make_mut(&mut self.organisation);
                changes.iter().for_each(|change| organisation.change(change));
            }
            OrganisationEvent::DeputyNamed { deputation, named } => {
                Arc::make_mut(&mut self.organisation).deputations.get_or_insert_with(*deputation, || named.clone());
            }
            OrganisationEvent::DeputyEnded { deputation, until } => {
                if let Some(known) = Arc::make_mut(&mut self.organisation).deputations.get_mut(deputation) {
                    known.until = Some(*until);
                }
            }
            OrganisationEvent::AfterReviewed { decided } => self.review(order, post, decided),
        }
    }

    fn review(&mut self, order: &Order, post: &str, decided: &[(DossierKey, u64)]) {
        let waits = |known: &DecidedMeanwhile| known.reviewed.is_none() && decided.contains(&known.entry);
        let waiting = self.decided_meanwhile.iter().filter(|(_, known)| waits(known));
        for key in waiting.map(|(key, _)| *key).collect::<Vec<_>>() {
            if let Some(known) = self.decided_meanwhile.get_mut(&key) {
                known.reviewed = Some((post.to_owned(), order.time));
            }
        }
    }
}
