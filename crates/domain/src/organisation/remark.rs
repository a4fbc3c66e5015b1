//! Remarks on a line of a list of divisions and posts, with the next step if the line is unclear.

use renkei_document::language::Language;

use crate::phrases::{say, tell};

/// 一覧の行の説明 — describes the result of a line, or says why the line is unclear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListRemark {
    NameMissing,
    RenamedFrom {
        former: String,
    },
    FormerUnknown {
        former: String,
    },
    ParentUnknown {
        parent: String,
    },
    MovedUnder {
        parent: String,
    },
    Area {
        area: String,
    },
    DutyUnknown {
        word: String,
    },
    Duties {
        duties: String,
    },
    /// The list is complete and does not contain the division or post.
    NotListed,
}

impl ListRemark {
    pub fn message_in(&self, language: Language) -> String {
        match self {
            ListRemark::NameMissing => say(language, "課名がありません。").to_owned(),
            ListRemark::RenamedFrom { former } => tell(language, "「{}」から改称します。", [former]),
            ListRemark::FormerUnknown { former } => {
                tell(language, "旧課名「{}」の課が見つかりません。課名を確かめてください。", [former])
            }
            ListRemark::ParentUnknown { parent } => tell(
                language,
                "上位組織「{}」が見つかりません。一覧にその行を加えるか、名前を確かめてください。",
                [parent],
            ),
            ListRemark::MovedUnder { parent } => tell(language, "「{}」の下に移します。", [parent]),
            ListRemark::Area { area } => tell(language, "管轄を「{}」とします。", [area]),
            ListRemark::DutyUnknown { word } => tell(
                language,
                "職務「{}」がわかりません。事務局、担当、決裁者、長、閲覧、委員から選んでください。",
                [word],
            ),
            ListRemark::Duties { duties } => tell(language, "職務を「{}」とします。", [duties]),
            ListRemark::NotListed => say(language, "一覧にありません。").to_owned(),
        }
    }
}
