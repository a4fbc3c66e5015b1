//! 権限 — the only table of roles and their rights.
//!
//! A route and a command require a [`Right`], and [`may`] says which roles have it. The checks that depend on a row are
//! in [`crate::authority`].

use crate::organisation::duty::Duty;

/// 権限 — a right that a route or a command requires. The comments say what the right allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Signing in and the style sheet: allowed to everybody, also without an account.
    Open,
    /// ホーム: allowed to everybody whom this node knows. The content of the page depends on their other rights.
    Home,
    /// 自分: allowed to everybody who has signed in, for their own account.
    Me,
    /// 閲覧: read plans, reports and editions.
    Read,
    /// 記録簿: read the events of the visitor's own party.
    ReadJournal,
    /// 取込み: import, review and record documents, undo imports, and confirm which names mean one division.
    Import,
    /// 発行: freeze an edition.
    Publish,
    /// 設定: set the style in which a party's rows are printed.
    Settings,
    /// 計画の作成: begin a year's plan, and carry over the party's rows of the year before.
    Outline,
    /// 起案: draft, edit, order and withdraw rows of the visitor's own party, and answer suggestions for these rows.
    Draft,
    /// 提案: suggest another wording for a row of the other side.
    Suggest,
    /// 提示: show rows to the other side.
    Share,
    /// 指標: define indicators, and state which facts are shared.
    Define,
    /// 組織: change divisions, posts and deputies.
    Organise,
    /// 代理: name a deputy for one's own post, and review what the deputy did.
    Deputise,
    /// 利用者: manage accounts and appointments. This right shows no content of plans.
    People,
    /// 利用者の管理の記録: read what administrators did. A secretariat reads only entries about its own party.
    PeopleLog,
}

/// 利用者の種類 — a role of a visitor. A person may have several roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The person at the machine itself, on a node without accounts. The person acts for all parties.
    LocalOperator,
    Secretariat,
    Clerk,
    Approver,
    Head,
    Reader,
    Councillor,
    /// システム管理者: manages accounts and sees no content of plans.
    Administrator,
    /// Everybody who is not signed in.
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

/// Whether a role has a right. Every pair that is not listed here is denied.
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

impl Right {
    /// 決裁: whether using the right is a decision, which the absent holder of the post reviews afterwards. A clerk's rights
    /// are for entries.
    pub fn is_decision(self) -> bool {
        !may(Role::Clerk, self)
    }
}
