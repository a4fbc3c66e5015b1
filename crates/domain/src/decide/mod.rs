//! 判断 — the only entry point for commands: refuses a command with every reason, or returns its events. Pure.

pub(crate) mod measure;

use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::agreement::decide as agreement;
use crate::command::Command;
use crate::edition::decide as edition;
use crate::event::{Authored, Event};
use crate::evidence::command::EvidenceCommand;
use crate::evidence::decide as evidence;
use crate::indicator::decide as indicator;
use crate::limits::{FIRST_YEAR, YEARS_AHEAD};
use crate::organisation::decide as organisation;
use crate::ownership;
use crate::plan::command::PlanCommand;
use crate::plan::decide as plan;
use crate::plan::{Initiative, Standing};
use crate::record::agreement_dossier::AgreementDossier;
use crate::record::chain::{ChainKey, DossierKey, Pending};
use crate::record::dossiers::Dossiers;
use crate::record::facts::Facts;
use crate::refusal::Refusal;
use crate::shared_fact::decide as shared_fact;

pub use crate::evidence::decide::nothing_to_record;
pub use measure::excess_of_document;

/// 判断の結果 — the resulting events, or every reason for the refusal.
pub type Decision = Result<Vec<Pending>, Vec<Refusal>>;

/// Decides on a command. The returned events belong in one transaction.
pub fn decide(facts: &Facts, dossiers: &Dossiers, command: Command) -> Decision {
    // Check ownership first: any other refusal could reveal what the actor may not know.
    ownership::permit(facts, dossiers, &command)?;
    let mut excess = measure::excess(dossiers, &command);
    if excess.is_empty() {
        let decided = decide_measured(facts, dossiers, command)?;
        return if all_are_own(facts, dossiers, &decided) { Ok(decided) } else { Err(vec![Refusal::NotYourParty]) };
    }
    // Rows that are shown together are counted as sent, not as stored.
    let is_sent = matches!(command, Command::Plan(PlanCommand::ShareInitiatives { .. }));
    // An excess is reported together with every other reason. A document that is too large is not examined further.
    let others = match command {
        Command::Evidence(EvidenceCommand::ImportDocument(_)) => Vec::new(),
        command => decide_measured(facts, dossiers, command).err().unwrap_or_default(),
    };
    // The stored size of a thing that is hidden, or that belongs to another party, is not disclosed.
    if !is_sent && others.iter().any(Refusal::hides_the_thing) {
        excess.retain(|found| !matches!(found, Refusal::TooMuch(found) if found.of.counts_what_is_kept()));
    }
    Err(excess.into_iter().chain(others).collect())
}

/// Whether the actor acts for the party of each chain that receives an event. This check holds even if a decision
/// forgot its own. A party that is not registered yet is allowed: concluding the agreement registers it.
fn all_are_own(facts: &Facts, dossiers: &Dossiers, decided: &[Pending]) -> bool {
    let is_new = |party: Id<id::Party>| dossiers.parties.get(&party).is_none();
    decided.iter().map(|pending| pending.chain.party).all(|party| facts.actor.acts_for(party) || is_new(party))
}

fn decide_measured(facts: &Facts, dossiers: &Dossiers, command: Command) -> Decision {
    match command {
        Command::ConcludeAgreement { text } => agreement::conclude(facts, dossiers, *text),
        Command::Evidence(command) => evidence::decide(facts, dossiers, command),
        Command::Plan(command) => plan::decide(facts, dossiers, command),
        Command::Organisation(command) => organisation::decide(facts, dossiers, command),
        Command::FreezeEdition(freeze) => edition::freeze(facts, dossiers, *freeze),
        Command::Indicator(command) => indicator::decide(facts, dossiers, command),
        Command::SharedFact { agreement, party, deed } => {
            shared_fact::decide(facts, dossiers, (agreement, party), deed)
        }
    }
}

/// Returns a refusal if the year is before the first agreements or too far ahead. Each year costs all parties time to
/// process.
pub(crate) fn far_off(facts: &Facts, fiscal_year: FiscalYear) -> Option<Refusal> {
    let (first, last) = (FIRST_YEAR, FiscalYear(facts.fiscal_year().0 + YEARS_AHEAD));
    (!(first..=last).contains(&fiscal_year)).then_some(Refusal::YearFarOff { fiscal_year, first, last })
}

/// Creates an event for a party's chain in a dossier, in the name of the acting post.
pub(crate) fn pending(facts: &Facts, party: Id<id::Party>, dossier: DossierKey, event: impl Into<Event>) -> Pending {
    let (post, on_behalf_of) = (facts.actor.post().to_owned(), facts.actor.on_behalf_of().map(str::to_owned));
    Pending { chain: ChainKey { party, dossier }, authored: Authored { post, on_behalf_of, event: event.into() } }
}

pub(crate) fn in_agreement(
    facts: &Facts,
    party: Id<id::Party>,
    agreement: Id<Agreement>,
    event: impl Into<Event>,
) -> Vec<Pending> {
    vec![pending(facts, party, DossierKey::Agreement(agreement), event)]
}

/// Creates an event in the party's own (private) chain of the agreement.
pub(crate) fn in_own(
    facts: &Facts,
    party: Id<id::Party>,
    agreement: Id<Agreement>,
    event: impl Into<Event>,
) -> Vec<Pending> {
    vec![pending(facts, party, DossierKey::AgreementOwn(agreement), event)]
}

/// Creates an event about a row: in the shared chain if the row is shown, otherwise in its party's own chain.
pub(crate) fn of_row(
    facts: &Facts,
    row: &Initiative,
    agreement: Id<Agreement>,
    event: impl Into<Event>,
) -> Vec<Pending> {
    let chain = if row.standing == Standing::Private { in_own } else { in_agreement };
    chain(facts, row.party, agreement, event)
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

/// Returns the events if there is no refusal; otherwise every refusal.
pub(crate) fn unless(refusals: Vec<Refusal>, events: impl FnOnce() -> Vec<Pending>) -> Decision {
    if refusals.is_empty() { Ok(events()) } else { Err(refusals) }
}
