//! 権限の拒否 — why no post of the actor may do something.

use renkei_document::language::Language;

use crate::authority::right::Right;
use crate::phrases::{say, tell};

/// 権限の拒否の理由 — a reason why no post of the actor may do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorityRefusal {
    /// No post that the actor holds today has the right.
    RightMissing { right: Right },
    /// The row or indicator belongs to other divisions.
    OtherDivision { divisions: Vec<String> },
    /// The thing belongs to a post that is not the actor's own.
    OtherPost,
    /// Each part is allowed to another post of the actor, but no single post is allowed to do all of it.
    NoSinglePost,
}

impl AuthorityRefusal {
    pub(crate) fn message_in(&self, language: Language) -> String {
        match self {
            AuthorityRefusal::RightMissing { .. } => say(
                language,
                "今日就いている職では、この操作はできません。就いている職を「自分」のページで確かめ、事務局に申し出てください。",
            )
            .to_owned(),
            AuthorityRefusal::OtherDivision { divisions } if divisions.is_empty() => {
                say(language, "担当課が記されていないため、事務局だけが行えます。事務局に依頼してください。").to_owned()
            }
            AuthorityRefusal::OtherDivision { divisions } => tell(
                language,
                "担当は{}です。その課の職か事務局が行えます。担当の課に依頼してください。",
                [divisions.join(say(language, "、"))],
            ),
            AuthorityRefusal::OtherPost => {
                say(language, "ほかの人の職についてのものです。その職にある人か事務局が行えます。").to_owned()
            }
            AuthorityRefusal::NoSinglePost => say(
                language,
                "一つの職では行えない組合せです。課ごとに分けて、もう一度行ってください。",
            )
            .to_owned(),
        }
    }
}
