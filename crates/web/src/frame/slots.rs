//! 接続の枠 — limits the number of open connections for each network, account and party.
//!
//! A slot is permission for one open connection. It belongs to a stranger until a request on it has a valid session. If
//! no slot is free, a new connection displaces a stranger's slot. If its own network is at its limit, it displaces the
//! oldest slot of that network; else the oldest slot of the network with the most slots. A network may displace
//! `displaced` slots per second. A caller with a session therefore needs a stranger's slot only until the first request
//! is read; afterwards nobody can displace the slot.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use renkei_app::Visitor;
use tokio::sync::Notify;
use tokio::time::Instant;

/// 接続の枠の数 — the limits on the number of connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotLimits {
    pub all: usize,
    /// Limit for one network: an IPv6 /64, or one IPv4 address.
    pub of_network: usize,
    pub strangers: usize,
    pub strangers_of_network: usize,
    /// Limit for the signed-in users of one party; `of_account` is the limit for one account. Slots beyond a limit stay
    /// strangers' slots.
    pub of_party: usize,
    pub of_account: usize,
    /// Maximum number of strangers' slots that one network may displace per second, because accepting a connection
    /// costs more than closing one.
    pub displaced: usize,
}

impl Default for SlotLimits {
    fn default() -> Self {
        Self {
            all: 800,
            of_network: 400,
            strangers: 400,
            strangers_of_network: 200,
            of_party: 250,
            of_account: 50,
            displaced: 50,
        }
    }
}

/// 接続の枠 — all slots.
#[derive(Debug)]
pub(crate) struct Slots {
    limits: SlotLimits,
    taken: Mutex<Taken>,
}

/// One slot; dropping it makes the slot free again.
#[derive(Debug)]
pub(crate) struct Slot {
    slots: Arc<Slots>,
    number: u64,
    wanted_back: Arc<Notify>,
    is_owned: AtomicBool,
}

/// The slots in use, by number. A lower number is an older slot.
#[derive(Debug, Default)]
struct Taken {
    last: u64,
    slots: HashMap<u64, Place>,
    counts: HashMap<Counted, usize>,
    strangers: HashMap<Arc<str>, BTreeSet<u64>>,
    displaced: HashMap<Arc<str>, usize>,
    /// Start of the second in which the displaced slots are counted.
    since: Option<Instant>,
}

#[derive(Debug)]
struct Place {
    network: Arc<str>,
    wanted_back: Arc<Notify>,
    /// The account and the party that use the slot; `None` for a stranger's slot.
    owner: Option<[Counted; 2]>,
}

/// The groups for which slots are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Counted {
    Network(Arc<str>),
    Strangers,
    /// A party's signed-in users; `None` means administrators and users without a post.
    Party(Option<String>),
    Account(Option<String>),
}

impl Slots {
    pub fn of(limits: SlotLimits) -> Arc<Self> {
        Arc::new(Self { limits, taken: Mutex::default() })
    }

    /// Takes a slot for a client of a network ([`renkei_app::network_of`]); `None` if no slot is free or can be
    /// displaced.
    pub fn take(self: &Arc<Self>, network: &str) -> Option<Slot> {
        let mut taken = self.taken();
        if !taken.make_room(&self.limits, network) {
            return None;
        }
        taken.last += 1;
        let (number, network, wanted_back) = (taken.last, Arc::<str>::from(network), Arc::<Notify>::default());
        taken.count(Counted::Network(Arc::clone(&network)));
        taken.count(Counted::Strangers);
        taken.strangers.entry(Arc::clone(&network)).or_default().insert(number);
        taken.slots.insert(number, Place { network, wanted_back: Arc::clone(&wanted_back), owner: None });
        Some(Slot { slots: Arc::clone(self), number, wanted_back, is_owned: AtomicBool::new(false) })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// Assigns the slot to a visitor with a session, unless the visitor or their party is at the limit.
    pub fn assign_to(&self, visitor: &Visitor) {
        let owner = || {
            let party = visitor.party.map(|party| party.to_string());
            [Counted::Party(party), Counted::Account(visitor.account.clone())]
        };
        let mut taken = self.slots.taken();
        if taken.slots.get(&self.number).is_some_and(|place| place.owner.is_none()) {
            let is_owned = taken.assign(self.number, owner(), &self.slots.limits);
            self.is_owned.store(is_owned, Ordering::Relaxed);
        }
    }

    /// Whether the slot still belongs to a stranger.
    pub fn is_a_strangers(&self) -> bool {
        !self.is_owned.load(Ordering::Relaxed)
    }

    /// Waits until another connection has displaced this slot.
    pub async fn is_displaced(&self) {
        self.wanted_back.notified().await;
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.slots.taken().release(self.number);
    }
}

impl Taken {
    /// Displaces a stranger's slot if none is free for a network. Returns whether a slot is free now.
    fn make_room(&mut self, limits: &SlotLimits, network: &str) -> bool {
        let of_network = self.counts.get(&Counted::Network(network.into())).copied().unwrap_or(0);
        let strangers = self.strangers.get(network).map_or(0, BTreeSet::len);
        if of_network >= limits.of_network || strangers >= limits.strangers_of_network {
            return self.may_displace(limits, network) && self.displace_oldest_of(network);
        }
        if self.slots.len() < limits.all && self.number(&Counted::Strangers) < limits.strangers {
            return true;
        }
        if !self.may_displace(limits, network) {
            return false;
        }
        // If several networks have equally many slots, selects the one with the oldest slot.
        let most = self.strangers.iter().max_by_key(|(_, own)| (own.len(), std::cmp::Reverse(own.first().copied())));
        let most = most.map(|(network, _)| Arc::clone(network));
        most.is_some_and(|network| self.displace_oldest_of(&network))
    }

    /// Counts an attempt of a network to displace a slot. Returns whether it may displace one more within this second.
    fn may_displace(&mut self, limits: &SlotLimits, network: &str) -> bool {
        let now = Instant::now();
        if self.since.is_none_or(|since| now.duration_since(since) >= Duration::from_secs(1)) {
            self.since = Some(now);
            self.displaced.clear();
        }
        let displaced = self.displaced.entry(network.into()).or_default();
        *displaced += 1;
        *displaced <= limits.displaced
    }

    /// Removes the oldest stranger's slot of a network. Returns whether the network had one.
    fn displace_oldest_of(&mut self, network: &str) -> bool {
        let oldest = self.strangers.get(network).and_then(|own| own.first().copied());
        let place = oldest.and_then(|oldest| self.release(oldest));
        place.map(|place| place.wanted_back.notify_one()).is_some()
    }

    /// Assigns the slot to its owner if the owner's limits allow it. Returns whether it belongs to the owner now.
    fn assign(&mut self, number: u64, owner: [Counted; 2], limits: &SlotLimits) -> bool {
        let has_room = |(counted, most): (&Counted, usize)| self.number(counted) < most;
        if !owner.iter().zip([limits.of_party, limits.of_account]).all(has_room) {
            return false;
        }
        let Some(mut place) = self.release(number) else { return false };
        owner.iter().for_each(|counted| self.count(counted.clone()));
        self.count(Counted::Network(Arc::clone(&place.network)));
        place.owner = Some(owner);
        self.slots.insert(number, place);
        true
    }

    fn release(&mut self, number: u64) -> Option<Place> {
        let place = self.slots.remove(&number)?;
        self.uncount(&Counted::Network(Arc::clone(&place.network)));
        match &place.owner {
            Some(owner) => owner.iter().for_each(|counted| self.uncount(counted)),
            None => {
                self.uncount(&Counted::Strangers);
                if let Some(own) = self.strangers.get_mut(&place.network) {
                    own.remove(&number);
                    if own.is_empty() {
                        self.strangers.remove(&place.network);
                    }
                }
            }
        }
        Some(place)
    }

    fn number(&self, counted: &Counted) -> usize {
        self.counts.get(counted).copied().unwrap_or(0)
    }

    fn count(&mut self, counted: Counted) {
        *self.counts.entry(counted).or_default() += 1;
    }

    fn uncount(&mut self, counted: &Counted) {
        if let Some(count) = self.counts.get_mut(counted) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(counted);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use renkei_app::Known;
    use renkei_document::language::Language;

    use super::*;

    const LIMITS: SlotLimits = SlotLimits {
        all: 8,
        of_network: 5,
        strangers: 6,
        strangers_of_network: 4,
        of_party: 4,
        of_account: 3,
        displaced: 1000,
    };

    fn visitor(account: &str, party: u8) -> Visitor {
        Visitor::known(Known {
            account: account.to_owned(),
            name: account.to_owned(),
            party: Some(format!("00000000-0000-7000-8000-{party:012}").parse().unwrap()),
            posts: Vec::new(),
            is_administrator: false,
            language: Language::Japanese,
        })
    }

    /// Whether another connection has displaced the slot.
    fn is_lost(slot: &Slot) -> bool {
        !slot.slots.taken().slots.contains_key(&slot.number)
    }

    fn lost(slots: &[Slot]) -> Vec<usize> {
        slots.iter().enumerate().filter(|(_, slot)| is_lost(slot)).map(|(place, _)| place).collect()
    }

    #[track_caller]
    fn fill(slots: &Arc<Slots>, networks: &str) -> Vec<Slot> {
        networks.chars().map(|network| slots.take(&network.to_string()).unwrap()).collect()
    }

    #[test]
    fn a_new_connection_displaces_the_oldest_slot_of_the_network_with_most_slots() {
        for (networks, expected) in [
            ("aaaa", vec![]),
            ("aaaaa", vec![0]),
            ("baaaaa", vec![1]),
            ("aaaabbb", vec![0]),
            ("aabbccd", vec![0]),
            ("abbccdde", vec![1, 3]),
            ("abcdef", vec![]),
            ("abcdefg", vec![0]),
        ] {
            assert_eq!(lost(&fill(&Slots::of(LIMITS), networks)), expected, "{networks}");
        }
    }

    #[test]
    fn a_slot_of_a_signed_in_user_is_never_displaced() {
        let slots = Slots::of(LIMITS);
        let own = fill(&slots, "aaa");
        own.iter().for_each(|slot| slot.assign_to(&visitor("tanto", 1)));
        let strangers = fill(&slots, &"bcdefghij".repeat(20));
        assert_eq!(lost(&own), [0; 0]);
        assert_eq!(strangers.iter().filter(|slot| !is_lost(slot)).count(), 5, "all there are, but those three");
        let newcomer = slots.take("a").unwrap();
        newcomer.assign_to(&visitor("kessai", 1));
        assert!(!newcomer.is_a_strangers(), "let in, and far enough to show a session");
    }

    #[test]
    fn slots_beyond_the_limit_of_an_account_or_party_stay_strangers_slots() {
        let slots = Slots::of(SlotLimits { strangers: 8, of_network: 8, strangers_of_network: 8, ..LIMITS });
        let own = fill(&slots, "aaaaaaa");
        own[..4].iter().for_each(|slot| slot.assign_to(&visitor("tanto", 1)));
        own[4..].iter().for_each(|slot| slot.assign_to(&visitor("kessai", 1)));
        let strangers: Vec<bool> = own.iter().map(Slot::is_a_strangers).collect();
        assert_eq!(strangers, [false, false, false, true, false, true, true]);
        let other = slots.take("b").unwrap();
        other.assign_to(&visitor("kacho", 2));
        assert!(!other.is_a_strangers());
    }

    #[test]
    fn one_network_has_a_limited_number_of_slots() {
        let slots = Slots::of(LIMITS);
        let own = fill(&slots, "aaaa");
        own[..3].iter().for_each(|slot| slot.assign_to(&visitor("tanto", 1)));
        own[3].assign_to(&visitor("kacho", 2));
        let fifth = slots.take("a").unwrap();
        fifth.assign_to(&visitor("kacho", 2));
        assert!(slots.take("a").is_none(), "all of its slots are theirs who signed in");
        assert!(slots.take("b").is_some());
    }

    #[test]
    fn a_network_that_connects_too_fast_is_refused_and_another_is_not() {
        let slots = Slots::of(SlotLimits { displaced: 0, ..LIMITS });
        let _held = fill(&slots, "aabbcc");
        assert!(slots.take("a").is_none());
        let slots = Slots::of(SlotLimits { displaced: 2, ..LIMITS });
        let _held = fill(&slots, "aabbcc");
        let let_in: Vec<bool> = ["d", "d", "e"].map(|network| slots.take(network).is_some()).into();
        assert_eq!(let_in, [true; 3]);
    }

    #[test]
    fn a_dropped_slot_frees_all_its_counts() {
        let slots = Slots::of(LIMITS);
        let own = fill(&slots, "aabbccddee");
        own.iter().step_by(2).for_each(|slot| slot.assign_to(&visitor("tanto", 1)));
        drop(own);
        let taken = slots.taken();
        assert!(taken.slots.is_empty() && taken.counts.is_empty() && taken.strangers.is_empty());
    }
}
