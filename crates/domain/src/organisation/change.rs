//! 組織の変更 — the changes that a reorganisation consists of, and how each changes the organisation.

use jiff::civil::Date;
use renkei_document::id::Id;
use serde::{Deserialize, Serialize};

use super::structure::{Division, Ending, Organisation, Place, Post, Timeline};

/// 組織の変更 — one change of a reorganisation, with the first day on which it is in effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrganisationChange {
    /// 課の新設: a new division.
    DivisionBegun {
        division: Id<Division>,
        from: Date,
        name: String,
        kind: String,
        parent: Option<Id<Division>>,
        area: Option<String>,
    },
    /// 課の改称: the same division gets another name.
    DivisionRenamed { division: Id<Division>, from: Date, name: String, kind: String },
    /// 課の移管: the division gets another parent.
    DivisionMoved { division: Id<Division>, from: Date, parent: Option<Id<Division>> },
    /// 管轄の変更: the division becomes responsible for another area.
    AreaChanged { division: Id<Division>, from: Date, area: Option<String> },
    /// 課の廃止・統合・分割: divisions end. They are closed if there are no successors, merged if several divisions have one
    /// successor, and split if one division has several.
    DivisionsEnded { divisions: Vec<Id<Division>>, from: Date, successors: Vec<Id<Division>> },
    /// 職の設置: a new post.
    PostBegun { post: Id<Post>, from: Date, place: Place },
    /// 職の変更: the post gets another division, title or duties.
    PostChanged { post: Id<Post>, from: Date, place: Place },
    /// 職の廃止: the post ends.
    PostEnded { post: Id<Post>, from: Date },
    /// 変更の取消し: undoes the change, as if it had never been recorded.
    TakenBack { change: Box<OrganisationChange> },
}

impl OrganisationChange {
    /// Returns the first day on which the change is in effect.
    pub fn from(&self) -> Date {
        match self {
            Self::DivisionBegun { from, .. }
            | Self::DivisionRenamed { from, .. }
            | Self::DivisionMoved { from, .. }
            | Self::AreaChanged { from, .. }
            | Self::DivisionsEnded { from, .. }
            | Self::PostBegun { from, .. }
            | Self::PostChanged { from, .. }
            | Self::PostEnded { from, .. } => *from,
            Self::TakenBack { change } => change.from(),
        }
    }

    /// Returns the kind of change as one word.
    pub fn title(&self) -> &'static str {
        match self {
            Self::DivisionBegun { .. } => "新設",
            Self::DivisionRenamed { .. } => "改称",
            Self::DivisionMoved { .. } => "移管",
            Self::AreaChanged { .. } => "管轄の変更",
            Self::DivisionsEnded { divisions, successors, .. } => match (divisions.len(), successors.len()) {
                (_, 0) => "廃止",
                (_, 1) => "統合",
                (1, _) => "分割",
                _ => "再編",
            },
            Self::PostBegun { .. } => "職の設置",
            Self::PostChanged { .. } => "職の変更",
            Self::PostEnded { .. } => "職の廃止",
            Self::TakenBack { .. } => "取消し",
        }
    }
}

impl Organisation {
    /// Applies a change. This is the only code that changes divisions and posts. It never fails: a change that does not
    /// fit is ignored.
    pub(crate) fn change(&mut self, change: &OrganisationChange) {
        match change {
            OrganisationChange::DivisionBegun { division, from, name, kind, parent, area } => {
                let begun = Division {
                    from: *from,
                    names: Timeline::new(*from, name.clone()),
                    kinds: Timeline::new(*from, kind.clone()),
                    parents: Timeline::new(*from, *parent),
                    areas: Timeline::new(*from, area.clone()),
                    end: None,
                };
                self.divisions.get_or_insert_with(*division, || begun);
            }
            OrganisationChange::DivisionRenamed { division, from, name, kind } => {
                self.in_division(*division, |known| {
                    known.names.set(*from, name.clone());
                    known.kinds.set(*from, kind.clone());
                })
            }
            OrganisationChange::DivisionMoved { division, from, parent } => {
                self.in_division(*division, |known| known.parents.set(*from, *parent));
            }
            OrganisationChange::AreaChanged { division, from, area } => {
                self.in_division(*division, |known| known.areas.set(*from, area.clone()));
            }
            OrganisationChange::DivisionsEnded { divisions, from, successors } => {
                for division in divisions {
                    let end = Ending { from: *from, successors: successors.clone() };
                    self.in_division(*division, |known| known.end = Some(end));
                }
            }
            OrganisationChange::PostBegun { post, from, place } => {
                let begun = Post { from: *from, places: Timeline::new(*from, place.clone()), end: None };
                self.posts.get_or_insert_with(*post, || begun);
            }
            OrganisationChange::PostChanged { post, from, place } => {
                self.in_post(*post, |known| known.places.set(*from, place.clone()));
            }
            OrganisationChange::PostEnded { post, from } => self.in_post(*post, |known| known.end = Some(*from)),
            OrganisationChange::TakenBack { change } => self.take_back(change),
        }
    }

    fn take_back(&mut self, change: &OrganisationChange) {
        match change {
            OrganisationChange::DivisionBegun { division, .. } => {
                self.divisions.remove(division);
            }
            OrganisationChange::DivisionRenamed { division, from, .. } => self.in_division(*division, |known| {
                known.names.unset(*from);
                known.kinds.unset(*from);
            }),
            OrganisationChange::DivisionMoved { division, from, .. } => {
                self.in_division(*division, |known| known.parents.unset(*from));
            }
            OrganisationChange::AreaChanged { division, from, .. } => {
                self.in_division(*division, |known| known.areas.unset(*from));
            }
            OrganisationChange::DivisionsEnded { divisions, .. } => {
                divisions.iter().for_each(|division| self.in_division(*division, |known| known.end = None));
            }
            OrganisationChange::PostBegun { post, .. } => {
                self.posts.remove(post);
            }
            OrganisationChange::PostChanged { post, from, .. } => {
                self.in_post(*post, |known| known.places.unset(*from))
            }
            OrganisationChange::PostEnded { post, .. } => self.in_post(*post, |known| known.end = None),
            OrganisationChange::TakenBack { .. } => {}
        }
    }

    fn in_division(&mut self, id: Id<Division>, change: impl FnOnce(&mut Division)) {
        if let Some(known) = self.divisions.get_mut(&id) {
            change(known);
        }
    }

    fn in_post(&mut self, id: Id<Post>, change: impl FnOnce(&mut Post)) {
        if let Some(known) = self.posts.get_mut(&id) {
            change(known);
        }
    }
}
