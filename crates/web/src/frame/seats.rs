//! 席 — the connections that are open at a time, counted by network, account and party.
//!
//! A seat is a stranger's until a request on it carries a valid session. If no seat is free, a new connection displaces
//! a stranger's seat: the oldest of its own network if that is at its limit, else the oldest of the network that holds
//! most. A network may displace `taken_away` seats per second. So a caller with a session needs a seat only for the
//! moment in which they show the session. From then on the seat is theirs until they leave it.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use renkei_app::Visitor;
use tokio::sync::Notify;
use tokio::time::Instant;

/// 席の数 — the limits on the number of connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatLimits {
    pub all: usize,
    /// For one network: an IPv6 /64, or one IPv4 address.
    pub of_network: usize,
    pub strangers: usize,
    pub strangers_of_network: usize,
    /// For users signed in for one party; `of_account` for one account. Further connections use strangers' seats.
    pub of_party: usize,
    pub of_account: usize,
    /// Maximum number of strangers' seats that one network may displace per second: accepting costs more than closing.
    pub taken_away: usize,
}

impl Default for SeatLimits {
    fn default() -> Self {
        Self {
            all: 800,
            of_network: 400,
            strangers: 400,
            strangers_of_network: 200,
            of_party: 250,
            of_account: 50,
            taken_away: 50,
        }
    }
}

/// 席 — all seats.
#[derive(Debug)]
pub(crate) struct Seats {
    limits: SeatLimits,
    taken: Mutex<Taken>,
}

/// One seat; it is given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    seats: Arc<Seats>,
    number: u64,
    wanted_back: Arc<Notify>,
    is_owned: AtomicBool,
}

/// The seats in use. Their numbers grow: a lower number is older.
#[derive(Debug, Default)]
struct Taken {
    last: u64,
    seats: HashMap<u64, Place>,
    counts: HashMap<Counted, usize>,
    strangers: HashMap<Arc<str>, BTreeSet<u64>>,
    taken_away: HashMap<Arc<str>, usize>,
    /// Start of the second for which `taken_away` counts.
    since: Option<Instant>,
}

#[derive(Debug)]
struct Place {
    network: Arc<str>,
    wanted_back: Arc<Notify>,
    /// `None` for a stranger's seat.
    owner: Option<[Counted; 2]>,
}

/// The groups by which seats are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Counted {
    Network(Arc<str>),
    Strangers,
    /// `None` for administrators and users without a post.
    Party(Option<String>),
    Account(Option<String>),
}

impl Seats {
    pub fn of(limits: SeatLimits) -> Arc<Self> {
        Arc::new(Self { limits, taken: Mutex::default() })
    }

    /// Takes a seat for a client of a network ([`renkei_app::network_of`]); `None` if no seat can be made free for it.
    pub fn take(self: &Arc<Self>, network: &str) -> Option<Seat> {
        let mut taken = self.taken();
        if !taken.makes_room(&self.limits, network) {
            return None;
        }
        taken.last += 1;
        let (number, network, wanted_back) = (taken.last, Arc::<str>::from(network), Arc::<Notify>::default());
        taken.count(Counted::Network(Arc::clone(&network)));
        taken.count(Counted::Strangers);
        taken.strangers.entry(Arc::clone(&network)).or_default().insert(number);
        taken.seats.insert(number, Place { network, wanted_back: Arc::clone(&wanted_back), owner: None });
        Some(Seat { seats: Arc::clone(self), number, wanted_back, is_owned: AtomicBool::new(false) })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Gives the seat to a visitor with a session, unless they or their party have reached their limit.
    pub fn is_of(&self, visitor: &Visitor) {
        let owner = || {
            let party = visitor.party.map(|party| party.to_string());
            [Counted::Party(party), Counted::Account(visitor.account.clone())]
        };
        let mut taken = self.seats.taken();
        if taken.seats.get(&self.number).is_some_and(|place| place.owner.is_none()) {
            let is_owned = taken.hand_over(self.number, owner(), &self.seats.limits);
            self.is_owned.store(is_owned, Ordering::Relaxed);
        }
    }

    /// Whether the seat is still a stranger's.
    pub fn is_a_strangers(&self) -> bool {
        !self.is_owned.load(Ordering::Relaxed)
    }

    /// Waits until the seat is given to somebody else.
    pub async fn is_wanted_back(&self) {
        self.wanted_back.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.taken().give_back(self.number);
    }
}

impl Taken {
    /// Makes sure that a seat is free for a network, if need be by closing a stranger's. Returns whether one is free
    /// now.
    fn makes_room(&mut self, limits: &SeatLimits, network: &str) -> bool {
        let of_network = self.counts.get(&Counted::Network(network.into())).copied().unwrap_or(0);
        let strangers = self.strangers.get(network).map_or(0, BTreeSet::len);
        if of_network >= limits.of_network || strangers >= limits.strangers_of_network {
            return self.may_take_away(limits, network) && self.ask_back_of(network);
        }
        if self.seats.len() < limits.all && self.number(&Counted::Strangers) < limits.strangers {
            return true;
        }
        if !self.may_take_away(limits, network) {
            return false;
        }
        // Among networks that hold equally many, the one with the oldest seat.
        let most = self.strangers.iter().max_by_key(|(_, own)| (own.len(), std::cmp::Reverse(own.first().copied())));
        let most = most.map(|(network, _)| Arc::clone(network));
        most.is_some_and(|network| self.ask_back_of(&network))
    }

    /// Whether a network may displace one more seat within this second. Counts the attempt.
    fn may_take_away(&mut self, limits: &SeatLimits, network: &str) -> bool {
        let now = Instant::now();
        if self.since.is_none_or(|since| now.duration_since(since) >= Duration::from_secs(1)) {
            self.since = Some(now);
            self.taken_away.clear();
        }
        let taken_away = self.taken_away.entry(network.into()).or_default();
        *taken_away += 1;
        *taken_away <= limits.taken_away
    }

    /// Takes away the oldest stranger's seat of a network. Returns whether the network had one.
    fn ask_back_of(&mut self, network: &str) -> bool {
        let oldest = self.strangers.get(network).and_then(|own| own.first().copied());
        let place = oldest.and_then(|oldest| self.give_back(oldest));
        place.map(|place| place.wanted_back.notify_one()).is_some()
    }

    /// Gives the seat to its owner if their limits allow. Returns whether the seat is the owner's now.
    fn hand_over(&mut self, number: u64, owner: [Counted; 2], limits: &SeatLimits) -> bool {
        let has_room = |(counted, most): (&Counted, usize)| self.number(counted) < most;
        if !owner.iter().zip([limits.of_party, limits.of_account]).all(has_room) {
            return false;
        }
        let Some(mut place) = self.give_back(number) else { return false };
        owner.iter().for_each(|counted| self.count(counted.clone()));
        self.count(Counted::Network(Arc::clone(&place.network)));
        place.owner = Some(owner);
        self.seats.insert(number, place);
        true
    }

    fn give_back(&mut self, number: u64) -> Option<Place> {
        let place = self.seats.remove(&number)?;
        self.count_no_more(&Counted::Network(Arc::clone(&place.network)));
        match &place.owner {
            Some(owner) => owner.iter().for_each(|counted| self.count_no_more(counted)),
            None => {
                self.count_no_more(&Counted::Strangers);
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

    fn count_no_more(&mut self, counted: &Counted) {
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

    const LIMITS: SeatLimits = SeatLimits {
        all: 8,
        of_network: 5,
        strangers: 6,
        strangers_of_network: 4,
        of_party: 4,
        of_account: 3,
        taken_away: 1000,
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

    /// Whether a seat was given to somebody else.
    fn is_lost(seat: &Seat) -> bool {
        !seat.seats.taken().seats.contains_key(&seat.number)
    }

    fn lost(seats: &[Seat]) -> Vec<usize> {
        seats.iter().enumerate().filter(|(_, seat)| is_lost(seat)).map(|(place, _)| place).collect()
    }

    #[track_caller]
    fn fill(seats: &Arc<Seats>, networks: &str) -> Vec<Seat> {
        networks.chars().map(|network| seats.take(&network.to_string()).unwrap()).collect()
    }

    #[test]
    fn a_newcomer_takes_the_oldest_stranger_s_seat_of_whoever_holds_most() {
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
            assert_eq!(lost(&fill(&Seats::of(LIMITS), networks)), expected, "{networks}");
        }
    }

    #[test]
    fn a_seat_that_somebody_signed_in_took_is_never_asked_back() {
        let seats = Seats::of(LIMITS);
        let own = fill(&seats, "aaa");
        own.iter().for_each(|seat| seat.is_of(&visitor("tanto", 1)));
        let strangers = fill(&seats, &"bcdefghij".repeat(20));
        assert_eq!(lost(&own), [0; 0]);
        assert_eq!(strangers.iter().filter(|seat| !is_lost(seat)).count(), 5, "all there are, but those three");
        let newcomer = seats.take("a").unwrap();
        newcomer.is_of(&visitor("kessai", 1));
        assert!(!newcomer.is_a_strangers(), "let in, and far enough to show a session");
    }

    #[test]
    fn accounts_and_parties_have_their_share_and_more_stays_a_stranger_s() {
        let seats = Seats::of(SeatLimits { strangers: 8, of_network: 8, strangers_of_network: 8, ..LIMITS });
        let own = fill(&seats, "aaaaaaa");
        own[..4].iter().for_each(|seat| seat.is_of(&visitor("tanto", 1)));
        own[4..].iter().for_each(|seat| seat.is_of(&visitor("kessai", 1)));
        let strangers: Vec<bool> = own.iter().map(Seat::is_a_strangers).collect();
        assert_eq!(strangers, [false, false, false, true, false, true, true]);
        let other = seats.take("b").unwrap();
        other.is_of(&visitor("kacho", 2));
        assert!(!other.is_a_strangers());
    }

    #[test]
    fn one_network_has_its_share_and_no_more() {
        let seats = Seats::of(LIMITS);
        let own = fill(&seats, "aaaa");
        own[..3].iter().for_each(|seat| seat.is_of(&visitor("tanto", 1)));
        own[3].is_of(&visitor("kacho", 2));
        let fifth = seats.take("a").unwrap();
        fifth.is_of(&visitor("kacho", 2));
        assert!(seats.take("a").is_none(), "all of its seats are theirs who signed in");
        assert!(seats.take("b").is_some());
    }

    #[test]
    fn a_network_that_comes_too_fast_is_not_let_in_and_another_is() {
        let seats = Seats::of(SeatLimits { taken_away: 0, ..LIMITS });
        let _held = fill(&seats, "aabbcc");
        assert!(seats.take("a").is_none());
        let seats = Seats::of(SeatLimits { taken_away: 2, ..LIMITS });
        let _held = fill(&seats, "aabbcc");
        let let_in: Vec<bool> = ["d", "d", "e"].map(|network| seats.take(network).is_some()).into();
        assert_eq!(let_in, [true; 3]);
    }

    #[test]
    fn what_goes_gives_all_back() {
        let seats = Seats::of(LIMITS);
        let own = fill(&seats, "aabbccddee");
        own.iter().step_by(2).for_each(|seat| seat.is_of(&visitor("tanto", 1)));
        drop(own);
        let taken = seats.taken();
        assert!(taken.seats.is_empty() && taken.counts.is_empty() && taken.strangers.is_empty());
    }
}
