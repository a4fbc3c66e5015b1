//! The keep: a cache of pages, and of the data from which pages are made. The pages of all viewers share one memory
//! budget.
//!
//! A kept page has a record of the data that was read for it. The page is served again as long as its viewer would read
//! the same data. A save that a viewer may not see therefore outdates none of the viewer's pages; a save that the
//! viewer may see outdates only the pages that show the change.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use renkei_app::State;
use renkei_document::id::Id;
use renkei_domain::agreement::Agreement;
use renkei_domain::view::Viewer;

use crate::frame::answer::Answer;
use crate::frame::kept_values::{Counts, KeptValues, Made};
use crate::frame::memory::locked;
use crate::frame::moment::{Moment, WhatWasRead};
use crate::frame::problem::Problem;

/// A page, or the reason why it cannot be shown.
pub type Answered = Result<Arc<Answer>, Problem>;

/// The key of a kept page among the pages of its viewer: the kind of visitor (`Visitor::kind`) and the address.
pub type PageKey = (Arc<str>, String);

const ROOM_FOR_PAGES: usize = 32 << 20;
/// Memory that a kept page uses in addition to its content and its record of what was read, in bytes.
const BYTES_OF_A_PLACE: usize = 512;
const BYTES_OF_A_PART: usize = 160;

/// The values of each viewer, for each agreement that an address names.
type ValuesOfAll = HashMap<(Viewer, Option<Id<Agreement>>), Arc<KeptValues<WhatWasRead>>>;

/// The kept pages of all viewers, and the data from which they are made.
pub struct Keep {
    pages: Mutex<Pages>,
    values: Mutex<ValuesOfAll>,
    made: Arc<Made>,
}

/// The kept pages of each viewer, with the order in which they were last requested.
struct Pages {
    of: HashMap<Viewer, PagesOfOne>,
    weight: usize,
    room: usize,
    asked: u64,
}

#[derive(Default)]
struct PagesOfOne {
    places: HashMap<PageKey, Place>,
    by_last_asked: BTreeMap<u64, PageKey>,
    weight: usize,
}

struct Place {
    slot: Arc<Slot>,
    last_asked: u64,
    weight: usize,
}

/// The place of one page in the keep, with a lock that the request making the page takes.
#[derive(Default)]
struct Slot {
    page: Mutex<Option<Arc<KeptPage>>>,
    making: Mutex<()>,
}

struct KeptPage {
    answer: Arc<Answer>,
    read: WhatWasRead,
    /// Newest position of the journal at which the page was found to be valid.
    right_at: AtomicU64,
}

impl Default for Keep {
    fn default() -> Self {
        Self::with_room(ROOM_FOR_PAGES)
    }
}

impl Keep {
    /// Returns an empty keep whose pages may use this many bytes.
    pub fn with_room(room: usize) -> Self {
        let pages = Pages { of: HashMap::new(), weight: 0, room, asked: 0 };
        Self { pages: Mutex::new(pages), values: Mutex::default(), made: Arc::default() }
    }

    /// Returns how many pages and values were made so far.
    pub fn counts(&self) -> Counts {
        self.made.counts()
    }

    /// Returns the moment (a state as one viewer sees it) of this state and this viewer.
    pub(crate) fn moment(&self, state: Arc<State>, viewer: Viewer, named: Option<Id<Agreement>>) -> Moment {
        let mut values = locked(&self.values);
        let values = values.entry((viewer, named)).or_insert_with(|| Arc::new(KeptValues::of(&self.made)));
        Moment::new(state, viewer, named, Arc::clone(values))
    }

    /// Returns the kept page; `None` unless it is known to be valid at this moment.
    pub(crate) fn page_at(&self, key: &PageKey, moment: &Moment) -> Option<Arc<Answer>> {
        let slot = locked(&self.pages).slot_of(moment.viewer, key)?;
        let page = locked(&slot.page).clone()?;
        (page.right_at.load(Ordering::Relaxed) == moment.position()).then(|| Arc::clone(&page.answer))
    }

    /// Returns the kept page if it is valid at this moment; else makes the page. Simultaneous requests for one page
    /// wait for the request that makes it. A failure is not kept, because the next attempt may succeed.
    pub(crate) fn page(&self, key: &PageKey, moment: &Moment, make: impl FnOnce(&Moment) -> Answered) -> Answered {
        let slot = locked(&self.pages).place(moment.viewer, key);
        let _one_at_a_time = locked(&slot.making);
        let kept = locked(&slot.page).clone();
        if let Some(page) = kept.filter(|page| page.is_right_at(moment)) {
            return Ok(Arc::clone(&page.answer));
        }
        let noting = moment.noting();
        let answered = make(&noting);
        self.made.pages.fetch_add(1, Ordering::Relaxed);
        let read = noting.reads();
        let mut pages = locked(&self.pages);
        match &answered {
            Ok(answer) if !read.is_untold() => {
                let weight =
                    answer.weight() + key.0.len() + key.1.len() + BYTES_OF_A_PLACE + read.len() * BYTES_OF_A_PART;
                let right_at = AtomicU64::new(moment.position());
                *locked(&slot.page) = Some(Arc::new(KeptPage { answer: Arc::clone(answer), read, right_at }));
                pages.weigh(moment.viewer, key, &slot, weight);
            }
            _ => pages.forget(moment.viewer, key),
        }
        answered
    }
}

impl KeptPage {
    fn is_right_at(&self, moment: &Moment) -> bool {
        let (known, now) = (self.right_at.load(Ordering::Relaxed), moment.position());
        if known == now {
            return true;
        }
        let is_right = self.read.holds_at(moment);
        if is_right {
            self.right_at.fetch_max(now, Ordering::Relaxed);
        }
        is_right
    }
}

impl Pages {
    fn slot_of(&mut self, viewer: Viewer, key: &PageKey) -> Option<Arc<Slot>> {
        self.asked += 1;
        let of_one = self.of.get_mut(&viewer)?;
        let place = of_one.places.get_mut(key)?;
        of_one.by_last_asked.remove(&place.last_asked);
        of_one.by_last_asked.insert(self.asked, key.clone());
        place.last_asked = self.asked;
        Some(Arc::clone(&place.slot))
    }

    fn place(&mut self, viewer: Viewer, key: &PageKey) -> Arc<Slot> {
        if let Some(slot) = self.slot_of(viewer, key) {
            return slot;
        }
        let slot = Arc::<Slot>::default();
        let of_one = self.of.entry(viewer).or_default();
        of_one.by_last_asked.insert(self.asked, key.clone());
        let place = Place { slot: Arc::clone(&slot), last_asked: self.asked, weight: 0 };
        of_one.places.insert(key.clone(), place);
        slot
    }

    /// Records the weight of a page. While the keep is too full, removes the least recently requested page of the
    /// viewer whose pages are heaviest. So a viewer cannot displace the pages of a viewer who uses less memory.
    fn weigh(&mut self, viewer: Viewer, key: &PageKey, slot: &Arc<Slot>, weight: usize) {
        let Some(of_one) = self.of.get_mut(&viewer) else { return };
        let Some(place) = of_one.places.get_mut(key).filter(|place| Arc::ptr_eq(&place.slot, slot)) else { return };
        let before = std::mem::replace(&mut place.weight, weight);
        of_one.weight = of_one.weight + weight - before;
        self.weight = self.weight + weight - before;
        while self.weight > self.room {
            let Some(heaviest) = self.of.iter().max_by_key(|(_, pages)| pages.weight).map(|(viewer, _)| *viewer) else {
                return;
            };
            let oldest = self.of.get(&heaviest).and_then(|pages| pages.by_last_asked.values().next().cloned());
            let Some(oldest) = oldest else { return };
            self.forget(heaviest, &oldest);
        }
    }

    fn forget(&mut self, viewer: Viewer, key: &PageKey) {
        let Some(of_one) = self.of.get_mut(&viewer) else { return };
        if let Some(place) = of_one.places.remove(key) {
            of_one.by_last_asked.remove(&place.last_asked);
            of_one.weight -= place.weight;
            self.weight -= place.weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn viewer(number: u8) -> Viewer {
        Viewer::Party(format!("00000000-0000-7000-8000-{number:012}").parse().unwrap())
    }

    fn key(address: usize) -> PageKey {
        ("kind".into(), format!("/{address}"))
    }

    fn put(pages: &mut Pages, of: u8, address: usize, weight: usize) {
        let slot = pages.place(viewer(of), &key(address));
        pages.weigh(viewer(of), &key(address), &slot, weight);
    }

    fn kept(pages: &Pages, of: u8) -> Vec<usize> {
        let places = pages.of.get(&viewer(of)).into_iter().flat_map(|pages| pages.places.keys());
        let mut kept: Vec<usize> = places.map(|(_, address)| address[1..].parse().unwrap()).collect();
        kept.sort_unstable();
        kept
    }

    #[test]
    fn the_least_recently_requested_page_is_removed_first() {
        let mut pages = Pages { of: HashMap::new(), weight: 0, room: 100, asked: 0 };
        (0..4).for_each(|address| put(&mut pages, 1, address, 30));
        assert_eq!(kept(&pages, 1), [1, 2, 3]);
        assert!(pages.slot_of(viewer(1), &key(1)).is_some());
        put(&mut pages, 1, 4, 30);
        assert_eq!((kept(&pages, 1), pages.weight), (vec![1, 3, 4], 90));
        put(&mut pages, 1, 4, 10);
        assert_eq!(pages.weight, 70, "a page that is made again is weighed again");
        put(&mut pages, 1, 5, 101);
        assert_eq!((kept(&pages, 1), pages.weight), (Vec::new(), 0), "what is larger than the room is not kept");
    }

    #[test]
    fn a_viewer_cannot_displace_pages_of_a_viewer_with_fewer_pages() {
        let mut pages = Pages { of: HashMap::new(), weight: 0, room: 1_000, asked: 0 };
        (0..30).for_each(|address| put(&mut pages, 1, address, 10));
        (0..5_000).for_each(|address| put(&mut pages, 2, address, 10));
        assert_eq!(kept(&pages, 1).len(), 30);
        assert_eq!(kept(&pages, 2).len(), 70);
        (30..5_000).for_each(|address| put(&mut pages, 1, address, 10));
        assert!(
            [1, 2].map(|of| kept(&pages, of).len()).iter().all(|count| (49..=51).contains(count)),
            "{}",
            pages.weight
        );
        assert!(pages.weight <= 1_000);
    }
}
