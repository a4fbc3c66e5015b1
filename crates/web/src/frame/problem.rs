//! The reasons why a page cannot be shown, each with its status, its sentence and the next step.

use axum::http::StatusCode;
use renkei_app::{AppError, PressError};
use renkei_document::language::Language;

use crate::frame::figure_words::comma;
use crate::frame::intake::Intake;
use crate::frame::phrases::{InBoth, phrase, say, tell};

/// A reason why a page cannot be shown or a form cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    NoSuchPage,
    NoSuchPlan {
        asked: InBoth,
    },
    NoSuchInitiative,
    NoSuchIndicator,
    NoSuchEdition,
    NoSuchReference,
    /// A stored file is missing; `sentence` contains its name.
    FileGone {
        sentence: InBoth,
    },
    /// Several agreements can be meant: the title and the address of each.
    WhichAgreement {
        choices: Vec<(String, String)>,
    },
    /// No agreement is stored yet.
    NothingStored,
    /// A list has no page of this number; `list` is the address of its first page.
    NoSuchPageOfList {
        page: String,
        list: String,
    },
    /// The journal has no entry before this number; `newest` is the address of its newest entries.
    NothingOlder {
        number: String,
        newest: String,
    },
    /// A parameter of a page's address has an unknown value; `page` is the address without the parameter.
    NoSuchSetting {
        name: &'static str,
        value: String,
        page: String,
    },
    /// A filter of a list has an unknown value; `list` is the address without the filter.
    NoSuchChoice {
        name: &'static str,
        value: String,
        list: String,
    },
    /// The address cannot be decoded as text.
    UnreadableAddress,
    /// The query of the address is longer than any that a person would type.
    LongAddress,
    MethodNotAllowed,
    Forbidden,
    /// No post of the visitor may do this; the sentences give each reason with the next step, one per line.
    Denied {
        sentences: InBoth,
    },
    /// The request is for a host name that we do not answer to; a page of another site may have sent it (DNS
    /// rebinding). `names` are the names that we answer to; empty if these are the names of this machine.
    WrongHost {
        names: Vec<String>,
    },
    /// The form was sent from a page of another site.
    FromElsewhere,
    /// A form cannot be read; the sentences say why.
    UnreadableForm {
        sentences: InBoth,
    },
    /// The request is larger than the route allows.
    TooLarge {
        intake: Intake,
    },
    /// Too many files are being sent at present, so no more are accepted.
    TooMuchArrives,
    /// Too much work is under way at present.
    TryAgain {
        sentences: InBoth,
    },
    /// Too many clients are connected at present, so no more are accepted.
    Busy,
    /// A file cannot be written to the disk or read from it.
    DiskFails,
    /// The body did not arrive in time.
    TooSlow,
    /// The domain refused the change. The sentences give each reason with the next step, one per line. `page` is the
    /// page with the form, if it is known.
    Refused {
        sentences: InBoth,
        page: Option<String>,
    },
    /// The file that should be imported is no longer on the desk, where files wait for their review.
    NotOnTheDesk,
    /// The report has more rows than a PDF may have. The sentences come from the press, which makes the PDF files.
    TooLongForPdf {
        sentences: InBoth,
    },
    /// The report cannot be printed. The sentences come from the press, which makes the PDF files.
    NotPrinted {
        sentences: InBoth,
    },
    /// The program has an error.
    Broken,
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NoSuchPage
            | Problem::NoSuchPlan { .. }
            | Problem::NoSuchInitiative
            | Problem::NoSuchIndicator
            | Problem::NoSuchEdition
            | Problem::NoSuchReference
            | Problem::NoSuchPageOfList { .. }
            | Problem::NothingOlder { .. }
            | Problem::NoSuchSetting { .. }
            | Problem::NoSuchChoice { .. }
            | Problem::NothingStored => StatusCode::NOT_FOUND,
            Problem::WhichAgreement { .. } => StatusCode::MULTIPLE_CHOICES,
            Problem::UnreadableAddress => StatusCode::BAD_REQUEST,
            Problem::LongAddress => StatusCode::URI_TOO_LONG,
            Problem::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Problem::Forbidden | Problem::Denied { .. } | Problem::FromElsewhere => StatusCode::FORBIDDEN,
            Problem::UnreadableForm { .. } => StatusCode::BAD_REQUEST,
            Problem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Problem::Refused { .. } | Problem::TooLongForPdf { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::NotOnTheDesk => StatusCode::NOT_FOUND,
            Problem::WrongHost { .. } => StatusCode::MISDIRECTED_REQUEST,
            Problem::NotPrinted { .. }
            | Problem::TooMuchArrives
            | Problem::TryAgain { .. }
            | Problem::Busy
            | Problem::DiskFails => StatusCode::SERVICE_UNAVAILABLE,
            Problem::FileGone { .. } | Problem::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns the number of seconds after which another attempt may succeed.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Problem::Busy => Some(5),
            Problem::TryAgain { .. } => Some(10),
            Problem::TooMuchArrives => Some(60),
            _ => None,
        }
    }

    /// Returns the heading, which says what happened.
    pub fn heading(&self, language: Language) -> &'static str {
        let japanese = match self {
            Problem::NoSuchPage | Problem::NoSuchPageOfList { .. } | Problem::NothingOlder { .. } => {
                phrase("このページはありません")
            }
            Problem::NoSuchPlan { .. } => phrase("この年度の表はありません"),
            Problem::NoSuchInitiative => phrase("この取組は見つかりません"),
            Problem::NoSuchIndicator => phrase("この指標は見つかりません"),
            Problem::NoSuchEdition => phrase("この版はありません"),
            Problem::NoSuchReference => phrase("この参照番号はありません"),
            Problem::FileGone { .. } => phrase("保管したファイルを読めません"),
            Problem::WhichAgreement { .. } => phrase("どの協定のページですか"),
            Problem::NothingStored => phrase("まだ何も取り込まれていません"),
            Problem::NoSuchChoice { .. } => phrase("絞り込みの指定が読めません"),
            Problem::NoSuchSetting { .. } | Problem::UnreadableAddress => phrase("アドレスが読めません"),
            Problem::LongAddress => phrase("アドレスが長すぎます"),
            Problem::MethodNotAllowed => phrase("このページは見るだけのページです"),
            Problem::Forbidden => phrase("このページを見る権限がありません"),
            Problem::Denied { .. } => phrase("この操作をする権限がありません"),
            Problem::WrongHost { .. } => phrase("このアドレスでは開けません"),
            Problem::FromElsewhere => phrase("ほかのサイトからの操作は受け付けません"),
            Problem::UnreadableForm { .. } => phrase("送られた内容が読めません"),
            Problem::TooLarge { .. } => phrase("送られた内容が大きすぎます"),
            Problem::TooMuchArrives | Problem::DiskFails => phrase("今は、ファイルを受け取れません"),
            Problem::TryAgain { .. } => phrase("今は、行えませんでした"),
            Problem::Busy => phrase("ただいま混み合っています"),
            Problem::TooSlow => phrase("送信が途中で止まりました"),
            Problem::Refused { .. } => phrase("行えませんでした"),
            Problem::NotOnTheDesk => phrase("このファイルは取込み前の一覧にありません"),
            Problem::TooLongForPdf { .. } => phrase("PDFにするには取組が多すぎます"),
            Problem::NotPrinted { .. } => phrase("報告書を作れませんでした"),
            Problem::Broken => phrase("ページを作れませんでした"),
        };
        say(language, japanese)
    }

    /// Returns the address of a page on which the user can continue, and the text of the link to it.
    pub fn list(&self) -> Option<(&str, &'static str)> {
        match self {
            Problem::NoSuchPageOfList { list, .. } => Some((list, phrase("最初のページへ"))),
            Problem::NothingOlder { newest, .. } => Some((newest, phrase("最も新しい記録へ"))),
            Problem::NoSuchSetting { page, .. } | Problem::Refused { page: Some(page), .. } => {
                Some((page, phrase("元のページへ")))
            }
            Problem::NoSuchChoice { list, .. } => Some((list, phrase("絞り込みを解除した一覧へ"))),
            Problem::NoSuchPlan { .. } | Problem::NoSuchInitiative => Some(("/#plans", phrase("年度の一覧へ"))),
            Problem::NoSuchIndicator => Some(("/indicators", phrase("指標の一覧へ"))),
            Problem::NoSuchEdition | Problem::NoSuchReference => Some(("/editions", phrase("公表・版の一覧へ"))),
            Problem::NotOnTheDesk => Some(("/imports", phrase("取込みの一覧へ"))),
            _ => None,
        }
    }

    /// Returns the pages among which the user can choose, each with its name.
    pub fn choices(&self) -> &[(String, String)] {
        match self {
            Problem::WhichAgreement { choices } => choices,
            _ => &[],
        }
    }

    /// Returns what happened and what to do next, one paragraph per line.
    pub fn sentences(&self, language: Language) -> String {
        let said = |japanese| say(language, japanese).to_owned();
        match self {
            Problem::NoSuchPage => {
                said(phrase("アドレスが変わったか、打ち間違いかもしれません。ホームか、年度の計画から探してください。"))
            }
            Problem::NoSuchPlan { asked } => tell(
                language,
                "「{}」の表は取り込まれていません。ホームで年度を選び直すか、その年度の文書を取り込んでください。",
                [asked.in_language(language)],
            ),
            Problem::NoSuchInitiative => said(phrase(
                "取り下げられたか、まだ示されていない取組かもしれません。計画の一覧から選び直してください。",
            )),
            Problem::NoSuchIndicator => said(phrase("指標の一覧から選び直してください。")),
            Problem::NoSuchEdition => said(phrase("公表・版の一覧から選び直してください。")),
            Problem::FileGone { sentence } => sentence.in_language(language).to_owned(),
            Problem::NothingStored => said(phrase(
                "「取込み」のページから昨年度の文書を入れるか、`renkei import ファイル名` で取り込んでください。",
            )),
            Problem::WhichAgreement { .. }
            | Problem::NoSuchReference
            | Problem::NoSuchPageOfList { .. }
            | Problem::NothingOlder { .. }
            | Problem::NoSuchSetting { .. }
            | Problem::NoSuchChoice { .. } => self.not_in_list(language),
            Problem::UnreadableAddress => said(phrase("文字の符号が壊れています。ホームから開き直してください。")),
            Problem::MethodNotAllowed => said(phrase("ここからは変更できません。ホームから開き直してください。")),
            Problem::Forbidden => said(phrase("見る必要があるときは、事務局の担当者に申し出てください。")),
            Problem::WrongHost { names } => {
                let local = || said(phrase("127.0.0.1 か localhost"));
                let names = if names.is_empty() { local() } else { names.join(comma(language)) };
                tell(
                    language,
                    "ほかのサイトから開かれるのを防ぐため、{} でだけ開けます。アドレスを確かめてください。",
                    [names],
                )
            }
            Problem::FromElsewhere => {
                said(phrase("この画面の中のボタンから操作してください。ホームから開き直すと操作できます。"))
            }
            Problem::UnreadableForm { sentences }
            | Problem::Denied { sentences }
            | Problem::Refused { sentences, .. }
            | Problem::TryAgain { sentences }
            | Problem::TooLongForPdf { sentences }
            | Problem::NotPrinted { sentences } => sentences.in_language(language).to_owned(),
            Problem::LongAddress
            | Problem::TooLarge { .. }
            | Problem::TooMuchArrives
            | Problem::TooSlow
            | Problem::DiskFails => self.not_taken(language),
            Problem::Busy => said(phrase("少し待って、もう一度開いてください。")),
            Problem::NotOnTheDesk => {
                said(phrase("取り込まれたか、取りやめられています。「取込み」の一覧を開き直してください。"))
            }
            Problem::Broken => said(phrase(
                "もう一度開いても同じときは、開いたアドレスを添えて開発者に知らせてください。データは変わっていません。",
            )),
        }
    }
}

impl Problem {
    /// Returns why a list has no such page or choice, and where the user can look instead.
    fn not_in_list(&self, language: Language) -> String {
        match self {
            Problem::NoSuchReference => {
                say(language, phrase("参照番号は R8-1-0123 のように書きます。版に載っている番号と見比べてください。"))
                    .to_owned()
            }
            Problem::WhichAgreement { .. } => {
                say(language, phrase("このアドレスは協定を示していません。見る協定を選んでください。")).to_owned()
            }
            Problem::NoSuchPageOfList { page, .. } => {
                tell(language, "「{}」ページ目はありません。最初のページから探してください。", [page])
            }
            Problem::NothingOlder { number, .. } => {
                tell(language, "番号「{}」より古い記録はありません。最も新しい記録から探してください。", [number])
            }
            Problem::NoSuchSetting { name, value, .. } => tell(
                language,
                "{}に「{}」は指定できません。元のページから選び直してください。",
                [say(language, name), value],
            ),
            Problem::NoSuchChoice { name, value, .. } => tell(
                language,
                "{}に「{}」という選択肢はありません。絞り込みを解除して、選び直してください。",
                [say(language, name), value],
            ),
            _ => String::new(),
        }
    }

    /// Returns why the input is not accepted, and the next step.
    fn not_taken(&self, language: Language) -> String {
        let said = |japanese| say(language, japanese).to_owned();
        match self {
            Problem::LongAddress => {
                said(phrase("検索の言葉や絞り込みの条件が長すぎます。短くして、もう一度行ってください。"))
            }
            Problem::TooLarge { intake } if intake.files > 0 => tell(
                language,
                "一度に{}まで送れます。文書を分けるか、何回かに分けて入れてください。",
                [amount(intake.files)],
            ),
            Problem::TooLarge { intake } => tell(
                language,
                "この画面から一度に送れるのは{}までです。文を短くするか、何回かに分けて送ってください。",
                [amount(intake.fields)],
            ),
            Problem::TooSlow => {
                said(phrase("通信が遅いか、途中で切れたようです。回線を確かめて、もう一度送ってください。"))
            }
            Problem::TooMuchArrives => said(phrase(
                "いま送られているファイルが多いため、受け取れませんでした。数分待って、もう一度送ってください。大きなファイルは一つずつ送ってください。",
            )),
            _ => said(phrase(
                "サーバーのディスクに書き込めませんでした。もう一度送っても同じときは、データ置き場の空きと権限を確かめるよう、運用担当者に伝えてください。",
            )),
        }
    }
}

/// Returns a size in bytes as a short text: 64KB, 16MB.
fn amount(bytes: usize) -> String {
    if bytes < 1 << 20 { format!("{}KB", bytes >> 10) } else { format!("{}MB", bytes >> 20) }
}

impl From<AppError> for Problem {
    fn from(fault: AppError) -> Self {
        let both = || InBoth::of(|language| fault.message_in(language));
        match fault {
            AppError::NothingStored => Problem::NothingStored,
            AppError::NoPlan { ref fiscal_year, .. } => {
                Problem::NoSuchPlan { asked: InBoth::of(|_| fiscal_year.clone()) }
            }
            AppError::NotOnTheDesk => Problem::NotOnTheDesk,
            AppError::Forbidden => Problem::Forbidden,
            _ if fault.is_denied() => Problem::Denied { sentences: both() },
            AppError::Refused(_)
            | AppError::Account(_)
            | AppError::Unreadable(_)
            | AppError::List(_)
            | AppError::ReviewOutdated
            | AppError::DeskFull(_) => Problem::Refused { sentences: both(), page: None },
            AppError::Busy => Problem::TryAgain { sentences: both() },
            AppError::FileGone { .. } => Problem::FileGone { sentence: both() },
            AppError::Press(PressError::TooManyRows { .. }) => Problem::TooLongForPdf { sentences: both() },
            AppError::Press(PressError::MissingGlyphs(_) | PressError::Refused(_)) => {
                Problem::Refused { sentences: both(), page: None }
            }
            AppError::Press(_) => Problem::NotPrinted { sentences: both() },
            _ => Problem::Broken,
        }
    }
}
