//! The code that the decisions of all slices use: the result of a decision, how to create an event for a chain, and
//! shared checks.

use std::ops::Deref;

use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::authority::actor::Acting;
use crate::event::{Authored, Event};
use crate::limits::{FIRST_YEAR, YEARS_AHEAD};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::{ChainKey, DossierKey};
use crate::record::dossiers::Dossiers;
use crate::record::entry::Pending;
use crate::record::facts::Facts;
use crate::refusal::Refusal;

/// 判断の結果 — the resulting events, or every reason for the refusal.
pub type Decision = Result<Vec<Pending>, Vec<Refusal>>;

/// 判断の場 — the facts of a decision, with the post in whose name its events are recorded.
pub(crate) struct Ground<'a> {
    facts: &'a Facts,
    acting: Acting,
}

impl<'a> Ground<'a> {
    pub fn new(facts: &'a Facts, acting: Acting) -> Self {
        Self { facts, acting }
    }

    /// Returns the same facts in the name of another post.
    pub fn in_the_name_of(&self, acting: Acting) -> Self {
        Self { facts: self.facts, acting }
    }
}

impl Deref for Ground<'_> {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        self.facts
    }
}

/// Returns a refusal if the year is before the first agreements or too far ahead. The limit exists because every
/// recorded year makes pages and checks of all parties slower.
pub(crate) fn far_off(facts: &Ground<'_>, fiscal_year: FiscalYear) -> Option<Refusal> {
    let (first, last) = (FIRST_YEAR, FiscalYear(facts.fiscal_year().0 + YEARS_AHEAD));
    (!(first..=last).contains(&fiscal_year)).then_some(Refusal::YearFarOff { fiscal_year, first, last })
}

/// Creates an event for a party's chain in a dossier, in the name of the acting post.
pub(crate) fn pending(
    facts: &Ground<'_>,
    party: Id<id::Party>,
    dossier: DossierKey,
    event: impl Into<Event>,
) -> Pending {
    let Acting { post, on_behalf_of } = facts.acting.clone();
    Pending { chain: ChainKey { party, dossier }, authored: Authored { post, on_behalf_of, event: event.into() } }
}

pub(crate) fn in_agreement(
    facts: &Ground<'_>,
    party: Id<id::Party>,
    agreement: Id<Agreement>,
    event: impl Into<Event>,
) -> Vec<Pending> {
    vec![pending(facts, party, DossierKey::Agreement(agreement), event)]
}

/// Creates an event in the party's own (private) chain of the agreement.
pub(crate) fn in_own(
    facts: &Ground<'_>,
    party: Id<id::Party>,
    agreement: Id<Agreement>,
    event: impl Into<Event>,
) -> Vec<Pending> {
    vec![pending(facts, party, DossierKey::AgreementOwn(agreement), event)]
}

/// Returns the agreement's dossier if the party is one of its parties.
pub(crate) fn party_of_agreement(
    dossiers: &Dossiers,
    agreement: Id<Agreement>,
    party: Id<id::Party>,
) -> Result<&AgreementDossier, Vec<Refusal>> {
    let dossier = dossiers.agreements.get(&agreement).ok_or_else(|| vec![Refusal::AgreementUnknown])?;
    let concluded = dossier.agreement.as_ref().ok_or_else(|| vec![Refusal::AgreementUnknown])?;
    if concluded.key_of(party).is_none() {
        return Err(vec![Refusal::PartyUnknown { name: party.to_string() }]);
    }
    Ok(dossier)
}

/// Groups things by the post in whose name each is done, in the order of occurrence; `Err` with every reason, each once,
/// if no post may do one of them.
pub(crate) fn by_acting<T>(
    things: impl IntoIterator<Item = (T, Result<Acting, Vec<Refusal>>)>,
) -> Result<Vec<(Acting, Vec<T>)>, Vec<Refusal>> {
    let mut groups: Vec<(Acting, Vec<T>)> = Vec::new();
    let mut refusals: Vec<Refusal> = Vec::new();
    for (thing, acting) in things {
        match acting {
            Ok(acting) => match groups.iter_mut().find(|(known, _)| *known == acting) {
                Some((_, of_post)) => of_post.push(thing),
                None => groups.push((acting, vec![thing])),
            },
            Err(reasons) => {
                for reason in reasons {
                    if !refusals.contains(&reason) {
                        refusals.push(reason);
                    }
                }
            }
        }
    }
    if refusals.is_empty() { Ok(groups) } else { Err(refusals) }
}

/// Returns the events if there is no refusal; otherwise every refusal.
pub(crate) fn unless(refusals: Vec<Refusal>, events: impl FnOnce() -> Vec<Pending>) -> Decision {
    if refusals.is_empty() { Ok(events()) } else { Err(refusals) }
}
