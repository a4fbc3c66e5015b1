//! 権限 — the only table that says who may do what.
//!
//! A route names a [`Right`]; [`may`] says which roles have it. Checks that depend on a row (its owner, the division
//! that answers for it) are made by [`crate::Visitor`]. `seen_by` decides what a viewer may see.

use renkei_domain::organisation::duty::Duty;
use renkei_domain::record::facts::Actor;
use renkei_domain::view::Viewer;

/// A right that a route or a command requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Everybody, also without an account: signing in, the style sheet.
    Open,
    /// ホーム: everybody known to this node; the content follows from their rights.
    Home,
    /// 自分: everybody who has signed in, about themselves.
    Me,
    /// 閲覧.
    Read,
    /// 記録簿: the events of the visitor's own party.
    ReadJournal,
    /// 取込み: import, review and record documents, undo imports, say which names mean one division.
    Import,
    /// 発行: freeze an edition.
    Publish,
    /// 設定: how a party's rows are printed.
    Settings,
    /// 計画の作成: open a year's plan, and carry over the party's rows of the year before.
    Outline,
    /// 起案: draft, edit, order and withdraw rows of the visitor's own party; answer suggestions for them.
    Draft,
    /// 提案: suggest another wording for a row of the other side.
    Suggest,
    /// 提示: show rows to the other side.
    Share,
    /// 指標: define indicators and say which facts are shared.
    Define,
    /// 組織: divisions, posts and deputies.
    Organise,
    /// 代理: name a deputy for the own post; review what was done meanwhile.
    Deputise,
    /// 利用者: accounts and the holders of posts. Shows no content.
    People,
    /// 利用者の管理の記録: what administrators did; a secretariat reads only what concerns its own party.
    PeopleLog,
}

/// 利用者の種類 — a role of the visitor. A person may have several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The person at the machine itself, on a node without accounts; acts for all parties.
    LocalOperator,
    Secretariat,
    Clerk,
    Approver,
    Head,
    Reader,
    Councillor,
    /// システム管理者: sees no content.
    Administrator,
    /// Everybody else.
    Stranger,
}

impl Role {
    pub const ALL: [Role; 9] = [
        Role::LocalOperator,
        Role::Secretariat,
        Role::Clerk,
        Role::Approver,
        Role::Head,
        Role::Reader,
        Role::Councillor,
        Role::Administrator,
        Role::Stranger,
    ];
}

impl From<Duty> for Role {
    fn from(duty: Duty) -> Self {
        match duty {
            Duty::Secretariat => Role::Secretariat,
            Duty::Clerk => Role::Clerk,
            Duty::Approver => Role::Approver,
            Duty::Head => Role::Head,
            Duty::Reader => Role::Reader,
            Duty::Councillor => Role::Councillor,
        }
    }
}

/// Whether a role has a right. Denies by default.
pub fn may(role: Role, right: Right) -> bool {
    use Role::{Administrator, Approver, Clerk, Councillor, Head, LocalOperator, Reader, Secretariat};
    let granted: &[Role] = match right {
        Right::Open => &Role::ALL,
        Right::Home => &[LocalOperator, Secretariat, Clerk, Approver, Head, Reader, Councillor, Administrator],
        Right::Me => &[Secretariat, Clerk, Approver, Head, Reader, Councillor, Administrator],
        Right::Read => &[LocalOperator, Secretariat, Clerk, Approver, Head, Reader, Councillor],
        Right::ReadJournal => &[LocalOperator, Secretariat, Clerk, Approver, Head, Reader],
        Right::Import | Right::Publish | Right::Settings | Right::Organise | Right::Outline => {
            &[LocalOperator, Secretariat]
        }
        Right::Draft | Right::Define => &[LocalOperator, Secretariat, Clerk],
        Right::Suggest => &[LocalOperator, Secretariat, Clerk, Approver],
        Right::Share => &[LocalOperator, Secretariat, Approver],
        Right::Deputise => &[LocalOperator, Secretariat, Approver, Head],
        Right::People => &[Administrator],
        Right::PeopleLog => &[Secretariat, Administrator],
    };
    granted.contains(&role)
}

/// Returns the actor in whose name the local operator acts.
pub fn local_operator() -> Actor {
    Actor::Operator { post: "事務局".to_owned() }
}

/// Returns the viewer whose rights to see apply to the local operator.
pub fn local_viewer() -> Viewer {
    local_operator().viewer()
}
