//! 権限 — the one table of who may do what.
//!
//! A route names a [`Right`]; [`may`] says which roles have it. What depends on the row itself (whose it is, which division
//! answers for it) is asked of the [`crate::Visitor`]. What the viewer may know is not decided here but by `seen_by`.

use renkei_domain::organisation::duty::Duty;
use renkei_domain::record::facts::Actor;
use renkei_domain::view::Viewer;

/// What a route or a command asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Open to anybody: signing in, the style sheet.
    Open,
    /// ホーム: whoever is known here; what it shows follows from what they may do.
    Home,
    /// 自分: whoever has signed in, about themselves.
    Me,
    /// 閲覧.
    Read,
    /// 記録簿: what happened in the own party.
    ReadJournal,
    /// 取込み: bring documents, look through and record them, take them back, say which names are one division.
    Import,
    /// 発行: freeze an edition.
    Publish,
    /// 設定: how a party's rows are printed.
    Settings,
    /// 計画の作成: open a year's plan, and carry the party's rows of the year before over.
    Outline,
    /// 起案: draft, edit, order and withdraw rows of the own party; answer suggestions for them.
    Draft,
    /// 提案: suggest another wording for a row of the other side.
    Suggest,
    /// 提示: show rows to the other side.
    Share,
    /// 指標: define indicators and say which facts are shared.
    Define,
    /// 組織: divisions and posts, who stands in for whom.
    Organise,
    /// 代理: name who stands in for the own post; look at what was done meanwhile.
    Deputise,
    /// 利用者: accounts and who holds which post. Shows no content.
    People,
    /// 利用者の管理の記録: what administrators did; a secretariat reads what is about its own party.
    PeopleLog,
}

/// 利用者の種類 — who asks. Somebody may be several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The person at the machine itself, on a node without accounts; serves all parties.
    LocalOperator,
    Secretariat,
    Clerk,
    Approver,
    Head,
    Reader,
    Councillor,
    /// システム管理者: sees no content.
    Administrator,
    /// Anybody else.
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

/// Whether a role has a right. Default deny: whoever stands nowhere is refused.
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

/// In whose name the local operator acts.
pub fn local_operator() -> Actor {
    Actor::Operator { post: "事務局".to_owned() }
}

/// Through whose eyes the local operator sees.
pub fn local_viewer() -> Viewer {
    local_operator().viewer()
}
