//! Carries out commands: decides on a copy of the state, appends the events to the journal, then replaces the state.
//!
//! Events are appended under a lock, one decision at a time. A decision whose work grows with a document is made before
//! taking the lock. If others have recorded meanwhile, its events are folded again under the lock; or the decision is
//! made again, if it could have read the others' events. After several such attempts, the last one is made under the
//! lock.

use std::sync::{MutexGuard, PoisonError};

use renkei_domain::authority::actor::Actor;
use renkei_domain::command::Command;
use renkei_domain::decide::decide;
use renkei_domain::record::chain::{ChainKey, DossierKey, Order};
use renkei_domain::record::dossiers::Dossiers;
use renkei_domain::record::entry::{Entry, Pending};
use renkei_domain::record::facts::Facts;
use renkei_domain::record::register::Register;
use renkei_domain::refusal::Refusal;
use renkei_domain::view::View;
use renkei_journal::NewEvent;

use crate::node::entry_lines::EntryLine;
use crate::node::error::AppError;
use crate::node::open::Node;
use crate::node::state::State;

/// Number of attempts at a long decision without the lock. After these, one last attempt holds the lock, and everybody
/// waits.
const FREE_TRIES: usize = 3;

/// 審議 — one or more commands, which are carried out together or not at all.
pub(crate) struct Deliberation {
    facts: Facts,
    /// The dossiers after everything that was decided so far.
    pub dossiers: Dossiers,
    decided: Vec<Entry>,
    expected: Register<ChainKey, u64>,
}

impl Deliberation {
    /// Returns the dossiers after everything that was decided so far, as the actor may see them.
    pub fn seen(&self) -> View<'_> {
        self.dossiers.seen_by(self.facts.actor.viewer())
    }

    /// Returns the facts for the decision: the actor, the time, and fresh ids for new things.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Decides one command, on top of the earlier commands.
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

/// 議決 — the decided events, ready to be appended.
struct Resolution {
    now_millis: u64,
    dossiers: Dossiers,
    decided: Vec<Entry>,
    encoded: Vec<NewEvent>,
    expected: Register<ChainKey, u64>,
}

impl Resolution {
    /// Moves the resolution onto the state `now`, which others have recorded meanwhile: the events get new times and
    /// are applied to that state.
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

/// Whether everything that a decision of this actor can read is the same in both states. Events in another party's own
/// chain are not compared.
fn reads_the_same(actor: &Actor, before: &Dossiers, now: &Dossiers) -> bool {
    let may_read = |chain: &ChainKey| match chain.dossier {
        DossierKey::Agreement(_) | DossierKey::Party(_) => true,
        DossierKey::AgreementOwn(_) => actor.acts_for(chain.party),
    };
    now.heads.iter().all(|(chain, number)| !may_read(chain) || before.head(*chain) == *number)
}

impl Node {
    /// Carries out what `deliberate` decides, in one transaction of the journal. All other decisions wait meanwhile, so
    /// a decision whose work grows with a document uses [`Self::carry_out_at_length`].
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

    /// Carries out a decision about a whole document, without making others wait. If events that the decision could
    /// have read are recorded meanwhile, it is made again. Only the last attempt makes others wait.
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

    /// Appends a resolution to `before`, which is the current state, and publishes the new state. After the lock is
    /// released, the values of [`crate::node::memory`] are updated.
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
        let memories = before.memories.clone();
        self.become_state(State { position: position.0, dossiers, entries, memories: memories.clone() });
        drop(one_at_a_time);
        let state = self.state();
        memories.follow(state.position, &state.dossiers);
        Ok(())
    }

    /// Returns what `deliberate` would decide, without recording it.
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

    /// Carries out one command whose work grows with a document, by [`Self::carry_out_at_length`].
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
