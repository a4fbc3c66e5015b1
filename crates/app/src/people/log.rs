//! 管理の記録 — a log of what administrators did with accounts, and of each change of credentials, which is stored in one
//! transaction with its entry. Administrators and secretariats can read it.

use renkei_journal::AccountDeed;

use crate::node::error::AppError;
use crate::node::open::Node;
use crate::people::access::Right;
use crate::people::visitor::Visitor;

/// 管理の行為 — an action in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleDeed {
    Added,
    Renamed,
    Closed,
    Reopened,
    Invited,
    Reset,
    LinkUsed,
    /// A person set a new password by the link of a reset, which removed all other credentials.
    ResetUsed,
    Appointed,
    Ended,
    /// An account got its first password at the machine of the node.
    PasswordSet,
    PasswordChanged,
    OneTimeOn,
    OneTimeOff,
    PasskeyAdded,
    PasskeyRenamed,
    PasskeyRemoved,
    OutsideBound,
    OutsideUnbound,
    /// A person signed in with a passkey whose counter had not increased, so the passkey may have been copied.
    PasskeyCopied,
}

impl PeopleDeed {
    pub const ALL: [PeopleDeed; 20] = [
        PeopleDeed::Added,
        PeopleDeed::Renamed,
        PeopleDeed::Closed,
        PeopleDeed::Reopened,
        PeopleDeed::Invited,
        PeopleDeed::Reset,
        PeopleDeed::LinkUsed,
        PeopleDeed::ResetUsed,
        PeopleDeed::Appointed,
        PeopleDeed::Ended,
        PeopleDeed::PasswordSet,
        PeopleDeed::PasswordChanged,
        PeopleDeed::OneTimeOn,
        PeopleDeed::OneTimeOff,
        PeopleDeed::PasskeyAdded,
        PeopleDeed::PasskeyRenamed,
        PeopleDeed::PasskeyRemoved,
        PeopleDeed::OutsideBound,
        PeopleDeed::OutsideUnbound,
        PeopleDeed::PasskeyCopied,
    ];

    /// Returns the name of the action on the page of the log.
    pub fn title(self) -> &'static str {
        match self {
            PeopleDeed::Added => "利用者の登録",
            PeopleDeed::Renamed => "氏名の変更",
            PeopleDeed::Closed => "利用の停止",
            PeopleDeed::Reopened => "利用の再開",
            PeopleDeed::Invited => "招待",
            PeopleDeed::Reset => "パスワードの再設定",
            PeopleDeed::LinkUsed => "リンクの使用",
            PeopleDeed::ResetUsed => "再設定のリンクの使用",
            PeopleDeed::Appointed => "任命",
            PeopleDeed::Ended => "任命の終わり",
            PeopleDeed::PasswordSet => "はじめのパスワードの設定",
            PeopleDeed::PasswordChanged => "パスワードの変更",
            PeopleDeed::OneTimeOn => "ワンタイムコードの登録",
            PeopleDeed::OneTimeOff => "ワンタイムコードの取りやめ",
            PeopleDeed::PasskeyAdded => "パスキーの追加",
            PeopleDeed::PasskeyRenamed => "パスキーの名前の変更",
            PeopleDeed::PasskeyRemoved => "パスキーの削除",
            PeopleDeed::OutsideBound => "外部認証の結び付け",
            PeopleDeed::OutsideUnbound => "外部認証の結び付けの取りやめ",
            PeopleDeed::PasskeyCopied => "パスキーの複製の疑い",
        }
    }

    fn key(self) -> &'static str {
        match self {
            PeopleDeed::Added => "added",
            PeopleDeed::Renamed => "renamed",
            PeopleDeed::Closed => "closed",
            PeopleDeed::Reopened => "reopened",
            PeopleDeed::Invited => "invited",
            PeopleDeed::Reset => "reset",
            PeopleDeed::LinkUsed => "link_used",
            PeopleDeed::ResetUsed => "reset_used",
            PeopleDeed::Appointed => "appointed",
            PeopleDeed::Ended => "ended",
            PeopleDeed::PasswordSet => "password_set",
            PeopleDeed::PasswordChanged => "password_changed",
            PeopleDeed::OneTimeOn => "one_time_on",
            PeopleDeed::OneTimeOff => "one_time_off",
            PeopleDeed::PasskeyAdded => "passkey_added",
            PeopleDeed::PasskeyRenamed => "passkey_renamed",
            PeopleDeed::PasskeyRemoved => "passkey_removed",
            PeopleDeed::OutsideBound => "outside_bound",
            PeopleDeed::OutsideUnbound => "outside_unbound",
            PeopleDeed::PasskeyCopied => "passkey_copied",
        }
    }

    /// Whether the owner of the account is told of the action: it changed how somebody can sign in to an account that
    /// was already in use.
    pub(crate) fn concerns_credentials(self) -> bool {
        match self {
            PeopleDeed::Added
            | PeopleDeed::Renamed
            | PeopleDeed::Closed
            | PeopleDeed::Reopened
            | PeopleDeed::Invited
            | PeopleDeed::LinkUsed
            | PeopleDeed::Appointed
            | PeopleDeed::Ended
            | PeopleDeed::PasswordSet => false,
            PeopleDeed::Reset
            | PeopleDeed::ResetUsed
            | PeopleDeed::PasswordChanged
            | PeopleDeed::OneTimeOn
            | PeopleDeed::OneTimeOff
            | PeopleDeed::PasskeyAdded
            | PeopleDeed::PasskeyRenamed
            | PeopleDeed::PasskeyRemoved
            | PeopleDeed::PasskeyCopied
            | PeopleDeed::OutsideBound
            | PeopleDeed::OutsideUnbound => true,
        }
    }

    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.key() == key)
    }
}

/// 管理の記録の行 — one line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeedLine {
    pub done_at: u64,
    /// The account that did it; empty for the command line.
    pub done_by: String,
    pub deed: PeopleDeed,
    pub login: String,
    pub detail: String,
}

const MOST_DEEDS: u32 = 500;

/// Returns the log, newest first. An administrator gets all of it. A secretariat gets the entries about its party's
/// posts, and about accounts that hold or held one of these posts.
pub fn account_log(node: &Node, visitor: &Visitor) -> Result<Vec<DeedLine>, AppError> {
    let party = visitor.party.map(|party| party.to_string());
    let rows = node.journal.appointments(None)?;
    let accounts = node.journal.accounts()?;
    let is_own = |login: &str| {
        let account = accounts.iter().find(|account| account.login == login);
        account.is_some_and(|account| {
            rows.iter().any(|row| row.account == account.id && Some(&row.party) == party.as_ref())
        })
    };
    let all = visitor.may(Right::People);
    let deeds = node.journal.account_deeds(MOST_DEEDS)?.into_iter();
    let told = deeds.filter(|deed| {
        all || (deed.party.is_some() && deed.party == party) || (deed.party.is_none() && is_own(&deed.login))
    });
    let line = |deed: AccountDeed| {
        let (done_at, done_by, login, detail) = (deed.done_at, deed.done_by, deed.login, deed.detail);
        Some(DeedLine { done_at, done_by, deed: PeopleDeed::of_key(&deed.deed)?, login, detail })
    };
    Ok(told.filter_map(line).collect())
}

pub(crate) fn note(
    node: &Node,
    by: &str,
    deed: PeopleDeed,
    login: &str,
    party: Option<String>,
    detail: String,
) -> Result<(), AppError> {
    Ok(node.journal.note_deed(&new_deed(node, by, deed, login, party, detail)?)?)
}

/// Makes an entry of the log in the format in which it is stored.
pub(crate) fn new_deed(
    node: &Node,
    by: &str,
    deed: PeopleDeed,
    login: &str,
    party: Option<String>,
    detail: String,
) -> Result<AccountDeed, AppError> {
    let done_by = node.journal.account(by)?.map(|account| account.login).unwrap_or_default();
    let (done_at, login) = (node.now_millis(), login.to_owned());
    Ok(AccountDeed { done_at, done_by, deed: deed.key().to_owned(), login, party, detail })
}
