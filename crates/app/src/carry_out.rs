//! Carrying out: decide on a copy of what is known, append, and only then know it.

use std::sync::PoisonError;

use renkei_domain::chain::{ChainKey, Entry, Order, Pending};
use renkei_domain::command::Command;
use renkei_domain::decide::decide;
use renkei_domain::dossiers::Dossiers;
use renkei_domain::facts::{Actor, Facts};
use renkei_domain::refusal::Refusal;
use renkei_domain::register::Register;
use renkei_journal::NewEvent;

use crate::error::AppError;
use crate::open::Renkei;
use crate::state::{EntryLine, State};

/// 審議 — one or more commands that are carried out together or not at all.
pub(crate) struct Deliberation {
    facts: Facts,
    /// What is known once all that is decided so far has happened.
    pub dossiers: Dossiers,
    decided: Vec<Entry>,
    expected: Register<ChainKey, u64>,
}

impl Deliberation {
    /// Who acts, when, and fresh ids for what a command will begin.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Decides on one command, on top of those before.
    pub fn decide(&mut self, command: Command) -> Result<(), Vec<Refusal>> {
        for pending in decide(&self.facts, &self.dossiers, command)? {
            self.happen(pending);
        }
        Ok(())
    }

    fn happen(&mut self, pending: Pending) {
        let number = self.dossiers.head(pending.chain);
        self.expected.get_or_insert_with(pending.chain, || number);
        let ChainKey { party, dossier } = pending.chain;
        let time = self.dossiers.time_of_next(dossier, self.facts.now_millis());
        let order = Order { time, party, dossier, number: number + 1 };
        let entry = Entry { order, authored: Some(pending.authored) };
        self.dossiers.hear(&entry);
        self.decided.push(entry);
    }
}

impl Renkei {
    /// Carries out what `deliberate` decides, in one transaction of the journal.
    pub(crate) fn carry_out<T>(
        &self,
        actor: Actor,
        deliberate: impl FnOnce(&mut Deliberation) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let _one_at_a_time = self.deciding.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.state();
        let mut deliberation = self.deliberation(actor);
        let answer = deliberate(&mut deliberation)?;
        let Deliberation { dossiers, decided, expected, .. } = deliberation;
        if decided.is_empty() {
            return Ok(answer);
        }
        let expected: Vec<_> = expected.iter().map(|(chain, number)| (stored_chain(*chain), *number)).collect();
        let position =
            self.journal.append(&expected, decided.iter().map(new_event).collect()).map_err(AppError::Append)?;
        let mut entries = before.entries.clone();
        let first = position.0 + 1 - decided.len() as u64;
        entries.extend(decided.iter().zip(first..).map(|(entry, heard)| EntryLine::of(heard, entry)));
        self.become_state(State { position: position.0, dossiers, entries, searchable: Default::default() });
        Ok(answer)
    }

    /// What would be decided, without anything happening.
    pub(crate) fn rehearse<T>(
        &self,
        actor: Actor,
        deliberate: impl FnOnce(&mut Deliberation) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        deliberate(&mut self.deliberation(actor))
    }

    fn deliberation(&self, actor: Actor) -> Deliberation {
        let before = self.state();
        Deliberation {
            facts: self.context.facts(actor),
            dossiers: before.dossiers.clone(),
            decided: Vec::new(),
            expected: Register::new(),
        }
    }

    /// Carries out one command.
    pub fn do_as(&self, actor: Actor, command: Command) -> Result<(), AppError> {
        self.carry_out(actor, |deliberation| Ok(deliberation.decide(command)?))
    }
}

fn stored_chain(chain: ChainKey) -> renkei_journal::ChainKey {
    renkei_journal::ChainKey::new(chain.party.to_string(), chain.dossier.to_string())
}

fn new_event(entry: &Entry) -> NewEvent {
    let (kind, version, body) = match &entry.authored {
        Some(authored) => (authored.event.name().to_owned(), authored.event.version(), authored.encode()),
        None => (String::new(), 0, Vec::new()),
    };
    NewEvent {
        party: entry.order.party.to_string(),
        dossier: entry.order.dossier.to_string(),
        kind,
        version,
        time: entry.order.time,
        body,
    }
}
