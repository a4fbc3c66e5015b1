//! The faults in the lines of a list of officers, with their columns and messages.

use jiff::civil::Date;
use renkei_document::language::Language;
use renkei_document::wareki::long_date_in;
use renkei_domain::phrases::{say, tell};

/// 職員の一覧の難 — a fault of a list, and the line and column with the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerFault {
    /// The line, for example 3行目.
    pub place: String,
    pub column: OfficerColumn,
    pub why: OfficerDoubt,
}

/// 職員の一覧の列 — a column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficerColumn {
    Division,
    Post,
    Name,
    Login,
    From,
    Until,
}

/// 職員の一覧の疑義 — why a line is unclear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficerDoubt {
    Missing,
    NoDivision {
        name: String,
        day: Date,
    },
    NoPost {
        name: String,
        day: Date,
    },
    LoginUnreadable,
    /// The login name belongs to an account with another name.
    SomebodyElse {
        name: String,
    },
    Closed,
    /// The person has a post of another party; nobody can serve two parties.
    OtherParty {
        party: String,
    },
    DayUnreadable {
        text: String,
    },
    UntilBeforeFrom,
    /// Another line contains the same post for the same person.
    Twice,
    /// The recorded appointment begins later than the list says.
    BeginsLater {
        from: String,
    },
    /// The recorded appointment has a last day, and the line has none.
    EndsAlready {
        until: String,
    },
}

impl OfficerColumn {
    pub fn title(self) -> &'static str {
        match self {
            OfficerColumn::Division => "課名",
            OfficerColumn::Post => "職名",
            OfficerColumn::Name => "氏名",
            OfficerColumn::Login => "利用者ID",
            OfficerColumn::From => "着任日",
            OfficerColumn::Until => "離任日",
        }
    }
}

impl OfficerFault {
    /// Returns the place and the fault, and what to do next.
    pub fn message_in(&self, language: Language) -> String {
        let told = self.why.message_in(language);
        tell(language, "{0}「{1}」：{2}", [self.place.as_str(), say(language, self.column.title()), &told])
    }
}

impl OfficerDoubt {
    pub fn message_in(&self, language: Language) -> String {
        let day = |day: &Date| long_date_in(language, *day);
        let written = |text: &String| text.parse().map_or_else(|_| text.clone(), |known: Date| day(&known));
        match self {
            OfficerDoubt::Missing => {
                say(language, "空です。入れるか、空席なら氏名と利用者IDの両方を空にしてください。").to_owned()
            }
            OfficerDoubt::NoDivision { name, day: on } => tell(
                language,
                "「{0}」という課が{1}にありません。事務局が組織の一覧で設けてから、もう一度入れてください。",
                [name.as_str(), &day(on)],
            ),
            OfficerDoubt::NoPost { name, day: on } => tell(
                language,
                "「{0}」という職が{1}にありません。事務局が組織の一覧で設けてから、もう一度入れてください。",
                [name.as_str(), &day(on)],
            ),
            OfficerDoubt::LoginUnreadable => {
                say(language, "半角の英小文字・数字・「.」「-」「_」「@」で3文字から64文字までにしてください。")
                    .to_owned()
            }
            OfficerDoubt::SomebodyElse { name } => tell(
                language,
                "この利用者IDは「{}」さんのものです。IDか氏名を確かめてください。氏名が変わった人は、先に利用者のページで直してください。",
                [name.as_str()],
            ),
            OfficerDoubt::Closed => {
                say(language, "この利用者は停止中です。利用者のページで再開してから、もう一度入れてください。")
                    .to_owned()
            }
            OfficerDoubt::OtherParty { party } => tell(
                language,
                "この人は{}の職に就いています。先にその職を終えるか、別の利用者IDにしてください。",
                [party.as_str()],
            ),
            OfficerDoubt::DayUnreadable { text } => tell(
                language,
                "「{}」を日付として読めません。2026-04-01 か令和8年4月1日のように入れてください。",
                [text.as_str()],
            ),
            OfficerDoubt::UntilBeforeFrom => say(language, "着任日より前です。日付を確かめてください。").to_owned(),
            OfficerDoubt::Twice => {
                say(language, "同じ人の同じ職が、ほかの行にもあります。どちらかを消してください。").to_owned()
            }
            OfficerDoubt::BeginsLater { from } => tell(
                language,
                "この職には{}から就く記録があります。着任日を合わせるか、利用者のページで直してください。",
                [written(from).as_str()],
            ),
            OfficerDoubt::EndsAlready { until } => tell(
                language,
                "この職には{0}で終わる記録があります。その日で終えるなら、離任日に同じ日を入れてください。続けるなら、さらに着任日を{1}とした行を足してください。",
                [written(until), until.parse().and_then(Date::tomorrow).map(|next| day(&next)).unwrap_or_default()],
            ),
        }
    }
}
