//! The errors of the use cases, and their messages.

use renkei_document::figure_words::comma;
use renkei_document::language::Language;
use renkei_domain::event::UndecodableEvent;
use renkei_domain::phrases::{say, tell};
use renkei_domain::refusal::Refusal;
use renkei_identity::NoRandomness;
use renkei_identity::oidc::OidcFault;
use renkei_import::Unreadable;
use renkei_journal::{AppendError, DeskLimit, JournalError, VerifyError};
use renkei_publish::{PressError, WorkbookError};

use crate::node::quotas::DESK;
use crate::organisation::list_fault::ListFault;
use crate::people::fault::AccountFault;

/// 失敗 — why a use case did not do what was requested. Nothing was written.
#[derive(Debug)]
pub enum AppError {
    /// The decision was refused for these reasons.
    Refused(Vec<Refusal>),
    /// The recorded data has changed since the document was reviewed against it.
    ReviewOutdated,
    /// The file is not a readable document.
    Unreadable(Unreadable),
    /// The file could not be opened.
    File {
        path: String,
        fault: std::io::Error,
    },
    /// A file of this name exists already and would be overwritten.
    AlreadyThere {
        path: String,
    },
    Journal(JournalError),
    /// An error that concerns an account, a password or a link.
    Account(AccountFault),
    NoRandomness(NoRandomness),
    /// The external issuer did not answer, or its answer was not accepted.
    Outside(OidcFault),
    /// Others appended events during every attempt.
    Busy,
    Append(AppendError),
    Verify(VerifyError),
    /// An event was written by a newer release, or its content is broken.
    Undecodable(UndecodableEvent),
    Press(PressError),
    Workbook(WorkbookError),
    /// A text is neither a fingerprint nor a head that was noted earlier.
    NotNoted(String),
    /// There is no agreement yet, or nothing to report.
    NothingStored,
    /// Several agreements are known, and the request does not name one.
    WhichAgreement {
        known: Vec<String>,
    },
    /// No file with this id is on the desk; it was recorded or discarded.
    NotOnTheDesk,
    /// A list of divisions and posts, or a list of officers, cannot be recorded.
    List(ListFault),
    /// The desk is full: the files that wait for a review have reached a limit.
    DeskFull(DeskLimit),
    /// The visitor may not do this, or does not own the requested thing.
    Forbidden,
    /// A stored file is missing or damaged.
    FileGone {
        name: String,
    },
    /// Neither an edition nor a figure has this name.
    NoEdition {
        name: String,
        known: Vec<String>,
    },
    /// No division of this name is responsible for an indicator.
    NothingKept {
        division: String,
        known: Vec<String>,
    },
    /// No indicator has this id.
    NoIndicator {
        id: String,
    },
    /// There is no plan for this year.
    NoPlan {
        fiscal_year: String,
        known: Vec<String>,
    },
}

impl AppError {
    /// Whether only the PDF is affected, so that the other files of a report can be made.
    pub fn is_of_pdf_alone(&self) -> bool {
        let AppError::Press(fault) = self else { return false };
        matches!(fault, PressError::NoJapaneseFont { .. } | PressError::MissingGlyphs(_) | PressError::Refused(_))
    }

    /// Whether the reason is that no post of the actor may do this.
    pub fn is_denied(&self) -> bool {
        matches!(self, AppError::Refused(refusals) if refusals.iter().any(Refusal::is_of_authority))
    }

    /// Returns what happened and what to do next.
    pub fn message_in(&self, language: Language) -> String {
        match self {
            AppError::Refused(refusals) => {
                let sentences: Vec<String> = refusals.iter().map(|refusal| refusal.message_in(language)).collect();
                sentences.join("\n")
            }
            AppError::Unreadable(fault) => fault.message_in(language),
            AppError::File { path, fault } => {
                tell(language, "「{}」を開けません：{}。場所と権限を確かめてください。", [path, &fault.to_string()])
            }
            AppError::AlreadyThere { path } => {
                tell(language, "「{}」はもうあります。上書きはしません。ほかのフォルダーを指定してください。", [path])
            }
            AppError::Journal(fault) => fault.to_string(),
            AppError::Account(fault) => fault.message_in(language),
            AppError::NoRandomness(fault) => fault.to_string(),
            AppError::Outside(fault) => fault.to_string(),
            AppError::Append(fault) => fault.to_string(),
            AppError::Verify(fault) => fault.to_string(),
            AppError::ReviewOutdated => say(language, "確かめている間に、今の記録が変わりました。違いをもう一度確かめて、取り込んでください。").to_owned(),
            AppError::Busy => say(language, "ほかの人が同時に記録していたため、記録できませんでした。何も変わっていません。少し待ってから、もう一度行ってください。").to_owned(),
            AppError::Undecodable(fault) => fault.to_string(),
            AppError::Press(fault) => fault.message_in(language),
            AppError::Workbook(fault) => fault.to_string(),
            AppError::NotNoted(fault) => fault.to_string(),
            AppError::NothingStored => {
                say(language, "まだ何も取り込まれていません。`renkei import ファイル名` で昨年度の文書を取り込んでください。").to_owned()
            }
            AppError::WhichAgreement { known } => {
                tell(language, "協定が複数あります。`--agreement` で選んでください：{}", [known.join(comma(language))])
            }
            AppError::NotOnTheDesk => say(language, "この取込み前のファイルはもうありません。取り込まれたか、取りやめられています。「取込み」の一覧を開き直してください。").to_owned(),
            AppError::List(fault) => fault.message_in(language),
            AppError::DeskFull(limit) => desk_full(language, *limit),
            AppError::Forbidden => say(language, "この操作をする権限がありません。要るときは、所属の事務局かシステム管理者に申し出てください。").to_owned(),
            AppError::FileGone { name } => {
                tell(language, "保管した「{}」が見つからないか、変わっています。写し（バックアップ）から復元してください。", [name])
            }
            AppError::NoEdition { name, known } if known.is_empty() => {
                tell(language, "「{}」はありません。版はまだ作られていません。`renkei edition freeze` で作れます。", [name])
            }
            AppError::NoEdition { name, known } => {
                tell(language, "「{}」はありません。あるのは{}です。", [name, &known.join(comma(language))])
            }
            AppError::NothingKept { division, known } if known.is_empty() => {
                tell(language, "「{}」が所管する指標はありません。文書を取り込み、行を引き継ぐと、指標ができます。", [division])
            }
            AppError::NothingKept { division, known } => {
                tell(language, "「{}」が所管する指標はありません。指標のある所管課は{}です。", [division, &known.join(comma(language))])
            }
            AppError::NoIndicator { id } => {
                tell(language, "「{}」という番号の指標はありません。`renkei indicator list` で番号を確かめてください。", [id])
            }
            AppError::NoPlan { fiscal_year, known } if known.is_empty() => {
                tell(language, "{}の計画はありません。文書を取り込んでください。", [fiscal_year])
            }
            AppError::NoPlan { fiscal_year, known } => {
                tell(language, "{}の計画はありません。あるのは{}です。", [fiscal_year, &known.join(comma(language))])
            }
        }
    }
}

/// Returns how much is waiting already, and what to do next.
fn desk_full(language: Language, limit: DeskLimit) -> String {
    let (account, party) = (DESK.account, DESK.party);
    let megabytes = |bytes: u64| (bytes >> 20).to_string();
    match limit {
        DeskLimit::FilesOfAccount => tell(
            language,
            "あなたが入れた取込み前のファイルが、上限の{}件あります。「取込み」の一覧から取り込むか取りやめてから、もう一度入れてください。",
            [account.files.to_string()],
        ),
        DeskLimit::BytesOfAccount => tell(
            language,
            "あなたが入れた取込み前のファイルが、合わせて{}MBの上限を超えます。「取込み」の一覧から取り込むか取りやめてから、もう一度入れてください。",
            [megabytes(account.bytes)],
        ),
        DeskLimit::FilesOfParty => tell(
            language,
            "あなたの側の取込み前のファイルが、上限の{}件あります。「取込み」の一覧から取り込むか取りやめてから、もう一度入れてください。",
            [party.files.to_string()],
        ),
        DeskLimit::BytesOfParty => tell(
            language,
            "あなたの側の取込み前のファイルが、合わせて{}MBの上限を超えます。「取込み」の一覧から取り込むか取りやめてから、もう一度入れてください。",
            [megabytes(party.bytes)],
        ),
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message_in(Language::Japanese))
    }
}

impl std::error::Error for AppError {}

impl From<JournalError> for AppError {
    fn from(fault: JournalError) -> Self {
        AppError::Journal(fault)
    }
}

impl From<VerifyError> for AppError {
    fn from(fault: VerifyError) -> Self {
        AppError::Verify(fault)
    }
}

impl From<UndecodableEvent> for AppError {
    fn from(fault: UndecodableEvent) -> Self {
        AppError::Undecodable(fault)
    }
}

impl From<PressError> for AppError {
    fn from(fault: PressError) -> Self {
        AppError::Press(fault)
    }
}

impl From<WorkbookError> for AppError {
    fn from(fault: WorkbookError) -> Self {
        AppError::Workbook(fault)
    }
}

impl From<Unreadable> for AppError {
    fn from(fault: Unreadable) -> Self {
        AppError::Unreadable(fault)
    }
}

impl From<Vec<Refusal>> for AppError {
    fn from(refusals: Vec<Refusal>) -> Self {
        AppError::Refused(refusals)
    }
}

impl From<AccountFault> for AppError {
    fn from(fault: AccountFault) -> Self {
        AppError::Account(fault)
    }
}

impl From<NoRandomness> for AppError {
    fn from(fault: NoRandomness) -> Self {
        AppError::NoRandomness(fault)
    }
}
