//! 権限 — the one table of who may do what.
//!
//! Until people sign in, a node listens on the loopback address alone and has one local viewer, who serves all parties.

use renkei_domain::facts::Actor;
use renkei_domain::view::Viewer;

/// What a route or a command asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// 閲覧.
    Read,
    /// 取込み: bring documents, look through and record them, take them back, say which names are one division.
    Import,
    /// 発行: print the official report.
    Publish,
    /// 設定: how a party's rows are printed.
    Settings,
}

/// 利用者の種類 — who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The person at the machine itself.
    LocalOperator,
    /// Anybody else.
    Stranger,
}

/// Whether a role has a right. Default deny: what stands nowhere is refused.
pub fn may(role: Role, right: Right) -> bool {
    match (role, right) {
        (Role::LocalOperator, Right::Read | Right::Import | Right::Publish | Right::Settings) => true,
        (Role::Stranger, _) => false,
    }
}

/// Through whose eyes a role sees.
pub fn viewer(role: Role) -> Viewer {
    match role {
        Role::LocalOperator => Viewer::Operator,
        Role::Stranger => Viewer::Public,
    }
}

/// In whose name a role acts; none where it may change nothing.
pub fn actor(role: Role) -> Option<Actor> {
    match role {
        Role::LocalOperator => Some(local_operator()),
        Role::Stranger => None,
    }
}

/// In whose name the local operator acts.
pub fn local_operator() -> Actor {
    Actor::Operator { post: "事務局".to_owned() }
}
