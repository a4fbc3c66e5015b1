//! 修正の提案 — suggestions of the other side for a row, and their answers.

use std::sync::Arc;

use renkei_document::id::{self, Id};
use renkei_document::time::Hlc;

use crate::plan::suggestion::{Answer, Suggestion};
use crate::plan::{Initiative, Worded, Wording};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::Order;

impl AgreementDossier {
    pub(super) fn suggest(
        &mut self,
        (order, post): (&Order, &str),
        id: Id<Suggestion>,
        (initiative, base): (Id<id::Initiative>, Hlc),
        wording: &Wording,
        reason: &str,
    ) {
        let others = |row: &&Arc<Initiative>| row.party != order.party;
        let shown = self.initiatives.get(&initiative).filter(others).and_then(|row| row.known_as(base));
        if let Some(base) = shown.filter(|_| !self.suggestions.contains_key(&id)) {
            let suggested = Suggestion {
                initiative,
                party: order.party,
                post: post.to_owned(),
                at: order.time,
                base,
                wording: wording.clone(),
                reason: reason.to_owned(),
                answer: Answer::Open,
            };
            self.suggestions.insert(id, Arc::new(suggested));
        }
    }

    pub(super) fn accept(&mut self, (order, post): (&Order, &str), id: Id<Suggestion>, wording: &Wording) {
        let Some(initiative) = self.open_suggestion_to(order.party, id) else { return };
        let (post, at) = (post.to_owned(), order.time);
        let worded = Worded { post: post.clone(), at, suggestion: Some(id) };
        self.reword(order.party, initiative, wording, worded);
        self.answer(id, Answer::Accepted { post, at });
    }

    pub(super) fn decline(&mut self, (order, post): (&Order, &str), id: Id<Suggestion>, reason: &str) {
        if self.open_suggestion_to(order.party, id).is_some() {
            let (post, reason) = (post.to_owned(), reason.to_owned());
            self.answer(id, Answer::Declined { post, at: order.time, reason });
        }
    }

    pub(super) fn withdraw_suggestion(&mut self, order: &Order, id: Id<Suggestion>) {
        let known = self.suggestions.get(&id);
        if known.is_some_and(|known| known.party == order.party && known.answer == Answer::Open) {
            self.answer(id, Answer::Withdrawn { at: order.time });
        }
    }

    fn answer(&mut self, id: Id<Suggestion>, answer: Answer) {
        if let Some(suggestion) = self.suggestions.get_mut(&id).map(Arc::make_mut) {
            suggestion.answer = answer;
        }
    }

    /// Returns the row for which a suggestion waits for this party's answer; `None` if the suggestion is unknown or
    /// answered.
    fn open_suggestion_to(&self, party: Id<id::Party>, id: Id<Suggestion>) -> Option<Id<id::Initiative>> {
        let suggestion = self.suggestions.get(&id).filter(|known| known.answer == Answer::Open)?;
        self.own_draft(party, suggestion.initiative).map(|_| suggestion.initiative)
    }
}
