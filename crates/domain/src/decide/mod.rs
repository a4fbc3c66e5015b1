//! 判断 — the only entry point for commands: refuses a command with every reason, or returns its events in the name of a
//! post that may give it. A pure function.

pub(crate) mod measure;

use renkei_document::id::{self, Id};

use crate::agreement::decide as agreement;
use crate::authority::command::needs;
use crate::command::Command;
use crate::edition::decide as edition;
use crate::evidence::command::EvidenceCommand;
use crate::evidence::decide as evidence;
use crate::indicator::decide as indicator;
use crate::organisation::decide as organisation;
use crate::ownership;
use crate::plan::command::PlanCommand;
use crate::plan::decide as plan;
use crate::record::dossiers::Dossiers;
use crate::record::entry::Pending;
use crate::record::facts::Facts;
use crate::record::ground::Ground;
use crate::refusal::Refusal;
use crate::shared_fact::decide as shared_fact;

pub use crate::evidence::decide::nothing_to_record;
pub use crate::record::ground::Decision;
pub use measure::excess_of_document;

/// Decides on a command. The caller must append the returned events in one transaction.
pub fn decide(facts: &Facts, dossiers: &Dossiers, command: Command) -> Decision {
    // Check ownership first: any other refusal could reveal what the actor may not know.
    ownership::permit(facts, dossiers, &command)?;
    let acting = facts.actor.acting(&needs(dossiers.seen_by(facts.actor.viewer()), &command))?;
    let ground = Ground::new(facts, acting);
    let mut excess = measure::excess(dossiers, &command);
    if excess.is_empty() {
        let decided = decide_measured(&ground, dossiers, command)?;
        return if all_are_own(facts, dossiers, &decided) { Ok(decided) } else { Err(vec![Refusal::NotYourParty]) };
    }
    // For `ShareInitiatives`, the limit applies to the number of rows in the command, which hides nothing that is
    // stored.
    let is_sent = matches!(command, Command::Plan(PlanCommand::ShareInitiatives { .. }));
    // An excess is reported together with every other reason. A document that is too large is not examined further.
    let others = match command {
        Command::Evidence(EvidenceCommand::ImportDocument(_)) => Vec::new(),
        command => decide_measured(&ground, dossiers, command).err().unwrap_or_default(),
    };
    // If a thing is hidden from the actor or belongs to another party, do not disclose how much of it is stored.
    if !is_sent && others.iter().any(Refusal::hides_the_thing) {
        excess.retain(|found| !matches!(found, Refusal::TooMuch(found) if found.of.counts_what_is_kept()));
    }
    Err(excess.into_iter().chain(others).collect())
}

/// Whether the actor acts for the party of each chain that receives an event. This check also protects against a
/// decision that lacks its own check. A party that is not registered yet is allowed: concluding the agreement registers
/// it.
fn all_are_own(facts: &Facts, dossiers: &Dossiers, decided: &[Pending]) -> bool {
    let is_new = |party: Id<id::Party>| dossiers.parties.get(&party).is_none();
    decided.iter().map(|pending| pending.chain.party).all(|party| facts.actor.acts_for(party) || is_new(party))
}

fn decide_measured(facts: &Ground<'_>, dossiers: &Dossiers, command: Command) -> Decision {
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
