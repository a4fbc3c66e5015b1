//! What can stand in the way of a use case, and its sentence.

use renkei_domain::event::UndecodableEvent;
use renkei_domain::refusal::Refusal;
use renkei_import::Unreadable;
use renkei_journal::{AppendError, JournalError, VerifyError};
use renkei_publish::{PressError, WorkbookError};

use crate::organisation_list::ListFault;

/// 失敗 — why a use case did not do what was asked. Nothing was written.
#[derive(Debug)]
pub enum AppError {
    /// The decision refused, with every reason.
    Refused(Vec<Refusal>),
    /// The file is no document that can be read.
    Unreadable(Unreadable),
    /// The file could not be opened.
    File {
        path: String,
        fault: std::io::Error,
    },
    /// A file that would be overwritten.
    AlreadyThere {
        path: String,
    },
    Journal(JournalError),
    /// Others kept appending in between.
    Busy,
    Append(AppendError),
    Verify(VerifyError),
    /// An event of a newer release, or one whose content is broken.
    Undecodable(UndecodableEvent),
    Press(PressError),
    Workbook(WorkbookError),
    /// The text of a noted head is none.
    NoHead(String),
    /// There is no agreement yet.
    NothingStored,
    /// Several agreements, and none named.
    WhichAgreement {
        known: Vec<String>,
    },
    /// No file of this name lies on the desk: it was recorded or put away meanwhile.
    NotOnTheDesk,
    /// A list of divisions and posts that cannot be recorded.
    List(ListFault),
    /// Too many files wait to be recorded.
    DeskFull {
        most: usize,
    },
    /// A kept file is missing or no longer what it was.
    FileGone {
        name: String,
    },
    /// No edition or figure of this name.
    NoEdition {
        name: String,
        known: Vec<String>,
    },
    /// No plan of this year.
    NoPlan {
        fiscal_year: String,
        known: Vec<String>,
    },
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AppError::Refused(refusals) => {
                let sentences: Vec<String> = refusals.iter().map(Refusal::message).collect();
                write!(f, "{}", sentences.join("\n"))
            }
            AppError::Unreadable(fault) => write!(f, "{fault}"),
            AppError::File { path, fault } => {
                write!(f, "「{path}」を開けません：{fault}。場所と権限を確かめてください。")
            }
            AppError::AlreadyThere { path } => {
                write!(f, "「{path}」はもうあります。上書きはしません。ほかのフォルダーを指定してください。")
            }
            AppError::Journal(fault) => write!(f, "{fault}"),
            AppError::Append(fault) => write!(f, "{fault}"),
            AppError::Verify(fault) => write!(f, "{fault}"),
            AppError::Busy => write!(f, "ほかの記録と重なり続けたため、書き込めませんでした。もう一度行ってください。"),
            AppError::Undecodable(fault) => write!(f, "{fault}"),
            AppError::Press(fault) => write!(f, "{fault}"),
            AppError::Workbook(fault) => write!(f, "{fault}"),
            AppError::NoHead(fault) => write!(f, "{fault}"),
            AppError::NothingStored => {
                write!(
                    f,
                    "まだ何も取り込まれていません。`renkei import ファイル名` で昨年度の文書を取り込んでください。"
                )
            }
            AppError::WhichAgreement { known } => {
                write!(f, "協定が複数あります。`--agreement` で選んでください：{}", known.join("、"))
            }
            AppError::NotOnTheDesk => write!(
                f,
                "この取込み前のファイルはもうありません。取り込まれたか、取りやめられています。「取込み」の一覧を開き直してください。"
            ),
            AppError::List(fault) => write!(f, "{fault}"),
            AppError::DeskFull { most } => write!(
                f,
                "取込み前のファイルが{most}件あります。一覧から取り込むか取りやめてから、もう一度入れてください。"
            ),
            AppError::FileGone { name } => {
                write!(
                    f,
                    "保管した「{name}」が見つからないか、変わっています。写し（バックアップ）から復元してください。"
                )
            }
            AppError::NoEdition { name, known } if known.is_empty() => {
                write!(f, "「{name}」はありません。版はまだ作られていません。`renkei edition freeze` で作れます。")
            }
            AppError::NoEdition { name, known } => {
                write!(f, "「{name}」はありません。あるのは{}です。", known.join("、"))
            }
            AppError::NoPlan { fiscal_year, known } if known.is_empty() => {
                write!(f, "{fiscal_year}の計画はありません。文書を取り込んでください。")
            }
            AppError::NoPlan { fiscal_year, known } => {
                write!(f, "{fiscal_year}の計画はありません。あるのは{}です。", known.join("、"))
            }
        }
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
