//! 識別子 — the ids of stored things: UUIDs with a type parameter for the kind of thing, so that the compiler refuses an
//! id of another kind.
//!
//! An id is random: it does not reveal when a thing was created, how many others exist, or any other id. Ids have no
//! order. Where the order of things matters, `renkei-domain` stores them in a register and compares their positions
//! ([`Place`]). Ids of older releases (UUID version 7, which contains the time) stay valid.
//!
//! A document contains ids of stored plans, rows and observations, whose types are in `renkei-domain`. This crate
//! cannot depend on `renkei-domain`, so it declares empty types that only mark the kind of an id. Code names a marker
//! by its module: `Id<id::Plan>`.

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// 識別子 — the id of a `T`. Ids cannot be ordered. Only the `Facts` of a decision create new ids; this file has no
/// function for that.
pub struct Id<T> {
    uuid: Uuid,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    pub const fn new(uuid: Uuid) -> Self {
        Self { uuid, of: PhantomData }
    }

    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<T> Eq for Id<T> {}

impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<T> std::fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.uuid)
    }
}

impl<T> std::fmt::Display for Id<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.uuid)
    }
}

impl<T> std::str::FromStr for Id<T> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::new)
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.uuid.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::new)
    }
}

/// 事業計画 — marks ids of plans. A printed plan is a [`crate::document::PlanTable`].
pub enum Plan {}

/// 項目 — marks ids of a plan's sections. A printed section is a [`crate::document::Section`].
pub enum Section {}

/// 取組 — marks ids of rows. A printed row is a [`crate::document::Initiative`].
pub enum Initiative {}

/// 実績値 — marks ids of observations. A printed observation is a [`crate::figure::Figure`].
pub enum Observation {}

/// 資料 — marks ids of imported documents.
pub enum Evidence {}

/// 共通実績 — marks ids of shared facts. A shared fact is one real occurrence that several figures report.
pub enum SharedFact {}

/// 登録当事者 — marks ids of registered parties. A [`crate::party::Party`] is a party as a document names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {}

/// 順 — the position of an id among all stored ids, in the order of creation. It can only be compared: the number is
/// private, because it would reveal how many hidden things exist.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(usize);

impl Place {
    /// Returns the position after `before` others.
    pub const fn after(before: usize) -> Self {
        Self(before)
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Place")
    }
}
