//! Carrying out: decide on a copy of what is known, append, and only then know it.
//!
//! Decisions are recorded one at a time. A decision that grows with a document is taken before the lock; under it the events are
//! appended, and at most folded once more. Only where others keep recording is the last try taken under the lock.

use std::sync::{Arc, MutexGuard, PoisonError};

use renkei_domain::command::Command;
use renkei_domain::decide::decide;
use renkei_domain::record::chain::{ChainKey, DossierKey, Entry, Order, Pending};
use renkei_domain::record::dossiers::Dossiers;
use renkei_domain::record::facts::{Actor, Facts};
use renkei_domain::record::register::Register;
use renkei_domain::refusal::Refusal;
use renkei_domain::view::View;
use renkei_journal::NewEvent;

use crate::node::error::AppError;
use crate::node::open::Renkei;
use crate::node::state::{EntryLine, State};

/// How often a long decision is taken while others may record. Where they keep recording, everybody waits for the last try.
const FREE_TRIES: usize = 3;

/// 審議 — one or more commands that are carried out together or not at all.
pub(crate) struct Deliberation {
    facts: Facts,
    /// What is known once all that is decided so far has happened.
    pub dossiers: Dossiers,
    decided: Vec<Entry>,
    expected: Register<ChainKey, u64>,
}

impl Deliberation {
    /// The dossiers with all that is decided so far, as the actor may see them.
    pub fn seen(&self) -> View<'_> {
        self.dossiers.seen_by(self.facts.actor.viewer())
    }

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

    fn resolved(self) -> Resolution {
        let Self { facts, dossiers, decided, expected } = self;
        let encoded = decided.iter().map(new_event).collect();
        Resolution { now_millis: facts.now_millis(), dossiers, decided, encoded, expected }
    }
}

/// 議決 — what was decided, ready to be appended.
struct Resolution {
    now_millis: u64,
    dossiers: Dossiers,
    decided: Vec<Entry>,
    encoded: Vec<NewEvent>,
    expected: Register<ChainKey, u64>,
}

impl Resolution {
    /// The same behind what others recorded meanwhile: only the times are others, and what is known is folded on top of theirs.
    fn on(mut self, now: &Dossiers) -> Self {
        self.dossiers = now.clone();
        for (entry, encoded) in self.decided.iter_mut().zip(&mut self.encoded) {
            entry.order.time = self.dossiers.time_of_next(entry.order.dossier, self.now_millis);
            encoded.time = entry.order.time;
            self.dossiers.hear(entry);
        }
        self
    }
}

/// Whether nothing is new that a decision of this actor could have read: all but what another party keeps to itself.
fn reads_the_same(actor: &Actor, before: &Dossiers, now: &Dossiers) -> bool {
    let may_read = |chain: &ChainKey| match chain.dossier {
        DossierKey::Agreement(_) | DossierKey::Party(_) => true,
        DossierKey::AgreementOwn(_) => actor.acts_for(chain.party),
    };
    now.heads.iter().all(|(chain, number)| !may_read(chain) || before.head(*chain) == *number)
}

impl Renkei {
    /// Carries out what `deliberate` decides, in one transaction of the journal. Everybody else waits meanwhile: what grows with a
    /// document goes through [`Self::carry_out_at_length`].
    pub(crate) fn carry_out<T>(
        &self,
        actor: Actor,
        deliberate: impl FnOnce(&mut Deliberation) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let one_at_a_time = self.one_at_a_time();
        let before = self.state();
        let mut deliberation = self.deliberation(&before, actor);
        let answer = deliberate(&mut deliberation)?;
        self.record(one_at_a_time, &before, deliberation.resolved())?;
        Ok(answer)
    }

    /// The same for decisions on whole documents: nobody waits while they are taken. Where the journal has moved on and the decision
    /// could have read what is new, it is taken again; the last try makes everybody wait.
    pub(crate) fn carry_out_at_length<T>(
        &self,
        actor: Actor,
        deliberate: impl Fn(&mut Deliberation) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        for _ in 0..FREE_TRIES {
            let before = self.state();
            let mut deliberation = self.deliberation(&before, actor.clone());
            let answer = deliberate(&mut deliberation)?;
            let resolved = deliberation.resolved();
            let one_at_a_time = self.one_at_a_time();
            let now = self.state();
            let resolved = match now.position == before.position {
                true => resolved,
                false if reads_the_same(&actor, &before.dossiers, &now.dossiers) => resolved.on(&now.dossiers),
                false => continue,
            };
            self.record(one_at_a_time, &now, resolved)?;
            return Ok(answer);
        }
        self.carry_out(actor, deliberate)
    }

    fn one_at_a_time(&self) -> MutexGuard<'_, ()> {
        self.deciding.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends a resolution to `before`, which is the state now, and makes it the state. The search is updated once the lock is
    /// released.
    fn record(&self, one_at_a_time: MutexGuard<'_, ()>, before: &State, resolved: Resolution) -> Result<(), AppError> {
        let Resolution { dossiers, decided, encoded, expected, .. } = resolved;
        if decided.is_empty() {
            return Ok(());
        }
        let expected: Vec<_> = expected.iter().map(|(chain, number)| (stored_chain(*chain), *number)).collect();
        let position = self.journal.append(&expected, encoded).map_err(AppError::Append)?;
        let mut entries = before.entries.clone();
        let first = position.0 + 1 - decided.len() as u64;
        entries.extend(decided.iter().zip(first..).map(|(entry, heard)| EntryLine::of(heard, entry)));
        let searchable = Arc::clone(&before.searchable);
        self.become_state(State { position: position.0, dossiers, entries, searchable });
        drop(one_at_a_time);
        self.state().update_index();
        Ok(())
    }

    /// What would be decided, without anything happening.
    pub(crate) fn rehearse<T>(
        &self,
        actor: Actor,
        deliberate: impl FnOnce(&mut Deliberation) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        deliberate(&mut self.deliberation(&self.state(), actor))
    }

    fn deliberation(&self, before: &State, actor: Actor) -> Deliberation {
        Deliberation {
            facts: self.context.facts(actor),
            dossiers: before.dossiers.clone(),
            decided: Vec::new(),
            expected: Register::new(),
        }
    }

    /// Carries out one command whose work grows with a document.
    pub(crate) fn do_at_length(&self, actor: Actor, command: &Command) -> Result<(), AppError> {
        self.carry_out_at_length(actor, |deliberation| Ok(deliberation.decide(command.clone())?))
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
