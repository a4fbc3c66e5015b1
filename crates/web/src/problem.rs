//! Why a page cannot be shown: each reason with its status, its sentence and what to do next.

use axum::http::StatusCode;
use renkei_app::AppError;
use renkei_domain::language::Language;

use crate::phrases::InBoth;

/// A reason why there is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    NoSuchPage,
    NoSuchPlan {
        asked: InBoth,
    },
    NoSuchInitiative,
    NoSuchEdition,
    NoSuchReference,
    /// A kept file is gone; the sentence with its name.
    FileGone {
        sentence: String,
    },
    /// There is no agreement yet.
    NothingStored,
    /// A filter or a page number that cannot be read.
    UnknownFilter {
        name: &'static str,
        value: String,
    },
    /// The address is no text.
    UnreadableAddress,
    MethodNotAllowed,
    Forbidden,
    /// The request names another host: another site's page may be asking (DNS rebinding). The names that are answered; none
    /// where they are those of this machine.
    WrongHost {
        names: Vec<String>,
    },
    /// A form of another site.
    FromElsewhere,
    /// A form that cannot be read, and why.
    UnreadableForm {
        sentences: String,
    },
    /// More was sent than is taken.
    TooLarge {
        megabytes: usize,
    },
    /// What was sent did not come to its end in time.
    TooSlow,
    /// What was asked could not be done; each reason with the next step, one a line.
    Refused {
        sentences: String,
    },
    /// The file to be imported is not there any more.
    NotOnTheDesk,
    /// The report cannot be printed; the press's own sentences.
    NotPrinted {
        sentences: String,
    },
    /// A fault of ours.
    Broken,
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::NoSuchPage
            | Problem::NoSuchPlan { .. }
            | Problem::NoSuchInitiative
            | Problem::NoSuchEdition
            | Problem::NoSuchReference
            | Problem::NothingStored => StatusCode::NOT_FOUND,
            Problem::UnknownFilter { .. } | Problem::UnreadableAddress => StatusCode::BAD_REQUEST,
            Problem::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Problem::Forbidden | Problem::FromElsewhere => StatusCode::FORBIDDEN,
            Problem::UnreadableForm { .. } => StatusCode::BAD_REQUEST,
            Problem::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Problem::Refused { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Problem::NotOnTheDesk => StatusCode::NOT_FOUND,
            Problem::WrongHost { .. } => StatusCode::MISDIRECTED_REQUEST,
            Problem::NotPrinted { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Problem::FileGone { .. } | Problem::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What happened, as a heading.
    pub fn heading(&self) -> &'static str {
        match self {
            Problem::NoSuchPage => "このページはありません",
            Problem::NoSuchPlan { .. } => "この年度の表はありません",
            Problem::NoSuchInitiative => "この取組は見つかりません",
            Problem::NoSuchEdition => "この版はありません",
            Problem::NoSuchReference => "この参照番号はありません",
            Problem::FileGone { .. } => "保管したファイルを読めません",
            Problem::NothingStored => "まだ何も取り込まれていません",
            Problem::UnknownFilter { .. } => "絞り込みの指定が読めません",
            Problem::UnreadableAddress => "アドレスが読めません",
            Problem::MethodNotAllowed => "このページは見るだけのページです",
            Problem::Forbidden => "このページを見る権限がありません",
            Problem::WrongHost { .. } => "このアドレスでは開けません",
            Problem::FromElsewhere => "ほかのサイトからの操作は受け付けません",
            Problem::UnreadableForm { .. } => "送られた内容が読めません",
            Problem::TooLarge { .. } => "送られたファイルが大きすぎます",
            Problem::TooSlow => "送信が途中で止まりました",
            Problem::Refused { .. } => "行えませんでした",
            Problem::NotOnTheDesk => "このファイルは取込み前の一覧にありません",
            Problem::NotPrinted { .. } => "報告書を作れませんでした",
            Problem::Broken => "ページを作れませんでした",
        }
    }

    /// What happened in full, one paragraph a line, and what to do next.
    pub fn sentences(&self) -> String {
        match self {
            Problem::NoSuchPage => {
                "アドレスが変わったか、打ち間違いかもしれません。ホームか、年度の計画から探してください。".to_owned()
            }
            Problem::NoSuchPlan { asked } => {
                format!(
                    "「{}」の表は取り込まれていません。ホームで年度を選び直すか、その年度の文書を取り込んでください。",
                    asked.in_language(Language::Japanese)
                )
            }
            Problem::NoSuchInitiative => {
                "取り下げられたか、まだ示されていない取組かもしれません。計画の一覧から選び直してください。".to_owned()
            }
            Problem::NoSuchEdition => "公表・版の一覧から選び直してください。".to_owned(),
            Problem::NoSuchReference => {
                "参照番号は R8-1-0123 のように書きます。版に載っている番号と見比べてください。".to_owned()
            }
            Problem::FileGone { sentence } => sentence.clone(),
            Problem::NothingStored => {
                "「取込み」のページから昨年度の文書を入れるか、`renkei import ファイル名` で取り込んでください。"
                    .to_owned()
            }
            Problem::UnknownFilter { name, value } => {
                format!("{name}に「{value}」という選択肢はありません。絞り込みを解除して、選び直してください。")
            }
            Problem::UnreadableAddress => "文字の符号が壊れています。ホームから開き直してください。".to_owned(),
            Problem::MethodNotAllowed => "ここからは変更できません。ホームから開き直してください。".to_owned(),
            Problem::Forbidden => "見る必要があるときは、事務局の担当者に申し出てください。".to_owned(),
            Problem::WrongHost { names } => {
                let names = if names.is_empty() { "127.0.0.1 か localhost".to_owned() } else { names.join("、") };
                format!("ほかのサイトから開かれるのを防ぐため、{names} でだけ開けます。アドレスを確かめてください。")
            }
            Problem::FromElsewhere => {
                "この画面の中のボタンから操作してください。ホームから開き直すと操作できます。".to_owned()
            }
            Problem::UnreadableForm { sentences }
            | Problem::Refused { sentences }
            | Problem::NotPrinted { sentences } => sentences.clone(),
            Problem::TooLarge { megabytes } => {
                format!("一度に{megabytes}MBまで送れます。文書を分けるか、何回かに分けて入れてください。")
            }
            Problem::TooSlow => {
                "通信が遅いか、途中で切れたようです。回線を確かめて、もう一度送ってください。".to_owned()
            }
            Problem::NotOnTheDesk => {
                "取り込まれたか、取りやめられています。「取込み」の一覧を開き直してください。".to_owned()
            }
            Problem::Broken => {
                "もう一度開いても同じときは、開いたアドレスを添えて開発者に知らせてください。データは変わっていません。"
                    .to_owned()
            }
        }
    }
}

impl From<AppError> for Problem {
    fn from(fault: AppError) -> Self {
        match fault {
            AppError::NothingStored => Problem::NothingStored,
            AppError::NoPlan { fiscal_year, .. } => Problem::NoSuchPlan { asked: InBoth::of(|_| fiscal_year.clone()) },
            AppError::NotOnTheDesk => Problem::NotOnTheDesk,
            AppError::Refused(_) | AppError::Unreadable(_) | AppError::List(_) | AppError::DeskFull { .. } => {
                Problem::Refused { sentences: fault.to_string() }
            }
            AppError::FileGone { .. } => Problem::FileGone { sentence: fault.to_string() },
            AppError::Press(_) => Problem::NotPrinted { sentences: fault.to_string() },
            _ => Problem::Broken,
        }
    }
}
