//! The reasons why a change of the organisation is refused, and their messages.

use jiff::civil::Date;
use renkei_document::language::Language;
use renkei_document::wareki::long_date_in;

use crate::organisation::faults::OrganisationFault;
use crate::phrases::{say, tell};

/// 組織の変更の拒否の理由 — a reason why divisions, posts or deputies are not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrganisationRefusal {
    NameMissing,
    TitleMissing,
    DutyMissing {
        post: String,
    },
    Begun {
        name: String,
    },
    DivisionUnknown,
    PostUnknown,
    /// A division is named as its own successor.
    OwnSuccessor,
    /// The command takes back a change that is not recorded.
    ChangeUnknown,
    OwnDeputy,
    UntilBeforeFrom,
    DeputyAlready,
    DeputationUnknown,
    /// The command names no decision, or names a decision that does not wait for a review.
    NothingToReview,
    /// An inconsistency that the change would cause.
    Fault(OrganisationFault),
}

impl OrganisationRefusal {
    pub(crate) fn message_in(&self, language: Language) -> String {
        match self {
            Self::NameMissing => say(language, "課の名前がありません。名前を入れてください。").to_owned(),
            Self::TitleMissing => say(language, "職名がありません。課長、主査などの職名を入れてください。").to_owned(),
            Self::DutyMissing { post } => {
                tell(language, "「{}」の職務がありません。担当、決裁者などから一つ以上選んでください。", [post])
            }
            Self::Begun { name } => tell(language, "「{}」は既に記録されています。一覧を開き直してください。", [name]),
            Self::DivisionUnknown => {
                say(language, "課が見つかりません。組織のページを開き直して、選び直してください。").to_owned()
            }
            Self::PostUnknown => {
                say(language, "その日にその職はありません。職の一覧と日付を確かめて、選び直してください。").to_owned()
            }
            Self::OwnSuccessor => {
                say(language, "廃止する課は、自らの承継先になれません。別の課を選んでください。").to_owned()
            }
            Self::ChangeUnknown => {
                say(language, "取り消そうとした変更は、記録のとおりではありません。組織のページを開き直してください。")
                    .to_owned()
            }
            Self::OwnDeputy => say(language, "自らの代理にはなれません。別の職を選んでください。").to_owned(),
            Self::UntilBeforeFrom => {
                say(language, "代理の終わりの日が、始まりの日より前です。日付を確かめてください。").to_owned()
            }
            Self::DeputyAlready => {
                say(language, "同じ職の同じ代理が、その期間に既にあります。先の代理を終えるか、期間を変えてください。")
                    .to_owned()
            }
            Self::DeputationUnknown => {
                say(language, "代理が見つかりません。組織のページを開き直してください。").to_owned()
            }
            Self::NothingToReview => {
                say(language, "後閲を待つものが見つかりません。既に後閲されています。ホームを開き直してください。")
                    .to_owned()
            }
            Self::Fault(fault) => of_fault(language, fault),
        }
    }
}

fn of_fault(language: Language, fault: &OrganisationFault) -> String {
    let on = |day: &Date| long_date_in(language, *day);
    match fault {
        OrganisationFault::NameTwice { name, day } => tell(
            language,
            "{}に、「{}」という名前の課が同じ組織の下に二つになります。名前を変えるか、先の課をその日に廃止してください。",
            [on(day).as_str(), name],
        ),
        OrganisationFault::ParentGone { name, day } => tell(
            language,
            "{}に、「{}」の上位組織がありません。上位組織を先に設けるか、「{}」を移すか廃止してください。",
            [on(day).as_str(), name, name],
        ),
        OrganisationFault::Circle { name, day } => tell(
            language,
            "{}に、「{}」が自らの下に置かれることになります。別の上位組織を選んでください。",
            [on(day).as_str(), name],
        ),
        OrganisationFault::EndsBeforeBeginning { name, from } => tell(
            language,
            "「{}」の廃止の日（{}）が、設置の日より後ではありません。日付を確かめてください。",
            [name, on(from).as_str()],
        ),
        OrganisationFault::DivisionGone { post, day } => tell(
            language,
            "{}に、職「{}」の課がありません。職を別の課に移すか、その日に廃止してください。",
            [on(day).as_str(), post],
        ),
        OrganisationFault::OutsideItsTime { name, day } => tell(
            language,
            "{}には「{}」がまだないか、もうありません。変更の日付を確かめてください。",
            [on(day).as_str(), name],
        ),
        OrganisationFault::SuccessorGone { name, day } => tell(
            language,
            "{}に、「{}」の承継先の課がありません。承継先を先に設けるか、選び直してください。",
            [on(day).as_str(), name],
        ),
        OrganisationFault::TitleTwice { post, day } => tell(
            language,
            "{}に、「{}」という職が同じ課に二つになります。「主査（労政）」のように区別してください。",
            [on(day).as_str(), post],
        ),
    }
}
