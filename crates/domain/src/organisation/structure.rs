//! 組織 — the divisions and posts of a party with their history.

use std::collections::BTreeMap;

use jiff::civil::Date;
use renkei_document::id::Id;
use serde::{Deserialize, Serialize};

use crate::organisation::duty::Duty;
use crate::record::register::Register;

/// 組織 — all past, present and future divisions, posts and deputations of a party.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// The divisions in the order in which they were recorded; pages use the same order.
    pub divisions: Register<Id<Division>, Division>,
    pub posts: Register<Id<Post>, Post>,
    pub deputations: Register<Id<Deputation>, Deputation>,
}

/// 所管課 — a division with its history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    pub from: Date,
    pub names: Timeline<String>,
    /// The kind of the division, in the office's own word: 局, 部, 課, 所, 出張所, 区, 室 …
    pub kinds: Timeline<String>,
    pub parents: Timeline<Option<Id<Division>>>,
    /// 管轄: the area that the division is responsible for, if it is not the whole area of the party.
    pub areas: Timeline<Option<String>>,
    pub end: Option<Ending>,
}

/// 廃止 — the first day on which a division no longer exists, and its successors. A closed division has none, a split
/// division has several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    pub from: Date,
    pub successors: Vec<Id<Division>>,
}

/// 職 — a post in a division. A post is not a person: no journal records who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    pub from: Date,
    pub places: Timeline<Place>,
    /// The first day on which the post no longer exists.
    pub end: Option<Date>,
}

/// 職の内容 — the division of a post, its title, and its holder's duties in the system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub division: Id<Division>,
    /// The title without the division: 課長.
    pub title: String,
    pub duties: Vec<Duty>,
}

/// 代理 — a deputation: the holder of `deputy` decides for the holder of `post` while the latter is absent (代決).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deputation {
    pub post: Id<Post>,
    pub deputy: Id<Post>,
    pub from: Date,
    /// The last day; `None` until it is set.
    pub until: Option<Date>,
    /// The reason for the absence, for example 出張 or 休暇.
    pub reason: String,
}

/// 経過 — a value that changes over time: each state with its first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timeline<T>(BTreeMap<Date, T>);

impl<T> Timeline<T> {
    pub fn new(from: Date, first: T) -> Self {
        Self(BTreeMap::from([(from, first)]))
    }

    /// Returns the state on a day; before the first day, the first state.
    pub fn on(&self, day: Date) -> Option<&T> {
        self.0.range(..=day).next_back().or_else(|| self.0.first_key_value()).map(|(_, state)| state)
    }

    /// Returns each state with its first day, oldest first.
    pub fn states(&self) -> impl Iterator<Item = (Date, &T)> {
        self.0.iter().map(|(from, state)| (*from, state))
    }

    pub(crate) fn set(&mut self, from: Date, state: T) {
        self.0.insert(from, state);
    }

    /// Removes a later state; the first state cannot be removed.
    pub(crate) fn unset(&mut self, from: Date) {
        if self.0.first_key_value().is_some_and(|(first, _)| *first != from) {
            self.0.remove(&from);
        }
    }
}

impl Division {
    pub fn stands_on(&self, day: Date) -> bool {
        self.from <= day && self.end.as_ref().is_none_or(|end| day < end.from)
    }
}

impl Post {
    pub fn stands_on(&self, day: Date) -> bool {
        self.from <= day && self.end.is_none_or(|end| day < end)
    }
}

impl Deputation {
    pub fn stands_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}
