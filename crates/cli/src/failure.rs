//! The errors of a command, and their exit codes.

use std::process::ExitCode;

use renkei_app::AppError;
use renkei_web::ServeError;

/// 失敗 — an error, which a command prints to the standard error output.
#[derive(Debug)]
pub enum Failure {
    App(AppError),
    /// The edition was not made, because its PDF cannot be made.
    NoPdfOfEdition(AppError),
    /// The file name of the report ends with an extension that is not a known format.
    UnknownEnding {
        file: String,
    },
    /// The output is a PDF, but the file name ends with another extension.
    NoPdf {
        file: String,
    },
    /// A file could not be read or written.
    File {
        path: String,
        fault: std::io::Error,
    },
    /// The copy has a key beside it, and no passphrase is given.
    NoPassphrase,
    /// The platform has no standard data directory.
    NoDataDirectory,
    /// The pages cannot be served, at all or at this address.
    Serve(ServeError),
    /// The system supplies no threads or no network address.
    Runtime(std::io::Error),
}

impl Failure {
    /// Prints the message, and returns the exit code.
    pub fn tell(&self) -> ExitCode {
        eprintln!("{self}");
        match self {
            Failure::App(AppError::Unreadable(_)) => ExitCode::from(3),
            _ => ExitCode::from(2),
        }
    }

    /// Returns the failure of making an edition; `NoPdfOfEdition` if only its PDF cannot be made.
    pub fn of_edition(fault: AppError) -> Self {
        if fault.is_of_pdf_alone() { Failure::NoPdfOfEdition(fault) } else { Failure::App(fault) }
    }

    pub fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |fault| Failure::File { path, fault }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::App(fault) => write!(f, "{fault}"),
            Failure::NoPdfOfEdition(fault) => {
                let fault = fault.to_string();
                write!(f, "{}\n`renkei edition freeze --without-pdf` で、PDFなしの版を作れます。", fault.trim_end())
            }
            Failure::UnknownEnding { file } => {
                write!(
                    f,
                    "「{file}」の種類がわかりません。名前の終わりを .pdf、.docx、.xlsx、.html、.json のどれかにしてください。"
                )
            }
            Failure::NoPdf { file } => {
                write!(f, "引継書はPDFで作ります。「{file}」の名前の終わりを .pdf にしてください。")
            }
            Failure::File { path, fault } => {
                write!(f, "「{path}」を開けません：{fault}。場所と権限を確かめてください。")
            }
            Failure::NoPassphrase => write!(
                f,
                "鍵の写しを開く合言葉が要ります。合言葉を書いたファイルを `--passphrase-file` で指定してください。合言葉を失ったときは、新しい鍵で続けることを認める人の名前を `--acknowledged-by` で指定してください。"
            ),
            Failure::NoDataDirectory => write!(f, "データの置き場所がわかりません。`--data` で指定してください。"),
            Failure::Serve(fault) => write!(f, "{fault}"),
            Failure::Runtime(fault) => write!(f, "待ち受けを始められません：{fault}。もう一度行ってください。"),
        }
    }
}

impl From<AppError> for Failure {
    fn from(fault: AppError) -> Self {
        Failure::App(fault)
    }
}
