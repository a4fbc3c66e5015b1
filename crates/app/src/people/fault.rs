//! The errors of signing in and of managing accounts, and their messages.

use renkei_document::language::Language;
use renkei_domain::phrases::tell;
use renkei_identity::password::{LEAST_CHARACTERS, MOST_CHARACTERS, Weakness};

/// 利用者の難 — why an operation on an account is refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountFault {
    LoginTaken {
        login: String,
    },
    LoginUnreadable,
    NameMissing,
    NoSuchAccount,
    /// The account of the last administrator cannot be closed, because nobody could add accounts any more.
    LastAdministrator,
    NoSuchPost,
    /// The person has a post of another party; nobody can serve two parties.
    OtherParty {
        party: String,
    },
    HeldAlready,
    UntilBeforeFrom,
    Weak(Weakness),
    PasswordsDiffer,
    WrongPassword,
    WrongCode,
    /// The link was used, has expired, was replaced, or never existed.
    LinkSpent,
    /// The person has to prove first who they are. The page asks for the proof and sends the form again.
    ProofMissing,
    /// The credentials of the account changed while the person signed in.
    Outdated,
    /// The external identity is already bound, or the sign-in at the issuer took too long.
    OutsideTaken,
    Passkey(PasskeyHitch),
    /// There were too many failures; wait for this number of seconds.
    Wait {
        seconds: u64,
    },
}

/// パスキーの難 — why an operation on a passkey is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyHitch {
    /// The node is reached by an IP address or without TLS, where browsers do not offer passkeys.
    WantsAName,
    TooMany {
        most: usize,
    },
    NameMissing,
    NotThere,
    /// The answer of the device came too late, from another browser, or a second time.
    Late,
    /// The answer of the device is not valid, or its passkey is already registered.
    Refused,
}

impl AccountFault {
    /// Returns what happened and what to do next.
    pub fn message_in(&self, language: Language) -> String {
        let (sentence, part) = self.sentence();
        tell(language, sentence, [part])
    }

    /// Returns the Japanese sentence, and the text for its placeholder `{}`.
    fn sentence(&self) -> (&'static str, String) {
        let (sentence, part) = match self {
            AccountFault::LoginTaken { login } => {
                ("ログイン名「{}」はもう使われています。ほかの名前にしてください。", login.clone())
            }
            AccountFault::LoginUnreadable => (
                "ログイン名は、半角の英小文字・数字・「.」「-」「_」「@」で3文字から64文字までにしてください。",
                String::new(),
            ),
            AccountFault::NameMissing => ("氏名を入れてください。", String::new()),
            AccountFault::NoSuchAccount => {
                ("この利用者は見つかりません。利用者の一覧から選び直してください。", String::new())
            }
            AccountFault::LastAdministrator => (
                "システム管理者がほかにいないため、閉じられません。先にもう一人の管理者を登録してください。",
                String::new(),
            ),
            AccountFault::NoSuchPost => {
                ("この職は見つかりません。組織のページで職を設けてから、選び直してください。", String::new())
            }
            AccountFault::OtherParty { party } => (
                "{}の職に就いている人は、ほかの当事者の職に就けません。先にその職を終えるか、別の利用者を登録してください。",
                party.clone(),
            ),
            AccountFault::HeldAlready => {
                ("その期間にはもうこの職に就いています。期間を確かめてください。", String::new())
            }
            AccountFault::UntilBeforeFrom => {
                ("終わりの日が始まりの日より前です。日付を確かめてください。", String::new())
            }
            AccountFault::Weak(weakness) => return weak(*weakness),
            AccountFault::PasswordsDiffer => {
                ("二つのパスワードが違います。同じものを二度入れてください。", String::new())
            }
            AccountFault::WrongPassword => ("今のパスワードが違います。もう一度入れてください。", String::new()),
            AccountFault::WrongCode => {
                ("コードが違うか、もう使われています。アプリに出ている新しい6桁を入れてください。", String::new())
            }
            AccountFault::LinkSpent => (
                "このリンクは使えません。期限が切れたか、もう使われたか、番号が違います。管理者に新しいリンクを求めてください。",
                String::new(),
            ),
            AccountFault::ProofMissing => (
                "認証手段を変えるには、本人であることの確認が要ります。確かめてから、もう一度行ってください。",
                String::new(),
            ),
            AccountFault::Outdated => (
                "サインインの間に、この利用者の認証手段が変わりました。はじめからサインインし直してください。",
                String::new(),
            ),
            AccountFault::OutsideTaken => (
                "この外部の利用者は、もうほかの利用者に結び付けられているか、時間がたっています。外部認証をもう一度行ってください。",
                String::new(),
            ),
            AccountFault::Passkey(hitch) => return hitch.sentence(),
            AccountFault::Wait { seconds } => (
                "失敗が続いたため、しばらく受け付けません。{}秒待ってから、もう一度行ってください。",
                seconds.to_string(),
            ),
        };
        (sentence, part)
    }
}

impl PasskeyHitch {
    fn sentence(self) -> (&'static str, String) {
        match self {
            PasskeyHitch::WantsAName => (
                "このアドレスではパスキーを使えません。https の名前のアドレス（この端末では localhost）で開いてください。",
                String::new(),
            ),
            PasskeyHitch::TooMany { most } => {
                ("パスキーは{}個までです。使わないものを削除してから、追加してください。", most.to_string())
            }
            PasskeyHitch::NameMissing => ("パスキーの名前を入れてください。", String::new()),
            PasskeyHitch::NotThere => ("このパスキーは見つかりません。一覧から選び直してください。", String::new()),
            PasskeyHitch::Late => (
                "パスキーの確認に時間がかかったか、もう使われています。もう一度、ボタンを押してください。",
                String::new(),
            ),
            PasskeyHitch::Refused => (
                "このパスキーを確かめられませんでした。もう一度行うか、別の端末のパスキーにしてください。",
                String::new(),
            ),
        }
    }
}

fn weak(weakness: Weakness) -> (&'static str, String) {
    match weakness {
        Weakness::TooShort => (
            "パスワードは{}文字以上にしてください。文を一つ決めると、覚えやすく破られにくくなります。",
            LEAST_CHARACTERS.to_string(),
        ),
        Weakness::TooLong => ("パスワードは{}文字までにしてください。", MOST_CHARACTERS.to_string()),
        Weakness::IsLogin => {
            ("ログイン名をもとにしたパスワードは使えません。ほかのものにしてください。", String::new())
        }
        Weakness::Common => {
            ("よく使われる言葉や、並びや繰返しのパスワードは使えません。ほかのものにしてください。", String::new())
        }
    }
}

impl std::fmt::Display for AccountFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.message_in(Language::Japanese))
    }
}
