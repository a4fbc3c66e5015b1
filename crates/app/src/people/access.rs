//! 権限 — the rights of this node's own operator. The table of all rights is `authority` in `domain`.

use renkei_domain::authority::actor::Actor;
use renkei_domain::view::Viewer;

pub use renkei_domain::authority::right::{Right, Role, may};

/// Returns the actor that acts for the local operator.
pub fn local_operator() -> Actor {
    Actor::Operator { post: "事務局".to_owned() }
}

/// Returns the viewer that decides what the local operator may see.
pub fn local_viewer() -> Viewer {
    local_operator().viewer()
}
