//! 閲覧者 — the viewer for whom data is shown. Only an actor who is the operator can get the operator's view.

use renkei_document::id::{self, Id};

use crate::agreement::Agreement;
use crate::authority::actor::Actor;

/// 閲覧者 — the viewer for whom data is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// The operator of a node that serves all parties.
    Operator(OperatorEyes),
    /// An officer of one party.
    Party(Id<id::Party>),
    /// A member of the operating council on the side of this party. Reads the rows that all parties have shown to each
    /// other.
    Councillor(Id<id::Party>),
    /// All parties of an agreement together: sees the data that each of them has shown to the others. Editions are made
    /// for this viewer.
    Joint(Id<Agreement>),
    /// Anybody. Nothing is public before it is published.
    Public,
}

/// 運用者の目 — proof that the request comes from the operator. It has no constructor: [`Actor::viewer`] gives it only to
/// [`Actor::Operator`]. A test of the sources (`xtask/tests/walls/eyes.rs`) lists the places that may create that
/// actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OperatorEyes(());

impl Actor {
    /// Returns the viewer that corresponds to the actor. A decision uses only the data that this viewer may know, as
    /// the pages do.
    pub fn viewer(&self) -> Viewer {
        match self {
            Actor::Operator { .. } => Viewer::Operator(OperatorEyes(())),
            Actor::Officer { party, .. } => Viewer::Party(*party),
        }
    }
}

impl Viewer {
    /// Whether the viewer belongs to this party and may see its private rows, values and records.
    pub fn is_of(self, party: Id<id::Party>) -> bool {
        match self {
            Viewer::Operator(_) => true,
            Viewer::Party(own) => own == party,
            Viewer::Councillor(_) | Viewer::Joint(_) | Viewer::Public => false,
        }
    }

    /// Whether the viewer takes part in an agreement.
    pub(crate) fn has_part_in(self, id: Id<Agreement>, agreement: &Agreement) -> bool {
        match self {
            Viewer::Operator(_) => true,
            Viewer::Party(party) | Viewer::Councillor(party) => agreement.key_of(party).is_some(),
            Viewer::Joint(of) => of == id,
            Viewer::Public => false,
        }
    }
}
